import { type TemperatureTest, temperatureTest } from '../calibrators/index.ts';
import type { ClusterNames } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import { mappedRead, type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import type { StoredSet } from '../core/stored-set.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { ProbabilityRows } from '../metrics/probability-rows.ts';

/**
 * The test of T = 1 for the probabilities of a sample, whatever temperature they come from.
 *
 * @returns `null` where a class of probability 0 occurred: no temperature makes it possible.
 */
export function temperatureTestOfSample(
  { source, labels, weights }: MeasureSample,
  options: { readonly clusters?: ClusterNames; readonly signal?: AbortSignal },
): TemperatureTest | null {
  const { rows, classes, temperatures } = source;
  const set: StoredSet = {
    kind: temperatures === undefined ? 'probabilities' : 'logits',
    scores: { rows, columns: classes, matrix: undefined, read: scoresOf(source) },
    labels: storedNumbers(labels),
    ...(weights === undefined ? {} : { weights: storedNumbers(weights) }),
    classNames: Array.from({ length: classes }, (_, k) => String(k)),
    namedClasses: false,
    storage: memoryStorage,
  };
  try {
    return temperatureTest(set, options);
  } catch (error) {
    if (error instanceof CalibrationError && impossible.includes(error.code)) return null;
    throw error;
  }
}

const impossible: readonly string[] = ['E_PROB_ZERO_TRUE', 'E_LOGIT_NEGINF'];

/** The logits divided by the temperature, or the probabilities. */
function scoresOf({ scores, temperatures, classes }: ProbabilityRows): StoredSet['scores']['read'] {
  if (temperatures === undefined || temperatures === 1) return scores;
  if (typeof temperatures === 'number') return mappedRead(scores, (z) => z / temperatures);
  return (from, to) => dividedByRow(scores(from, to), temperatures.read(from, to), classes);
}

function dividedByRow(
  cells: Float64Array | Float32Array,
  temperatures: ReturnType<StoredNumbers<Float64Array>['read']>,
  classes: number,
): Float64Array {
  return Float64Array.from(cells, (z, at) => z / temperatures[Math.floor(at / classes)]!);
}
