/** A typed array that grows by doubling. */
export interface GrowingArray<Store> {
  readonly length: () => number;
  readonly push: (value: number) => void;
  readonly pushAll: (values: ArrayLike<number>) => void;
  readonly at: (index: number) => number;
  /** Forgets every value from `length` on. */
  readonly truncate: (length: number) => void;
  /** What was pushed; storage is shared when little of it is unused. The array must not be pushed to afterwards. */
  readonly finish: () => Store;
}

type Store = Float64Array | Float32Array | Uint32Array | Int32Array;

/** Unused storage above this share is given back by copying. */
const tolerableSlack = 0.25;

/**
 * @param make Makes storage of a given length.
 * @param capacity Values to make room for at first.
 */
export function growingArray<S extends Store>(make: (length: number) => S, capacity = 1024): GrowingArray<S> {
  let store = make(Math.max(capacity, 16));
  let used = 0;
  return {
    length: () => used,
    push: (value) => {
      if (used === store.length) {
        const larger = make(store.length * 2);
        larger.set(store);
        store = larger;
      }
      store[used] = value;
      used += 1;
    },
    pushAll: (values) => {
      if (used + values.length > store.length) {
        const larger = make(Math.max(store.length * 2, used + values.length));
        larger.set(store);
        store = larger;
      }
      store.set(values, used);
      used += values.length;
    },
    at: (index) => store[index]!,
    truncate: (length) => {
      used = length;
    },
    finish: () => {
      const slack = store.length - used;
      return (slack > store.length * tolerableSlack ? store.slice(0, used) : store.subarray(0, used)) as S;
    },
  };
}

export const floats = (length: number): Float64Array => new Float64Array(length);
export const singles = (length: number): Float32Array => new Float32Array(length);
export const counts = (length: number): Uint32Array => new Uint32Array(length);
/** Empty storage of the precision of another. */
export const likeStore = (
  { BYTES_PER_ELEMENT }: Float64Array | Float32Array,
  length: number,
): Float64Array | Float32Array => (BYTES_PER_ELEMENT === 8 ? floats(length) : singles(length));
export const whole = (length: number): Int32Array => new Int32Array(length);
