import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { javascriptKernels } from '../../src/kernels/javascript-kernels.ts';
import { kernels } from '../../src/kernels/kernels.ts';
import {
  type ClasswiseSums,
  type Kernels,
  type PairedRows,
  resampleSize,
} from '../../src/kernels/kernels-contract.ts';
import { packLogits } from '../../src/kernels/packed-logits.ts';
import {
  matrixScalingLoss,
  scalingParameterCount,
  vectorScalingLoss,
} from '../../src/kernels/scaling-loss.ts';
import { scalingSample } from '../../src/kernels/scaling-sample.ts';
import { surveyLogits, surveyProbabilities } from '../../src/kernels/survey.ts';
import { roughSlopes, temperatureLoss, temperatureLossValue } from '../../src/kernels/temperature-loss.ts';
import { webassemblyKernels } from '../../src/kernels/webassembly-kernels.ts';
import { binIndex } from '../../src/numerics/binning.ts';
import { exactSum } from '../../src/numerics/exact-sum.ts';
import { softmaxRow } from '../../src/numerics/softmax-row.ts';
import softmaxReference from '../reference/softmax-rows.json' with { type: 'json' };
import { allKinds, asProbabilities, bitsOf, judged, sampleOf } from './kernel-samples.ts';

const webassembly = webassemblyKernels();

describe('the kernels', () => {
  test('in WebAssembly run on this engine and are chosen', () => {
    expect(webassembly?.name).toBe('webassembly');
    expect(kernels().name).toBe('webassembly');
  });

  const columnCounts = [2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 100, 1000];
  describe.each(allKinds)('on %s rows', (kind) => {
    test.each(columnCounts)('give the bits of the reference, for %d classes', (columns) => {
      for (const storage of ['float32', 'float64'] as const) {
        for (const rows of columns > 50 ? [1, 7] : [1, 2, 3, 31, 4099]) {
          const { scores, labels, weights } = sampleOf(kind, rows, columns, storage);
          const survey = surveyLogits(scores, javascriptKernels);
          expect(bitsOf(surveyLogits(scores, webassembly))).toBe(bitsOf(survey));
          for (const used of [undefined, weights]) {
            const packed = packLogits(scores, survey, labels, used);
            for (const beta of [0, 1e-40, 0.03, 1, 7, 1e30]) {
              const wanted = temperatureLoss(packed, beta, javascriptKernels);
              expect(temperatureLoss(packed, beta, webassembly), `${storage} ${rows} ${beta}`).toEqual(
                wanted,
              );
              expect(temperatureLossValue(packed, beta, webassembly)).toBe(wanted.value);
              expect(temperatureLossValue(packed, beta, javascriptKernels)).toBe(wanted.value);
              expect(roughSlopes(packed, beta, webassembly)).toEqual(
                roughSlopes(packed, beta, javascriptKernels),
              );
            }
          }
        }
      }
    });

    test.each([1, 2, 3, 4, 5, 10, 33, 1000])(
      'judge rows as the reference does, for %d classes',
      (columns) => {
        for (const storage of ['float32', 'float64'] as const) {
          for (const rows of columns > 50 ? [1, 7] : [1, 2, 3, 301]) {
            const sample = sampleOf(kind, rows, columns, storage);
            const byRow = Float64Array.from({ length: rows }, (_, i) => 0.1 + (i % 7));
            for (const temperatures of [1, 0.01, 2.5, byRow]) {
              const wanted = bitsOf(judged(javascriptKernels, sample, temperatures, true));
              expect(bitsOf(judged(webassembly!, sample, temperatures, true)), `${storage} ${rows}`).toBe(
                wanted,
              );
            }
            const probabilities = asProbabilities(sample);
            for (const isRightClosed of [true, false]) {
              const wanted = bitsOf(judged(javascriptKernels, probabilities, undefined, isRightClosed));
              expect(bitsOf(judged(webassembly!, probabilities, undefined, isRightClosed))).toBe(wanted);
            }
            const totals = surveyProbabilities(probabilities.scores, javascriptKernels);
            expect(bitsOf(surveyProbabilities(probabilities.scores, webassembly))).toBe(bitsOf(totals));
          }
        }
      },
    );
  });

  test('scale logits as the reference does, whatever the kind of rows', () => {
    for (const kind of allKinds) {
      for (const columns of [1, 2, 3, 4, 5, 8, 33]) {
        for (const storage of ['float32', 'float64'] as const) {
          for (const rows of [1, 7, columns > 8 ? 70 : 4099]) {
            const { scores, labels, weights } = sampleOf(kind, rows, columns, storage);
            const random = seededRandom(columns);
            for (const used of [undefined, weights]) {
              const sample = scalingSample(scores, labels, used);
              for (const form of ['vector', 'matrix'] as const) {
                const parameters = Float64Array.from(
                  { length: scalingParameterCount(form, columns) },
                  () => 2 * random.uniform() - 0.5,
                );
                const found = (backend: Kernels): unknown => {
                  const gradient = new Float64Array(parameters.length);
                  const loss = form === 'vector' ? vectorScalingLoss : matrixScalingLoss;
                  return { value: loss(sample, backend)(parameters, gradient), gradient };
                };
                // Not by the bytes, as a NaN's are the engine's own.
                expect(found(webassembly!), `${kind} ${columns} ${storage} ${rows} ${form}`).toEqual(
                  found(javascriptKernels),
                );
              }
            }
          }
        }
      }
    }
  });

  test('keep the bound of a softmax cell, 4·(x + 4)·2^−53 with x = (max z − z)/T, where p ≥ 1e-300', () => {
    const cases = softmaxReference.cases.map(({ logits, ...rest }) => ({ ...rest, z: logits.map(Number) }));
    // Distances that a double can hold are the kernels' domain.
    const near = cases.filter(({ z }) => Math.max(...z) - Math.min(...z.filter(Number.isFinite)) < 1.79e308);
    expect(near.length).toBeGreaterThan(10);
    for (const backend of [javascriptKernels, webassembly!]) {
      for (const { name, z, temperature, softmax } of near) {
        const scores = { data: Float64Array.from(z), rows: 1, columns: z.length };
        const sample = { scores, labels: new Int32Array(1), weights: new Float64Array(1) };
        const { seen } = judged(backend, sample, temperature, true) as { seen: number[][] };
        for (const [k, p] of seen[0]!.entries()) {
          if (softmax[k]! < 1e-300) continue;
          const bound = 4 * ((Math.max(...z) - z[k]!) / temperature + 4) * 2 ** -53;
          expect(Math.abs(p - softmax[k]!), `${name} ${k}`).toBeLessThanOrEqual(bound * softmax[k]!);
        }
      }
    }
  });

  test('keep the bound of a row sum, (K/8 + 4)·2^−53·Σ|z|', () => {
    for (const kind of ['usual', 'huge', 'subnormal', 'at the ends of exp'] as const) {
      for (const columns of [1, 3, 10, 1001]) {
        const { scores } = sampleOf(kind, 4, columns, 'float64');
        for (const backend of [javascriptKernels, webassembly!]) {
          for (const [i, sum] of surveyProbabilities(scores, backend).sums.entries()) {
            const row = scores.data.subarray(i * columns, (i + 1) * columns);
            const size = exactSum(row.map(Math.abs));
            expect(Math.abs(exactSum([...row, -sum]))).toBeLessThanOrEqual(
              (columns / 8 + 4) * 2 ** -53 * size,
            );
          }
        }
      }
    }
  });

  test('are near the slopes of double precision where they are rough', () => {
    for (const columns of [2, 3, 10, 100]) {
      const { scores, labels, weights } = sampleOf('usual', 500, columns, 'float64');
      const packed = packLogits(scores, surveyLogits(scores), labels, weights);
      for (const beta of [0.1, 1, 3]) {
        const wanted = temperatureLoss(packed, beta);
        const rough = roughSlopes(packed, beta);
        // The polynomial's error, 5e-5, relative to the terms of the sums.
        expect(Math.abs(rough.slope - wanted.slope)).toBeLessThan(2e-4 * (wanted.gap + 1));
        expect(Math.abs(rough.curvature - wanted.curvature)).toBeLessThan(2e-3 * (wanted.curvature + 1));
        // Of the third moment about the maximum, of which the central one is a difference: |x|³ e^x ≤ 27/e³ a term.
        expect(Math.abs(rough.third - wanted.third)).toBeLessThan(2e-2 * (Math.abs(wanted.third) + 1));
      }
    }
  });

  test('put probabilities into the bins that the definition of edges says, and add up as softmax does', () => {
    const sample = sampleOf('usual', 3000, 5, 'float32');
    const { classwise, seen } = judged(webassembly!, sample, 2, true) as {
      classwise: ClasswiseSums;
      seen: number[][];
    };
    const p = new Float64Array(5);
    for (const [i, row] of seen.entries()) {
      softmaxRow(sample.scores.data, i * 5, 5, 2, p, 0);
      expect(row).toEqual([...p]);
    }
    const counts = new Int32Array(75);
    const correct = new Int32Array(75);
    for (let i = 0; i < 3000; i += 1) {
      softmaxRow(sample.scores.data, i * 5, 5, 2, p, 0);
      for (const [k, value] of p.entries()) {
        const bin = binIndex(value, classwise.edges, 'right-closed');
        if (bin > 0) counts[bin * 5 + k]! += 1;
        if (k === sample.labels[i]) correct[bin * 5 + k]! += 1;
      }
    }
    expect(classwise.counts).toEqual(counts);
    expect(classwise.correct).toEqual(correct);
  });

  test.each([1, 2, 3, 50, 777, 20_000])('draw the same rows, out of %d, and add them up alike', (rows) => {
    const random = seededRandom(rows);
    const column = (): Float64Array => Float64Array.from({ length: rows }, () => random.uniform() - 0.5);
    const bins = 15;
    const binColumn = (): Uint16Array => Uint16Array.from({ length: rows }, () => random.below(bins));
    const paired: PairedRows = {
      rows,
      bins,
      weight: column(),
      nll: column(),
      brier: column(),
      gapBefore: column(),
      gapAfter: column(),
      binBefore: binColumn(),
      binAfter: binColumn(),
    };
    const made = [javascriptKernels, webassembly!].map(({ resampleRows }) => {
      const state = Int32Array.of(1, -2, 3, rows);
      const out = new Float64Array(3 * resampleSize(paired));
      resampleRows(paired, state, out);
      resampleRows(paired, state, out.subarray(0, resampleSize(paired)));
      return { state, out };
    });
    expect(bitsOf(made[1])).toBe(bitsOf(made[0]));
  });

  test('find the first of the largest cells of a row, and its sum', () => {
    for (const columns of [1, 2, 7, 8, 9, 33]) {
      const { data } = sampleOf('tied', 50, columns, 'float32').scores;
      const { tops, sums } = surveyProbabilities({ data, rows: 50, columns });
      for (let i = 0; i < 50; i += 1) {
        const row = [...data.subarray(i * columns, (i + 1) * columns)];
        expect(tops[i]).toBe(row.indexOf(Math.max(...row)));
        // Small whole numbers, whose sum is exact.
        expect(sums[i]).toBe(row.reduce((sum, value) => sum + value, 0));
      }
    }
  });
});
