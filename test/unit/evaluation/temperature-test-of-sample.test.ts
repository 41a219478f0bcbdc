import { expect, test } from 'vitest';
import { temperatureTest } from '../../../src/calibrators/index.ts';
import { sampleOfSet } from '../../../src/evaluation/set-samples.ts';
import { temperatureTestOfSample } from '../../../src/evaluation/temperature-test-of-sample.ts';
import { parseCsv } from '../../../src/io/index.ts';
import { measureSample } from '../../../src/metrics/index.ts';

const rows = Array.from({ length: 60 }, (_, i) => `${(i % 7) / 2},${(i % 5) / 3},${i % 4 === 0 ? 1 : 0}`);
const csv = `a,b,label\n${rows.join('\n')}\n`;
const set = parseCsv(csv);

test('is the test of the set', () => {
  const wanted = temperatureTest(set);
  const { statistic, pValue } = temperatureTestOfSample(sampleOfSet(set, null, 'confidence'), {})!;
  expect([statistic, pValue]).toEqual([wanted.statistic, wanted.pValue]);
});

test('after a temperature is the test of the divided logits', () => {
  const halved = temperatureTest({
    ...set,
    scores: { ...set.scores, data: set.scores.data.map((z) => z / 2) },
  });
  const { statistic } = temperatureTestOfSample(sampleOfSet(set, 2, 'confidence'), {})!;
  expect(statistic).toBe(halved.statistic);
});

test('cannot be made where a class of probability 0 occurred', () => {
  const sample = measureSample(
    [
      [1, 0],
      [0.5, 0.5],
    ],
    [1, 0],
  );
  expect(temperatureTestOfSample(sample, {})).toBeNull();
});
