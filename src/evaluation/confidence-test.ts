import { temperatureTest } from '../calibrators/temperature-test.ts';
import { CalibrationError } from '../core/errors.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { studentSurvival } from '../numerics/student-t.ts';
import type { ConfidenceTest, Figures } from './evaluation.ts';

/** Whose rows depend on one another. */
export interface Clusters {
  /** N names, as the caller gave them. */
  readonly names: ArrayLike<string | number>;
  readonly count: number;
  /** Number of each row's cluster. */
  readonly numberOf: Uint32Array;
}

/** Tests the uncalibrated scores for over- and underconfidence. */
export function confidenceTest(
  set: StoredSet,
  figures: Figures,
  clusters: Clusters | undefined,
  signal: AbortSignal | undefined,
): ConfidenceTest {
  if (figures.nll === null) return gapTest(figures, clusters);
  try {
    return temperatureTest(set, {
      ...(clusters === undefined ? {} : { clusters: clusters.names }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof CalibrationError && error.code === 'E_TOO_FEW') return gapTest(figures, clusters);
    throw error;
  }
}

/** Accuracy against mean confidence, where a true class has probability 0 or there is one row. */
function gapTest(
  { frequency, meanConfidence, gapError: error }: Figures,
  clusters?: Clusters,
): ConfidenceTest {
  const gap = frequency - meanConfidence;
  const statistic = error > 0 ? (gap / error) ** 2 : 0;
  return {
    method: 'gap',
    statistic,
    degreesOfFreedom: 1,
    pValue: studentSurvival(
      statistic,
      clusters === undefined ? Number.POSITIVE_INFINITY : clusters.count - 1,
    ),
    temperature: null,
    direction: gap === 0 ? 'none' : gap < 0 ? 'overconfident' : 'underconfident',
    clusters: clusters?.count ?? null,
  };
}
