import type { NumberArray, NumberStorage, NumberStore } from '../core/number-store.ts';
import { storedNumbers } from '../core/number-store.ts';
import { type SpillFile, spillFile } from './spill-file.ts';
import { sweepTemporaries } from './temporaries.ts';

/** Storage that keeps numbers in memory up to a limit, and in temporary files beyond it. */
export interface SpillStorage extends NumberStorage {
  /** Whether anything had to go to a file. */
  readonly isSpilling: () => boolean;
  /** Deletes the files. What was stored in them cannot be read any more. */
  readonly release: () => void;
}

/** A store that can be told to leave the memory. */
interface Leaving {
  readonly leave: () => void;
  readonly release: () => void;
}

/**
 * Keeps numbers in memory as long as all stores together take no more than so many bytes. At the first that would exceed
 * it, all that are still being filled go to temporary files, and so does everything stored from then on. A store that expects more than is left
 * goes to its file at once, and takes next to no memory.
 *
 * @param limit Bytes in memory.
 * @param folder Where the files are made.
 */
export function spillStorage(limit: number, folder: string): SpillStorage {
  const stores = new Set<Leaving>();
  let left = limit;
  let isSpilling = false;

  const spill = (): void => {
    if (isSpilling) return;
    isSpilling = true;
    void sweepTemporaries(folder);
    for (const store of stores) store.leave();
  };

  /** Grants memory, or says that there is none. */
  const take = (bytes: number): boolean => {
    if (isSpilling || bytes > left) return false;
    left -= bytes;
    return true;
  };

  const newStore =
    <Values extends NumberArray>(make: (length: number) => Values) =>
    (expected = 1024): NumberStore<Values> => {
      const width = make(0).BYTES_PER_ELEMENT;
      let held = make(0);
      let used = 0;
      let isAway = false;
      let file: SpillFile<Values> | undefined;
      let isFinished = false;
      const single = make(1);

      const write = (values: Values): void => {
        file ??= spillFile(folder, make);
        file.write(values);
      };

      const leave = (): void => {
        if (isAway || isFinished) return;
        isAway = true;
        if (used > 0) write(held.subarray(0, used) as Values);
        left += held.byteLength;
        held = make(0);
      };

      /** Whether so many numbers have room in memory. */
      const hasRoom = (count: number): boolean => {
        if (isAway) return false;
        if (used + count <= held.length) return true;
        const length = Math.max(held.length * 2, used + count, 1024);
        // The old array stands beside the new until it is copied.
        if (!take(length * width)) {
          spill();
          leave();
          return false;
        }
        const larger = make(length);
        larger.set(held.subarray(0, used));
        left += held.byteLength;
        held = larger;
        return true;
      };

      stores.add({ leave, release: () => file?.release() });
      if (isSpilling) leave();
      else if (expected > 1024 && !hasRoom(expected)) leave();
      return {
        length: () => (isAway ? (file?.length() ?? 0) : used),
        push: (value) => {
          if (hasRoom(1)) {
            held[used] = value;
            used += 1;
            return;
          }
          single[0] = value;
          write(single);
        },
        pushAll: (values) => {
          if (hasRoom(values.length)) {
            held.set(values, used);
            used += values.length;
            return;
          }
          write(asStored(values, held, make));
        },
        truncate: (length) => {
          if (isAway) file?.truncate(length);
          else used = length;
        },
        finish: () => {
          isFinished = true;
          return file?.finish() ?? storedNumbers(held.subarray(0, isAway ? 0 : used) as Values);
        },
      };
    };

  return {
    floats: newStore((length) => new Float64Array(length)),
    singles: newStore((length) => new Float32Array(length)),
    wholes: newStore((length) => new Int32Array(length)),
    counts: newStore((length) => new Uint32Array(length)),
    bytes: newStore((length) => new Uint8Array(length)),
    isSpilling: () => isSpilling,
    release: () => {
      for (const store of stores) store.release();
      stores.clear();
    },
  };
}

/** Values in an array of the type that is stored. */
function asStored<Values extends NumberArray>(
  values: ArrayLike<number>,
  like: Values,
  make: (length: number) => Values,
): Values {
  if (values.constructor === like.constructor) return values as unknown as Values;
  const copy = make(values.length);
  copy.set(values);
  return copy;
}
