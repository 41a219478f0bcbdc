/** An array of numbers of one type. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** Numbers in their order, read some at a time: from memory, or from a file that is larger than memory. */
export interface StoredNumbers<Values extends NumberArray> {
  readonly length: number;
  /** Numbers `[from, to)`, in an array that the next call may reuse and that is not to be written to. */
  readonly read: (from: number, to: number) => Values;
  /** All of them, where they stand in memory as they are read. */
  readonly whole?: Values;
}

/** Takes numbers in their order, to be read later. */
export interface NumberStore<Values extends NumberArray> {
  readonly length: () => number;
  readonly push: (value: number) => void;
  readonly pushAll: (values: ArrayLike<number>) => void;
  /** Forgets every number from `length` on. */
  readonly truncate: (length: number) => void;
  /** What was pushed. Nothing may be pushed afterwards. */
  readonly finish: () => StoredNumbers<Values>;
}

/** Begins a store with room for as many numbers as are expected; more may come. */
export type NewStore<Values extends NumberArray> = (expected?: number) => NumberStore<Values>;

/** Where numbers by row are kept while they are worked on, by type. */
export interface NumberStorage {
  readonly floats: NewStore<Float64Array>;
  readonly singles: NewStore<Float32Array>;
  readonly wholes: NewStore<Int32Array>;
  readonly counts: NewStore<Uint32Array>;
  readonly bytes: NewStore<Uint8Array>;
}

/** Numbers that stand in memory, as they are. */
export function storedNumbers<Values extends NumberArray>(values: Values): StoredNumbers<Values> {
  return {
    length: values.length,
    whole: values,
    read: (from, to) => values.subarray(from, to) as Values,
  };
}

/** Reads numbers and gives doubles made of them one by one, in an array that the next call uses again. */
export function mappedRead(
  read: (from: number, to: number) => NumberArray,
  of: (value: number) => number,
): (from: number, to: number) => Float64Array {
  let room = new Float64Array(0);
  return (from, to) => {
    const values = read(from, to);
    if (room.length < values.length) room = new Float64Array(values.length);
    for (let i = 0; i < values.length; i += 1) room[i] = of(values[i]!);
    return room.subarray(0, values.length);
  };
}
