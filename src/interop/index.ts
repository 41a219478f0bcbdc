/**
 * Views between the matrices of calibrant and those of ml-matrix.
 *
 * @module
 */
export { fromMlMatrix } from './from-ml-matrix.ts';
export { toMlMatrix } from './to-ml-matrix.ts';
