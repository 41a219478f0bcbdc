import { describe, expect, test } from 'vitest';
import { type CompatOptions, compatCalibrationError } from '../../src/metrics/compat-calibration-error.ts';
import { compatPresets } from '../../src/metrics/compat-presets.ts';
import reference from './compat-presets.json' with { type: 'json' };
import { sampleNamed } from './measure-samples.ts';

/** Sums in double precision on both sides. */
const rounding = 1e-13;
/** A handful of roundings in single precision, in sums that are not repeated one by one. */
const singleRounding = 2e-7;

const isSingle = ({ preset, precision }: CompatOptions): boolean =>
  ['gpleiss', 'torchmetrics'].includes(preset) && (preset === 'gpleiss' || precision !== 'float64');

describe.each(reference.expected)('$name', ({ name, figures, curves, tables }) => {
  const { probabilities, labels } = sampleNamed(name);

  test('every figure is the one the library prints', () => {
    const wrong: string[] = [];
    for (const { options, value } of figures) {
      const given = options as CompatOptions;
      const found = compatCalibrationError(probabilities, labels, given).value;
      const tolerance = isSingle(given) ? singleRounding : rounding;
      // Roots of what debiasing leaves magnify the rounding of what it takes off.
      const allowed = given.measure === 'debiased' ? 1e-9 : tolerance;
      if (!(Math.abs(found - value) <= allowed)) wrong.push(`${JSON.stringify(options)}: ${found}, ${value}`);
    }
    expect(wrong).toEqual([]);
    expect(figures.length).toBeGreaterThan(100);
  });

  test.each(curves)('the curve of $bins $scheme bins is that of scikit-learn', (curve) => {
    const { bins } = compatCalibrationError(probabilities, labels, {
      preset: 'sklearn',
      bins: curve.bins,
      scheme: curve.scheme as 'equal-width' | 'equal-mass',
    });
    const filled = bins.filter(({ count }) => count > 0);
    expect(filled.length).toBe(curve.accuracy.length);
    for (const [b, bin] of filled.entries()) {
      expect(Math.abs(bin.accuracy! - curve.accuracy[b]!)).toBeLessThan(rounding);
      expect(Math.abs(bin.confidence! - curve.confidence[b]!)).toBeLessThan(rounding);
    }
  });

  test.each(tables)('the table of $bins breaks is that of probably', ({ bins, value, counts, rates }) => {
    const found = compatCalibrationError(probabilities, labels, { preset: 'probably', bins });
    const filled = found.bins.filter(({ count }) => count > 0);
    expect(filled.map(({ count }) => count)).toEqual(counts);
    for (const [b, bin] of filled.entries()) {
      expect(Math.abs(bin.accuracy! - rates[b]!)).toBeLessThan(rounding);
    }
    expect(Math.abs(found.value - value)).toBeLessThan(rounding);
  });
});

test('every preset is checked against its library', () => {
  const checked = new Set(
    reference.expected.flatMap(({ figures, curves, tables }) => [
      ...figures.map(({ options }) => options.preset),
      ...(curves.length > 0 ? ['sklearn'] : []),
      ...(tables.length > 0 ? ['probably'] : []),
    ]),
  );
  expect([...checked].sort()).toEqual(compatPresets.map(({ name }) => name).sort());
});

test('what a library does not offer is refused', () => {
  const rows = [
    [0.75, 0.25],
    [0.5, 0.5],
  ];
  const error = (options: object) => () => compatCalibrationError(rows, [0, 1], options as CompatOptions);
  expect(error({ preset: 'gpleis' })).toThrow(/^E_OPTION: option "preset" must be one of gpleiss, /);
  expect(error({ preset: 'gpleiss', scheme: 'equal-mass' })).toThrow(
    'E_OPTION: option "scheme" must be one of equal-width, got "equal-mass".',
  );
  expect(error({ preset: 'relplot', measure: 'maximum' })).toThrow('E_OPTION: option "measure"');
  expect(error({ preset: 'relplot', measure: 'smooth', bins: 10 })).toThrow(
    'E_OPTION: option "bins" has no meaning with the measure "smooth", which has no bins.',
  );
  expect(error({ preset: 'netcal', measure: 'smooth' })).toThrow('E_OPTION: option "measure"');
  expect(error({ preset: 'sklearn', notion: 'classwise' })).toThrow('E_OPTION: option "notion"');
  expect(error({ preset: 'sklearn', weights: [1, 1] })).toThrow('E_OPTION: unknown option "weights"');
});

test('a probability that rounding carried above 1 is taken as it is', () => {
  const over = 2 ** -17;
  for (const preset of ['verified-calibration', 'relplot'] as const) {
    expect(compatCalibrationError([[1 + over, 0]], [0], { preset }).value).toBe(over);
  }
});
