import { describe, expect, test } from 'vitest';
import { temperatureScaling } from '../../../src/calibrators/index.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import { evaluate, evaluateCrossFitted } from '../../../src/evaluation/index.ts';
import { expectedCalibrationError, maximumCalibrationError } from '../../../src/metrics/index.ts';
import { renderHtml, renderMarkdown, renderTerminal, reportModel } from '../../../src/report/index.ts';

/** A rare class of which the probabilities are too high. */
function rareClass(rows: number): ScoredSet {
  const random = seededRandom(29);
  const data = new Float64Array(2 * rows);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const truth = random.uniform() ** 3;
    labels[i] = random.uniform() < truth ? 1 : 0;
    data[2 * i + 1] = Math.min(0.95, 0.08 + truth);
    data[2 * i] = 1 - data[2 * i + 1]!;
  }
  const classNames = ['no', 'yes'];
  return {
    kind: 'probabilities',
    scores: { data, rows, columns: 2 },
    labels,
    classNames,
    namedClasses: true,
  };
}

const set = rareClass(600);
const positive = { binary: 'positive', resamples: 100 } as const;
const { before } = evaluate(set, positive);

/** Σ |share of class 1 − mean probability| · rows/n over bins, counted out row by row. */
function bruteForce(bins: number): { readonly ece: number; readonly counts: readonly number[] } {
  const sums = Array.from({ length: bins }, () => ({ rows: 0, p: 0, ones: 0 }));
  for (let i = 0; i < set.labels.length; i += 1) {
    const p = set.scores.data[2 * i + 1]!;
    const bin = Math.max(0, Math.ceil(p * bins) - 1);
    sums[bin]!.rows += 1;
    sums[bin]!.p += p;
    sums[bin]!.ones += set.labels[i]!;
  }
  const ece = sums.reduce((total, { p, ones }) => total + Math.abs(ones - p) / set.labels.length, 0);
  return { ece, counts: sums.map(({ rows }) => rows) };
}

/** Sums of 600 terms in another order. */
const rounding = 1e-12;

describe('the positive view of two classes', () => {
  test('bins hold the probability of class 1 against its frequency', () => {
    const expected = bruteForce(15);
    expect(before.reliability.bins.map(({ count }) => count)).toEqual(expected.counts);
    expect(before.reliability.rule.binary).toBe('positive');
    expect(Math.abs(before.ece - expected.ece)).toBeLessThan(rounding);
    const ones = set.labels.reduce((sum, label) => sum + label, 0);
    expect(before.frequency).toBe(ones / 600);
    const mean = Array.from(set.labels, (_, i) => set.scores.data[2 * i + 1]!).reduce((a, b) => a + b) / 600;
    expect(Math.abs(before.meanConfidence - mean)).toBeLessThan(rounding);
    expect(before.confidenceHistogram.correct.reduce((a, b) => a + b)).toBe(ones);
  });

  test('has the bits of the measures by name', () => {
    const { data, rows } = set.scores;
    const nested = Array.from({ length: rows }, (_, i) => [data[2 * i]!, data[2 * i + 1]!]);
    expect(before.ece).toBe(expectedCalibrationError(nested, set.labels, { binary: 'positive' }));
    expect(before.mce).toBe(maximumCalibrationError(nested, set.labels, { binary: 'positive' }));
  });

  test('leaves accuracy and losses as they are', () => {
    const other = evaluate(set, { resamples: 100 });
    for (const key of ['accuracy', 'nll', 'brier', 'classwiseEce'] as const) {
      expect(before[key]).toBe(other.before[key]);
    }
    expect(other.before.frequency).toBe(other.before.accuracy);
    expect(other.before.reliability.rule.binary).toBeUndefined();
    expect([other.binary, evaluate(set, positive).binary]).toEqual(['confidence', 'positive']);
  });

  test('is the same of a set that is read some rows at a time', () => {
    expect(evaluate(storedSet(set), positive)).toEqual(evaluate(set, positive));
  });

  test('says of the class how far its probabilities are off', () => {
    const { headline } = evaluate(set, positive).verdict;
    expect(headline).toMatch(/probabilities of yes are too high by \d/i);
    expect(headline).not.toContain('confident');
  });

  test('is that of both sides when cross-fitted', () => {
    const { after, changes } = evaluateCrossFitted(set, temperatureScaling, positive);
    expect(after!.frequency).toBe(before.frequency);
    expect(after!.reliability.rule.binary).toBe('positive');
    expect(changes!.ece.before).toBe(before.ece);
  });

  test('is refused for three classes, and for another name', () => {
    const scores = { data: Float64Array.of(0.2, 0.3, 0.5), rows: 1, columns: 3 };
    const three: ScoredSet = {
      kind: 'probabilities',
      scores,
      labels: Int32Array.of(2),
      classNames: ['a', 'b', 'c'],
      namedClasses: true,
    };
    expect(() => evaluate(three, positive)).toThrow(/E_OPTION: option "binary" is "positive", which needs 2/);
    expect(() => evaluate(set, { binary: 'negative' as 'positive' })).toThrow(/E_OPTION/);
  });

  test('is named in every form of the report', async () => {
    const model = reportModel({
      title: 'Rare',
      evaluation: evaluate(set, positive),
      sources: [],
      conventions: { toolVersion: '0' },
    });
    expect(renderTerminal(model)).toMatch(/prob +freq/);
    expect(renderTerminal(model, { width: 200 })).toContain(
      'prob, freq: probability of yes, frequency of yes',
    );
    expect(renderMarkdown(model)).toMatch(/probability of yes \| .*frequency of yes/);
    const page = await renderHtml(model);
    for (const words of ['Probability of yes', 'Frequency of yes', 'probability too high by']) {
      expect(page).toContain(words);
    }
    expect(page).not.toContain('overconfident by');
    expect(model.figures.find(({ key }) => key === 'frequency')?.label).toBe('Frequency of yes');
  });
});
