import { closeSync, readSync, writeSync } from 'node:fs';
import { CalibrationError, printable } from '../core/errors.ts';
import type { NumberArray, StoredNumbers } from '../core/number-store.ts';
import { systemCode, systemReason } from './system-reasons.ts';
import { createTemporary, dropTemporary, type Temporary } from './temporaries.ts';

/** Numbers gathered before they are written, and read ahead: some 256 kB. */
const windowLength = 32_768;

/** Bytes handed to the system in one call. */
const mostBytes = 2 ** 26;

/** Longer reads are answered with an array of their own, which is not kept. */
const longestKept = 2 ** 21;

/** Numbers of one type in a temporary file. */
export interface SpillFile<Values extends NumberArray> {
  readonly length: () => number;
  readonly write: (values: Values) => void;
  readonly truncate: (length: number) => void;
  readonly finish: () => StoredNumbers<Values>;
  /** Closes the file and deletes it. */
  readonly release: () => void;
}

/**
 * Opens a temporary file for numbers. Where the system lets an open file be deleted, it has no name from then on, so that
 * nothing is left of it however the process ends; elsewhere it is deleted when released, or swept.
 *
 * @param make Makes an array of a given length.
 * @throws CalibrationError `E_TEMP_FILE`; so do its functions.
 */
export function spillFile<Values extends NumberArray>(
  folder: string,
  make: (length: number) => Values,
): SpillFile<Values> {
  const width = make(0).BYTES_PER_ELEMENT;
  const { descriptor, path } = opened(folder);
  const buffer = make(windowLength);
  let gathered = 0;
  let written = 0;
  let isOpen = true;

  const put = (values: Values): void => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(bytes.length - at, mostBytes);
      at += attempt(folder, () => writeSync(descriptor, bytes, at, count, written * width + at));
    }
    written += values.length;
  };

  const flush = (): void => {
    put(buffer.subarray(0, gathered) as Values);
    gathered = 0;
  };

  const readInto = (values: Values, from: number): void => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(bytes.length - at, mostBytes);
      const got = attempt(folder, () => readSync(descriptor, bytes, at, count, from * width + at));
      if (got === 0) throw failure(folder, 'a temporary file is shorter than what was written to it');
      at += got;
    }
  };

  const reader = (): StoredNumbers<Values> => {
    const length = written;
    let window = make(0);
    let first = 0;
    let last = 0;
    return {
      length,
      read: (from, to) => {
        const count = to - from;
        if (count > longestKept) {
          const values = make(count);
          readInto(values, from);
          return values;
        }
        if (from < first || to > last) {
          // Reading that jumps about would read ahead in vain.
          const goesOn = from >= first && from - last < windowLength;
          const most = Math.min(goesOn ? Math.max(count, windowLength) : count, length - from);
          if (window.length < most) window = make(most);
          readInto(window.subarray(0, most) as Values, from);
          first = from;
          last = from + most;
        }
        return window.subarray(from - first, to - first) as Values;
      },
    };
  };

  return {
    length: () => written + gathered,
    write: (values) => {
      if (gathered + values.length > windowLength) flush();
      if (values.length > windowLength) put(values);
      else {
        buffer.set(values, gathered);
        gathered += values.length;
      }
    },
    truncate: (length) => {
      gathered = Math.max(length - written, 0);
      written = Math.min(written, length);
    },
    finish: () => {
      flush();
      return reader();
    },
    release: () => {
      if (!isOpen) return;
      isOpen = false;
      closeSync(descriptor);
      dropTemporary(path);
    },
  };
}

function opened(folder: string): Temporary {
  return attempt(folder, () => {
    const temporary = createTemporary('numbers', folder, undefined);
    // An open file cannot be deleted on Windows.
    if (process.platform !== 'win32') dropTemporary(temporary.path);
    return temporary;
  });
}

function attempt<Result>(folder: string, step: () => Result): Result {
  try {
    return step();
  } catch (cause) {
    const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(cause));
    throw failure(folder, isFull ? 'there is no space left' : systemReason(cause), cause);
  }
}

function failure(folder: string, why: string, cause?: unknown): CalibrationError {
  return new CalibrationError('E_TEMP_FILE', {
    file: folder,
    placed: 'within',
    what: `what does not fit into memory cannot be kept in ${printable(folder)}: ${why}`,
    hint: 'Name a folder with room by --temp-folder, or raise --max-memory.',
    ...(cause === undefined ? {} : { cause }),
  });
}
