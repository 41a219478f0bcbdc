import type { MeasureSample } from '../metrics/measure-sample.ts';
import { canonicalOrder } from './canonical-sample.ts';
import { rereadSample } from './ordered-sample.ts';

/** Samples of the same rows in an order that does not depend on how they came, and that order. */
export interface CanonicalRows {
  readonly order: Uint32Array;
  readonly samples: readonly MeasureSample[];
}

/**
 * Samples in their canonical order, for what draws rows or labels. That of one sample in memory is made once, with all that is
 * derived from it, for intervals and floors alike; of rows in storage nothing is kept that takes room.
 */
export function canonicalRows(samples: readonly [MeasureSample, ...MeasureSample[]]): CanonicalRows {
  const make = (): CanonicalRows => {
    const order = canonicalOrder(samples);
    return { order, samples: samples.map((sample) => rereadSample(sample, order)) };
  };
  const [first] = samples;
  return samples.length === 1 && first.source.room === undefined
    ? first.shared('canonical rows', make)
    : make();
}
