import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Room, roomOf } from '../../../src/core/room.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import type { AnySet } from '../../../src/core/stored-set.ts';
import { testsOfSample } from '../../../src/evaluation/calibration-tests.ts';
import { type FindingOptions, findingsOfSample } from '../../../src/evaluation/measure-findings.ts';
import { pairedFindings } from '../../../src/evaluation/paired-findings.ts';
import { sampleOfSet } from '../../../src/evaluation/set-samples.ts';
import type { BinaryView } from '../../../src/metrics/measure-options.ts';
import { type KnownMeasure, measures } from '../../../src/metrics/registry.ts';
import { softmax } from '../../../src/softmax/softmax.ts';
import { simulatedSet } from '../evaluation/simulated-set.ts';
import { type SetFiles, setFiles } from './set-files.ts';

let files: SetFiles;
beforeAll(() => {
  files = setFiles();
});
afterAll(() => files.remove());

const options: FindingOptions = {
  resamples: 8,
  draws: 9,
  seed: 3,
  level: 0.9,
  method: 'percentile',
  thorough: true,
};

const weighted = (set: ScoredSet): ScoredSet => ({
  ...set,
  weights: Float64Array.from(set.labels, (_, i) => (i % 4) / 2),
});
const probabilities = (set: ScoredSet): ScoredSet => ({
  ...set,
  kind: 'probabilities',
  scores: softmax(set.scores),
});

interface Case {
  readonly name: string;
  readonly set: ScoredSet;
  readonly binary?: BinaryView;
  /** Measures that read the probabilities of drawn rows, or all at once. */
  readonly lacking: readonly string[];
  readonly names?: readonly string[];
}

/** What no resample of many rows has without the probabilities of its rows. */
const ofProbabilities = [
  'spherical-score',
  'ranked-probability-score',
  'top-label-calibration-error',
  'thresholded-adaptive-calibration-error',
  'squared-kernel-calibration-error-in-blocks',
];
/** One or more measures of every way of reading a sample; all of them in the long tests. */
const everyWay =
  process.env['CALIBRANT_FULL'] === '1'
    ? measures.map(({ name }) => name)
    : [
        'accuracy',
        'negative-log-likelihood',
        'expected-calibration-error',
        'equal-mass-calibration-error',
        'sweep-calibration-error',
        'classwise-calibration-error',
        'classwise-equal-mass-calibration-error',
        'kolmogorov-smirnov-calibration-error',
        'calibration-slope',
        'corp-miscalibration',
        'area-under-risk-coverage',
        'canonical-calibration-error',
        ...ofProbabilities,
      ];
const few = [
  'negative-log-likelihood',
  'expected-calibration-error',
  'classwise-calibration-error',
  'spherical-score',
];

const cases: readonly Case[] = [
  { name: 'many rows', set: simulatedSet(21_000, 3, 2), lacking: ofProbabilities },
  { name: 'weighted rows', set: weighted(simulatedSet(21_000, 3, 2)), lacking: ofProbabilities },
  {
    name: 'probabilities of the positive class',
    set: probabilities(simulatedSet(21_000, 2, 2)),
    binary: 'positive',
    lacking: ofProbabilities,
  },
  {
    name: 'rows whose labels are drawn one by one',
    set: simulatedSet(6000, 4, 2),
    names: few,
    lacking: few.slice(3),
  },
  {
    name: 'rows that are drawn one by one',
    set: simulatedSet(700, 30, 2),
    names: few,
    lacking: few.slice(2),
  },
];

describe.each(cases)(
  'the measures of $name in files',
  ({ set, binary = 'confidence', lacking, names = everyWay }) => {
    const chosen = measures.filter(({ name }) => names.includes(name)) as KnownMeasure[];
    const findings = (any: AnySet, room?: Room) =>
      findingsOfSample(sampleOfSet(any, null, binary, room), chosen, { ...options, binary });

    test('have the same bits as in memory, but for the intervals and floors that need the probabilities of drawn rows', () => {
      const held = findings(set);
      const found = findings(files.store(set), roomOf(1e9));
      const short = found.filter(({ reason }) => reason === 'not-in-memory').map(({ name }) => name);
      expect(short.sort()).toEqual([...lacking].sort());
      for (const [at, finding] of found.entries()) {
        if (finding.reason !== 'not-in-memory') expect(finding).toEqual(held[at]);
        else {
          expect(finding.interval).toBeNull();
          expect(finding.value).toBe(held[at]!.value);
        }
      }
    });

    test('change by a temperature as in memory', () => {
      const changes = (any: AnySet, room?: Room) =>
        pairedFindings([sampleOfSet(any, null, binary, room), sampleOfSet(any, 1.5, binary, room)], chosen, {
          ...options,
          binary,
        });
      const held = changes(set);
      const found = changes(files.store(set), roomOf(1e9));
      // Holm's correction is for the measures that have p-values.
      const bare = (all: typeof held) =>
        all.map(({ adjusted: _, ...change }) =>
          lacking.includes(change.name) ? { before: change.before, after: change.after } : change,
        );
      expect(bare(found)).toEqual(bare(held));
    });

    test('are tested as in memory', () => {
      const tests = (any: AnySet, room?: Room) =>
        testsOfSample(sampleOfSet(any, null, binary, room), { draws: 19, seed: 2, binary });
      expect(tests(files.store(set), roomOf(1e9))).toEqual(tests(set));
    });
  },
);

describe('measures without room', () => {
  const set = simulatedSet(21_000, 3, 2);
  const chosen = measures.filter(({ name }) =>
    [...few, 'classwise-equal-mass-calibration-error', 'canonical-calibration-error'].includes(name),
  );
  const found = () =>
    findingsOfSample(sampleOfSet(files.store(set), null, 'confidence', roomOf(1000)), chosen, options);

  test('are told with what there is', () => {
    const held = findingsOfSample(sampleOfSet(set, null, 'confidence'), chosen, options);
    const reasons = found().map(({ name, reason }) => [name, reason]);
    expect(reasons).toEqual([
      ['negative-log-likelihood', null],
      ['spherical-score', 'not-in-memory'],
      ['expected-calibration-error', null],
      ['classwise-calibration-error', 'not-in-memory'],
      ['classwise-equal-mass-calibration-error', 'not-in-memory'],
      ['canonical-calibration-error', 'too-many-rows'],
    ]);
    for (const [at, { name, value }] of found().entries()) {
      expect(value).toBe(name.includes('equal-mass') ? null : held[at]!.value);
    }
    expect(found()[0]).toEqual(held[0]);
    expect(found()[2]).toEqual(held[2]);
  });

  test('of tests leave out those that draw tables of every class', () => {
    const sample = sampleOfSet(files.store(set), null, 'confidence', roomOf(1000));
    const left = testsOfSample(sample, { draws: 19, seed: 2 }).filter(({ pValue }) => pValue === null);
    expect(left.map(({ name, statistic, rows }) => [name, statistic === null, rows])).toEqual([
      ['classwise-calibration-error', false, 21_000],
      ['kernel', true, 0],
    ]);
  });
});
