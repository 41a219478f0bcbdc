import { CalibrationError } from '../core/errors.ts';
import { foundText, isList } from '../core/found-text.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';

/**
 * Checks that a value is a table of bins: at the border of every function that takes one.
 *
 * @throws CalibrationError `E_RECORD` where a field is missing, of the wrong type or beside the others.
 */
export function checkTable(table: unknown): asserts table is ReliabilityBins {
  const { bins, totalWeight, count, level, rule } = fieldsOf(table, 'the table');
  if (!isList(bins)) throw tableError('bins', bins, 'a list of bins');
  if (!isAmount(totalWeight)) throw tableError('totalWeight', totalWeight, 'a number of 0 or more');
  if (!isAmount(count)) throw tableError('count', count, 'a number of 0 or more');
  if (!(isAmount(level) && level < 1)) throw tableError('level', level, 'a number in 0..1');
  const { scheme, closure, requested } = fieldsOf(rule, 'rule');
  if (typeof scheme !== 'string') throw tableError('rule.scheme', scheme, 'text');
  if (typeof closure !== 'string') throw tableError('rule.closure', closure, 'text');
  if (!isAmount(requested)) throw tableError('rule.requested', requested, 'a number');
  let sum = 0;
  for (let b = 0; b < bins.length; b += 1) sum += checkedWeight(bins[b], b);
  if (sum > totalWeight * (1 + roundingShare)) {
    throw tableError('totalWeight', totalWeight, `at least the weight of the bins, ${sum}`);
  }
}

/** Share by which the weights of the bins may exceed their sum through rounding. */
const roundingShare = 1e-9;

/** Room above 1 for confidences of float32 probabilities. */
const largestGap = 1 + 2e-3;

/** Checks a bin and returns its weight. It allocates nothing, as there may be millions of bins. */
function checkedWeight(bin: unknown, b: number): number {
  if (typeof bin !== 'object' || bin === null) fieldsOf(bin, `bins[${b}]`);
  const { weight, count, low, high, gap, accuracy, confidence, interval } = bin as {
    readonly [Name in keyof ReliabilityBin]?: unknown;
  };
  if (!isAmount(weight)) throw binError(b, 'weight', weight, 'a number of 0 or more');
  if (!isAmount(count)) throw binError(b, 'count', count, 'a number of 0 or more');
  if (!isNumber(low)) throw binError(b, 'low', low, 'a number');
  if (!isNumber(high)) throw binError(b, 'high', high, 'a number');
  const isFilled = gap !== null;
  const shares = 'a number, or null in all of an empty bin';
  if (!isShare(gap, isFilled)) throw binError(b, 'gap', gap, shares);
  if (!isShare(accuracy, isFilled)) throw binError(b, 'accuracy', accuracy, shares);
  if (!isShare(confidence, isFilled)) throw binError(b, 'confidence', confidence, shares);
  if (typeof gap === 'number' && Math.abs(gap) > largestGap) {
    throw binError(b, 'gap', gap, 'a number in −1..1');
  }
  const isInterval = isList(interval) && interval.length === 2 && interval.every(isAmount);
  if (!isInterval && interval !== null) throw binError(b, 'interval', interval, 'two numbers, or null');
  return weight;
}

/** Resampled tables hold accuracies that are no shares: residuals of clusters with their signs flipped. */
function isShare(value: unknown, isFilled: boolean): boolean {
  return isFilled ? typeof value === 'number' && Number.isFinite(value) : value === null;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value);
}

function binError(b: number, name: string, value: unknown, expected: string): CalibrationError {
  return tableError(`bins[${b}].${name}`, value, expected);
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
}

function fieldsOf(value: unknown, name: string): { readonly [name: string]: unknown } {
  if (typeof value === 'object' && value !== null) return value as { readonly [name: string]: unknown };
  throw tableError(name, value, 'a record as reliabilityBins makes it');
}

function tableError(name: string, value: unknown, expected: string): CalibrationError {
  return new CalibrationError('E_RECORD', {
    what: `in a table of bins, ${name} is ${foundText(value)}, expected ${expected}`,
    value,
  });
}
