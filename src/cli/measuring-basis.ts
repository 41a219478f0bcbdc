import { printable } from '../core/errors.ts';
import type { ScoreKind, WeightKind } from '../core/scored-set.ts';
import type { FindingOptions } from '../evaluation/measure-findings.ts';
import type { CalibratorFile, LoadedStoredSet } from '../io/index.ts';
import { writeCalibrator } from '../io/index.ts';
import { sha256Text } from '../io/sha-256.ts';
import type { BinaryView, BinClosure, BinScheme } from '../metrics/index.ts';

/** What figures were measured of, and how. Figures of two runs compare where all of it agrees. */
export interface MeasuringBasis {
  readonly input: ScoreKind;
  readonly classNames: readonly string[];
  readonly bins: number;
  readonly scheme: BinScheme;
  readonly edges: BinClosure;
  readonly binary: BinaryView;
  /** SHA-256 of the calibrator applied; `null` without one. */
  readonly calibrator: string | null;
  readonly weights: 'none' | WeightKind;
  /** Probabilities were raised to this; `null` where they were not. */
  readonly floor: number | null;
  /** Rows were drawn by clusters, which standard errors depend on. */
  readonly clustered: boolean;
  /** Rows of probabilities were divided by their sum where it is off. */
  readonly renormalized: boolean;
}

/** How the measures of a set are made. */
export function basisOf(
  set: LoadedStoredSet,
  calibrator: CalibratorFile | undefined,
  options: FindingOptions,
): MeasuringBasis {
  const { kind, classNames, weights, weightKind = 'importance', treatment = {} } = set;
  const { bins = 15, scheme = 'equal-width', edges = 'right-closed', binary = 'confidence' } = options;
  return {
    input: kind,
    classNames,
    bins,
    scheme,
    edges,
    binary,
    calibrator:
      calibrator === undefined ? null : sha256Text(writeCalibrator(calibrator.model, calibrator.provenance)),
    weights: weights === undefined ? 'none' : weightKind,
    floor: treatment.floor?.value ?? null,
    renormalized: treatment.renormalized !== undefined,
    clustered: options.clusters !== undefined,
  };
}

/** A basis of which an older version recorded only part. */
export type KnownBasis = { readonly [Key in keyof MeasuringBasis]: MeasuringBasis[Key] | undefined };

const hashLength = 12;

/** How each part is named where two differ. */
const written: {
  readonly [Key in keyof MeasuringBasis]: (value: MeasuringBasis[Key]) => string;
} = {
  input: (kind) => `input ${kind}`,
  classNames: (names) =>
    names.length > 8 ? `${names.length} classes` : `classes ${names.map(printable).join(', ')}`,
  bins: (count) => `bins ${count}`,
  scheme: (scheme) => `scheme ${scheme}`,
  edges: (edges) => `edges ${edges}`,
  binary: (view) => `binary ${view}`,
  calibrator: (hash) => (hash === null ? 'no calibrator' : `calibrator ${hash.slice(0, hashLength)}`),
  weights: (kind) => (kind === 'none' ? 'no weights' : `weights ${kind}`),
  floor: (value) => (value === null ? 'no floor' : `floor ${value}`),
  clustered: (isSo) => (isSo ? '--clusters' : 'no --clusters'),
  renormalized: (isSo) => (isSo ? '--renormalize' : 'no --renormalize'),
};

const parts = Object.keys(written) as readonly (keyof MeasuringBasis)[];

/** `bins 15 then and bins 10 now`, for each part that differs. */
export function basisDifferences(then: KnownBasis, now: MeasuringBasis): readonly string[] {
  return parts.flatMap((part) => {
    if (then[part] === undefined || same(then[part], now[part])) return [];
    const write = written[part] as (value: unknown) => string;
    const [was, is] = [write(then[part]), write(now[part])];
    return [was === is ? `other ${part === 'classNames' ? 'classes' : part}` : `${was} then and ${is} now`];
  });
}

/** Parts that are not known of the earlier run. */
export function unknownParts(then: KnownBasis): readonly string[] {
  return parts.filter((part) => then[part] === undefined);
}

function same(a: unknown, b: unknown): boolean {
  if (!(Array.isArray(a) && Array.isArray(b))) return a === b;
  return a.length === b.length && a.every((item, k) => item === b[k]);
}
