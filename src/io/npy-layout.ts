import { type NpyHeader, npyError } from './npy-header.ts';
import { type NpyElements, npyElements } from './npy-type.ts';

/** The elements of an array, held against the bytes that there are. */
export interface NpyLayout {
  readonly shape: readonly number[];
  readonly isFortranOrder: boolean;
  readonly elements: NpyElements;
  /** Number of elements. */
  readonly count: number;
  /** Bytes of all elements. */
  readonly bytes: number;
}

/**
 * What a header promises.
 *
 * @param found Bytes behind the header, where known.
 * @throws CalibrationError `E_NPY_PICKLE`, `E_NPY_TYPE`, and `E_NPY_SIZE` when there are more or fewer bytes than the shape needs.
 */
export function npyLayout(header: NpyHeader, found: number | undefined, file: string | undefined): NpyLayout {
  const { shape, isFortranOrder } = header;
  const elements = npyElements(header.type, file);
  const count = shape.reduce((product, size) => product * size, 1);
  const layout = {
    shape,
    isFortranOrder,
    elements,
    count,
    bytes: count * elements.width,
  };
  // The product of a zero and an infinity is none.
  const isCountable = Number.isSafeInteger(layout.bytes);
  if (!isCountable || (found !== undefined && found !== layout.bytes)) throw wrongSize(layout, found, file);
  return layout;
}

/** @param found Bytes behind the header: how many, or that there are `more` than are needed. */
export function wrongSize(
  { shape, elements, bytes }: NpyLayout,
  found: number | 'more' | undefined,
  file: string | undefined,
) {
  const needed = `shape ${shapeText(shape)} of ${elements.name} needs ${bytes} bytes`;
  return npyError('E_NPY_SIZE', file, found === undefined ? needed : `${needed}, the file has ${found}`);
}

/** A shape as Python writes it: `(3, 3)`, `(3,)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
