import { noRoom } from '../core/room.ts';
import { eceOfTable } from '../metrics/ece-of-table.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import { orderedSample } from './ordered-sample.ts';
import { mostSingleRows, type ResamplingUnits, rowsOf } from './resampling-units.ts';
import { classTablesFromUnits, type FromUnits, meanFromUnits, tableFromUnits } from './table-sums.ts';

/** Makes the sample in which each unit came up so many times. */
export type Resampler = (times: Uint32Array) => MeasureSample;

/** Most numbers kept of all units together for one set of tables: 256 MB. */
const mostKept = 2 ** 25;

/**
 * Resamples of a sample, with the scores of each row worked out once. Of more than 5,000 rows, means and bin tables are
 * summed from the units' own sums, at a cost that does not grow with the rows; their bins stay those of the whole sample.
 */
export function resampler(base: MeasureSample, units: ResamplingUnits): Resampler {
  const drawn = (times: Uint32Array): MeasureSample => {
    const sample = orderedSample(base, rowsOf(units, times));
    return base.source.room === undefined ? sample : withoutSource(sample);
  };
  return base.source.rows > mostSingleRows ? summed(base, units, drawn) : drawn;
}

/** Resamples whose rows are gathered only when something else than a mean or a table is asked of them. */
function summed(base: MeasureSample, units: ResamplingUnits, drawn: Resampler): Resampler {
  const recipes = new Map<string, FromUnits<unknown>>();
  const recipe = <Value>(key: string, make: () => FromUnits<Value>): FromUnits<Value> => {
    if (!recipes.has(key)) recipes.set(key, make());
    return recipes.get(key) as FromUnits<Value>;
  };
  return (times) => {
    let rows: MeasureSample | undefined;
    const full = (): MeasureSample => {
      rows ??= drawn(times);
      return rows;
    };
    const found = new Map<string, unknown>();
    const shared = <Value>(key: string, make: () => Value): Value => {
      if (!found.has(key)) found.set(key, make());
      return found.get(key) as Value;
    };
    const from = <Value>(key: string, make: () => FromUnits<Value>): Value =>
      shared(key, () => recipe(key, make)(times));
    const fits = (numbers: number): boolean => numbers * units.count <= mostKept;
    const sample: MeasureSample = {
      get source() {
        return full().source;
      },
      get labels() {
        return full().labels;
      },
      get weights() {
        return full().weights;
      },
      binary: base.binary,
      rowScores: () => full().rowScores(),
      events: () => full().events(),
      blocks: () => full().blocks(),
      confidenceBlocks: () => full().confidenceBlocks(),
      shared,
      mean: (of) => from(`mean ${of}`, () => meanFromUnits(base, units, of)),
      table: (rule) =>
        fits(numbersPerBin * rule.requested)
          ? from(`table ${JSON.stringify(rule)}`, () => tableFromUnits(base, units, rule))
          : full().table(rule),
      classErrors: (rule) => sample.classTables(rule).map(eceOfTable),
      classTables: (rule) => {
        const numbers = numbersPerBin * rule.requested * base.source.classes;
        if (!fits(numbers)) return full().classTables(rule);
        return from(`class tables ${JSON.stringify(rule)}`, () => classTablesFromUnits(base, units, rule));
      },
    };
    return sample;
  };
}

/** A sample of drawn rows whose probabilities are in storage, where they are not read for every resample. */
function withoutSource(sample: MeasureSample): MeasureSample {
  const refused = (): never => {
    const { rows, classes } = sample.source;
    throw noRoom(8 * rows * classes);
  };
  return {
    ...sample,
    get source() {
      return refused();
    },
    classTables: refused,
    classErrors: refused,
  };
}

/** Numbers kept of a bin at most. */
const numbersPerBin = 5;
