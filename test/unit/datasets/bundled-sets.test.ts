import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fitTemperature } from '../../../src/calibrators/index.ts';
import type { TemperatureModel } from '../../../src/core/temperature-model.ts';
import { type Evaluation, evaluate, type Figures } from '../../../src/evaluation/index.ts';
import { type LoadedSet, parseCsv } from '../../../src/io/index.ts';

interface ReferenceFigures {
  readonly nll: number;
  readonly brier: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly classwiseEce: number;
  readonly counts: readonly number[];
}

interface ReferenceSet {
  readonly name: string;
  readonly sha256: { readonly validation: string; readonly test: string };
  readonly rows: { readonly validation: number; readonly test: number };
  readonly classes: number;
  readonly temperature: string;
  readonly before: ReferenceFigures;
  readonly after: ReferenceFigures;
}

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const { sets } = JSON.parse(read('test/reference/datasets.json')) as { sets: readonly ReferenceSet[] };

/** T to the last digits: relative error of a well-posed fit. */
const temperatureTolerance = 1e-12;
/** NumPy sums some thousand float64 losses pairwise; each is right to about 1e-16. */
const figureTolerance = 1e-13;

test('every bundled set has reference values', () => {
  expect(sets.map(({ name }) => name)).toEqual(['letters', 'mnist', 'binary', 'calibrated']);
});

describe.each(sets)('the set $name', (reference) => {
  const card = read(`datasets/${reference.name}/README.md`);
  const loaded: Partial<Record<'validation' | 'test', LoadedSet>> = {};
  let model: TemperatureModel;
  let evaluation: Evaluation;
  beforeAll(() => {
    for (const part of ['validation', 'test'] as const) {
      loaded[part] = parseCsv(read(`datasets/${reference.name}/${part}.csv`));
    }
    const { scores, labels } = loaded.validation as LoadedSet;
    model = fitTemperature(scores, labels);
    evaluation = evaluate(loaded.test as LoadedSet, { model });
  });

  test('is the file its card names, row for row', () => {
    for (const part of ['validation', 'test'] as const) {
      const text = read(`datasets/${reference.name}/${part}.csv`);
      const sum = createHash('sha256').update(text).digest('hex');
      expect(sum).toBe(reference.sha256[part]);
      expect(card).toContain(`| \`${part}.csv\` | ${reference.rows[part]} | \`${sum}\` |`);
      expect(loaded[part]?.scores.rows).toBe(reference.rows[part]);
      expect(loaded[part]?.scores.columns).toBe(reference.classes);
    }
  });

  test('has the temperature and figures of the independent tools', () => {
    const wanted = Number(reference.temperature);
    expect(Math.abs((model.temperature ?? Number.NaN) / wanted - 1)).toBeLessThan(temperatureTolerance);
    const sides: [Figures, ReferenceFigures][] = [
      [evaluation.before, reference.before],
      [evaluation.after as Figures, reference.after],
    ];
    for (const [found, figures] of sides) {
      for (const key of ['nll', 'brier', 'accuracy', 'ece', 'classwiseEce'] as const) {
        expect(Math.abs((found[key] ?? Number.NaN) - figures[key]), key).toBeLessThan(figureTolerance);
      }
      expect(found.reliability.bins.map(({ count }) => count)).toEqual(figures.counts);
    }
  });

  test('has a card that tells them, the source and the licence', () => {
    const { before, after } = reference;
    expect(card).toContain(`| figure | T = 1 | T = ${Number(reference.temperature)} |`);
    expect(card).toContain(`| NLL, nats per row | ${before.nll.toFixed(6)} | ${after.nll.toFixed(6)} |`);
    expect(card).toContain(
      `| ECE | ${(100 * before.ece).toFixed(2)} % | ${(100 * after.ece).toFixed(2)} % |`,
    );
    expect(card).toMatch(/CC BY(-SA)? [34]\.0/);
    expect(card).toContain('## Source and licence');
  });

  test('gets the verdict it was made for', () => {
    const outcome = reference.name === 'calibrated' ? 'unchanged' : 'improved';
    expect(evaluation.verdict.outcome).toBe(outcome);
  });
});

test('on the calibrated control T = 1 is not refuted', () => {
  const { scores, labels } = parseCsv(read('datasets/calibrated/validation.csv'));
  const { uncertainty } = fitTemperature(scores, labels);
  const [low, high] = uncertainty?.profileInterval ?? [null, null];
  expect(low).toBeLessThan(1);
  expect(high).toBeGreaterThan(1);
  expect(uncertainty?.likelihoodRatio.pValue).toBeGreaterThan(0.05);
});
