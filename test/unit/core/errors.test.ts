import { describe, expect, test } from 'vitest';
import { CalibrationError, placeText, printable } from '../../../src/core/errors.ts';
import { notice } from '../../../src/core/notices.ts';

describe('CalibrationError', () => {
  test('says code, place, finding and remedy on one line', () => {
    const error = new CalibrationError('E_LOGIT_NAN', {
      file: 'val.csv',
      row: 7,
      column: 'logit_2',
      what: 'NaN (and 12 more bad cells)',
      hint: 'Pass --drop-bad to skip those rows.',
    });
    expect(error.message).toBe(
      'E_LOGIT_NAN: val.csv line 7, column "logit_2": NaN (and 12 more bad cells). Pass --drop-bad to skip those rows.',
    );
    expect(error).toMatchObject({ code: 'E_LOGIT_NAN', file: 'val.csv', row: 7, column: 'logit_2' });
  });

  test('leaves out the place when none is known', () => {
    expect(new CalibrationError('E_WEIGHT_ZERO', { what: 'the weights sum to 0' }).message).toBe(
      'E_WEIGHT_ZERO: the weights sum to 0.',
    );
  });

  test('keeps the underlying failure', () => {
    const cause = new Error('EACCES');
    expect(new CalibrationError('E_IN_READ', { what: 'cannot be read', cause }).cause).toBe(cause);
  });

  test('tells a file line from an array index', () => {
    expect(placeText({ row: 3 })).toBe('line 3');
    expect(placeText({ index: 3 })).toBe('row index 3');
    expect(placeText({ column: 'a' })).toBe('column "a"');
    expect(placeText({})).toBe('');
  });

  test('never lets user text break the line', () => {
    const error = new CalibrationError('E_IN_MISSING', { file: 'a\nb\u202e.csv', what: 'no such file' });
    expect(error.message).toBe('E_IN_MISSING: a\\u000Ab\\u202E.csv: no such file.');
  });
});

describe('printable', () => {
  test('shows control, bidirectional and invisible characters and lone surrogates as escapes', () => {
    expect(printable('\u0000\t\u007f\u0085\u2028\u2066\ufeff')).toBe(
      '\\u0000\\u0009\\u007F\\u0085\\u2028\\u2066\\uFEFF',
    );
    expect(printable('\ud800')).toBe('\\uD800');
  });

  test('keeps letters of every script', () => {
    expect(printable('Größe 猫 🐈')).toBe('Größe 猫 🐈');
  });

  test('cuts after 200 characters', () => {
    expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`);
    expect(printable('x'.repeat(200))).toBe('x'.repeat(200));
  });
});

test('a notice has the form of an error, as data', () => {
  expect(notice('W_TIES', '3 rows tie at the top', { file: 'val.csv' })).toEqual({
    code: 'W_TIES',
    file: 'val.csv',
    message: 'W_TIES: val.csv: 3 rows tie at the top',
  });
});
