import { describe, expect, test } from 'vitest';
import { booleanLabel, labelMatcher, wholeLabel } from '../../../src/io/whole-label.ts';

describe('wholeLabel', () => {
  test.each([
    ['2', '2'],
    ['0', '0'],
    ['-1', '-1'],
    ['+1', '1'],
    ['2.0', '2'],
    ['2.', '2'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['2.000000000000000000e+00', '2'],
    ['-1.000000000000000000e+00', '-1'],
    ['1.200000000000000000e+01', '12'],
    ['1e+05', '100000'],
    ['1e5', '100000'],
    ['120e-1', '12'],
    ['0e0', '0'],
    ['3,0', '3'],
  ])('%s is the whole number %s', (text, digits) => {
    expect(wholeLabel(text)).toBe(digits);
  });

  test.each([
    '',
    '-',
    '1.5',
    '1.2e0',
    '12e-1',
    '0.5',
    '007',
    '-01',
    '0x1',
    'one',
    'nan',
    '1e',
    '.0',
    '1 ',
    '1e1000',
  ])('"%s" is none', (text) => {
    expect(wholeLabel(text)).toBeUndefined();
  });

  test('three digits behind a comma are decimals only where the decimal mark is known to be one', () => {
    expect(wholeLabel('1,000')).toBeUndefined();
    expect(wholeLabel('1,000', true)).toBe('1');
  });

  test('every whole number in the forms of numpy.savetxt, Python and R is itself', () => {
    for (let value = -1100; value <= 1100; value += 1) {
      for (const text of [value.toExponential(18), `${value}.0`, value.toFixed(6), `${value}e+00`]) {
        expect(wholeLabel(text)).toBe(String(value));
      }
    }
  });
});

describe('booleanLabel', () => {
  test.each([
    ['True', 1],
    ['TRUE', 1],
    ['false', 0],
    ['yes', undefined],
    ['1', undefined],
  ])('%s is %s', (text, value) => {
    expect(booleanLabel(text)).toBe(value);
  });
});

describe('labelMatcher', () => {
  test('matches a number in any form, and a text by its letters', () => {
    const isMarker = labelMatcher('-100');
    expect(['-100', '-100.0', '-1.00e+02', '100', '-10'].map(isMarker)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const isUnknown = labelMatcher('NA');
    expect(['NA', 'na', ''].map(isUnknown)).toEqual([true, false, false]);
    expect(labelMatcher(undefined)('')).toBe(false);
  });
});
