import { expect, test } from 'vitest';
import { rememberedRows } from '../../../src/evaluation/remembered-rows.ts';
import { temperedRows } from '../../../src/metrics/probability-rows.ts';
import { simulatedSet } from './simulated-set.ts';

test('remembered rows are those of the source, worked out once each', () => {
  const source = temperedRows(simulatedSet(40, 4, 1), 1.7);
  let read = 0;
  const rows = rememberedRows({
    ...source,
    read: (i, into) => {
      read += 1;
      return source.read(i, into);
    },
  });
  const [found, wanted] = [new Float64Array(4), new Float64Array(4)];
  for (const i of [3, 0, 39, 3, 3, 0, 12]) {
    expect(rows.read(i, found)).toBe(source.read(i, wanted));
    expect(found).toEqual(wanted);
  }
  expect(read).toBe(4);
});
