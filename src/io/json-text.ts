import { CalibrationError } from '../core/errors.ts';

/** Data that {@link jsonText} writes. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * JSON with keys in the order given, numbers as the shortest text that reads back to the same bits (−0 included) and
 * `undefined` fields left out. Arrays stay on one line.
 *
 * @param indent Spaces per level; 0 writes everything on one line.
 * @param path Name of the value in messages.
 * @throws CalibrationError `E_INTERNAL_NONFINITE` for NaN and infinities, which JSON would turn into null.
 */
export function jsonText(value: JsonValue, indent = 0, path = 'file'): string {
  return written(value, indent, 0, path);
}

function written(value: JsonValue, indent: number, level: number, path: string): string {
  if (typeof value === 'number') return numberText(value, path);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value))
    return `[${value.map((item) => written(item, 0, 0, path)).join(indent === 0 ? ',' : ', ')}]`;
  const fields = Object.keys(value).flatMap((key) => {
    const field = value[key];
    if (field === undefined) return [];
    const text = written(field, indent, level + 1, key);
    return [`${JSON.stringify(key)}:${indent === 0 ? '' : ' '}${text}`];
  });
  if (indent === 0 || fields.length === 0) return `{${fields.join(',')}}`;
  const inner = ' '.repeat(indent * (level + 1));
  return `{\n${fields.map((field) => inner + field).join(',\n')}\n${' '.repeat(indent * level)}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function numberText(value: number, path: string): string {
  if (!Number.isFinite(value)) {
    throw new CalibrationError('E_INTERNAL_NONFINITE', {
      what: `field "${path}" is ${String(value)}`,
      value,
    });
  }
  return Object.is(value, -0) ? '-0' : String(value);
}
