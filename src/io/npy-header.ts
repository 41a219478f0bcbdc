import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';

/** What the header of an NPY file says of its array. */
export interface NpyHeader {
  /** Type of an element, such as `<f4`. */
  readonly type: string;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
}

/** Longest header that is read: NumPy's own are of 118 bytes. */
const longestHeader = 65_536;

/** Bytes of the magic string, the version and the header's length: what must be there to know how long the header is. */
export const npyPreamble = 12;

/** Whether bytes begin as NPY data do. */
export function beginsNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, k) => bytes[k] === byte);
}

/**
 * Where the data begin, from the first {@link npyPreamble} bytes.
 *
 * @param size Bytes in the source, where known.
 * @throws CalibrationError `E_NPY_HEADER` for a version other than 1.0, 2.0 and 3.0, or a header that is longer than the file or than 64 KiB.
 */
export function npyDataOffset(first: Uint8Array, size: number | undefined, file: string | undefined): number {
  const version = first[6]!;
  if (!(version >= 1 && version <= 3 && first[7] === 0)) {
    const found = `version ${version}.${first[7]} of the NPY format, expected 1.0, 2.0 or 3.0`;
    throw npyError('E_NPY_HEADER', file, found);
  }
  const view = new DataView(first.buffer, first.byteOffset, npyPreamble);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = version === 1 ? 10 : 12;
  if (size !== undefined && start + length > size) {
    throw npyError('E_NPY_HEADER', file, `header length ${length} exceeds the file (${size} bytes)`);
  }
  if (length > longestHeader) {
    throw npyError(
      'E_NPY_HEADER',
      file,
      `header length ${length} exceeds the limit of ${longestHeader} bytes`,
    );
  }
  return start + length;
}

/**
 * Reads the header: a Python dictionary of `descr`, `fortran_order` and `shape`, and nothing else. Nothing is evaluated.
 *
 * @param bytes The file up to where the data begin.
 * @throws CalibrationError `E_NPY_HEADER` at the first thing that is not of this grammar.
 *
 * @see NEP 1, "A simple file format for NumPy arrays".
 */
export function parseNpyHeader(bytes: Uint8Array, file: string | undefined): NpyHeader {
  const start = bytes[6] === 1 ? 10 : 12;
  const text = new TextDecoder(bytes[6] === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start));
  const reader = headerReader(text, file);
  const found = new Map<string, unknown>();
  reader.expect('{');
  while (!reader.accept('}')) {
    const name = reader.string();
    if (found.has(name)) throw reader.unexpected(`a second "${printable(name)}"`);
    reader.expect(':');
    if (name === 'descr') found.set(name, reader.type());
    else if (name === 'fortran_order') found.set(name, reader.boolean());
    else if (name === 'shape') found.set(name, reader.shape());
    else throw reader.unexpected(`the key "${printable(name)}"`);
    if (!reader.accept(',')) {
      reader.expect('}');
      break;
    }
  }
  reader.end();
  for (const name of ['descr', 'fortran_order', 'shape']) {
    if (!found.has(name)) throw npyError('E_NPY_HEADER', file, `the header has no "${name}"`);
  }
  return {
    type: found.get('descr') as string,
    isFortranOrder: found.get('fortran_order') as boolean,
    shape: found.get('shape') as readonly number[],
  };
}

export function npyError(
  code: ErrorCode,
  file: string | undefined,
  what: string,
  hint?: string,
): CalibrationError {
  return new CalibrationError(code, {
    ...(file === undefined ? {} : { file }),
    what,
    ...(hint === undefined ? {} : { hint }),
  });
}

interface HeaderReader {
  readonly expect: (text: string) => void;
  readonly accept: (text: string) => boolean;
  readonly string: () => string;
  readonly type: () => string;
  readonly boolean: () => boolean;
  readonly shape: () => readonly number[];
  readonly end: () => void;
  readonly unexpected: (what: string) => CalibrationError;
}

function headerReader(text: string, file: string | undefined): HeaderReader {
  let at = 0;

  const unexpected = (what: string): CalibrationError =>
    npyError('E_NPY_HEADER', file, `unexpected ${what} at header position ${at}`);

  const skipSpace = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at += 1;
  };

  /** Takes what the pattern matches here, or says that something else stands here. */
  const take = (pattern: RegExp): string => {
    skipSpace();
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) {
      const rest = /[^\s,:(){}[\]]+|./y;
      rest.lastIndex = at;
      const seen = rest.exec(text)?.[0];
      throw unexpected(seen === undefined ? 'end' : `"${printable(seen)}"`);
    }
    at = pattern.lastIndex;
    return found[0];
  };

  const accept = (wanted: string): boolean => {
    skipSpace();
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  };

  const expect = (wanted: string): void => {
    if (!accept(wanted)) take(/(?!)/y);
  };

  const string = (): string => take(/'[^'\\\n]*'|"[^"\\\n]*"/y).slice(1, -1);

  return {
    expect,
    accept,
    string,
    type: () => {
      skipSpace();
      if (text[at] === '[') {
        throw npyError(
          'E_NPY_TYPE',
          file,
          'the array has fields (a structured type), expected plain numbers',
          'Save each field as an array of its own.',
        );
      }
      return string();
    },
    boolean: () => take(/True|False/y) === 'True',
    shape: () => {
      expect('(');
      const sizes: number[] = [];
      while (!accept(')')) {
        // Python 2 wrote long integers as 3L.
        sizes.push(Number(take(/[0-9]+L?/y).replace('L', '')));
        if (!accept(',')) {
          expect(')');
          break;
        }
      }
      return sizes;
    },
    end: () => {
      skipSpace();
      if (at < text.length) take(/(?!)/y);
    },
    unexpected,
  };
}
