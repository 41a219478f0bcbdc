import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { measureCurves } from '../../src/cli/measured-curve.ts';
import type { Session } from '../../src/cli/session.ts';
import { curveWithoutBands } from '../../src/evaluation/calibration-curve.ts';
import { calibrationCurve, calibrationRefinement } from '../../src/evaluation/index.ts';
import type { FindingOptions } from '../../src/evaluation/measure-findings.ts';
import { type LoadedSet, parseCsv, readCalibrator } from '../../src/io/index.ts';
import { measureSample } from '../../src/metrics/index.ts';
import { curveBlock } from '../../src/report/curve-block.ts';
import { terminalOf } from '../../src/report/render-terminal.ts';
import { runIn, testFolder } from './run-command.ts';
import { writeSamples } from './sample-files.ts';

/** Dividing before the softmax and within it round differently. */
const cooledElsewhere = 1e-12;

let folder: string;
beforeEach(() => {
  folder = testFolder();
  writeSamples(folder);
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const few = ['--metrics', 'ece', '--resamples', '100', '--draws', '19'];

async function resultOf(...args: string[]) {
  const { stdout } = await runIn(folder, ['evaluate', '@test.csv', ...args, ...few, '--json']);
  expect(stdout).not.toMatch(/NaN|Infinity/);
  return JSON.parse(stdout).result;
}

/** The scores of the test file as they came, and divided by the fitted temperature. */
async function cooled() {
  await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--quiet']);
  const { scores, labels } = parseCsv(read('test.csv'));
  const { temperature } = readCalibrator(read('c.json')).model as { temperature: number };
  return { scores, labels, after: { ...scores, data: scores.data.map((z) => z / temperature) } };
}

describe('evaluate --curve', () => {
  test('gives the curves that the library gives, before and after', async () => {
    const { scores, labels, after } = await cooled();
    const { curve } = await resultOf('--curve', '--calibrator', '@c.json', '--level', '0.9');
    const options = { input: 'logits', resamples: 100 } as const;
    const { steps, points } = calibrationCurve(scores, labels, options);
    expect(curve).toMatchObject({
      level: 0.9,
      resamples: 100,
      areFewer: false,
      seed: 1,
      binary: 'confidence',
    });
    expect(curve.before).toEqual({ steps, points });
    const wanted = calibrationCurve(after, labels, options).points;
    expect(curve.after.points).toHaveLength(wanted.length);
    for (const [at, { probability, calibrated }] of wanted.entries()) {
      expect(Math.abs(curve.after.points[at].probability - probability)).toBeLessThanOrEqual(cooledElsewhere);
      expect(Math.abs(curve.after.points[at].calibrated - calibrated)).toBeLessThanOrEqual(cooledElsewhere);
    }
  });

  test('prints its ends and what leaves the band of a calibrated model', async () => {
    const { stdout } = await runIn(folder, ['evaluate', '@test.csv', '--curve', ...few]);
    const [, block = ''] = stdout.split(' Calibration curve, as they came\n');
    const { scores, labels } = parseCsv(read('test.csv'));
    const { points } = calibrationCurve(scores, labels, { input: 'logits', resamples: 100, level: 0.95 });
    const percent = (share: number): string => (100 * share).toFixed(1);
    const shown = block.split('\n').filter((line) => line.includes(' to '));
    for (const [point, line] of [
      [points[0]!, shown[0]!],
      [points.at(-1)!, shown.at(-1)!],
    ] as const) {
      const bands = [point.consistency, point.confidence].map((ends) => ends.map(percent).join(' to '));
      const cells = [point.probability, point.calibrated].map((share) => `${percent(share)} %`);
      expect(
        line
          .trim()
          .split(/\s{2,}/)
          .slice(0, 4),
      ).toEqual([...cells, ...bands]);
    }
    expect(points.some(({ calibrated, consistency }) => calibrated < consistency[0])).toBe(true);
    expect(block).toMatch(/%.*below\n/);
    expect(block.replaceAll(/\s+/g, ' ')).toContain('100 resamples of single rows.');
    const { curve, refinement } = await resultOf();
    expect([curve, refinement]).toEqual([null, null]);
  });

  test('has the curve without bands where the bands take too many draws', async () => {
    const rows = 500_001;
    const data = Float64Array.from({ length: rows }, (_, i) => ((i * 0.618) % 1) / 2 + 0.5);
    const labels = Int32Array.from(data, (p, i) => ((i * 0.317) % 1 < p ? 0 : 1));
    const both = Float64Array.from({ length: 2 * rows }, (_, i) =>
      i % 2 === 0 ? data[i >> 1]! : 1 - data[i >> 1]!,
    );
    const scores = { data: both, rows, columns: 2 };
    const set = { kind: 'probabilities', scores, labels } as unknown as LoadedSet;
    const options = { level: 0.95, seed: 1 } as FindingOptions;
    const found = await measureCurves({} as Session, set, undefined, options, 1000);
    const { steps, points } = curveWithoutBands(measureSample(scores, labels), 200);
    expect(found).toMatchObject({ resamples: 0, areFewer: true, after: null });
    expect(found.before.steps).toEqual(steps);
    const bare = points.map((point) => ({ ...point, consistency: null, confidence: null }));
    expect(found.before.points).toEqual(bare);
    const lines = curveBlock(
      [{ title: 'Curve', points: bare }],
      { ...found, areClustered: false },
      terminalOf({ width: 100 }),
    );
    expect(lines).toHaveLength(2 + 11 + 2);
    expect(lines.join(' ')).toContain('Bands are left out');
  });
});

describe('evaluate --refinement', () => {
  test('gives the splits that the library gives, before and after', async () => {
    const { scores, labels, after } = await cooled();
    const { refinement } = await resultOf('--refinement', '--calibrator', '@c.json');
    const kinds = [
      ['log', 'temperature'],
      ['brier', 'temperature'],
      ['log', 'isotonic'],
      ['brier', 'isotonic'],
    ] as const;
    for (const [at, [score, recalibration]] of kinds.entries()) {
      const options = { input: 'logits', score, recalibration } as const;
      const wanted = calibrationRefinement(scores, labels, options);
      const { crossFitted, optimistic } = wanted;
      expect(refinement.before[at]).toEqual({
        score,
        recalibration,
        value: wanted.score,
        ...crossFitted,
        folds: 5,
        optimistic,
      });
      const { score: left } = calibrationRefinement(after, labels, options);
      expect(Math.abs(refinement.after[at].value - left)).toBeLessThanOrEqual(cooledElsewhere);
    }
    // A temperature mends what a temperature can, and tells no cases apart.
    const [nll] = refinement.before;
    expect(nll.calibrationError).toBeGreaterThan(0.1);
    expect(Math.abs(refinement.after[0].calibrationError)).toBeLessThan(0.05 * nll.calibrationError);
    expect(Math.abs(refinement.after[0].refinement - nll.refinement)).toBeLessThan(0.01);
  });

  test('prints them, and with --all too', async () => {
    const { stdout } = await runIn(folder, ['evaluate', '@test.csv', '--refinement', ...few]);
    const { refinement } = await resultOf('--refinement');
    const [, block = ''] = stdout.split(' Scores split by recalibration\n');
    const row = block.split('\n').find((line) => line.startsWith(' NLL '));
    expect(row?.trim().split(/\s{2,}/)).toEqual([
      'NLL',
      ...['value', 'refinement', 'calibrationError'].map((key) => refinement.before[0][key].toFixed(4)),
    ]);
    const all = await runIn(folder, [
      'evaluate',
      '@test.csv',
      '--all',
      '--resamples',
      '100',
      '--draws',
      '19',
    ]);
    expect(all.stdout).toContain(` Scores split by recalibration\n${block.split('\n')[0]}\n`);
  });
});
