import type { Matrix } from '../core/matrix.ts';
import { type Sha256, sha256 } from './sha-256.ts';

/**
 * Fingerprint of a set: SHA-256 of the ASCII text `calibrant-data-1` and a line feed, then little-endian: rows,
 * columns, number of labels and number of weights as float64, the scores row by row as float64, the labels as int32,
 * the weights as float64. Neither dialect, names nor storage type of the source enter, so the same numbers from a
 * different file have the same hash.
 *
 * @returns 64 hex digits.
 */
export function dataHash(scores: Matrix, labels?: Int32Array, weights?: Float64Array): string {
  return dataHashBy(sha256(), scores, labels, weights);
}

/** {@link dataHash} by a given SHA-256. */
export function dataHashBy(
  hash: Sha256,
  scores: Matrix,
  labels: Int32Array | undefined,
  weights: Float64Array | undefined,
): string {
  hash.update(new TextEncoder().encode('calibrant-data-1\n'));
  hash.update(
    bytesOf(Float64Array.of(scores.rows, scores.columns, labels?.length ?? 0, weights?.length ?? 0)),
  );
  hashScores(scores.data, hash.update);
  if (labels !== undefined) hash.update(bytesOf(labels));
  if (weights !== undefined) hash.update(bytesOf(weights));
  return hash.hex();
}

/** Float32 scores are widened block by block, so that they hash as the float64 of the same value. */
function hashScores(data: Float64Array | Float32Array, update: (bytes: Uint8Array) => void): void {
  if (data instanceof Float64Array) {
    update(bytesOf(data));
    return;
  }
  for (let from = 0; from < data.length; from += 65_536) {
    update(bytesOf(Float64Array.from(data.subarray(from, from + 65_536))));
  }
}

/** The storage as it lies in memory: every JavaScript engine in use is little-endian. */
function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
