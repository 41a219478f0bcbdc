import { describe, expect, test } from 'vitest';
import { checkedSample } from '../../../src/metrics/checked-sample.ts';
import { measureByName, measureSample, measures } from '../../../src/metrics/index.ts';
import { withDerived } from '../../../src/metrics/measure-sample.ts';

const p = [
  [0.75, 0.25],
  [0.5, 0.5],
  [0.25, 0.75],
];
const labels = [0, 1, 1];

describe('measureSample', () => {
  test('works each derived value out once', () => {
    const sample = measureSample(p, labels);
    expect(sample.events()).toBe(sample.events());
    expect(sample.blocks()).toBe(sample.confidenceBlocks());
    expect(sample.rowScores()).toBe(sample.rowScores());
    let made = 0;
    const make = (): number => {
      made += 1;
      return made;
    };
    expect([sample.shared('key', make), sample.shared('key', make), sample.shared('other', make)]).toEqual([
      1, 1, 2,
    ]);
  });

  test('sees the positive class where it is asked to, and the confidence beside it', () => {
    const sample = measureSample(p, labels, { binary: 'positive', weights: [1, 2, 0] });
    expect([...sample.events().confidence]).toEqual([0.25, 0.5, 0.75]);
    expect([...sample.events().correct]).toEqual([0, 1, 1]);
    expect([...sample.blocks().values]).toEqual([0.25, 0.5]);
    expect([...sample.confidenceBlocks().values]).toEqual([0.5, 0.75]);
    // Accuracy is about predictions, however two classes are seen.
    expect(measureByName('accuracy')?.compute(sample)).toBe(1 / 3);
  });

  test('can be had of a sample that is checked already', () => {
    const derived = withDerived(checkedSample(p, labels, undefined));
    for (const { compute } of measures) expect(compute(derived)).toEqual(compute(measureSample(p, labels)));
  });

  test('takes another layout of bins where a measure has bins', () => {
    const sample = measureSample(p, labels);
    const ece = measureByName('expected-calibration-error')!;
    // Bins of one row each, and one bin for all: confidences 0.75, 0.5, 0.75 with outcomes 1, 0, 1.
    expect(ece.compute(sample, { bins: 4 })).toBeCloseTo((0.5 + 2 * 0.25) / 3, 15);
    expect(ece.compute(sample, { bins: 1 })).toBe(0);
    expect(() => ece.compute(sample, { bins: 0 })).toThrow('E_BINS');
  });

  test('refuses unknown options and kinds', () => {
    expect(() => measureSample(p, labels, { binary: 'positiv' as 'positive' })).toThrow(
      'E_OPTION: option "binary" must be one of confidence, positive, got "positiv".',
    );
    expect(() => measureSample(p, labels, { inputs: 'logits' } as object)).toThrow('did you mean "input"?');
  });
});
