import { expect, test } from 'vitest';
import { matrixRows } from '../../../src/core/score-rows.ts';
import { suggestedFloor } from '../../../src/numerics/suggested-floor.ts';

function floorOf(data: Float64Array | Float32Array, columns: number): number {
  return suggestedFloor(matrixRows({ data, rows: data.length / columns, columns }));
}

test('the suggested floor is half the smallest step of the decimals', () => {
  expect(floorOf(Float64Array.of(0.97, 0.03, 0, 0.5, 0.25, 0.25), 3)).toBe(0.005);
  expect(floorOf(Float64Array.of(0.9999, 0.0001, 1, 0), 2)).toBe(0.00005);
  expect(floorOf(Float32Array.of(0.97, 0.03, 0, 0.5, 0.25, 0.25), 3)).toBe(0.005);
});

test('the suggested floor of unrounded values is half the smallest positive one, to one digit', () => {
  expect(floorOf(Float64Array.of(1 / 3, 2 / 3, 0, 1, 1 / 700, 699 / 700), 2)).toBe(0.0007);
  expect(floorOf(Float64Array.of(1 / 3, 2 / 3, 5e-324, 1), 2)).toBe(5e-324);
});

test('the suggested floor stays below half of what guessing gives', () => {
  const ten = Float64Array.of(0.6, 0.4, 0, 0, 0, 0, 0, 0, 0, 0);
  expect(floorOf(ten, 10)).toBe(0.05);
  const forty = Float64Array.from({ length: 40 }, (_, k) => (k === 0 ? 0.6 : k === 1 ? 0.4 : 0));
  expect(floorOf(forty, 40)).toBe(0.01);
});

test('whole numbers have no step to go by', () => {
  expect(floorOf(Float64Array.of(1, 0, 0, 1), 2)).toBe(0.05);
  expect(floorOf(Float64Array.of(1, 0, 1), 1)).toBe(0.05);
});
