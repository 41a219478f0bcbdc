import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Examples } from './multilayer-perceptron.ts';

/** A raw set as its publisher hands it out, read into examples with the names of its classes. */
export interface RawSet {
  readonly examples: Examples;
  readonly classNames: readonly string[];
}

const letterFeatures = 16;
const pixels = 28 * 28;

/**
 * UCI Letter Recognition: lines of a capital letter and 16 whole numbers 0..15, with or without a header line, plain or
 * gzipped. Features are scaled to −1..1.
 */
export function readLetters(path: string): RawSet {
  const lines = unpacked(path).toString('latin1').split(/\r?\n/);
  const rows = lines.map((line) => line.split(',')).filter(([letter]) => /^[A-Z]$/.test(letter ?? ''));
  const classNames = Array.from({ length: 26 }, (_, k) => String.fromCharCode(65 + k));
  const features = new Float64Array(rows.length * letterFeatures);
  const labels = new Int32Array(rows.length);
  for (const [i, [letter, ...cells]] of rows.entries()) {
    if (cells.length !== letterFeatures)
      throw new Error(`${path}: row ${i + 1} has ${cells.length} features, not 16`);
    labels[i] = classNames.indexOf(letter as string);
    for (const [d, cell] of cells.entries()) features[i * letterFeatures + d] = Number(cell) / 7.5 - 1;
  }
  return { examples: { features, labels, inputs: letterFeatures }, classNames };
}

/**
 * MNIST digits: the IDX files as published (images and labels, plain or gzipped), or the same bytes without their IDX
 * headers. Pixels are scaled to 0..1.
 */
export function readDigits(imagesPath: string, labelsPath: string): RawSet {
  const images = withoutHeader(unpacked(imagesPath), 0x803, 16);
  const answers = withoutHeader(unpacked(labelsPath), 0x801, 8);
  if (images.length !== answers.length * pixels) {
    throw new Error(
      `${imagesPath} holds ${images.length / pixels} images, ${labelsPath} ${answers.length} labels`,
    );
  }
  return {
    examples: {
      features: Float64Array.from(images, (pixel) => pixel / 255),
      labels: Int32Array.from(answers),
      inputs: pixels,
    },
    classNames: Array.from({ length: 10 }, (_, k) => String(k)),
  };
}

function unpacked(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function withoutHeader(bytes: Buffer, magic: number, size: number): Buffer {
  return bytes.length >= size && bytes.readUInt32BE(0) === magic ? bytes.subarray(size) : bytes;
}

/** Some rows of a set, in the order given. */
export function pick({ features, labels, inputs }: Examples, rows: Int32Array): Examples {
  const picked = new Float64Array(rows.length * inputs);
  for (const [i, row] of rows.entries())
    picked.set(features.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  return { features: picked, labels: rows.map((row) => labels[row]!), inputs };
}
