import { afterAll, describe, expect, test } from 'vitest';
import { fitTemperature, fitTemperatureOfSet, floorTemperatures } from '../../../src/calibrators/index.ts';
import { temperatureScaling } from '../../../src/calibrators/temperature.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { evaluate, evaluateCrossFitted } from '../../../src/evaluation/index.ts';
import { formatNpyPieces } from '../../../src/io/format-npy.ts';
import { parseCsv, streamCsv } from '../../../src/io/index.ts';
import { setFiles } from '../node/set-files.ts';

const files = setFiles();
afterAll(files.remove);

/** Two classes: p of class 1 to two decimals, whose odds are the square root of the true ones; two rows are certain and wrong. */
const rows = (() => {
  const random = seededRandom(3);
  const drawn = Array.from({ length: 200 }, () => {
    const p = Math.round(100 * random.uniform()) / 100;
    const truth = p ** 2 / (p ** 2 + (1 - p) ** 2);
    return [p, random.uniform() < truth ? 1 : 0] as const;
  }).filter(([p, label]) => (label === 1 ? p > 0 : p < 1));
  return [...drawn, [0, 1], [1, 0]] as const;
})();

const text = `a,b,label\n${rows.map(([p, label]) => `${(1 - p).toFixed(2)},${p.toFixed(2)},${label}`).join('\n')}\n`;
const floored = (floor: number) => parseCsv(text, { input: 'probabilities', floor });

/** The same rows raised by hand and divided by their sum, which no softmax sees. */
function byHand(floor: number): number | null {
  const cells = rows.map(([p]) => {
    const raised = [Math.max(Number((1 - p).toFixed(2)), floor), Math.max(p, floor)];
    return raised.map((value) => value / (raised[0]! + raised[1]!));
  });
  const labels = rows.map(([, label]) => label);
  return fitTemperature(cells, labels, { input: 'probabilities' }).temperature;
}

/** Dividing by a sum moves a logarithm by some roundings, which T magnifies by its condition number, here below 100. */
const rounding = 1e-12;

describe('the temperatures at other floors', () => {
  test('are those of rows floored by hand', () => {
    const found = floorTemperatures(floored(0.005));
    expect(found.map(({ floor }) => floor)).toEqual([0.0005, 0.005, 0.05]);
    for (const { floor, temperature } of found) {
      expect(Math.abs(temperature! / byHand(floor)! - 1)).toBeLessThan(rounding);
    }
  });

  test('include the floor that the digits suggest', () => {
    expect(floorTemperatures(floored(1e-12)).map(({ floor }) => floor)).toEqual([1e-13, 1e-12, 1e-11, 0.005]);
  });

  test('are the same bits from storage, and none without a floor', () => {
    const set = floored(0.005);
    expect(floorTemperatures(files.store(set))).toEqual(floorTemperatures(set));
    expect(
      floorTemperatures(parseCsv('a,b,label\n0.5,0.5,0\n0.25,0.75,1\n', { input: 'probabilities' })),
    ).toEqual([]);
  });
});

test('a floor gives the same temperature from text, an array file and a matrix', async () => {
  const { temperature } = fitTemperatureOfSet(floored(0.005));
  const cells = rows.map(([p]) => [Number((1 - p).toFixed(2)), p]);
  const labels = rows.map(([, label]) => label);
  expect(fitTemperature(cells, labels, { input: 'probabilities', floor: 0.005 }).temperature).toBe(
    temperature,
  );
  const data = Float64Array.from(rows.flatMap(([p, label]) => [Number((1 - p).toFixed(2)), p, label]));
  const matrix = { data, rows: rows.length, columns: 3 };
  const npy = new Blob([...formatNpyPieces(matrix, true, [matrix])] as BlobPart[]);
  const set = await streamCsv(npy.stream(), { input: 'probabilities', floor: 0.005 });
  expect(fitTemperatureOfSet(set).temperature).toBe(temperature);
});

describe('the sensitivity of an evaluation to the floor', () => {
  const set = floored(0.005);
  const model = fitTemperatureOfSet(set);
  const floors = floorTemperatures(set);

  /** Mean -ln softmax(ln p/T)_y of rows raised to a floor, by hand. */
  const lossByHand = (floor: number, temperature: number): number => {
    const losses = rows.map(([p, label]) => {
      const powers = [1 - p, p].map((cell) => Math.max(Number(cell.toFixed(2)), floor) ** (1 / temperature));
      return -Math.log(powers[label]! / (powers[0]! + powers[1]!));
    });
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };

  test('compares softmax(ln p/T) with softmax(ln p) of the raised rows at every floor, its own among them', () => {
    const { floorSensitivity } = evaluate(set, { model, floors, resamples: 100 });
    expect(floorSensitivity?.floor).toBe(0.005);
    for (const { floor, temperature, nll } of floorSensitivity!.points) {
      expect(Math.abs(nll!.before! - lossByHand(floor, 1))).toBeLessThan(rounding);
      expect(Math.abs(nll!.after! - lossByHand(floor, temperature!))).toBeLessThan(rounding);
    }
  });

  test('finds no change where T is 1, though raised rows sum to more than 1', () => {
    const same = { ...model, temperature: 1 } as typeof model;
    const { points } = evaluate(set, { model: same, resamples: 100 }).floorSensitivity!;
    for (const { nll } of points) expect(nll).toMatchObject({ difference: 0, withinNoise: true });
  });

  test('of a cross-fit compares the rows with what cross-fits of sets with that floor make of them', () => {
    const options = { resamples: 100 } as const;
    const { floorSensitivity } = evaluateCrossFitted(set, temperatureScaling, { ...options, floors });
    for (const { floor, nll } of floorSensitivity!.points) {
      const alone = evaluateCrossFitted(floored(floor), temperatureScaling, options);
      expect(nll!.after).toBe(alone.changes!.nll.after);
      expect(Math.abs(nll!.before! - lossByHand(floor, 1))).toBeLessThan(rounding);
    }
  });

  test('is decisive where T changes sides, and then nothing is called an improvement', () => {
    const tiny = floored(1e-12);
    const soft = fitTemperatureOfSet(tiny);
    const found = evaluate(tiny, { model: soft, floors: floorTemperatures(tiny), judgement: 'same-rows' });
    const sides = new Set(
      found.floorSensitivity!.points.map(({ temperature }) => Math.sign(temperature! - 1)),
    );
    expect(sides.size).toBe(2);
    expect(found.floorSensitivity!.isDecisive).toBe(true);
    expect(found.verdict.outcome).not.toBe('improved');
  });

  test('is left out where no floor raised anything', () => {
    const plain = parseCsv('a,b,label\n0.5,0.5,0\n0.25,0.75,1\n0.6,0.4,1\n', {
      input: 'probabilities',
      floor: 0.01,
    });
    expect(evaluate(plain, { model: { ...model }, resamples: 100 }).floorSensitivity).toBeUndefined();
  });
});
