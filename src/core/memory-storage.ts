import { type NumberArray, type NumberStorage, type NumberStore, storedNumbers } from './number-store.ts';

/** Unused storage above this share is given back by copying. */
const tolerableSlack = 0.25;

/**
 * A typed array that grows by doubling. Once finished, storage is shared when little of it is unused.
 *
 * @param make Makes storage of a given length.
 * @param capacity Values to make room for at first.
 */
function growingArray<S extends NumberArray>(make: (length: number) => S, capacity = 1024): NumberStore<S> {
  let store = make(Math.max(capacity, 16));
  let used = 0;
  const makeRoom = (count: number): void => {
    if (used + count <= store.length) return;
    const larger = make(Math.max(store.length * 2, used + count));
    larger.set(store);
    store = larger;
  };
  return {
    length: () => used,
    push: (value) => {
      if (used === store.length) makeRoom(1);
      store[used] = value;
      used += 1;
    },
    pushAll: (values) => {
      makeRoom(values.length);
      store.set(values, used);
      used += values.length;
    },
    truncate: (length) => {
      used = length;
    },
    finish: () => {
      const slack = store.length - used;
      const values = slack > store.length * tolerableSlack ? store.slice(0, used) : store.subarray(0, used);
      return storedNumbers(values as S);
    },
  };
}

/** Keeps numbers in memory, as many as there are. */
export const memoryStorage: NumberStorage = {
  floats: (expected) => growingArray((length) => new Float64Array(length), expected),
  singles: (expected) => growingArray((length) => new Float32Array(length), expected),
  wholes: (expected) => growingArray((length) => new Int32Array(length), expected),
  counts: (expected) => growingArray((length) => new Uint32Array(length), expected),
  bytes: (expected) => growingArray((length) => new Uint8Array(length), expected),
};
