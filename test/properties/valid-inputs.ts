import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as main from '../../src/index.ts';
import type { ReportModel } from '../../src/report/index.ts';
import { reportModel } from '../../src/report/index.ts';

/** Makes the arguments of one valid call, anew at each call. */
export type Arguments = () => readonly unknown[];

export const logits = (): number[][] => [
  [2, 0.5, 0],
  [0, 1.5, 1],
  [1, 0, 2.5],
  [2, 2.25, 0],
  [0, 1, 0.5],
  [1, 0.25, 0],
  [0.5, 1, 2],
  [1.5, 0, 0.75],
];
export const labels = (): number[] => [0, 1, 2, 0, 2, 1, 2, 0];
export const weights = (): number[] => [1, 2, 1, 1, 0.5, 1, 1, 2];
export const probabilities = (): number[][] => logits().map((row) => [...main.softmax(row)]);
const pairs = (): number[][] => [0.9, 0.2, 0.6, 0.7, 0.4, 0.35, 0.8, 0.1].map((p) => [1 - p, p]);
const pairLabels = (): number[] => [1, 0, 1, 0, 0, 1, 1, 0];
export const text = 'cat,dog,label\n3,0,cat\n0,2,dog\n1,0,dog\n2,1,cat\n';
export const set = (): main.ScoredSet => {
  const { kind, scores, labels: own, classNames, namedClasses } = main.parseCsv(text);
  return { kind, scores, labels: own, classNames, namedClasses };
};
const fitted = main.fitTemperature(logits(), labels());
export const model = (): main.TemperatureModel => structuredClone(fitted);
export const bins = (): main.ReliabilityBins => main.reliabilityBins(probabilities(), labels(), { bins: 4 });
export const resampled = { measures: ['accuracy'], resamples: 100, seed: 1 };
export const provenance = (): main.CalibratorProvenance => ({
  classNames: ['cat', 'dog', 'fox'],
  namedClasses: true,
  dataHash: '0'.repeat(64),
  toolVersion: '0.1.0',
});
export const calibratorFile = () => ({ model: model(), provenance: provenance() });
const evaluated = main.evaluate(set(), { resamples: 100 });
export const evaluation = (): main.Evaluation => structuredClone(evaluated);
const reported = reportModel({
  title: 'Pets',
  evaluation: evaluated,
  sources: [{ role: 'fit', name: 'pets.csv', rows: 4 }],
  conventions: { toolVersion: '0.1.0' },
});
export const report = (): ReportModel => structuredClone(reported);

export const scored =
  (options: object = {}): Arguments =>
  () => [probabilities(), labels(), { weights: weights(), ...options }];
export const binned = scored({
  bins: 4,
  scheme: 'equal-mass',
  edges: 'left-closed',
  level: 0.9,
  interval: 'wilson',
});
export const binary =
  (options: object = {}): Arguments =>
  () => [pairs(), pairLabels(), options];
export const quadratic = (x: Float64Array, gradient: Float64Array): number => {
  let sum = 0;
  for (const [i, value] of x.entries()) {
    gradient[i] = 2 * value;
    sum += value * value;
  }
  return sum;
};

export const folder = mkdtempSync(join(tmpdir(), 'calibrant-valid-'));
const fileOf = (name: string, contents: string): string => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};
export const csv = fileOf('set.csv', text);
export const scoresFile = fileOf('scores.csv', 'cat,dog\n3,0\n0,2\n1,0\n');
export const labelsFile = fileOf('labels.csv', 'label\ncat\ndog\ndog\n');
export const calibrator = fileOf('calibrator.json', main.writeCalibrator(model(), provenance()));
export const output = join(folder, 'output.txt');

export const csvOptions = (): object => ({
  input: 'logits',
  delimiter: ',',
  label: 'label',
  scores: ['cat', 'dog'],
  ignore: [],
  classNames: ['cat', 'dog'],
  dropBad: false,
  maxColumns: 100,
  file: 'set.csv',
});
export const bytes = (contents: string): Uint8Array[] => [new TextEncoder().encode(contents)];

/** Removes the files that calls read and write. */
export function removeValidFiles(): void {
  rmSync(folder, { recursive: true, force: true });
}
