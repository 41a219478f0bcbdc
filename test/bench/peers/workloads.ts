import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../../src/core/random.ts';

/** Rows and columns. */
export const sizes = {
  A: [10_000, 10],
  B: [10_000, 100],
  C: [50_000, 1000],
  D: [1_000_000, 10],
  E: [1_000_000, 2],
} as const;
export type Workload = keyof typeof sizes;

/** Logits of an overconfident classifier, float32, whose best temperature is 1.7 but for chance, and labels. */
export function writeWorkload(workload: Workload, folder: string): readonly [string, string] {
  const [rows, columns] = sizes[workload];
  const random = seededRandom(columns);
  const logits = new Float32Array(rows * columns);
  const labels = new BigInt64Array(rows);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  for (let i = 0; i < rows; i += 1) {
    const at = i * columns;
    for (let k = 0; k < columns; k += 1) logits[at + k] = 2 * normal();
    logits[at + random.below(columns)]! += 10 * random.uniform();
    const row = logits.subarray(at, at + columns);
    const most = row.reduce((high, z) => Math.max(high, z));
    let left = random.uniform() * row.reduce((sum, z) => sum + Math.exp((z - most) / 1.7), 0);
    let label = 0;
    for (; label < columns - 1; label += 1) {
      left -= Math.exp((row[label]! - most) / 1.7);
      if (left < 0) break;
    }
    labels[i] = BigInt(label);
  }
  const paths = [join(folder, `${workload}-logits.npy`), join(folder, `${workload}-labels.npy`)] as const;
  writeFileSync(paths[0], npy('<f4', [rows, columns], logits));
  writeFileSync(paths[1], npy('<i8', [rows], labels));
  return paths;
}

function npy(type: string, shape: readonly number[], data: Float32Array | BigInt64Array): Uint8Array {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${text.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([header.length, 0]),
    Buffer.from(header),
    Buffer.from(data.buffer),
  ]);
}
