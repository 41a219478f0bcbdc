import { describe, expect, test } from 'vitest';
import { judgedTogether } from '../../../src/evaluation/judged-together.ts';

const change = (pValue: number | null) => ({
  before: 0.5,
  after: 0.4,
  difference: -0.1,
  interval: [-0.2, -0.01] as const,
  standardError: 0.05,
  pValue,
});

describe('changes judged together', () => {
  test('have the p-value of the NLL as it is, and those of the others corrected for three', () => {
    // Holm by hand: 3·0.01, 2·0.0125, which may not be below the one before it, and 0.06.
    const found = judgedTogether(
      { nll: change(0.04), brier: change(0.01), ece: change(0.06), eceDebiased: change(0.0125) },
      0.95,
    );
    const values = Object.values(found);
    expect(values.map(({ adjusted }) => adjusted)).toEqual([0.04, 0.03, 0.06, 0.03]);
    expect(values.map(({ withinNoise }) => withinNoise)).toEqual([false, false, true, false]);
  });

  test('have the Brier score in place of an NLL that is infinite', () => {
    const infinite = { ...change(null), difference: null };
    const found = judgedTogether(
      { nll: infinite, brier: change(0.04), ece: change(0.03), eceDebiased: change(1) },
      0.95,
    );
    expect(found.brier).toMatchObject({ adjusted: 0.04, withinNoise: false });
    expect(found.ece).toMatchObject({ adjusted: 0.06, withinNoise: true });
    expect(found.nll).toMatchObject({ adjusted: null, withinNoise: true });
  });
});
