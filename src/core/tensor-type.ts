import { CalibrationError } from './errors.ts';
import { foundText, isList, typedArrayName } from './found-text.ts';
import { fromBfloat16, fromFloat16 } from './half-precision.ts';

/** What the values of a tensor are used as. */
export type TensorUse = 'scores' | 'labels' | 'weights';

/** Typed arrays that hold the values of a type themselves, and whether a plain list can. */
interface Storage {
  readonly arrays: readonly string[];
  readonly isListable: boolean;
}

const widened = ['Float32Array', 'Float64Array'];
const listed = (...arrays: string[]): Storage => ({ arrays, isListable: true });

const storages: Readonly<Record<string, Storage>> = {
  float64: listed(...widened),
  float32: listed(...widened),
  float16: { arrays: ['Float16Array', ...widened], isListable: false },
  bfloat16: { arrays: widened, isListable: false },
  int8: listed('Int8Array'),
  uint8: listed('Uint8Array', 'Uint8ClampedArray'),
  int16: listed('Int16Array'),
  uint16: listed('Uint16Array'),
  int32: listed('Int32Array'),
  uint32: listed('Uint32Array'),
  int64: listed('BigInt64Array'),
  uint64: listed('BigUint64Array'),
  bool: listed('Uint8Array'),
};

/** Other names of the types: of NumPy (bytes), safetensors (bits, in capitals), PyTorch and ndarray. */
const synonyms: Readonly<Record<string, string>> = {
  double: 'float64',
  float: 'float32',
  half: 'float16',
  long: 'int64',
  f8: 'float64',
  f4: 'float32',
  f2: 'float16',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  b1: 'bool',
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  U8: 'uint8',
  U16: 'uint16',
  U32: 'uint32',
  U64: 'uint64',
  boolean: 'bool',
  uint8_clamped: 'uint8',
  bigint64: 'int64',
  biguint64: 'uint64',
  array: 'float64',
};

/**
 * The values of a tensor of a declared type, decoded where the storage holds their bits.
 *
 * @param type The declared type, as ONNX Runtime, TensorFlow.js, NumPy, safetensors or PyTorch name it; `undefined` where
 * none is declared.
 * @throws CalibrationError `E_TENSOR_TYPE` for a type without numbers, one that the storage cannot hold, or 16 bits of no
 * declared type.
 */
export function valuesOfType(data: ArrayLike<unknown>, type: unknown, use: TensorUse): ArrayLike<unknown> {
  const array = typedArrayName(data);
  if (type === undefined || type === null) {
    if (use !== 'labels') refuseUntypedBits(data, use);
    return data;
  }
  const name = typeName(type);
  const storage = name === undefined ? undefined : storages[name];
  if (name === undefined || storage === undefined || (name === 'bool' && use !== 'labels')) {
    throw new CalibrationError('E_TENSOR_TYPE', {
      what: `${use} in a tensor of type ${foundText(type)}; expected ${expectedTypes(use)}`,
      value: type,
    });
  }
  if (array === 'Uint16Array' && name === 'float16') return fromFloat16(data as Uint16Array);
  if (array === 'Uint16Array' && name === 'bfloat16') return fromBfloat16(data as Uint16Array);
  if (array === undefined ? storage.isListable && isList(data) : storage.arrays.includes(array)) return data;
  throw new CalibrationError('E_TENSOR_TYPE', {
    what: `a tensor of type ${name} has its ${use} in ${foundText(data)}, expected ${expectedStorage(name, storage)}`,
    value: type,
  });
}

/**
 * Refuses 16-bit whole numbers of no declared type: they may be counts or the bits of float16 or bfloat16.
 *
 * @throws CalibrationError `E_TENSOR_TYPE`.
 */
export function refuseUntypedBits(values: unknown, use: TensorUse): void {
  if (typedArrayName(values) !== 'Uint16Array') return;
  throw new CalibrationError('E_TENSOR_TYPE', {
    what: `${use} in a Uint16Array without a type, which may be float16, bfloat16 or whole numbers`,
    hint: "Give { data, dims, type } with type 'float16', 'bfloat16' or 'uint16'.",
  });
}

function typeName(type: unknown): string | undefined {
  if (typeof type !== 'string' || type.length > 32) return undefined;
  const name = type.replace(/^torch\.|^[<|=]/, '');
  if (Object.hasOwn(synonyms, name)) return synonyms[name];
  return Object.hasOwn(storages, name.toLowerCase()) ? name.toLowerCase() : undefined;
}

function expectedTypes(use: TensorUse): string {
  const names = Object.keys(storages).filter((name) => name !== 'bool' || use === 'labels');
  return `one of ${names.join(', ')}`;
}

function expectedStorage(name: string, { arrays, isListable }: Storage): string {
  const bits = name.endsWith('float16') ? ['Uint16Array'] : [];
  return `one of ${[...bits, ...arrays, ...(isListable ? ['a list of numbers'] : [])].join(', ')}`;
}
