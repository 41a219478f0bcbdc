import { describe, expect, test } from 'vitest';
import { calibrators } from '../../src/calibrators/index.ts';
import { CalibrationError } from '../../src/core/errors.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { ScoredSet, ScoreKind } from '../../src/core/scored-set.ts';
import { argmaxRow } from '../../src/numerics/top-label.ts';

const rows = 120;
const columns = 4;

/** An overconfident classifier's scores, of either kind. */
function sampleOf(kind: ScoreKind, seed: number): ScoredSet {
  const random = seededRandom(seed);
  const data = new Float64Array(rows * columns);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    labels[i] = random.below(columns);
    const winner = random.uniform() < 0.7 ? labels[i]! : random.below(columns);
    const row = Array.from({ length: columns }, (_, k) => 2 * random.uniform() + (k === winner ? 4 : 0));
    const sum = row.reduce((part, z) => part + Math.exp(z), 0);
    data.set(kind === 'logits' ? row : row.map((z) => Math.exp(z) / sum), i * columns);
  }
  return {
    kind,
    scores: { data, rows, columns },
    labels,
    classNames: ['a', 'b', 'c', 'd'],
    namedClasses: true,
  };
}

const cases = calibrators.flatMap((calibrator) =>
  calibrator.inputs.map((kind) => ({ name: `${calibrator.title} of ${kind}`, calibrator, kind })),
);

describe.each(cases)('$name', ({ calibrator, kind }) => {
  const set = sampleOf(kind, 1);
  const model = calibrator.fit(set);

  test('gives a record of its type that survives JSON', () => {
    expect(model.type).toBe(calibrator.type);
    expect(model.input).toBe(kind);
    expect(model.classes).toBe(columns);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(structuredClone(model)).toEqual(model);
    expect(calibrator.isUsable(model)).toBe(true);
  });

  test('gives the same record for the same set', () => {
    expect(calibrator.fit(sampleOf(kind, 1))).toEqual(model);
  });

  test('predicts probabilities of the same shape', () => {
    const { data, rows: n, columns: k } = calibrator.predict(model, set.scores);
    expect([n, k]).toEqual([rows, columns]);
    for (let i = 0; i < rows; i += 1) {
      const row = [...data.subarray(i * columns, (i + 1) * columns)];
      expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
      // K roundings of numbers up to 1.
      expect(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThanOrEqual(columns * 2 ** -52);
    }
  });

  test('predicts a row the same, alone or among others', () => {
    const all = calibrator.predict(model, set.scores).data;
    const one = { data: set.scores.data.slice(5 * columns, 6 * columns), rows: 1, columns };
    expect([...calibrator.predict(model, one).data]).toEqual([...all.subarray(5 * columns, 6 * columns)]);
  });

  test('keeps the winner where it says so', () => {
    if (!calibrator.preservesArgmax) return;
    const { data } = calibrator.predict(model, set.scores);
    for (let i = 0; i < rows; i += 1) {
      const before = argmaxRow(set.scores.data, i * columns, columns);
      const after = argmaxRow(data, i * columns, columns);
      expect(after).toBe(before);
    }
  });

  test('does not write to what it is given', () => {
    const fresh = sampleOf(kind, 1);
    calibrator.predict(calibrator.fit(fresh), fresh.scores);
    expect(fresh).toEqual(sampleOf(kind, 1));
  });

  test('uses the weights of the set', () => {
    const weights = Float64Array.from(set.labels, (label) => (label === 0 ? 3 : 0.5));
    expect(calibrator.fit({ ...set, weights })).not.toEqual(model);
    const even = new Float64Array(rows).fill(1);
    const counts = calibrator.fit({ ...set, weights: even, weightKind: 'counts' });
    expect(counts).toEqual({ ...model, weightKind: 'counts' });
  });

  test('refuses another number of classes', () => {
    const narrow = { data: Float64Array.of(0.5, 0.5), rows: 1, columns: 2 };
    expect(() => calibrator.predict(model, narrow)).toThrow(CalibrationError);
  });

  test('stops when asked to', () => {
    expect(() => calibrator.fit(set, { signal: AbortSignal.abort() })).toThrow(/^E_ABORTED: /);
  });

  test('refuses options it does not know', () => {
    expect(() => calibrator.fit(set, { sgnal: undefined } as object)).toThrow(/^E_OPTION: .*"signal"/);
  });
});
