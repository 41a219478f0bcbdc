import { describe, expect, test } from 'vitest';
import { javascriptKernels } from '../../src/kernels/javascript-kernels.ts';
import type { Kernels } from '../../src/kernels/kernels-contract.ts';
import { packLogits } from '../../src/kernels/packed-logits.ts';
import { matrixScalingLoss, vectorScalingLoss } from '../../src/kernels/scaling-loss.ts';
import { scalingSample } from '../../src/kernels/scaling-sample.ts';
import { surveyLogits, surveyProbabilities } from '../../src/kernels/survey.ts';
import { roughSlopes, temperatureLoss } from '../../src/kernels/temperature-loss.ts';
import { webassemblyKernels } from '../../src/kernels/webassembly-kernels.ts';
import { bitsOf, judged, sampleOf } from './kernel-samples.ts';

const webassembly = webassemblyKernels();

describe('the kernels, at the edges of rows, blocks and memory,', () => {
  test.each(['float32', 'float64'] as const)(
    'give the bits of the reference for 100,000 classes, %s',
    (storage) => {
      for (const kind of ['usual', 'masked', 'at the ends of exp'] as const) {
        const sample = sampleOf(kind, 3, 100_000, storage);
        const { scores, labels, weights } = sample;
        const survey = surveyLogits(scores, javascriptKernels);
        expect(bitsOf(surveyLogits(scores, webassembly))).toBe(bitsOf(survey));
        expect(bitsOf(judged(webassembly!, sample, 1.5, true))).toBe(
          bitsOf(judged(javascriptKernels, sample, 1.5, true)),
        );
        const packed = packLogits(scores, survey, labels, weights);
        const parameters = Float64Array.from({ length: 200_000 }, (_, k) => 1 / (1 + (k % 7)));
        const of = (backend: Kernels): unknown => {
          const gradient = new Float64Array(200_000);
          const value = vectorScalingLoss(scalingSample(scores, labels), backend)(parameters, gradient);
          const { sums } = surveyProbabilities(scores, backend);
          const [exact, rough] = [temperatureLoss(packed, 0.7, backend), roughSlopes(packed, 0.7, backend)];
          return { value, exact, rough, gradient, sums };
        };
        expect(bitsOf(of(webassembly!))).toBe(bitsOf(of(javascriptKernels)));
      }
    },
  );

  test.each([4095, 4096, 4097, 8191, 12_291])(
    'give the bits of the reference over the blocks of %d rows',
    (rows) => {
      for (const columns of [1, 2, 3, 6]) {
        for (const storage of ['float32', 'float64'] as const) {
          const { scores, labels, weights } = sampleOf('usual', rows, columns, storage);
          for (const used of [undefined, weights]) {
            const of = (backend: Kernels): unknown => {
              const survey = surveyLogits(scores, backend);
              const gradient = new Float64Array(2 * columns);
              const parameters = gradient.map((_, k) => (k + 1) / (2 * columns));
              const value = vectorScalingLoss(scalingSample(scores, labels, used), backend)(
                parameters,
                gradient,
              );
              const { sums, tops } = surveyProbabilities(scores, backend);
              if (columns === 1) return { survey, sums, tops, value, gradient };
              const loss = temperatureLoss(packLogits(scores, survey, labels, used), 1.1, backend);
              return { survey, sums, tops, value, gradient, loss };
            };
            expect(bitsOf(of(webassembly!))).toBe(bitsOf(of(javascriptKernels)));
          }
        }
      }
    },
  );

  test('begin and end at any row, and go on from the sums they are given', () => {
    for (const columns of [2, 3, 5, 8]) {
      for (const storage of ['float32', 'float64'] as const) {
        const { scores, labels, weights } = sampleOf('usual', 40, columns, storage);
        const survey = surveyLogits(scores);
        const packed = packLogits(scores, survey, labels, weights);
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [3, 10],
          [7, 40],
          [5, 5],
        ] as const) {
          const of = ({ addLossRows, addRoughSlopes, surveyRows, ...backend }: Kernels): unknown => {
            const rows = { ...packed, from, to, isDeep: false };
            const [loss, value] = [new Float64Array(12).fill(0.1), new Float64Array(12).fill(0.1)];
            addLossRows(rows, 0.9, loss, 'derivatives');
            addLossRows(rows, 0.9, value, 'value');
            const slopes = Float64Array.of(0.1, 0.2, 0.3);
            if (columns > 2) addRoughSlopes(rows, 0.9, slopes);
            const range = { cells: scores.data, columns, from, to, labels, weights: packed.weights };
            const [highs, lows, sums] = [new Float64Array(40), new Float64Array(40), new Float64Array(40)];
            const tops = new Int32Array(40);
            surveyRows(range, highs, lows, { sums, tops });
            const vector = new Float64Array(2 + 2 * columns).fill(0.1);
            backend.addVectorScaling(range, new Float64Array(2 * columns).fill(0.5), vector);
            const count = columns * columns + columns;
            const matrix = new Float64Array(2 + count).fill(0.1);
            backend.addMatrixScaling(range, new Float64Array(count).fill(0.5), matrix);
            return { loss, value, slopes, highs, lows, sums, tops, vector, matrix };
          };
          expect(bitsOf(of(webassembly!)), `${columns} ${storage} ${from} ${to}`).toBe(
            bitsOf(of(javascriptKernels)),
          );
        }
      }
    }
  });

  test('give the bits of the reference where the memory must grow first', () => {
    const sample = sampleOf('usual', 5, 90_000, 'float64');
    const { scores, labels } = sample;
    const packed = packLogits(scores, surveyLogits(scores), labels);
    const scaling = scalingSample(scores, labels);
    const parameters = new Float64Array(180_000).fill(0.5);
    const works: ((backend: Kernels) => unknown)[] = [
      (backend) => surveyLogits(scores, backend),
      (backend) => surveyProbabilities(scores, backend),
      (backend) => temperatureLoss(packed, 1, backend),
      (backend) => roughSlopes(packed, 1, backend),
      (backend) => judged(backend, sample, 2, true),
      (backend) => {
        const gradient = new Float64Array(180_000);
        return { value: vectorScalingLoss(scaling, backend)(parameters, gradient), gradient };
      },
    ];
    for (const work of works) {
      // A module of its own, whose memory is still small.
      expect(bitsOf(work(webassemblyKernels()!))).toBe(bitsOf(work(javascriptKernels)));
    }
  });

  test('give the bits of the reference for weights as far apart as numbers go', () => {
    const { scores, labels } = sampleOf('usual', 50, 5, 'float64');
    const sizes = [0, 5e-324, 1e-310, 1, 1e300];
    const weights = Float64Array.from({ length: 50 }, (_, i) => sizes[i % 5]!);
    const of = (backend: Kernels): unknown => {
      const packed = packLogits(scores, surveyLogits(scores), labels, weights);
      const gradient = new Float64Array(30);
      const parameters = gradient.map((_, k) => k / 30);
      const value = matrixScalingLoss(scalingSample(scores, labels, weights), backend)(parameters, gradient);
      return { loss: temperatureLoss(packed, 1, backend), value, gradient };
    };
    expect(of(webassembly!)).toEqual(of(javascriptKernels));
  });

  test('find a NaN wherever it stands, whatever stands beside it', () => {
    const odd = [0, -0, Number.NEGATIVE_INFINITY, 1e38, -1e38];
    // Quiet ones of both signs and a signalling one, by their bits.
    const narrow = new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00000, 0x7f800001).buffer);
    const wide = new Float64Array(
      BigUint64Array.of(0x7ff8n << 48n, 0xfff8n << 48n, (0x7ff0n << 48n) + 1n).buffer,
    );
    for (const columns of [1, 2, 3, 4, 5, 8, 9]) {
      for (const nans of [narrow, wide]) {
        const Storage = nans instanceof Float32Array ? Float32Array : Float64Array;
        for (const filling of odd) {
          const data = new Storage(1 + 3 * columns).subarray(1).fill(filling);
          const scores = { data, rows: 3, columns };
          expect(surveyLogits(scores, webassembly).isNumeric).toBe(true);
          expect(surveyLogits(scores, javascriptKernels).isNumeric).toBe(true);
          for (let at = 0; at < 3 * columns; at += 1) {
            data.set(nans.subarray(at % 3, (at % 3) + 1), at);
            expect(surveyLogits(scores, webassembly).isNumeric, `${columns} ${at}`).toBe(false);
            expect(surveyLogits(scores, javascriptKernels).isNumeric, `${columns} ${at}`).toBe(false);
            data[at] = filling;
          }
        }
      }
    }
  });

  test('find the one NaN of a large matrix', () => {
    for (const [rows, columns] of [
      [20_001, 7],
      [3, 100_000],
    ] as const) {
      for (const Storage of [Float32Array, Float64Array]) {
        const data = new Storage(rows * columns);
        for (const at of [0, 4096 * 7 - 1, 131_071, rows * columns - 1]) {
          data[at] = Number.NaN;
          for (const backend of [javascriptKernels, webassembly!]) {
            expect(surveyLogits({ data, rows, columns }, backend).isNumeric).toBe(false);
          }
          data[at] = 0;
        }
      }
    }
  });
});
