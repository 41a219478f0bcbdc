import { printable } from '../core/errors.ts';
import { npyError } from './npy-header.ts';

/** How the elements of an array are read. */
export interface NpyElements {
  /** What NumPy calls the type, such as `float32`. */
  readonly name: string;
  /** Bytes of an element. */
  readonly width: number;
  /** Whether every element is a number of single precision. */
  readonly isSingle: boolean;
  /**
   * Numbers of `out.length` elements, the first at a place and each so many bytes behind the one before; of 64-bit integers too
   * large for a double, NaN. `undefined` for texts.
   */
  readonly numbers:
    | ((view: DataView, at: number, step: number, out: Float64Array | Float32Array) => void)
    | undefined;
  /** An element as the text it would have in a table, exactly. */
  readonly text: (view: DataView, at: number) => string;
}

/** Longest text of a label, in characters. */
const longestText = 4096;

/**
 * How elements of a type are read: booleans, integers and floats of every width and byte order, half precision among them, and
 * texts of a fixed length. Objects are never read, as that can run code.
 *
 * @throws CalibrationError `E_NPY_PICKLE`, `E_NPY_TYPE`.
 */
export function npyElements(type: string, file: string | undefined): NpyElements {
  const [, order = '', kind = '', digits = ''] = /^([<>=|]?)([a-zA-Z])([0-9]{0,9})$/.exec(type) ?? [];
  const isLittle = order !== '>';
  if (kind === 'O') {
    throw npyError(
      'E_NPY_PICKLE',
      file,
      'the array holds Python objects (pickle), which can run code',
      'Save it with a numeric dtype.',
    );
  }
  const length = Number(digits);
  if ((kind === 'U' || kind === 'S') && length >= 1 && length <= longestText) {
    return texts(kind, length, isLittle);
  }
  const reader = readers.get(`${kind}${digits}`);
  if (reader === undefined) {
    const what = `elements of type "${printable(type)}", expected booleans, integers or floats of up to 64 bits`;
    throw npyError('E_NPY_TYPE', file, what, 'Convert the array with .astype("float64") before it is saved.');
  }
  return numbersOf(reader, isLittle);
}

interface Reader {
  readonly name: string;
  readonly width: number;
  readonly number: (view: DataView, at: number, isLittle: boolean) => number;
  readonly text?: (view: DataView, at: number, isLittle: boolean) => string;
  /** Arrays of the engine with the same elements. */
  readonly Native?: typeof Float64Array | typeof Float32Array;
  readonly isSingle?: true;
}

const isLittleEngine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function numbersOf(reader: Reader, isLittle: boolean): NpyElements {
  const { name, width, number, text, Native, isSingle = false } = reader;
  return {
    name,
    width,
    isSingle,
    numbers: (view, at, step, out) => {
      const from = view.byteOffset + at;
      if (Native !== undefined && isLittle === isLittleEngine && step === width && from % width === 0) {
        out.set(new Native(view.buffer as ArrayBuffer, from, out.length));
        return;
      }
      for (let k = 0; k < out.length; k += 1) out[k] = number(view, at + k * step, isLittle);
    },
    text: (view, at) => text?.(view, at, isLittle) ?? numberText(number(view, at, isLittle)),
  };
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['b1', { name: 'bool', width: 1, number: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
  ['i1', { name: 'int8', width: 1, number: (view, at) => view.getInt8(at) }],
  ['u1', { name: 'uint8', width: 1, number: (view, at) => view.getUint8(at) }],
  ['i2', { name: 'int16', width: 2, number: (view, at, isLittle) => view.getInt16(at, isLittle) }],
  ['u2', { name: 'uint16', width: 2, number: (view, at, isLittle) => view.getUint16(at, isLittle) }],
  ['i4', { name: 'int32', width: 4, number: (view, at, isLittle) => view.getInt32(at, isLittle) }],
  ['u4', { name: 'uint32', width: 4, number: (view, at, isLittle) => view.getUint32(at, isLittle) }],
  ['i8', whole64('int64', (view, at, isLittle) => view.getBigInt64(at, isLittle))],
  ['u8', whole64('uint64', (view, at, isLittle) => view.getBigUint64(at, isLittle))],
  [
    'f2',
    {
      name: 'float16',
      width: 2,
      number: (view, at, isLittle) => allHalves()[view.getUint16(at, isLittle)]!,
      isSingle: true,
    },
  ],
  [
    'f4',
    {
      name: 'float32',
      width: 4,
      number: (view, at, isLittle) => view.getFloat32(at, isLittle),
      Native: Float32Array,
      isSingle: true,
    },
  ],
  [
    'f8',
    {
      name: 'float64',
      width: 8,
      number: (view, at, isLittle) => view.getFloat64(at, isLittle),
      Native: Float64Array,
    },
  ],
]);

/** Integers beyond 2^53 are no doubles; their text is left to say so. */
function whole64(name: string, read: (view: DataView, at: number, isLittle: boolean) => bigint): Reader {
  return {
    name,
    width: 8,
    number: (view, at, isLittle) => {
      const value = Number(read(view, at, isLittle));
      return Number.isSafeInteger(value) ? value : Number.NaN;
    },
    text: (view, at, isLittle) => String(read(view, at, isLittle)),
  };
}

let halves: Float32Array | undefined;

/** The numbers of half precision by their bits; there are 65,536. */
function allHalves(): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfPrecision(bits));
  return halves;
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

/** Texts padded with zeros: UTF-32 characters, or bytes taken for UTF-8. */
function texts(kind: 'U' | 'S', length: number, isLittle: boolean): NpyElements {
  const size = kind === 'U' ? 4 : 1;
  const decoder = new TextDecoder();
  return {
    name: `${kind}${length}`,
    width: size * length,
    isSingle: false,
    numbers: undefined,
    text: (view, at) => {
      const codes: number[] = [];
      for (let k = 0; k < length; k += 1) {
        const code = kind === 'U' ? view.getUint32(at + 4 * k, isLittle) : view.getUint8(at + k);
        if (code === 0) break;
        codes.push(code);
      }
      if (kind === 'S') return decoder.decode(Uint8Array.from(codes));
      return codes.map((code) => String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd)).join('');
    },
  };
}
