import { describe, expect, test } from 'vitest';
import { adaptiveCalibrationError } from '../../src/metrics/adaptive-calibration-error.ts';
import { averageErrorOfBins } from '../../src/metrics/average-calibration-error.ts';
import {
  type BinaryView,
  type BinClosure,
  type BinScheme,
  eceOfBins,
  reliabilityBins,
} from '../../src/metrics/index.ts';
import { mergeReliabilityBins } from '../../src/metrics/merge-reliability-bins.ts';
import { rmsceOfBins } from '../../src/metrics/root-mean-square-calibration-error.ts';
import { signedGapOfBins } from '../../src/metrics/signed-calibration-gap.ts';
import { sweepCalibrationError } from '../../src/metrics/sweep-calibration-error.ts';
import { thresholdedAdaptiveCalibrationError } from '../../src/metrics/thresholded-adaptive-calibration-error.ts';
import { topLabelCalibrationError } from '../../src/metrics/top-label-calibration-error.ts';
import reference from './binned-measures.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** Means of at most 160 values below 1 against exact fractions: a few roundings. */
const rounding = 4e-15;

function expectNear(value: number | null, wanted: number | null): void {
  if (wanted === null || value === null) expect(value).toBe(wanted);
  else expect(Math.abs(value - wanted)).toBeLessThan(rounding);
}

describe.each(reference.expected)('$name', ({ name, views, adaptive, thresholded, topLabel }) => {
  const { probabilities, labels, options } = sampleNamed(name);

  describe.each(Object.entries(views))('seen as %s', (view, { tables, sweep }) => {
    const binary = view as BinaryView;

    test.each(tables)('$bins $scheme bins, $edges, give the errors of exact fractions', (wanted) => {
      const table = reliabilityBins(probabilities, labels, {
        ...options,
        binary,
        bins: wanted.bins,
        scheme: wanted.scheme as BinScheme,
        edges: wanted.edges as BinClosure,
      });
      expect(table.rule.binary).toBe(binary === 'positive' ? 'positive' : undefined);
      expectNear(rmsceOfBins(table), wanted.rmsce);
      expectNear(averageErrorOfBins(table), wanted.average);
      const signed = signedGapOfBins(table);
      expectNear(signed.gap, wanted.gap);
      expectNear(signed.overconfidence, wanted.overconfidence);
      expectNear(signed.underconfidence, wanted.underconfidence);
      expectNear(signed.overconfidence + signed.underconfidence, eceOfBins(table));
    });

    test.each(Object.entries(sweep))('the sweep over %s bins stops at the same number', (scheme, wanted) => {
      const given = { ...options, binary, scheme: scheme as BinScheme };
      const found = sweepCalibrationError(probabilities, labels, given);
      expect(found.bins).toBe(wanted.bins);
      expectNear(found.value, wanted.value);
      const squared = sweepCalibrationError(probabilities, labels, { ...given, norm: 2 });
      expectNear(squared.value, wanted.squared);
    });
  });

  test.each(Object.entries(adaptive))('adaptive error over %s ranges', (bins, wanted) => {
    const { mean, perClass } = adaptiveCalibrationError(probabilities, labels, {
      ...options,
      bins: Number(bins),
    });
    for (const [k, value] of perClass.entries()) expectNear(value, wanted[k]!);
    expectNear(mean, wanted.reduce((sum, value) => sum + value, 0) / wanted.length);
  });

  test.each(Object.entries(thresholded))('thresholded adaptive error above %s', (threshold, wanted) => {
    const { mean, perClass } = thresholdedAdaptiveCalibrationError(probabilities, labels, {
      ...options,
      bins: 10,
      threshold: Number(threshold),
    });
    const present = wanted.filter((value) => value !== null);
    expect(perClass.length).toBe(wanted.length);
    for (const [k, value] of perClass.entries()) expectNear(value, wanted[k]!);
    const sum = present.reduce((part, value) => part + value, 0);
    expectNear(mean, present.length === 0 ? null : sum / present.length);
  });

  test('top-label conditional error, by frequency and by class', () => {
    const given = { ...options, bins: 10 };
    const byFrequency = topLabelCalibrationError(probabilities, labels, given);
    expectNear(byFrequency.mean, topLabel.byFrequency);
    for (const [k, value] of byFrequency.perClass.entries()) expectNear(value, topLabel.perClass[k]!);
    const byClass = topLabelCalibrationError(probabilities, labels, { ...given, average: 'by-class' });
    expectNear(byClass.mean, topLabel.byClass);
  });

  test('tables of thirds of the rows merge into the table of all', () => {
    const weights = options.weights ?? labels.map(() => 1);
    const part = (keep: (i: number) => boolean) => {
      const rows = labels.map((_, i) => i).filter(keep);
      const kept = { weights: rows.map((i) => weights[i]!) };
      return reliabilityBins(
        rows.map((i) => probabilities[i]!),
        rows.map((i) => labels[i]!),
        options.weights === undefined ? {} : kept,
      );
    };
    const merged = mergeReliabilityBins([0, 1, 2].map((third) => part((i) => i % 3 === third)));
    const whole = reliabilityBins(probabilities, labels, options);
    expect(merged.count).toBe(whole.count);
    for (const [b, bin] of merged.bins.entries()) {
      const wanted = whole.bins[b]!;
      expect([bin.low, bin.high, bin.count]).toEqual([wanted.low, wanted.high, wanted.count]);
      expectNear(bin.weight, wanted.weight);
      expectNear(bin.confidence, wanted.confidence);
      expectNear(bin.accuracy, wanted.accuracy);
      // Weighted intervals pass through the number of effective rows, found from an interval's width.
      if (bin.interval === null) expect(wanted.interval).toBeNull();
      else for (const end of [0, 1]) expect(bin.interval[end]).toBeCloseTo(wanted.interval![end]!, 12);
    }
  });
});
