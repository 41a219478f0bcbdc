import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';

/** The kernel that smooths residuals: a Gaussian mirrored at 0 and 1, or a Gaussian of the log odds. */
export type SmoothingKernel = 'reflected' | 'logit';

/** Confidences are kept this far from 0 and 1 before their log odds are taken. */
export const logitMargin = 0.001;
/** Added to every density so that no ratio divides by 0. */
const faint = 0.0001;
const rootTwoPi = 2.5066282746310002;

/**
 * Smooth calibration error at one bandwidth, discretised as the Python package relplot does: residuals are shared out
 * linearly to a grid, convolved with a sampled kernel, and read at points of another grid.
 *
 * Weights are taken to average 1, as the density added to every point is that of a share of a row.
 *
 * @param width Bandwidth σ > 0.
 */
export function relplotErrorAt(given: TieBlocks, kernel: SmoothingKernel, width: number): number {
  const { rows, totalWeight } = given;
  const unit = rows / totalWeight;
  const blocks = {
    ...given,
    weights: given.weights.map((weight) => weight * unit),
    hits: given.hits.map((hit) => hit * unit),
    totalWeight: rows,
  };
  const points = linspace(Math.max(roundHalfEven(10 / width), 200));
  const residuals = blocks.values.map((value, b) => blocks.weights[b]! * value - blocks.hits[b]!);
  return kernel === 'reflected'
    ? reflectedError(blocks, residuals, points, width)
    : logitError(blocks, residuals, points, width);
}

function reflectedError(
  { values, weights }: TieBlocks,
  residuals: Float64Array,
  points: Float64Array,
  width: number,
): number {
  const size = gridSize(width);
  const taps = sampledGaussian(size, width);
  const smoothed = (charges: Float64Array): Float64Array =>
    readAt(points, size, mirroredConvolution(shareOut(values, charges, size), taps));
  const residual = smoothed(residuals);
  const density = smoothed(weights);
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
  const smoothed = (charges: Float64Array): Float64Array =>
    readAt(to, size, openConvolution(shareOut(from, charges, size), taps));
  const residual = smoothed(residuals);
  const density = smoothed(weights).map((d) => d + faint);
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

/** Entries of the convolution of the grid, mirrored at both ends, with taps as long as the grid. */
function mirroredConvolution(grid: Float64Array, taps: Float64Array): (index: number) => number {
  const size = grid.length;
  const mirrored = new Float64Array(3 * size - 2);
  for (let i = 0; i < mirrored.length; i += 1) {
    const at = Math.abs(i - (size - 1));
    mirrored[i] = grid[at < size ? at : 2 * (size - 1) - at]!;
  }
  const { first, end } = nonZero(taps);
  const half = Math.floor(size / 2);
  return (index) => {
    const start = index + half + size - 1;
    let sum = 0;
    for (let k = first; k < end; k += 1) sum += mirrored[start - k]! * taps[k]!;
    return sum;
  };
}

/** Entries of the middle of the convolution with taps as long as the grid, nothing standing outside. */
function openConvolution(grid: Float64Array, taps: Float64Array): (index: number) => number {
  const size = grid.length;
  const start = Math.floor((size - 1) / 2);
  const { first, end } = nonZero(taps);
  return (index) => {
    const at = index + start;
    const last = Math.min(end, at + 1);
    let sum = 0;
    for (let k = Math.max(first, at - size + 1); k < last; k += 1) sum += grid[at - k]! * taps[k]!;
    return sum;
  };
}

/** Where the taps are not 0, outside of which they would only cost time. */
function nonZero(taps: Float64Array): { readonly first: number; readonly end: number } {
  let first = 0;
  let end = taps.length;
  while (first < end && taps[first] === 0) first += 1;
  while (end > first && taps[end - 1] === 0) end -= 1;
  return { first, end };
}

/** Linear interpolation, at ascending points of 0..1, of grid values that are worked out where they are needed. */
function readAt(points: Float64Array, size: number, valueAt: (index: number) => number): Float64Array {
  const cells = size - 1;
  const cell = 1 / cells;
  const read = new Float64Array(points.length);
  let [known, low, high] = [-2, 0, 0];
  for (let i = 0; i < points.length; i += 1) {
    const t = points[i]!;
    const at = Math.min(Math.max(Math.trunc(t * cells), 0), cells - 1);
    if (at !== known) {
      low = at === known + 1 ? high : valueAt(at);
      high = valueAt(at + 1);
      known = at;
    }
    const share = (t - at * cell) / cell;
    read[i] = low * (1 - share) + high * share;
  }
  return read;
}
