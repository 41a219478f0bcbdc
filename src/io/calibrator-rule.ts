import {
  anyText,
  fieldError,
  finite,
  flag,
  list,
  nonNegative,
  nullable,
  oneOf,
  pair,
  positive,
  type Rule,
  record,
  text,
  wholeFrom,
} from './closed-record.ts';
import { floorsRule, treatmentRule } from './treatment-rule.ts';

const probability = finite((value) => value >= 0 && value <= 1, 'a number in 0..1');

const certificate = record({
  slope: finite(),
  curvature: nonNegative,
  bracket: pair(positive),
  kappa: nonNegative,
  evaluations: wholeFrom(0),
  iterations: wholeFrom(0),
});

const uncertainty = record(
  {
    variance: oneOf(['robust']),
    standardError: nonNegative,
    level: probability,
    waldInterval: pair(nonNegative),
    profileInterval: pair(nullable(nonNegative)),
    likelihoodRatio: record({ statistic: finite(), pValue: probability }),
  },
  ['variance'],
);

const fields = record(
  {
    $schema: oneOf(['urn:calibrant:calibrator:1', 'urn:calibrant:calibrator:2']),
    format: oneOf(['calibrant-calibrator']),
    version: finite((value) => value === 1 || value === 2, '1 or 2'),
    type: oneOf(['temperature']),
    input: oneOf(['logits', 'probabilities']),
    classes: wholeFrom(2),
    classNames: list(anyText),
    namedClasses: flag,
    temperature: positive,
    fit: record(
      {
        status: oneOf(['converged', 'at-bound', 'budget']),
        message: anyText,
        totalWeight: positive,
        weightKind: oneOf(['importance', 'counts']),
        effectiveRows: positive,
        clusters: wholeFrom(2),
        nll: record({ before: nonNegative, after: nullable(nonNegative) }),
        certificate: nullable(certificate),
        uncertainty: nullable(uncertainty),
      },
      ['weightKind', 'effectiveRows', 'clusters'],
    ),
    treatment: treatmentRule,
    floors: floorsRule,
    provenance: record(
      {
        rows: wholeFrom(1),
        classes: wholeFrom(2),
        dataHash: text(/^[0-9a-f]{64}$/, '64 hex digits'),
        file: anyText,
        tool: oneOf(['calibrant']),
        toolVersion: text(/^[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]*)?$/, 'a release number'),
      },
      ['file'],
    ),
    checksum: text(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits'),
  },
  ['treatment', 'floors'],
);

type Fields = typeof fields extends Rule<infer Value> ? Value : never;
type Optional<Record, Names extends keyof Record> = Omit<Record, Names> & {
  readonly [Name in Names]?: Exclude<Record[Name], undefined>;
};
type Fit = Optional<Omit<Fields['fit'], 'uncertainty'>, 'weightKind' | 'effectiveRows' | 'clusters'> & {
  readonly uncertainty: Optional<NonNullable<Fields['fit']['uncertainty']>, 'variance'> | null;
};

/** The contents of a calibrator file, field by field. */
export type StoredCalibrator = Omit<Optional<Fields, Added>, 'provenance' | 'fit'> & {
  readonly fit: Fit;
  readonly provenance: Optional<Fields['provenance'], 'file'>;
};

/** Fields that version 2 of the format added. */
type Added = 'treatment' | 'floors';
const added: readonly Added[] = ['treatment', 'floors'];

/**
 * Checks a calibrator file's contents and returns them with keys in the order of the format, which the checksum
 * relies on. `calibrator.schema.json` says the same in JSON Schema; only what joins fields is beyond that.
 */
export function calibratorRule(value: unknown, path: string): StoredCalibrator {
  const stored = fields(value, path) as StoredCalibrator;
  const { classes, classNames, provenance, version } = stored;
  if (stored.$schema !== `urn:calibrant:calibrator:${version}`) {
    throw fieldError(`"$schema" must be that of version ${version}, got "${stored.$schema}"`, stored.$schema);
  }
  const early = version === 1 ? added.find((field) => stored[field] !== undefined) : undefined;
  if (early !== undefined) throw fieldError(`unknown field "${early}" in version 1`, stored[early]);
  if (classNames.length !== classes) {
    throw fieldError(`"classNames" has ${classNames.length} names for ${classes} classes`, classNames);
  }
  if (new Set(classNames).size !== classes) throw fieldError('"classNames" has a name twice', classNames);
  if (provenance.classes !== classes) {
    throw fieldError(
      `"provenance.classes" must be ${classes}, as "classes" is, got ${provenance.classes}`,
      provenance.classes,
    );
  }
  return stored;
}
