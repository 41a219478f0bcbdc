import { CalibrationError, printable } from '../core/errors.ts';
import { weightKinds } from '../core/scored-set.ts';
import type { DriftingFigure } from '../evaluation/measure-drift.ts';
import {
  anyText,
  fieldError,
  fields,
  finite,
  flag,
  list,
  nullable,
  oneOf,
  type Rule,
  record,
  text,
  wholeFrom,
  wrong,
} from '../io/closed-record.ts';
import { type MeasureName, measureByName } from '../metrics/index.ts';
import { openInput } from '../node/index.ts';
import type { KnownBasis } from './measuring-basis.ts';

/** A measure of an earlier run. */
interface BaselineFigure extends DriftingFigure {
  /** Number of its definition then. */
  readonly definition: number;
}

/** Measures that `calibrant evaluate --json` wrote earlier, with what they were measured of. */
export interface Baseline {
  readonly file: string;
  readonly figures: readonly BaselineFigure[];
  readonly basis: KnownBasis;
  /** SHA-256 of the rows; `null` where it is not known. */
  readonly hash: string | null;
}

/** More bytes than this are no such file. */
const mostBytes = 2 ** 28;

/** No figure is larger, and sums of squares of smaller ones are finite. */
const largestFigure = 1e100;

/** Rounding may leave the range of a measure by this. */
const rounding = 1e-9;

const figureFields = fields(
  {
    name: anyText,
    value: nullable(finite()),
    standardError: nullable(finite((error) => error >= 0 && error <= largestFigure, 'a number of 0 or more')),
    floor: nullable(finite()),
    definition: wholeFrom(1),
  },
  ['definition'],
);

const figure: Rule<BaselineFigure> = (found, path) => {
  const { name, value, standardError, floor, definition = 1 } = figureFields(found, path);
  const measure = measureByName(name);
  if (measure === undefined) throw wrong(`${path}.name`, 'the name of a measure', name);
  const [low, high] = measure.range;
  for (const [key, figure] of Object.entries({ value, floor })) {
    const isPossible =
      figure === null ||
      (figure >= Math.max(low - rounding, -largestFigure) &&
        figure <= Math.min(high + rounding, largestFigure));
    if (!isPossible) throw wrong(`${path}.${key}`, `a value that ${name} can have`, figure);
  }
  return { name: name as MeasureName, value, standardError, floor, definition };
};

const figures: Rule<readonly BaselineFigure[]> = (found, path) => {
  const all = list(figure)(found, path);
  const twice = all.find(({ name }, at) => all.findIndex((other) => other.name === name) !== at);
  if (twice !== undefined) throw fieldError(`"${path}" holds ${twice.name} twice`, twice.name);
  return all;
};

const basis = record({
  calibrator: nullable(text(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits')),
  weights: oneOf(['none', ...weightKinds]),
  floor: nullable(finite((value) => value >= 0 && value <= 0.5, 'a number in 0..0.5')),
  renormalized: flag,
});

const result = fields({
  evaluation: fields({ classNames: list(anyText), input: oneOf(['logits', 'probabilities']) }),
  measures: fields(
    {
      bins: wholeFrom(1),
      scheme: oneOf(['equal-width', 'equal-mass']),
      edges: oneOf(['right-closed', 'left-closed']),
      binary: oneOf(['confidence', 'positive']),
      clusters: nullable(anyText),
      list: figures,
      basis,
    },
    ['basis'],
  ),
  sources: list(fields({ role: anyText, hash: nullable(anyText) })),
});

/**
 * Reads a baseline.
 *
 * @throws CalibrationError `E_BASELINE` when the file is anything else, `E_IN_MISSING`, `E_IN_READ`.
 */
export async function loadBaseline(file: string): Promise<Baseline> {
  const whole = parsed(await textOf(file), file);
  const isOurs = fieldOf(whole, 'tool') === 'calibrant' && fieldOf(whole, 'command') === 'evaluate';
  const measured = fieldOf(fieldOf(whole, 'result'), 'measures');
  if (!isOurs || typeof measured !== 'object' || measured === null) {
    throw notBaseline(file, 'is not what "calibrant evaluate --json" writes');
  }
  try {
    return baselineOf(file, result(fieldOf(whole, 'result'), 'result'));
  } catch (error) {
    if (!(error instanceof CalibrationError && error.code === 'E_MODEL_FIELD')) throw error;
    throw notBaseline(file, `is no baseline: ${error.what}`, error);
  }
}

function baselineOf(file: string, { evaluation, measures, sources }: ReturnType<typeof result>): Baseline {
  const { classNames, input } = evaluation;
  const { bins, scheme, edges, binary, list: found } = measures;
  const recorded: ReturnType<typeof basis> | undefined = measures.basis;
  const hadCalibrator = sources.some(({ role }) => role === 'calibrator');
  return {
    file,
    figures: found,
    basis: {
      input,
      classNames,
      bins,
      scheme,
      edges,
      binary,
      // Older versions did not record which calibrator it was.
      calibrator: recorded?.calibrator ?? (hadCalibrator ? undefined : null),
      weights: recorded?.weights,
      floor: recorded?.floor,
      clustered: measures.clusters !== null,
      renormalized: recorded?.renormalized,
    },
    hash: sources[0]?.hash ?? null,
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

async function textOf(file: string): Promise<string> {
  const { bytes } = await openInput(file);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > mostBytes) throw notBaseline(file, 'is too large to be a baseline');
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function parsed(found: string, file: string): unknown {
  try {
    return JSON.parse(found);
  } catch (cause) {
    throw notBaseline(file, 'is not whole JSON', cause);
  }
}

function notBaseline(file: string, predicate: string, cause?: unknown): CalibrationError {
  return new CalibrationError('E_BASELINE', {
    file,
    placed: 'within',
    what: `${printable(file)} ${predicate}`,
    hint: 'Save the output of "calibrant evaluate --json" and name that file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
