import { describe, expect, test } from 'vitest';
import { calibrationLine } from '../../src/metrics/calibration-line.ts';
import { canonicalCalibrationError } from '../../src/metrics/canonical-calibration-error.ts';
import { compatCalibrationError } from '../../src/metrics/compat-calibration-error.ts';
import { cumulativeCalibrationError } from '../../src/metrics/cumulative-calibration-error.ts';
import { debiasedCalibrationError } from '../../src/metrics/debiased-calibration-error.ts';
import { debiasedClasswiseCalibrationError } from '../../src/metrics/debiased-classwise-calibration-error.ts';
import type { BinaryView, SmoothingKernel } from '../../src/metrics/index.ts';
import { integratedCalibrationIndex } from '../../src/metrics/integrated-calibration-index.ts';
import { maximumMeanCalibrationError } from '../../src/metrics/maximum-mean-calibration-error.ts';
import { measureSample } from '../../src/metrics/measure-sample.ts';
import { relplotErrorOfBlocks } from '../../src/metrics/relplot-smoothing.ts';
import { smoothCalibrationError } from '../../src/metrics/smooth-calibration-error.ts';
import { squaredKernelCalibrationError } from '../../src/metrics/squared-kernel-calibration-error.ts';
import reference from './bin-free-measures.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** Sums of some hundred terms below 1, in double precision on both sides. */
const rounding = 1e-13;
/** SciPy's root finder stops at 1e-13. */
const rootFinding = 1e-12;
/** Kernels of width 1e-5 magnify the rounding of a log density by 1e5. */
const sharpKernels = 1e-9;

const expectNear = (value: number | null, wanted: number, tolerance = rounding): void =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(tolerance);

/** What stands under each view of a sample. */
interface View {
  readonly smooth: Record<
    string,
    {
      readonly relplot: { readonly value: number; readonly bandwidth: number } | null;
      readonly exactAt: Record<string, number>;
      readonly fixedPoint: number;
    }
  >;
  readonly cumulative: Record<'maximum' | 'range' | 'scale', number>;
  readonly mmce: Record<string, number>;
  readonly debiased: Record<string, Record<'squared' | 'plugin2' | 'raw1' | 'plugin1', number>>;
  readonly line: Record<'intercept' | 'slope' | 'inTheLarge', number>;
  readonly ici: readonly {
    readonly span: number;
    readonly surface: string;
    readonly mean: number;
    readonly median: number | null;
    readonly ninetieth: number | null;
    readonly maximum: number;
  }[];
}

describe.each(reference.expected)('$name', ({ name, views, marginal, skce, canonical }) => {
  const { probabilities, labels, options } = sampleNamed(name);

  describe.each(Object.entries(views) as [string, View][])('seen as %s', (view, wanted) => {
    const given = { ...options, binary: view as BinaryView };

    test.each(Object.entries(wanted.smooth))('smooth error under the %s kernel', (kernel, smooth) => {
      const withKernel = { ...given, kernel: kernel as SmoothingKernel };
      if (smooth.relplot !== null && options.weights === undefined) {
        const blocks = measureSample(probabilities, labels, given).blocks();
        const { value, bandwidth } = relplotErrorOfBlocks(blocks, withKernel.kernel);
        expect(bandwidth).toBe(smooth.relplot.bandwidth);
        expectNear(value, smooth.relplot.value);
        const measure = kernel === 'reflected' ? 'smooth' : 'smooth-logit';
        const compat = { preset: 'relplot', measure, binary: given.binary } as const;
        expect(compatCalibrationError(probabilities, labels, compat).value).toBe(value);
      }
      for (const [bandwidth, value] of Object.entries(smooth.exactAt)) {
        const at = { ...withKernel, bandwidth: Number(bandwidth) } as const;
        expectNear(smoothCalibrationError(probabilities, labels, at).value, value);
      }
      const exact = smoothCalibrationError(probabilities, labels, withKernel);
      expectNear(exact.value, smooth.fixedPoint, rootFinding);
      expectNear(exact.bandwidth, smooth.fixedPoint, rootFinding);
    });

    test('cumulative errors and their scale', () => {
      const error = cumulativeCalibrationError(probabilities, labels, given);
      expectNear(error.maximum, wanted.cumulative.maximum);
      expectNear(error.range, wanted.cumulative.range);
      expectNear(error.scale, wanted.cumulative.scale);
    });

    test.each(Object.entries(wanted.mmce))('maximum mean error of width %s', (bandwidth, value) => {
      const at = { ...given, bandwidth: Number(bandwidth) };
      expectNear(maximumMeanCalibrationError(probabilities, labels, at), value);
    });

    test.each(Object.entries(wanted.debiased))('debiased errors over %s bins', (bins, debiased) => {
      const at = { ...given, bins: Number(bins) };
      const squared = debiasedCalibrationError(probabilities, labels, at);
      expectNear(squared.raw, debiased.squared);
      expectNear(squared.plugin, debiased.plugin2);
      expect(squared.value).toBe(Math.sqrt(Math.max(squared.raw, 0)));
      const absolute = debiasedCalibrationError(probabilities, labels, { ...at, norm: 1 });
      expectNear(absolute.raw, debiased.raw1);
      expectNear(absolute.plugin, debiased.plugin1);
    });

    test('calibration line', () => {
      const line = calibrationLine(probabilities, labels, given);
      expect(line.status).toBe('fitted');
      expectNear(line.slope, wanted.line.slope, rounding * (1 + Math.abs(wanted.line.slope)));
      expectNear(line.intercept, wanted.line.intercept);
      expectNear(line.inTheLarge, wanted.line.inTheLarge);
    });

    test.each(wanted.ici)('distances from loess of span $span, $surface', (loess) => {
      const { span, surface } = loess;
      const at = { ...given, span, surface: surface as 'direct' | 'interpolate' };
      const index = integratedCalibrationIndex(probabilities, labels, at);
      expectNear(index.mean, loess.mean);
      expectNear(index.maximum, loess.maximum);
      if (loess.median !== null) expectNear(index.median, loess.median);
      if (loess.ninetieth !== null) expectNear(index.ninetieth, loess.ninetieth);
    });
  });

  test('debiased class-wise error', () => {
    const error = debiasedClasswiseCalibrationError(probabilities, labels, { ...options, bins: 10 });
    expectNear(error.mean, marginal.mean);
    for (const [k, value] of error.perClass.entries()) expectNear(value, marginal.perClass[k]!);
  });

  test('squared kernel error: unbiased, biased and in blocks', () => {
    const error = (given: object) =>
      squaredKernelCalibrationError(probabilities, labels, { ...options, ...given });
    for (const [given, wanted] of [
      [{}, skce.unbiased],
      [{ estimator: 'biased' }, skce.biased],
      [{ estimator: 'block' }, skce.block2],
      [{ estimator: 'block', blockSize: 7 }, skce.block7],
    ] as const) {
      const { value, bandwidth } = error(given);
      expectNear(bandwidth, wanted.bandwidth);
      expectNear(value, wanted.value);
    }
    expectNear(error({ bandwidth: 0.25 }).value, skce.unbiasedAt);
  });

  test('canonical error by Dirichlet kernels', () => {
    const error = (given: object) =>
      canonicalCalibrationError(probabilities, labels, { ...options, ...given });
    const found = error({});
    expectNear(found.bandwidth, canonical.bandwidth);
    expectNear(found.value, canonical.l1, sharpKernels);
    expectNear(error({ norm: 2 }).value, canonical.l2, sharpKernels);
    for (const [bandwidth, value] of Object.entries(canonical.at)) {
      expectNear(error({ bandwidth: Number(bandwidth) }).value, value, sharpKernels);
    }
  });
});
