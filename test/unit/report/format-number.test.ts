import { describe, expect, test } from 'vitest';
import {
  differenceText,
  fixedText,
  levelText,
  lossText,
  percentText,
  pValueText,
  signedText,
  slopeText,
  temperatureText,
} from '../../../src/report/format-number.ts';

describe('numbers of a report', () => {
  test.each([
    [0.12345, 4, '0.1235'],
    [-0.5, 1, '−0.5'],
    [-0.00001, 2, '0.00'],
    [-0, 2, '0.00'],
  ])('%d to %i decimals is %s', (value, decimals, text) => expect(fixedText(value, decimals)).toBe(text));

  test.each([
    [0.5, '+0.50'],
    [-0.5, '−0.50'],
    [0.001, '0.00'],
    [-0.001, '0.00'],
  ])('a gap of %d is %s', (value, text) => expect(signedText(value, 2)).toBe(text));

  test.each([
    [0.5, '+0.50'],
    [0.001, '+0.00'],
    [-0.001, '−0.00'],
    [0, '0.00'],
  ])('a difference of %d is %s, with its sign', (value, text) => expect(differenceText(value, 2)).toBe(text));

  test.each([
    [0, '0.00 %'],
    [0.07931, '7.93 %'],
    [1, '100.00 %'],
    [0.00005, '0.01 %'],
    [0.000034, '0.0034 %'],
    [1e-9, '1.0e−7 %'],
  ])('a share of %d is %s', (share, text) => expect(percentText(share)).toBe(text));

  test.each([
    [0, '0.0000'],
    [0.265, '0.2650'],
    [12.34567, '12.3457'],
    [0.000512, '0.000512'],
    [3e-9, '3.00e−9'],
  ])('a loss of %d is %s', (loss, text) => expect(lossText(loss)).toBe(text));

  test.each([
    [1.83, '1.830'],
    [0.01234567, '0.01235'],
    [1234.56, '1235'],
    [2e300, '2.000e300'],
    [2e-300, '2.000e−300'],
  ])('a temperature of %d is %s', (temperature, text) => expect(temperatureText(temperature)).toBe(text));

  test.each([
    [0.0316, 'p = 0.032'],
    [0.99, 'p = 0.99'],
    [1e-9, 'p < 0.0001'],
    [0, 'p < 0.0001'],
  ])('a p-value of %d is %s', (p, text) => expect(pValueText(p)).toBe(text));

  test('a level has no digits that are noise', () => {
    expect([levelText(0.95), levelText(0.999), levelText(0.7)]).toEqual(['95 %', '99.9 %', '70 %']);
  });

  test('a slope that is gone is 0', () => {
    expect([slopeText(0), slopeText(-0), slopeText(-2.8e-17)]).toEqual(['0', '0', '−2.8e−17']);
  });
});
