import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { readRecord, readRecordLater } from '../../../src/core/read-record.ts';

const cycle: { self?: object } = {};
cycle.self = cycle;

describe('reading a record', () => {
  test('gives what is worked out of it', () => {
    expect(readRecord({ a: [1, null, 'x', true] }, 'report', () => 5)).toBe(5);
  });

  test.each<[string, unknown, string]>([
    ['no object', 5, 'E_RECORD: this is no report as calibrant makes it: it is 5.'],
    ['NaN', { a: { b: Number.NaN } }, '"a.b" is NaN'],
    ['a hole', { a: [undefined] }, '"a[0]" is undefined'],
    ['a date', { a: new Date(0) }, '"a" is an object'],
    ['a cycle', cycle, 'is nested too deeply'],
  ])('refuses %s', (_, record, message) => {
    expect(() => readRecord(record, 'report', () => 5)).toThrow(message);
  });

  test('refuses a record whose fields fail or give NaN where they are read', async () => {
    const failing = (): never => {
      throw new TypeError('x is not a function');
    };
    const message =
      'E_RECORD: this is no report as calibrant makes it: fields are missing or of another type.';
    expect(() => readRecord({}, 'report', failing)).toThrow(message);
    expect(() => readRecord({}, 'report', () => ({ value: Number.NaN }))).toThrow(message);
    await expect(readRecordLater({}, 'report', async () => failing())).rejects.toThrow(message);
  });

  test('passes refusals and errors of other kinds on', () => {
    const own = new CalibrationError('E_OPTION', { what: 'found' });
    const other = new Error('disk');
    for (const error of [own, other]) {
      const read = (): never => {
        throw error;
      };
      expect(() => readRecord({}, 'report', read)).toThrow(error);
    }
  });
});
