import { describe, expect, test } from 'vitest';
import { javascriptKernels } from '../../src/kernels/javascript-kernels.ts';
import type { Kernels } from '../../src/kernels/kernels-contract.ts';
import { matrixScalingLoss, type ScalingLoss, vectorScalingLoss } from '../../src/kernels/scaling-loss.ts';
import { type ScalingSample, scalingSample } from '../../src/kernels/scaling-sample.ts';
import { webassemblyKernels } from '../../src/kernels/webassembly-kernels.ts';
import { checkGradient } from '../../src/optimize/gradient-check.ts';
import { lbfgs } from '../../src/optimize/lbfgs.ts';
import reference from './scaling-losses.json' with { type: 'json' };

/**
 * Scaled logits up to some hundreds carry absolute errors of some 1e-14, which e^x turns into relative ones of p; a
 * gradient's entry is a mean of such p times logits.
 */
const relativeError = 1e-13;
/** What `checkGradient` shows of a right gradient; see there. */
const rightGradient = 1e-8;
/** At a gradient of 1e-9 a value is within 1e-16 of the minimum; what is left is the rounding of two sums of 150 rows. */
const sameMinimum = 1e-14;

type Given = Pick<(typeof reference.cases)[number], 'logits' | 'labels' | 'form'>;

const backends: readonly Kernels[] = [javascriptKernels, webassemblyKernels()!];

function sampleOf({ logits, labels }: Given, weights: number[] | null): ScalingSample {
  const columns = logits[0]!.length;
  const data = Float64Array.from(logits.flat(), (z) => z ?? Number.NEGATIVE_INFINITY);
  const scores = { data, rows: logits.length, columns };
  return scalingSample(
    scores,
    Int32Array.from(labels),
    weights === null ? undefined : Float64Array.from(weights),
  );
}

function lossOf(form: string, sample: ScalingSample, backend: Kernels): ScalingLoss {
  return form === 'vector' ? vectorScalingLoss(sample, backend) : matrixScalingLoss(sample, backend);
}

describe.each(backends)('in $name', (backend) => {
  test.each(reference.cases.map((given, i) => ({ ...given, title: `${i} ${given.form}` })))(
    'case $title has the loss and the gradient of 50-digit arithmetic',
    ({ form, logits, labels, weights, parameters, value, gradient }) => {
      const loss = lossOf(form, sampleOf({ form, logits, labels }, weights), backend);
      const found = new Float64Array(parameters.length);
      expect(Math.abs(loss(Float64Array.from(parameters), found) - value)).toBeLessThanOrEqual(
        relativeError * Math.max(1, value),
      );
      const size = Math.max(1, ...logits.flat().map((z) => Math.abs(z ?? 0)));
      for (const [i, entry] of gradient.entries()) {
        expect(Math.abs(found[i]! - entry), `entry ${i}`).toBeLessThanOrEqual(relativeError * size);
      }
    },
  );

  test.each(reference.cases.map((given, i) => ({ ...given, title: `${i} ${given.form}` })))(
    'case $title has a gradient that its values agree with',
    ({ form, logits, labels, weights, parameters }) => {
      const loss = lossOf(form, sampleOf({ form, logits, labels }, weights), backend);
      // A third of the way, where the loss is not so steep that differences of it are coarse.
      const near = Float64Array.from(parameters, (parameter) => parameter / 3);
      expect(checkGradient(loss, near).discrepancy).toBeLessThan(rightGradient);
    },
  );

  test.each(reference.optima.map((given, i) => ({ ...given, title: `${i} ${given.form}` })))(
    'L-BFGS finds the minimum that SciPy finds on set $title',
    ({ form, logits, labels, value }) => {
      const sample = sampleOf({ form, logits, labels }, null);
      const { columns } = sample;
      const identity = Float64Array.from({ length: columns * columns }, (_, at) =>
        Number(at % (columns + 1) === 0),
      );
      const factors = form === 'vector' ? new Float64Array(columns).fill(1) : identity;
      const start = Float64Array.of(...factors, ...new Float64Array(columns));
      const found = lbfgs(lossOf(form, sample, backend), start, { gradientTolerance: 1e-10 });
      expect(found.status).toBe('converged-gradient');
      expect(Math.abs(found.value - value)).toBeLessThanOrEqual(sameMinimum);
    },
  );
});
