import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { javascriptKernels } from '../../src/kernels/javascript-kernels.ts';
import { kernels } from '../../src/kernels/kernels.ts';
import {
  type ClasswiseSums,
  type JudgementExtras,
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
import { rowSums, surveyLogits } from '../../src/kernels/survey.ts';
import { roughSlopes, temperatureLoss, temperatureLossValue } from '../../src/kernels/temperature-loss.ts';
import { webassemblyKernels } from '../../src/kernels/webassembly-kernels.ts';
import { binIndex } from '../../src/numerics/binning.ts';
import { softmaxRow } from '../../src/numerics/softmax-row.ts';

interface Sample {
  readonly scores: Matrix;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

type Storage = 'float32' | 'float64';

/** Kinds of rows that a kernel must not tell apart from the reference. */
const kinds = {
  usual: (uniform: () => number) => 20 * uniform() - 10,
  tied: (uniform: () => number) => Math.floor(3 * uniform()),
  masked: (uniform: () => number) => (uniform() < 0.3 ? Number.NEGATIVE_INFINITY : 8 * uniform()),
  'far apart': (uniform: () => number) => 3000 * uniform(),
  'zeros of both signs': (uniform: () => number) => (uniform() < 0.5 ? -0 : 0),
  tiny: (uniform: () => number) => 1e-38 * uniform(),
  huge: (uniform: () => number) => 1e38 * (uniform() - 0.5),
} as const;

function sampleOf(kind: keyof typeof kinds, rows: number, columns: number, storage: Storage): Sample {
  const random = seededRandom(rows * 1000 + columns);
  const uniform = (): number => random.uniform();
  const data = new (storage === 'float32' ? Float32Array : Float64Array)(rows * columns);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < columns; k += 1) data[i * columns + k] = kinds[kind](uniform);
    const label = random.below(columns);
    labels[i] = label;
    // The label's class is never masked.
    if (data[i * columns + label] === Number.NEGATIVE_INFINITY) data[i * columns + label] = 1;
  }
  const weights = Float64Array.from({ length: rows }, () => random.below(4) / 2);
  weights[0] = 1;
  return { scores: { data, rows, columns }, labels, weights };
}

/** All that a judgement of rows leaves behind. */
function judged(
  { judgeRows }: Kernels,
  { scores, labels }: Sample,
  temperatures: number | Float64Array | undefined,
  isRightClosed: boolean,
): unknown {
  const { data, rows, columns } = scores;
  const tops = new Int32Array(rows);
  const [confidence, others, brier] = [
    new Float64Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
  ];
  const bins = 15;
  const classwise: ClasswiseSums = {
    edges: Float64Array.from({ length: bins + 1 }, (_, i) => i / bins),
    isRightClosed,
    sums: new Float64Array(bins * columns),
    lost: new Float64Array(bins * columns),
    counts: new Int32Array(bins * columns),
    correct: new Int32Array(bins * columns),
  };
  const seen: number[][] = [];
  const extras: JudgementExtras = { classwise, visit: (row, p) => row < 5 && seen.push([...p]) };
  const read = (from: number, to: number): typeof data => data.subarray(from * columns, to * columns);
  for (let from = 0; from < rows; from += 200) {
    const to = Math.min(from + 200, rows);
    const range = { read, columns, from, to, labels, temperatures };
    judgeRows(range, { tops, confidence, others, brier }, extras);
  }
  return { tops, confidence, others, brier, classwise, seen };
}

/** A judgement as text that differs where any bit does; quicker to compare than the arrays. */
function bitsOf(judgement: unknown): string {
  return JSON.stringify(judgement, (_, value) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );
}

/** The same scores as probabilities, some of them on an edge. */
function asProbabilities({ scores, labels, weights }: Sample): Sample {
  const { data, rows, columns } = scores;
  const shares = data.map((_, at) => ((at * 7919) % 15) / 15);
  for (let i = 0; i < rows; i += 1) shares[i * columns] = i % 2;
  return { scores: { data: shares, rows, columns }, labels, weights };
}

const webassembly = webassemblyKernels();

describe('the kernels', () => {
  test('in WebAssembly run on this engine and are chosen', () => {
    expect(webassembly?.name).toBe('webassembly');
    expect(kernels().name).toBe('webassembly');
  });

  const columnCounts = [2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 100, 1000];
  describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('on %s rows', (kind) => {
    test.each(columnCounts)('give the bits of the reference, for %d classes', (columns) => {
      for (const storage of ['float32', 'float64'] as const) {
        for (const rows of columns > 50 ? [1, 7] : [1, 2, 31, 4100]) {
          const { scores, labels, weights } = sampleOf(kind, rows, columns, storage);
          const survey = surveyLogits(scores, javascriptKernels);
          expect(surveyLogits(scores, webassembly)).toEqual(survey);
          for (const used of [undefined, weights]) {
            const packed = packLogits(scores, survey, labels, used);
            for (const beta of [0, 1e-40, 0.03, 1, 7, 1e30]) {
              const wanted = temperatureLoss(packed, beta, javascriptKernels);
              expect(temperatureLoss(packed, beta, webassembly), `${storage} ${rows} ${beta}`).toEqual(
                wanted,
              );
              expect(temperatureLossValue(packed, beta, webassembly)).toBe(wanted.value);
              expect(temperatureLossValue(packed, beta, javascriptKernels)).toBe(wanted.value);
              if (columns === 2) continue;
              expect(roughSlopes(packed, beta, webassembly)).toEqual(
                roughSlopes(packed, beta, javascriptKernels),
              );
            }
          }
        }
      }
    });

    test.each([2, 3, 4, 5, 10, 33, 1000])('judge rows as the reference does, for %d classes', (columns) => {
      for (const storage of ['float32', 'float64'] as const) {
        for (const rows of columns > 50 ? [1, 7] : [1, 2, 301]) {
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
          expect(rowSums(sample.scores, webassembly)).toEqual(rowSums(sample.scores, javascriptKernels));
        }
      }
    });
  });

  test('scale logits as the reference does, whatever the kind of rows', () => {
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
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

  test('are near the slopes of double precision where they are rough', () => {
    for (const columns of [3, 10, 100]) {
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

  test('give the bits of the reference for 100,000 classes', () => {
    const { scores, labels } = sampleOf('usual', 3, 100_000, 'float64');
    const survey = surveyLogits(scores, javascriptKernels);
    expect(surveyLogits(scores, webassembly)).toEqual(survey);
    const packed = packLogits(scores, survey, labels);
    expect(temperatureLoss(packed, 0.7, webassembly)).toEqual(
      temperatureLoss(packed, 0.7, javascriptKernels),
    );
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

  test('find a NaN wherever it stands', () => {
    for (const columns of [1, 2, 3, 4, 5, 8, 9]) {
      for (const Storage of [Float32Array, Float64Array]) {
        for (let at = 0; at < 3 * columns; at += 1) {
          const data = new Storage(3 * columns);
          const scores = { data, rows: 3, columns };
          expect(surveyLogits(scores, webassembly).isNumeric).toBe(true);
          data[at] = Number.NaN;
          expect(surveyLogits(scores, webassembly).isNumeric, `${columns} ${at}`).toBe(false);
          expect(surveyLogits(scores, javascriptKernels).isNumeric, `${columns} ${at}`).toBe(false);
        }
      }
    }
  });
});
