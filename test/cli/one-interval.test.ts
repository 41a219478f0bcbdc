import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';
import { writeSamples } from './sample-files.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  writeSamples(folder);
});
const few = ['--resamples', '100'];

async function resultOf(...args: string[]) {
  const { stdout } = await runIn(folder, [...args, '--json']);
  return JSON.parse(stdout).result;
}

interface ListedChange {
  readonly name: string;
  readonly difference: number;
  readonly interval: readonly number[];
}

describe('the same change of the same rows', () => {
  test('has the same interval in fit, report and evaluate, to the digit', async () => {
    const fit = await resultOf('fit', '@val.csv', '--test', '@test.csv', '-o', '@c1.json', ...few);
    const report = await resultOf('report', '@val.csv', '--test', '@test.csv', '-o', '@r.html', ...few);
    const evaluated = await resultOf(
      'evaluate',
      '@test.csv',
      '--calibrator',
      '@c1.json',
      '--draws',
      '19',
      ...few,
    );
    expect(report.evaluation.changes).toEqual(fit.evaluation.changes);
    expect(evaluated.evaluation.changes).toEqual(fit.evaluation.changes);
    expect(evaluated.verdict).toEqual(fit.verdict);
    const names = {
      nll: 'negative-log-likelihood',
      brier: 'brier-score',
      ece: 'expected-calibration-error',
      eceDebiased: 'debiased-absolute-calibration-error',
    };
    for (const [key, name] of Object.entries(names)) {
      const listed = evaluated.measures.changes.find((change: ListedChange) => change.name === name);
      const { before, after, difference, interval, standardError, pValue } = fit.evaluation.changes[key];
      expect(listed).toMatchObject({ before, after, difference, interval, standardError, pValue });
      const found = evaluated.measures.list.find((measure: ListedChange) => measure.name === name);
      expect(found.value).toBe(after);
    }
  });

  test('has the p-value of the temperature that fit prints when the rows are the same', async () => {
    const fit = await resultOf('fit', '@val.csv', ...few);
    expect(fit.verdict.test.pValue).toBe(fit.calibrator.uncertainty.likelihoodRatio.pValue);
    expect(fit.verdict.test.statistic).toBe(fit.calibrator.uncertainty.likelihoodRatio.statistic);
    expect(fit.evaluation.savedTemperature).toBe(fit.calibrator.temperature);
    const printed = [...fit.verdict.headline.matchAll(/T = (\d+\.\d+)/g)].map(([, text]) => text);
    expect(printed.every((text) => Number(text) === Number(fit.calibrator.temperature.toPrecision(3)))).toBe(
      true,
    );
  });
});

test('clusters of evaluate reach the verdict and its test', async () => {
  // Ten patients whose rows are all alike: 400 rows that tell as much as ten.
  const lines = Array.from({ length: 400 }, (_, i) => {
    const patient = i % 10;
    return `${2 + patient / 10},0,${patient < 8 ? 'a' : 'b'},${patient}`;
  });
  writeFileSync(join(folder, 'patients.csv'), ['a,b,label,patient', ...lines].join('\n'));
  const args = ['evaluate', '@patients.csv', '--draws', '19', ...few];
  const clustered = await resultOf(...args, '--clusters', 'patient');
  const { test: found } = clustered.verdict;
  expect(found).toMatchObject({ method: 'robust-likelihood-ratio', clusters: 10 });
  const alone = await resultOf(...args, '--ignore', 'patient');
  expect(alone.verdict.test.clusters).toBeNull();
  expect(alone.verdict.test.statistic).toBeGreaterThan(5 * found.statistic);
});
