import { printable } from './errors.ts';

/** Names a value of any type in an error: `null`, `text "abc"`, `an object`. It never runs code of the value's own. */
export function foundText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'empty text' : `text "${printable(value)}"`;
    case 'bigint':
      return `the BigInt ${printable(String(value))}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : objectText(value);
    default:
      return String(value);
  }
}

function objectText(value: object): string {
  const type = typedArrayName(value);
  if (type !== undefined) return `${/^[AEIO]/.test(type) ? 'an' : 'a'} ${type}`;
  return isList(value) ? 'a list' : 'an object';
}

/** Whether a value is an array. A proxy that was revoked is not. */
export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

const tagOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/** `Float32Array`, `BigInt64Array` and so on, of any realm; `undefined` for what is no typed array. */
export function typedArrayName(value: unknown): string | undefined {
  return ArrayBuffer.isView(value) ? (tagOfTypedArray?.call(value) as string | undefined) : undefined;
}

/** Whether a value is an object as a literal or `JSON.parse` makes it, of any realm: no array, date, map or class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || isList(value)) return false;
  try {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false;
  }
}
