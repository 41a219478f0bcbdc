import type { NumberStorage, NumberStore } from '../core/number-store.ts';
import type { RawTable } from './raw-table.ts';

/** A store for numbers of the precision of others. */
export function storeLike(
  { read }: RawTable['values'],
  storage: NumberStorage,
): NumberStore<Float64Array> | NumberStore<Float32Array> {
  return read(0, 0) instanceof Float32Array ? storage.singles() : storage.floats();
}
