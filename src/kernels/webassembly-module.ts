import { rootsOfTwo, termRoots } from '../numerics/power-of-two-tables.ts';
import { moduleBytes } from './module-bytes.ts';

/** What the module exports; addresses and sizes in bytes. See `assembly/` for their meaning. */
export interface KernelModule {
  readonly memory: WebAssembly.Memory;
  readonly surveyRows32: Survey;
  readonly surveyRows64: Survey;
  readonly sumLossRows: (
    cells: number,
    width: number,
    largest: number,
    rows: number,
    columns: number,
    beta: number,
    isDeep: number,
    pair: number,
    moments: number,
    isShort: number,
  ) => void;
  readonly sumMargins: (
    margins: number,
    rows: number,
    beta: number,
    isDeep: number,
    moments: number,
    isShort: number,
  ) => void;
  readonly sumRows: (cells: number, width: number, rows: number, columns: number, sums: number) => void;
  readonly findTops: (
    cells: number,
    width: number,
    rows: number,
    columns: number,
    largest: number,
    tops: number,
  ) => void;
  readonly softmaxRows: (
    cells: number,
    width: number,
    largest: number,
    temperatures: number,
    rows: number,
    columns: number,
    pair: number,
    out: number,
    others: number,
  ) => void;
  readonly widenCells: (cells: number, width: number, count: number, out: number) => void;
  readonly squaredErrors: (p: number, rows: number, columns: number, labels: number, errors: number) => void;
  readonly addClasswise: (
    p: number,
    rows: number,
    columns: number,
    labels: number,
    edges: number,
    bins: number,
    isRight: number,
    sums: number,
    lost: number,
    counts: number,
    correct: number,
  ) => void;
  readonly addRoughMargins: (
    margins: number,
    weights: number,
    rows: number,
    beta: number,
    sums: number,
  ) => void;
  readonly addRoughSlopes: (
    cells: number,
    width: number,
    largest: number,
    weights: number,
    rows: number,
    columns: number,
    beta: number,
    sums: number,
  ) => void;
  readonly spreadRows: (
    cells: number,
    width: number,
    rows: number,
    columns: number,
    padded: number,
    out: number,
  ) => void;
  readonly scaleRows: (z: number, rows: number, padded: number, v: number, b: number, x: number) => void;
  readonly affineRows: (
    z: number,
    rows: number,
    columns: number,
    padded: number,
    panels: number,
    x: number,
  ) => void;
  readonly addResiduals: (
    x: number,
    rows: number,
    columns: number,
    padded: number,
    labels: number,
    weights: number,
    parts: number,
    sums: number,
  ) => void;
  readonly packPanels: (rows: number, count: number, padded: number, out: number) => void;
  readonly addOuterProducts: (
    residuals: number,
    logits: number,
    rows: number,
    padded: number,
    sums: number,
  ) => void;
  readonly addColumns: (r: number, rows: number, padded: number, sums: number) => void;
  readonly addColumnProducts: (r: number, z: number, rows: number, padded: number, sums: number) => void;
  readonly resampleRows: (
    rows: number,
    drawn: number,
    state: number,
    values: number,
    binsOfRows: number,
    bins: number,
    out: number,
    count: number,
  ) => void;
  readonly addLossRows: AddMoments;
  readonly addLossValues: AddMoments;
}
type AddMoments = (moments: number, weights: number, rows: number, sums: number) => void;
type Survey = (cells: number, rows: number, columns: number, largest: number, smallest: number) => number;

/** A table of roots takes the first 2,048 bytes, running sums stand behind it, then another table; from here on the memory is scratch. */
export const scratchAddress = 6144;
/** Where running sums stand. */
export const sumsAddress = 2048;
/** Where the roots for `expTerm` stand. */
const termRootsAddress = 4096;
/** Bytes of cells worked on at a time: few enough to stay in a processor's cache. */
export const stripe = 131_072;

/** The module, ready for use; `undefined` where the engine has no WebAssembly, no SIMD, or may not compile. */
export function kernelModule(): KernelModule | undefined {
  try {
    const module = new WebAssembly.Module(moduleBytes());
    const instance = new WebAssembly.Instance(module, {}).exports as unknown as KernelModule;
    const memory = new Float64Array(instance.memory.buffer);
    memory.set(rootsOfTwo(128));
    memory.set(termRoots(), termRootsAddress / 8);
    return instance;
  } catch {
    // A page's security policy may forbid it, an old engine may not know the instructions.
    return undefined;
  }
}

/** The memory as doubles, grown to hold at least so many bytes. Growing detaches every earlier view. */
export function doublesOf({ memory }: KernelModule, bytes: number): Float64Array<ArrayBuffer> {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  return new Float64Array(memory.buffer);
}

/** Copies cells to an address. */
export function place(
  view: Float64Array<ArrayBuffer>,
  address: number,
  cells: Float64Array | Float32Array,
): void {
  if (cells instanceof Float64Array) view.set(cells, address / 8);
  else new Float32Array(view.buffer, address, cells.length).set(cells);
}

/** The next multiple of 16, where vectors are read fastest. */
export function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}
