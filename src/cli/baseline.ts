import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { DriftingFigure } from '../evaluation/measure-drift.ts';
import type { FindingOptions } from '../evaluation/measure-findings.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import { type KnownMeasure, type MeasureName, measureByName } from '../metrics/index.ts';
import { openInput } from '../node/index.ts';

/** Measures that `calibrant evaluate --json` wrote earlier, with the conventions they were made by. */
export interface Baseline {
  readonly file: string;
  readonly figures: readonly DriftingFigure[];
  readonly bins: unknown;
  readonly scheme: unknown;
  readonly edges: unknown;
  readonly binary: unknown;
  readonly classNames: readonly unknown[];
  readonly hash: unknown;
}

/** More bytes than this are no such file. */
const mostBytes = 2 ** 28;

/**
 * Reads a baseline.
 *
 * @throws CalibrationError `E_BASELINE` when the file is anything else, `E_IN_MISSING`, `E_IN_READ`.
 */
export async function loadBaseline(file: string): Promise<Baseline> {
  const record = parsed(await textOf(file), file);
  const result = fieldOf(record, 'result');
  const measures = fieldOf(result, 'measures');
  const list = fieldOf(measures, 'list');
  const classNames = fieldOf(fieldOf(result, 'evaluation'), 'classNames');
  const sources = fieldOf(result, 'sources');
  const isOurs = fieldOf(record, 'tool') === 'calibrant' && fieldOf(record, 'command') === 'evaluate';
  if (!(isOurs && Array.isArray(list) && Array.isArray(classNames) && Array.isArray(sources))) {
    throw notBaseline(file, 'is not what "calibrant evaluate --json" writes');
  }
  return {
    file,
    figures: list.map((figure) => figureOf(figure, file)),
    bins: fieldOf(measures, 'bins'),
    scheme: fieldOf(measures, 'scheme'),
    edges: fieldOf(measures, 'edges'),
    binary: fieldOf(measures, 'binary'),
    classNames,
    hash: fieldOf(sources[0], 'hash'),
  };
}

/**
 * Refuses a baseline that has none of the measures asked for: nothing could drift from it.
 *
 * @throws CalibrationError `E_BASELINE`.
 */
export function checkComparable({ file, figures }: Baseline, chosen: readonly KnownMeasure[]): void {
  if (chosen.some((measure) => figures.some(({ name }) => name === measure.name))) return;
  throw new CalibrationError('E_BASELINE', {
    file,
    placed: 'within',
    what: `${printable(file)} has none of the measures asked for`,
    hint: 'Ask for the same measures here and there, with --metrics or --all.',
  });
}

/** What is different or missing, and whether the rows are the same. */
export function baselineNotices(
  { figures, bins, scheme, edges, binary, classNames, hash }: Baseline,
  chosen: readonly KnownMeasure[],
  set: LoadedStoredSet,
  options: FindingOptions,
): readonly Notice[] {
  const missing = chosen.filter((measure) => figures.every(({ name }) => name !== measure.name));
  const said: string[] = [];
  const now = {
    bins: options.bins ?? 15,
    scheme: options.scheme ?? 'equal-width',
    edges: options.edges ?? 'right-closed',
    binary: options.binary ?? 'confidence',
  };
  for (const [name, was] of Object.entries({ bins, scheme, edges, binary })) {
    const is = now[name as keyof typeof now];
    if (was !== is) said.push(`${name} ${printable(String(was))} then and ${is} now`);
  }
  if (JSON.stringify(classNames) !== JSON.stringify(set.classNames)) said.push('other classes');
  const different =
    said.length === 0
      ? []
      : [
          notice(
            'W_BASELINE',
            `the baseline was made otherwise: ${said.join(', ')}; differences may come from that.`,
          ),
        ];
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    different.push(
      notice('W_BASELINE', `the baseline has no ${names}, so nothing is said of a drift there.`),
    );
  }
  if (hash !== set.dataHash) return different;
  return [
    ...different,
    notice(
      'W_BASELINE',
      'the baseline was made from the same rows (sha256 equal); there is nothing to drift.',
    ),
  ];
}

function figureOf(figure: unknown, file: string): DriftingFigure {
  const name = fieldOf(figure, 'name');
  const [value, standardError, floor] = ['value', 'standardError', 'floor'].map((field) =>
    fieldOf(figure, field),
  );
  const isNumber = (found: unknown): found is number | null =>
    found === null || (typeof found === 'number' && Number.isFinite(found));
  if (
    typeof name === 'string' &&
    measureByName(name) !== undefined &&
    isNumber(value) &&
    isNumber(standardError) &&
    isNumber(floor) &&
    (standardError ?? 0) >= 0
  ) {
    return { name: name as MeasureName, value, standardError, floor };
  }
  throw notBaseline(file, `holds a measure that cannot be read, "${printable(String(name))}"`);
}

function fieldOf(record: unknown, name: string): unknown {
  return typeof record === 'object' && record !== null && Object.hasOwn(record, name)
    ? (record as Readonly<Record<string, unknown>>)[name]
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

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
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
