import { describe, expect, test } from 'vitest';
import {
  applyTemperature,
  assertUsable,
  calibratorByType,
  calibrators,
  fitTemperature,
  nllCurve,
} from '../../../src/calibrators/index.ts';
import { CalibrationError } from '../../../src/core/errors.ts';
import type { TemperatureModel } from '../../../src/core/temperature-model.ts';

const model = fitTemperature(
  [
    [2, 0, 1],
    [0, 3, 1],
    [1, 0, 0],
    [2, 1, 0],
  ],
  [0, 1, 1, 0],
);
const infinity = Number.POSITIVE_INFINITY;

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CalibrationError) return error.code;
  }
  return 'no error';
}

describe('applying a temperature', () => {
  test.for([
    [1, [0.65900114, 0.24243297, 0.09856589]],
    [2, [0.50168776, 0.30428901, 0.19402324]],
    [0.5, [0.86377712, 0.11689952, 0.01932336]],
  ] as const)('of %d gives the published figures', ([temperature, wanted]) => {
    const { data } = applyTemperature(temperature, [[2, 1, 0.1]]);
    expect([...data].map((p) => Number(p.toFixed(8)))).toEqual(wanted);
  });

  test('divides by what was fitted', () => {
    assertUsable(model);
    const rows = [
      [2, 1, 0.1],
      [0, 5, -3],
    ];
    expect(applyTemperature(model, rows)).toEqual(applyTemperature(model.temperature, rows));
  });

  test('takes flat arrays by the classes of the model', () => {
    const { rows, columns } = applyTemperature(model, Float64Array.of(1, 2, 3, 4, 5, 6));
    expect([rows, columns]).toEqual([2, 3]);
  });

  test('gives a masked class exactly 0', () => {
    const { data } = applyTemperature(3, [[1, -infinity, 1]]);
    expect([...data]).toEqual([0.5, 0, 0.5]);
  });

  test('reads probabilities as their logarithms', () => {
    const { data } = applyTemperature(1, [[0.25, 0.75]], { input: 'probabilities' });
    expect([...data].map((p) => Number(p.toFixed(15)))).toEqual([0.25, 0.75]);
  });

  test.for<[string, () => unknown, string]>([
    ['a temperature of 0', () => applyTemperature(0, [[1, 2]]), 'E_TEMPERATURE'],
    ['a temperature below 0', () => applyTemperature(-1, [[1, 2]]), 'E_TEMPERATURE'],
    ['no number', () => applyTemperature(Number.NaN, [[1, 2]]), 'E_TEMPERATURE'],
    ['another number of classes', () => applyTemperature(model, [[1, 2]]), 'E_MODEL_CLASSES'],
    [
      'another kind of score',
      () => applyTemperature(model, [[0.5, 0.25, 0.25]], { input: 'probabilities' }),
      'E_MODEL_KIND',
    ],
    ['a row of masked classes', () => applyTemperature(1, [[-infinity, -infinity]]), 'E_LOGIT_NEGINF'],
    ['NaN', () => applyTemperature(1, [[Number.NaN, 1]]), 'E_LOGIT_NAN'],
  ])('refuses %s', ([, work, code]) => {
    expect(codeOf(work)).toBe(code);
  });

  test.for([
    [
      'E_FIT_SEPARABLE',
      fitTemperature(
        [
          [2, 0],
          [0, 2],
        ],
        [0, 1],
      ),
    ],
    [
      'E_FIT_NO_SIGNAL',
      fitTemperature(
        [
          [2, 0],
          [0, 2],
        ],
        [1, 0],
      ),
    ],
    [
      'E_FIT_CONSTANT',
      fitTemperature(
        [
          [2, 2],
          [2, 2],
        ],
        [1, 0],
      ),
    ],
  ] as const)(
    'refuses a fit without a temperature as %s',
    ([code, unusable]: readonly [string, TemperatureModel]) => {
      expect(codeOf(() => applyTemperature(unusable, [[1, 2]]))).toBe(code);
      expect(() => assertUsable(unusable)).toThrow(unusable.message);
    },
  );
});

describe('the curve of the NLL', () => {
  test('runs in equal ratios from a quarter of the smaller to four times the larger of T and 1', () => {
    const curve = nllCurve(
      [
        [2, 0],
        [0, 2],
        [1, 0],
      ],
      [0, 1, 1],
      { points: 5, around: 4 },
    );
    expect(curve.map(({ temperature }) => Number(temperature.toFixed(10)))).toEqual([
      0.25,
      Number(Math.SQRT1_2.toFixed(10)),
      2,
      Number((4 * Math.SQRT2).toFixed(10)),
      16,
    ]);
  });

  test('refuses temperatures that are none', () => {
    expect(codeOf(() => nllCurve([[1, 2]], [0], { temperatures: [1, 0] }))).toBe('E_OPTION');
    expect(codeOf(() => nllCurve([[1, 2]], [0], { points: 1 }))).toBe('E_OPTION');
  });
});

describe('the registry', () => {
  test('finds every method by its type and nothing else', () => {
    for (const calibrator of calibrators) expect(calibratorByType(calibrator.type)).toBe(calibrator);
    expect(new Set(calibrators.map(({ type }) => type)).size).toBe(calibrators.length);
    expect(calibratorByType('toString')).toBeUndefined();
  });
});
