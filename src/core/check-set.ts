import { CalibrationError } from './errors.ts';
import { foundText, isList } from './found-text.ts';
import { toLabels, toWeights } from './labels.ts';
import { isProbability } from './probability-range.ts';
import { weightKinds } from './scored-set.ts';
import type { AnySet } from './stored-set.ts';

/** Sets in memory that passed, so that the next function need not look again. */
const checked = new WeakSet<object>();

/**
 * Checks that a value is a scored set: at the border of every function that takes one. A set in memory is read once, at its
 * first use; of one in storage, which only a loader makes, the values are not read.
 *
 * @throws CalibrationError `E_SHAPE` where a field is missing or of the wrong type, `E_LOGIT_NAN` at the first logit that is
 * NaN or +Infinity, `E_PROB_RANGE` at the first probability outside 0..1, or one of the label and weight codes.
 */
export function checkSet(set: unknown): asserts set is AnySet {
  checkFields(set, true);
}

/** {@link checkSet} without the range of probabilities, for checks that say what such numbers look like. */
export function checkSetOfAnyKind(set: unknown): asserts set is AnySet {
  checkFields(set, false);
}

function checkFields(set: unknown, isRangeChecked: boolean): asserts set is AnySet {
  if (typeof set !== 'object' || set === null) throw setError('set', set, 'a scored set');
  if (checked.has(set)) return;
  const fields = set as Partial<Record<keyof AnySet | 'storage', unknown>>;
  checkField(
    'kind',
    fields.kind,
    ['logits', 'probabilities'].includes(fields.kind as string),
    'a kind of score',
  );
  const { rows, columns, cells } = checkScores(fields.scores, fields.storage !== undefined);
  checkNames(fields.classNames, columns);
  checkField('namedClasses', fields.namedClasses, typeof fields.namedClasses === 'boolean', 'true or false');
  const kinds: readonly unknown[] = [undefined, ...weightKinds];
  checkField('weightKind', fields.weightKind, kinds.includes(fields.weightKind), weightKinds.join(' or '));
  checkField('notices', fields.notices, fields.notices === undefined || isList(fields.notices), 'a list');
  for (const name of ['treatment', 'unfloored'] as const) {
    const value = (fields as { readonly [field: string]: unknown })[name];
    checkField(name, value, value === undefined || (typeof value === 'object' && value !== null), 'a record');
  }
  if (cells === undefined) {
    checkStored('labels', fields.labels, rows);
    if (fields.weights !== undefined) checkStored('weights', fields.weights, rows);
    return;
  }
  const { labels, weights } = fields;
  checkField('labels', labels, labels instanceof Int32Array, 'an Int32Array');
  checkField('weights', weights, weights === undefined || weights instanceof Float64Array, 'a Float64Array');
  toLabels(labels as Int32Array, rows, columns);
  if (weights !== undefined) toWeights(weights as Float64Array, rows);
  checkCells(cells, columns, fields.kind === 'logits', isRangeChecked);
  if (isRangeChecked) checked.add(set);
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Float64Array | Float32Array | undefined;
}

function checkScores(scores: unknown, isStored: boolean): Size {
  if (typeof scores !== 'object' || scores === null) throw setError('scores', scores, 'a matrix');
  const { data, rows, columns, read } = scores as { readonly [name: string]: unknown };
  checkField('scores.rows', rows, Number.isSafeInteger(rows) && (rows as number) >= 0, 'a whole number');
  const isCount = Number.isSafeInteger(columns) && (columns as number) >= 2;
  checkField('scores.columns', columns, isCount, 'a whole number of 2 or more');
  const size = { rows: rows as number, columns: columns as number };
  if (isStored) {
    checkField('scores.read', read, typeof read === 'function', 'a function');
    return { ...size, cells: undefined };
  }
  const isFloats = data instanceof Float64Array || data instanceof Float32Array;
  checkField('scores.data', data, isFloats, 'a Float64Array or Float32Array');
  const cells = data as Float64Array | Float32Array;
  if (cells.length !== size.rows * size.columns) {
    throw new CalibrationError('E_SHAPE', {
      what: `${cells.length} values cannot be a matrix of ${rows} rows and ${columns} columns`,
    });
  }
  return { ...size, cells };
}

function checkNames(names: unknown, columns: number): void {
  const isNames =
    isList(names) && names.length === columns && names.every((name) => typeof name === 'string');
  checkField('classNames', names, isNames, `${columns} names`);
}

function checkStored(name: string, numbers: unknown, rows: number): void {
  const { read, length } = (numbers ?? {}) as { readonly read?: unknown; readonly length?: unknown };
  checkField(name, numbers, typeof read === 'function' && length === rows, `${rows} stored numbers`);
}

function checkCells(
  cells: Float64Array | Float32Array,
  columns: number,
  isLogits: boolean,
  isRangeChecked: boolean,
): void {
  const isAny = isLogits || !isRangeChecked;
  for (let at = 0; at < cells.length; at += 1) {
    const value = cells[at]!;
    if (isAny ? value < Number.POSITIVE_INFINITY : isProbability(value)) continue;
    const [index, name] = [Math.floor(at / columns), `of class ${at % columns}`];
    if (isLogits) throw new CalibrationError('E_LOGIT_NAN', { index, what: `logit ${value} ${name}`, value });
    const what = `probability ${value} ${name} is outside 0..1`;
    throw new CalibrationError('E_PROB_RANGE', { index, what, value });
  }
}

function checkField(name: string, value: unknown, isRight: boolean, expected: string): void {
  if (!isRight) throw setError(name, value, expected);
}

function setError(name: string, value: unknown, expected: string): CalibrationError {
  return new CalibrationError('E_SHAPE', {
    what: `${name === 'set' ? 'the scored set' : `"${name}" of the scored set`} is ${foundText(value)}, expected ${expected}`,
    value,
    hint: 'Loaders such as parseCsv make scored sets; ScoredSet documents the fields.',
  });
}
