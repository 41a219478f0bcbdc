import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { remembered } from './computed-once.ts';
import {
  logitMargin,
  type SmoothCalibrationError,
  type SmoothingKernel,
} from './smooth-calibration-error.ts';

/** Added to every density so that no ratio divides by 0. */
const faint = 0.0001;
const rootTwoPi = 2.5066282746310002;

/**
 * Smooth calibration error as the Python package relplot computes it: residuals are shared out linearly to a grid,
 * convolved with a sampled kernel and read at points of another grid, a density of 0.0001 is added, and σ is halved ten
 * times. Kept to reproduce its figures, which usually differ from the integral by some per cent.
 */
export function relplotErrorOfBlocks(blocks: TieBlocks, kernel: SmoothingKernel): SmoothCalibrationError {
  const residuals = blocks.values.map((value, b) => blocks.weights[b]! * value - blocks.hits[b]!);
  const errorOn = kernel === 'reflected' ? reflectedError : logitError;
  const errorAt = remembered((width) =>
    errorOn(blocks, residuals, linspace(Math.max(roundHalfEven(10 / width), 200)), width),
  );
  const bandwidth = fixedPoint(errorAt);
  return { value: errorAt(bandwidth), bandwidth };
}

/** Ten halvings towards the fixed point, from above, that go no lower than 0.001. */
function fixedPoint(errorAt: (width: number) => number): number {
  const isBelow = (width: number): boolean => width < 0.001 || width < errorAt(width);
  if (isBelow(1)) return 1;
  let [above, below] = [1, 0];
  for (let step = 0; step < 10; step += 1) {
    const middle = (above + below) / 2;
    if (isBelow(middle)) below = middle;
    else above = middle;
  }
  return above;
}

function reflectedError(
  { values, weights }: TieBlocks,
  residuals: Float64Array,
  points: Float64Array,
  width: number,
): number {
  const size = gridSize(width);
  const taps = sampledGaussian(size, width);
  const grids = [residuals, weights].map((charges) => mirrored(shareOut(values, charges, size)));
  const [residual, density] = smoothedAt(
    points,
    grids as [Float64Array, Float64Array],
    taps,
    Math.floor(size / 2),
  );
  let sum = 0;
  let total = 0;
  for (let i = 0; i < points.length; i += 1) {
    const d = density[i]! + faint;
    sum += Math.abs(residual[i]! / d) * d;
    total += d;
  }
  return sum / total;
}

function logitError(
  { values, weights, totalWeight }: TieBlocks,
  residuals: Float64Array,
  points: Float64Array,
  width: number,
): number {
  const inner = points.subarray(1, points.length - 1);
  const places = values.map((f) => logit(Math.min(Math.max(f, logitMargin), 1 - logitMargin)));
  const targets = inner.map(logit);
  const low = Math.min(places[0]!, targets[0]!);
  const high = Math.max(places[places.length - 1]!, targets[targets.length - 1]!);
  const unit = (value: number): number => (value - low) / (high - low);
  // The log odds rise by 4 per unit of probability in the middle.
  const scaledWidth = (width * 4) / (high - low);
  const size = gridSize(scaledWidth);
  const taps = sampledGaussian(size, scaledWidth);
  const from = places.map(unit);
  const to = targets.map(unit);
  const grids = [residuals, weights].map((charges) => alone(shareOut(from, charges, size)));
  const [residual, plain] = smoothedAt(
    to,
    grids as [Float64Array, Float64Array],
    taps,
    Math.floor((size - 1) / 2),
  );
  const density = plain.map((d) => d + faint);
  const ratio = residual.map((r, i) => Math.abs(r / density[i]!));
  const spread = density.map((d, i) => d / (inner[i]! * (1 - inner[i]!)));
  const scale = (totalWeight * points.length) / spread.reduce((sum, d) => sum + d, 0);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < points.length; i += 1) {
    const at = Math.min(Math.max(i - 1, 0), inner.length - 1);
    const d = spread[at]! * scale;
    sum += ratio[at]! * d;
    total += d;
  }
  return sum / total;
}

function logit(p: number): number {
  return log(p / (1 - p));
}

function gridSize(width: number): number {
  return Math.floor(Math.max(2000, roundHalfEven(20 / width)) / 2) + 1;
}

/** As Python's `round`: halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** `count` points from 0 to 1, each i times the step, as `numpy.linspace` rounds them. */
function linspace(count: number): Float64Array {
  const step = 1 / (count - 1);
  const points = Float64Array.from({ length: count }, (_, i) => i * step);
  points[count - 1] = 1;
  return points;
}

/** The Gaussian of width σ around ½, at `size` points of 0..1. */
function sampledGaussian(size: number, width: number): Float64Array {
  return linspace(size).map((t) => exp((-(t - 0.5) * (t - 0.5)) / (2 * width * width)) / (rootTwoPi * width));
}

/** Shares each charge out between the two grid points beside its place. */
function shareOut(places: Float64Array, charges: Float64Array, size: number): Float64Array {
  const grid = new Float64Array(size);
  for (let j = 0; j < places.length; j += 1) {
    const at = Math.min(Math.max(Math.trunc(places[j]! * (size - 1)), 0), size - 2);
    const share = places[j]! * (size - 1) - at;
    grid[at]! += (1 - share) * charges[j]!;
    grid[at + 1]! += share * charges[j]!;
  }
  return grid;
}

/** The grid with its mirror images at both ends. */
function mirrored(grid: Float64Array): Float64Array {
  const size = grid.length;
  const images = alone(grid);
  for (let i = 1; i < size; i += 1) {
    images[size - 1 - i] = grid[i]!;
    images[2 * (size - 1) + i] = grid[size - 1 - i]!;
  }
  return images;
}

/** The grid with nothing standing at either end. */
function alone(grid: Float64Array): Float64Array {
  const size = grid.length;
  const padded = new Float64Array(3 * size - 2);
  padded.set(grid, size - 1);
  return padded;
}

/**
 * Convolutions of two grids with the same taps, as many as each grid is long, at ascending points of 0..1: linear
 * interpolation of entries that are worked out where they are needed.
 *
 * @param grids Each with as much again, less one, at both ends.
 * @param middle Tap that stands over the entry itself.
 */
function smoothedAt(
  points: Float64Array,
  [one, other]: readonly [Float64Array, Float64Array],
  taps: Float64Array,
  middle: number,
): readonly [Float64Array, Float64Array] {
  const cells = taps.length - 1;
  const cell = 1 / cells;
  const { first, end } = countingTaps(taps);
  const read = [new Float64Array(points.length), new Float64Array(points.length)] as const;
  for (let i = 0; i < points.length; i += 1) {
    const t = points[i]!;
    const place = Math.min(Math.max(Math.trunc(t * cells), 0), cells - 1);
    // Both entries of both grids take one pass over the taps.
    const start = place + middle + cells;
    let [low, high, otherLow, otherHigh] = [0, 0, 0, 0];
    for (let k = first; k < end; k += 1) {
      const tap = taps[k]!;
      const at = start - k;
      low += one[at]! * tap;
      high += one[at + 1]! * tap;
      otherLow += other[at]! * tap;
      otherHigh += other[at + 1]! * tap;
    }
    const share = (t - place * cell) / cell;
    read[0][i] = low * (1 - share) + high * share;
    read[1][i] = otherLow * (1 - share) + otherHigh * share;
  }
  return read;
}

/** Share of the largest tap below which all others together are less than rounding. */
const leastTap = 1e-18;

/** Where the taps count, outside of which they would only cost time. */
function countingTaps(taps: Float64Array): { readonly first: number; readonly end: number } {
  const least = leastTap * taps[Math.floor((taps.length - 1) / 2)]!;
  let first = 0;
  let end = taps.length;
  while (first < end && taps[first]! < least) first += 1;
  while (end > first && taps[end - 1]! < least) end -= 1;
  return { first, end };
}
