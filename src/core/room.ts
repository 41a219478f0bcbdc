import { CalibrationError } from './errors.ts';

/** Memory that may still be taken for what is worked out of rows that are in storage. */
export interface Room {
  /**
   * Takes so many bytes.
   *
   * @throws CalibrationError `E_MEMORY` where they are not left.
   */
  readonly take: (bytes: number) => void;
  /** Does work and gives back what it took. */
  readonly lend: <Result>(work: () => Result) => Result;
}

/** Room of so many bytes. */
export function roomOf(bytes: number): Room {
  let left = bytes;
  return {
    take: (wanted) => {
      if (wanted > left) throw noRoom(wanted);
      left -= wanted;
    },
    lend: (work) => {
      const before = left;
      try {
        return work();
      } finally {
        left = before;
      }
    },
  };
}

/** Does work within the room there is, which is given back afterwards; without one there is no limit. */
export function lend<Result>(room: Room | undefined, work: () => Result): Result {
  return room === undefined ? work() : room.lend(work);
}

/** What is thrown where there is no room. */
export function noRoom(bytes: number): CalibrationError {
  return new CalibrationError('E_MEMORY', {
    what: `the rows do not fit into memory, and ${(bytes / 1e6).toFixed(0)} MB are needed for what is worked out of all of them`,
    hint: 'Raise --max-memory.',
  });
}

/** The result of work, or `undefined` where there is no room for it. */
export function ifRoom<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof CalibrationError && error.code === 'E_MEMORY') return undefined;
    throw error;
  }
}
