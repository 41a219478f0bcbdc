import type { ProgressListener } from '../core/cancellation.ts';

/** How an amount of work is counted, which decides how it is written. */
export type WorkUnit = 'bytes' | 'resamples';

/** A line that tells how far long work is. */
export interface ProgressLine {
  readonly onProgress: ProgressListener;
  /** Wipes the line. */
  readonly end: () => void;
}

/** Work shorter than this is over before a line would be read. */
const quietTime = 500;
const refreshTime = 100;

/**
 * A line on a terminal, written over in place: what is being done, how much of it, the rate and the time left. It
 * appears only once the work has taken half a second.
 *
 * @param write Writes to the terminal without delay.
 * @param now Milliseconds.
 */
export function progressLine(
  label: string,
  unit: WorkUnit,
  write: (text: string) => void,
  now: () => number,
): ProgressLine {
  const start = now();
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  // Work of several parts counts each from nothing, and so does the rate.
  let [partStart, doneBefore] = [start, 0];
  return {
    onProgress: (done, total) => {
      const at = now();
      if (done < doneBefore) partStart = at;
      doneBefore = done;
      if (at - start < quietTime || at - last < refreshTime) return;
      last = at;
      shown = true;
      write(`\r\u001b[K${progressText(label, unit, done, total, at - partStart)}`);
    },
    end: () => {
      if (shown) write('\r\u001b[K');
      shown = false;
    },
  };
}

/** `reading val.csv: 45 %, 120 MB/s, 3 s left`. */
export function progressText(
  label: string,
  unit: WorkUnit,
  done: number,
  total: number | undefined,
  milliseconds: number,
): string {
  const rate = milliseconds > 0 ? (1000 * done) / milliseconds : 0;
  const share =
    total === undefined || total <= 0 ? amount(done, unit) : `${Math.floor((100 * done) / total)} %`;
  const parts = rate > 0 ? [share, `${amount(rate, unit)}/s`] : [share];
  if (total !== undefined && total > done && rate > 0) parts.push(`${timeText((total - done) / rate)} left`);
  return `${label}: ${parts.join(', ')}`;
}

function amount(value: number, unit: WorkUnit): string {
  if (unit === 'resamples') return `${Math.round(value)} resamples`;
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} GB`;
  return value >= 1e6 ? `${(value / 1e6).toFixed(0)} MB` : `${(value / 1e3).toFixed(0)} kB`;
}

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
