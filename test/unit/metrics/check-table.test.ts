import { describe, expect, test } from 'vitest';
import { checkTable } from '../../../src/metrics/check-table.ts';
import { eceOfBins } from '../../../src/metrics/expected-calibration-error.ts';
import { mergeReliabilityBins } from '../../../src/metrics/merge-reliability-bins.ts';
import { type ReliabilityBins, reliabilityBins } from '../../../src/metrics/reliability-bins.ts';

const table = reliabilityBins(
  [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.4, 0.6],
  ],
  [0, 1, 1],
  { bins: 4 },
);
const withBin = (fields: object): unknown => ({
  ...table,
  bins: table.bins.map((bin, b) => (b === 2 ? { ...bin, ...fields } : bin)),
});

describe('a table of bins', () => {
  test('passes as it was made, after JSON too', () => {
    expect(() => checkTable(table)).not.toThrow();
    expect(() => checkTable(JSON.parse(JSON.stringify(table)))).not.toThrow();
  });

  test.each<[unknown, string]>([
    [null, 'E_RECORD: in a table of bins, the table is null, expected a record as reliabilityBins makes it.'],
    [{ ...table, bins: 4 }, 'bins is 4, expected a list of bins'],
    [{ ...table, totalWeight: 1 }, 'totalWeight is 1, expected at least the weight of the bins, 3'],
    [{ ...table, rule: undefined }, 'rule is undefined'],
    [withBin({ weight: '1' }), 'bins[2].weight is text "1", expected a number of 0 or more'],
    [withBin({ gap: Number.NaN }), 'bins[2].gap is NaN'],
    [withBin({ gap: null }), 'bins[2].accuracy is '],
    [withBin({ interval: [0, null] }), 'bins[2].interval is a list, expected two numbers, or null'],
  ])('is refused where it is damaged, case %#', (damaged, message) => {
    expect(() => eceOfBins(damaged as ReliabilityBins)).toThrow(message);
  });

  test('is checked before tables are merged', () => {
    expect(() => mergeReliabilityBins([table, {} as ReliabilityBins])).toThrow('E_RECORD');
    expect(() => mergeReliabilityBins(null as never)).toThrow('the tables to merge are null');
  });
});

test('weights of any size leave the effective rows of a bin as they are', () => {
  const rows = [0.9, 0.8, 0.7, 0.95].map((p) => [p, 1 - p]);
  const tableOf = (scale: number): ReliabilityBins =>
    reliabilityBins(rows, [0, 0, 1, 0], { bins: 2, weights: [1, 2, 1, 4].map((w) => w * scale) });
  // (1 + 2 + 1 + 4)² / (1 + 4 + 1 + 16)
  for (const scale of [1, 2 ** -260, 2 ** 260]) expect(tableOf(scale).bins[1]!.effectiveRows).toBe(64 / 22);
});
