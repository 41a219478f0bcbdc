import { expect, test } from 'vitest';
import { roomOf } from '../../../src/core/room.ts';
import { canonicalRows } from '../../../src/evaluation/canonical-rows.ts';
import { type MeasureSample, measureSample, withDerived } from '../../../src/metrics/measure-sample.ts';

const scores = [
  [0.9, 0.1],
  [0.3, 0.7],
  [0.5, 0.5],
  [0.2, 0.8],
];
const sample = measureSample(scores, [0, 1, 1, 0], { weights: [1, 2, 3, 4] });

function rowsOf({ source, labels, weights }: MeasureSample): number[][] {
  return Array.from(labels, (label, i) => [...source.scores(i, i + 1), label, weights![i]!]);
}

test('stand in the order told, each with its label and weight', () => {
  const { order, samples } = canonicalRows([sample]);
  expect([...order].sort()).toEqual([0, 1, 2, 3]);
  const given = rowsOf(sample);
  expect(samples.map(rowsOf)).toEqual([Array.from(order, (row) => given[row])]);
});

test('are made once of one sample in memory, and anew of rows whose memory is lent', () => {
  const [once, again] = [canonicalRows([sample]), canonicalRows([sample])];
  expect(again.samples[0]).toBe(once.samples[0]);
  const stored = withDerived({ ...sample, source: { ...sample.source, room: roomOf(1e6) } });
  const [first, second] = [canonicalRows([stored]), canonicalRows([stored])];
  expect(second.samples[0]).not.toBe(first.samples[0]);
  expect(second.order).toEqual(first.order);
});

test('of two samples are in one order', () => {
  const other = measureSample(scores.toReversed(), [0, 1, 1, 0], { weights: [1, 2, 3, 4] });
  const { order, samples } = canonicalRows([sample, other]);
  const inOrder = [sample, other].map((each) => Array.from(order, (row) => rowsOf(each)[row]));
  expect(samples.map(rowsOf)).toEqual(inOrder);
});

test('do not depend on the scale of the weights, nor on the order of rows that differ in weight alone', () => {
  const rows = [...scores, ...scores, ...scores];
  const labels = [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0];
  const weights = [1, 2, 3, 4, 0.3, 0.2, 0.1, 5, 7, 6, 8, 0.9];
  const orderOf = (turn: readonly number[], scale: number): number[] => {
    const turned = measureSample(
      turn.map((i) => rows[i]!),
      turn.map((i) => labels[i]!),
      { weights: turn.map((i) => weights[i]! * scale) },
    );
    return Array.from(canonicalRows([turned]).order, (row) => turn[row]!);
  };
  const given = [...rows.keys()];
  const order = orderOf(given, 1);
  for (const scale of [10, 1 / 300, 2 ** 40]) expect(orderOf(given, scale)).toEqual(order);
  expect(orderOf(given.toReversed(), 1)).toEqual(order);
});
