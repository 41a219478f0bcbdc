import type { Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { ClasswiseSums, JudgementExtras, Kernels } from '../../src/kernels/kernels-contract.ts';

export interface Sample {
  readonly scores: Matrix;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

export type Storage = 'float32' | 'float64';

/** The largest number of a storage that leaves room for the distance between two of both signs. */
const largest = { float32: 3.4e38, float64: 8.9e307 } as const;
const smallest = { float32: 1.4e-45, float64: 5e-324 } as const;

/** Where e^x stops being normal, being a number, and being 1. */
const seams = [0, -708.3964185322641, -708, -744.4400719213812, -745.1332191019411, -745.2, -746, -1e-16];

/** Kinds of rows that a kernel must not tell apart from the reference. */
export const kinds = {
  usual: (uniform: () => number) => 20 * uniform() - 10,
  tied: (uniform: () => number) => Math.floor(3 * uniform()),
  masked: (uniform: () => number) => (uniform() < 0.3 ? Number.NEGATIVE_INFINITY : 8 * uniform()),
  'far apart': (uniform: () => number) => 3000 * uniform(),
  'at the ends of exp': (uniform: () => number) =>
    seams[Math.floor(seams.length * uniform())]! + 1e-4 * Math.floor(3 * uniform() - 1) * uniform(),
  'zeros of both signs': (uniform: () => number) => (uniform() < 0.5 ? -0 : 0),
  subnormal: (uniform: () => number, storage: Storage) =>
    smallest[storage] * Math.floor(1000 * uniform() - 500),
  tiny: (uniform: () => number) => 1e-38 * uniform(),
  huge: (uniform: () => number, storage: Storage) =>
    (storage === 'float32' ? 1e38 : 1e300) * (uniform() - 0.5),
  largest: (uniform: () => number, storage: Storage) => largest[storage] * (uniform() < 0.5 ? 1 : -uniform()),
} as const;
export type Kind = keyof typeof kinds;
export const allKinds = Object.keys(kinds) as Kind[];

/** Rows of a kind; their storage begins where no vector does. */
export function sampleOf(kind: Kind, rows: number, columns: number, storage: Storage): Sample {
  const random = seededRandom(rows * 1000 + columns);
  const uniform = (): number => random.uniform();
  const offset = (rows + columns) % 4;
  const room = new (storage === 'float32' ? Float32Array : Float64Array)(offset + rows * columns);
  const data = room.subarray(offset);
  const labels = new Int32Array(1 + rows).subarray(1);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < columns; k += 1) data[i * columns + k] = kinds[kind](uniform, storage);
    const label = random.below(columns);
    labels[i] = label;
    // The label's class is never masked.
    if (data[i * columns + label] === Number.NEGATIVE_INFINITY) data[i * columns + label] = 1;
  }
  const weights = Float64Array.from({ length: 1 + rows }, () => random.below(4) / 2).subarray(1);
  weights[0] = 1;
  return { scores: { data, rows, columns }, labels, weights };
}

/** The same scores as probabilities, some of them on an edge. */
export function asProbabilities({ scores, labels, weights }: Sample): Sample {
  const { data, rows, columns } = scores;
  const shares = data.map((_, at) => ((at * 7919) % 15) / 15);
  for (let i = 0; i < rows; i += 1) shares[i * columns] = i % 2;
  return { scores: { data: shares, rows, columns }, labels, weights };
}

/** All that a judgement of rows leaves behind. */
export function judged(
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

/** Arrays, however deep, as text that differs where any bit does; quicker to compare than the arrays. NaN must not occur. */
export function bitsOf(arrays: unknown): string {
  return JSON.stringify(arrays, (_, value) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );
}
