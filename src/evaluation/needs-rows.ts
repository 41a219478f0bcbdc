import { ifRoom, lend } from '../core/room.ts';
import type { Measure } from '../metrics/measure.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';

/**
 * Whether a measure looks at rows, and not only at the means and bin tables of a sample, which can be summed from parts. It is
 * found out by working the measure out once.
 */
export function needsRows({ compute }: Measure, sample: MeasureSample): boolean {
  let looked = false;
  const seen = <Value>(read: () => Value): Value => {
    looked = true;
    return read();
  };
  const kept = new Map<string, unknown>();
  const probed: MeasureSample = {
    get source() {
      return seen(() => sample.source);
    },
    get labels() {
      return seen(() => sample.labels);
    },
    get weights() {
      return seen(() => sample.weights);
    },
    binary: sample.binary,
    rowScores: () => seen(sample.rowScores),
    events: () => seen(sample.events),
    blocks: () => seen(sample.blocks),
    confidenceBlocks: () => seen(sample.confidenceBlocks),
    mean: sample.mean,
    table: sample.table,
    classTables: sample.classTables,
    classErrors: sample.classErrors,
    // What is shared is made anew, so that what it looks at is seen.
    shared: (key, make) => {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as ReturnType<typeof make>;
    },
  };
  // Without room it looked at rows.
  lend(sample.source.room, () => ifRoom(() => compute(probed)));
  return looked;
}
