import { printable } from '../core/errors.ts';
import { npyError } from './npy-header.ts';

/** How the elements of an array are read. */
export interface NpyElements {
  /** Bytes of an element. */
  readonly width: number;
  /** Numbers of elements from a place on; of 64-bit integers too large for a double, NaN. `undefined` for texts. */
  readonly numbers: ((view: DataView, at: number, count: number, out: Float64Array) => void) | undefined;
  /** An element as the text it would have in a table, exactly. */
  readonly text: (view: DataView, at: number) => string;
}

/**
 * How elements of a type are read: booleans, integers and floats of every width and byte order, half precision among them, and
 * texts of a fixed length. Objects are never read, as that can run code.
 *
 * @throws CalibrationError `E_NPY_PICKLE`, `E_NPY_TYPE`.
 */
export function npyElements(type: string, file: string | undefined): NpyElements {
  const [, order = '', kind = '', digits = ''] = /^([<>=|]?)([a-zA-Z])([0-9]*)$/.exec(type) ?? [];
  const width = Number(digits);
  const isLittle = order !== '>';
  if (kind === 'O') {
    throw npyError(
      'E_NPY_PICKLE',
      file,
      'the array holds Python objects (pickle), which can run code',
      'Save it with a numeric dtype.',
    );
  }
  if ((kind === 'U' || kind === 'S') && digits !== '' && width <= 4096) return texts(kind, width, isLittle);
  const read = readers[`${kind}${digits}`];
  if (read === undefined) {
    const what = `elements of type "${printable(type)}", expected booleans, integers or floats of up to 64 bits`;
    throw npyError('E_NPY_TYPE', file, what, 'Convert the array with .astype("float64") before it is saved.');
  }
  return {
    width,
    numbers: (view, at, count, out) => {
      for (let k = 0; k < count; k += 1) out[k] = read.number(view, at + k * width, isLittle);
    },
    text: (view, at) => read.text?.(view, at, isLittle) ?? numberText(read.number(view, at, isLittle)),
  };
}

interface Reader {
  readonly number: (view: DataView, at: number, isLittle: boolean) => number;
  readonly text?: (view: DataView, at: number, isLittle: boolean) => string;
}

const readers: Readonly<Record<string, Reader>> = {
  b1: { number: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  i1: { number: (view, at) => view.getInt8(at) },
  u1: { number: (view, at) => view.getUint8(at) },
  i2: { number: (view, at, isLittle) => view.getInt16(at, isLittle) },
  u2: { number: (view, at, isLittle) => view.getUint16(at, isLittle) },
  i4: { number: (view, at, isLittle) => view.getInt32(at, isLittle) },
  u4: { number: (view, at, isLittle) => view.getUint32(at, isLittle) },
  i8: whole64((view, at, isLittle) => view.getBigInt64(at, isLittle)),
  u8: whole64((view, at, isLittle) => view.getBigUint64(at, isLittle)),
  f2: { number: (view, at, isLittle) => halfPrecision(view.getUint16(at, isLittle)) },
  f4: { number: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  f8: { number: (view, at, isLittle) => view.getFloat64(at, isLittle) },
};

/** Integers beyond 2^53 are no doubles; their text is left to say so. */
function whole64(read: (view: DataView, at: number, isLittle: boolean) => bigint): Reader {
  return {
    number: (view, at, isLittle) => {
      const value = Number(read(view, at, isLittle));
      return Number.isSafeInteger(value) ? value : Number.NaN;
    },
    text: (view, at, isLittle) => String(read(view, at, isLittle)),
  };
}

/** IEEE 754 half precision: a sign, five bits of exponent, ten of fraction. */
function halfPrecision(bits: number): number {
  const sign = bits >>> 15 === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Texts padded with zeros: of UTF-32 characters, or of ASCII. */
function texts(kind: 'U' | 'S', length: number, isLittle: boolean): NpyElements {
  const size = kind === 'U' ? 4 : 1;
  return {
    width: size * length,
    numbers: undefined,
    text: (view, at) => {
      let text = '';
      for (let k = 0; k < length; k += 1) {
        const code = kind === 'U' ? view.getUint32(at + 4 * k, isLittle) : view.getUint8(at + k);
        if (code === 0) break;
        text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      }
      return text;
    },
  };
}
