import type { KnownMeasure } from '../metrics/registry.ts';
import type { IntervalMethod } from './bootstrap-interval.ts';
import { isRare } from './is-rare.ts';
import type { MeasureInterval } from './measure-intervals.ts';

/** What labels drawn from the probabilities say of a measure; `null` where none were drawn. */
interface Floor {
  readonly floor: number | null;
  readonly pValue: number | null;
}

/**
 * Interval of a measure in the infinite-sample limit.
 *
 * A calibration error is 0 in the limit for a calibrated model, and noise makes it larger on rows: by the floor for a calibrated
 * model, by less for any other. So the lower end of the interval less the floor is below the error in the limit as surely as the
 * interval says; it is `ideal` where the test against the floor does not reject at `level`. The upper end keeps what noise adds,
 * which can only make it larger. Other measures have no such noise, and their interval as it is.
 *
 * @param method That of the interval; percentiles hold the noise of resampling as well, which `bias` measures.
 */
export function populationInterval(
  { interval, bias }: Pick<MeasureInterval, 'interval' | 'bias'>,
  { floor, pValue }: Floor,
  { better, ideal, range: [lowest] }: Pick<KnownMeasure, 'better' | 'ideal' | 'range'>,
  { method, level }: { readonly method: IntervalMethod; readonly level: number },
): readonly [number, number] | null {
  if (interval === null) return null;
  const isError = better === 'lower' && ideal === 0;
  if (!isError) return interval;
  const [low, high] = interval;
  const surely = pValue !== null && isRare(pValue, level);
  const resampling = method === 'percentile' ? Math.max(bias ?? 0, 0) : 0;
  const end = surely ? Math.max(low - Math.max(floor ?? 0, 0) - resampling, 0) : Math.max(lowest, 0);
  return [Math.min(end, high), high];
}
