import { describe, expect, test } from 'vitest';
import { throwIfAborted } from '../../../src/core/cancellation.ts';
import {
  checkBinCount,
  checkOneOf,
  checkOptionNames,
  checkPositive,
  checkWhole,
  checkWithin,
} from '../../../src/core/checks.ts';
import { nearestName } from '../../../src/core/nearest-name.ts';

describe('option names', () => {
  test('the nearest known name is suggested for an unknown one', () => {
    expect(() => checkOptionNames({ max_iters: 5 }, ['maxIterations', 'weights'])).toThrow(
      /^E_OPTION: unknown option "max_iters"; did you mean "maxIterations"\?$/,
    );
  });

  test('all names are listed when none is near', () => {
    expect(() => checkOptionNames({ zzz: 5 }, ['weights', 'signal'])).toThrow(
      'E_OPTION: unknown option "zzz"; the options are weights, signal.',
    );
  });

  test('known names pass', () => {
    expect(() => checkOptionNames({ weights: 1 }, ['weights'])).not.toThrow();
  });

  test.each([
    ['binz', ['bins', 'edges'], 'bins'],
    ['temprature', ['temperature', 'weights'], 'temperature'],
    ['BINS', ['bins'], 'bins'],
    ['q', ['temperature'], undefined],
    ['9', ['a', 'b'], undefined],
    ['label-colum', ['label', 'labelColumn'], 'labelColumn'],
  ])('nearest to %s among %j is %s', (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });
});

describe('values', () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined])(
    '%s is not a positive number',
    (value) => {
      expect(() => checkPositive('temperature', value)).toThrow(
        /^E_OPTION: option "temperature" must be a finite/,
      );
    },
  );

  test.each([Number.NaN, -0.1, 1.1, '0.5'])('%s is not within 0..1', (value) => {
    expect(() => checkWithin('level', value, 0, 1)).toThrow(/must be a number in 0\.\.1/);
  });

  test.each([1.5, Number.NaN, 0, 11, '3'])('%s is not a whole number in 1..10', (value) => {
    expect(() => checkWhole('folds', value, 1, 10)).toThrow(/must be a whole number 1\.\.10/);
  });

  test('a word outside the list is refused with the list', () => {
    expect(() => checkOneOf('edges', 'open', ['right-closed', 'left-closed'])).toThrow(
      'E_OPTION: option "edges" must be one of right-closed, left-closed, got "open".',
    );
  });

  test.each([0, -1, 1.5, Number.NaN, 1e9])('%s bins are refused', (bins) => {
    expect(() => checkBinCount(bins)).toThrow(`E_BINS: bins must be a whole number 1..10000, got ${bins}.`);
  });

  test('good values pass', () => {
    expect(() => {
      checkPositive('temperature', 5e-324);
      checkWithin('level', 1, 0, 1);
      checkWhole('folds', 10, 1, 10);
      checkOneOf('edges', 'left-closed', ['right-closed', 'left-closed']);
      checkBinCount(10_000);
    }).not.toThrow();
  });
});

test('a fired signal ends the work with its reason', () => {
  expect(() => throwIfAborted(undefined)).not.toThrow();
  expect(() => throwIfAborted(new AbortController().signal)).not.toThrow();
  expect(() => throwIfAborted(AbortSignal.abort('enough'))).toThrow('E_ABORTED: stopped on request');
});
