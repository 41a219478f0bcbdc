import type { TieBlocks } from './tie-blocks.ts';

/** How the curve is worked out between the places where the local fits stand. */
export type Surface = 'interpolate' | 'direct';

/** Rows of a cell, as a share of those of a local fit, from which on it is cut in two: the default of R. */
const cellShare = 0.2;
/** By how much the outermost vertices stand outside the data, as a share of their range. */
const margin = 0.005;

interface LocalFit {
  readonly value: number;
  readonly slope: number;
}

/**
 * Local quadratic regression of outcomes on values (loess) with tricube weights.
 *
 * `direct` fits at each distinct value. `interpolate` fits at the vertices of a one-dimensional k-d tree, some dozen
 * whatever N is, and joins them by cubics with the fitted values and slopes, as R's `loess` does by default.
 * A neighbourhood with fewer than three distinct values gets a line, or a mean.
 *
 * @param blocks One or more values with the sums of their weights and of their outcomes.
 * @param span Share of the rows in each neighbourhood, in (0, 1].
 * @returns The curve at each value of the blocks.
 */
export function localRegression(blocks: TieBlocks, span: number, surface: Surface): Float64Array {
  const { values, rows } = blocks;
  const neighbours = Math.min(rows, Math.max(1, Math.floor(rows * span + 1e-5)));
  const last = values.length - 1;
  if (surface === 'direct' || last === 0) {
    return values.map((value) => localFit(blocks, value, neighbours).value);
  }
  const vertices = treeVertices(blocks, Math.max(1, Math.floor(rows * span * cellShare)));
  const fits = vertices.map((vertex) => localFit(blocks, vertex, neighbours));
  let cell = 0;
  return values.map((value) => {
    while (value > vertices[cell + 1]!) cell += 1;
    return hermite(value, [vertices[cell]!, vertices[cell + 1]!], [fits[cell]!, fits[cell + 1]!]);
  });
}

/** The cubic with given values and slopes at the two ends of an interval. */
function hermite(
  x: number,
  [low, high]: readonly [number, number],
  [left, right]: readonly [LocalFit, LocalFit],
): number {
  const width = high - low;
  const h = (x - low) / width;
  const rest = 1 - h;
  return (
    rest * rest * (1 + 2 * h) * left.value +
    h * h * (3 - 2 * h) * right.value +
    h * rest * (rest * left.slope - h * right.slope) * width
  );
}

/** Ends of the cells of a k-d tree that cuts at medians until a cell holds no more than `most` rows. */
function treeVertices({ values, counts, rows }: TieBlocks, most: number): readonly number[] {
  const last = values.length - 1;
  const blockOf = new Uint32Array(rows);
  let row = 0;
  for (let block = 0; block <= last; block += 1) {
    blockOf.fill(block, row, row + counts[block]!);
    row += counts[block]!;
  }
  const at = (index: number): number => values[blockOf[index]!]!;
  const [lowest, highest] = [values[0]!, values[last]!];
  const room =
    margin * Math.max(highest - lowest, 1e-10 * Math.max(Math.abs(lowest), Math.abs(highest)) + 1e-30);
  const vertices = [lowest - room, highest + room];
  const split = (from: number, to: number, low: number, high: number): void => {
    if (to - from + 1 <= most) return;
    const median = lastBeforeRise(at, from, to);
    const cut = at(median);
    if (cut === low || cut === high) return;
    vertices.push(cut);
    split(from, median, low, cut);
    split(median + 1, to, cut, high);
  };
  split(0, rows - 1, vertices[0]!, vertices[1]!);
  return vertices.sort((a, b) => a - b);
}

/** The place nearest the median of sorted rows behind which the value rises; the median where there is none near. */
function lastBeforeRise(at: (index: number) => number, from: number, to: number): number {
  const median = Math.floor((from + to + 2) / 2) - 1;
  let offset = 0;
  while (median + offset < to && median + offset >= from) {
    if (at(median + offset) !== at(median + offset + 1)) return median + offset;
    offset = offset <= 0 ? 1 - offset : -offset;
  }
  return median;
}

/** Value and slope at a place of the quadratic that fits its nearest rows best, by orthogonal polynomials. */
function localFit(blocks: TieBlocks, place: number, neighbours: number): LocalFit {
  const { values, weights, hits } = blocks;
  const { first, end, radius } = neighbourhood(blocks, place, neighbours);
  const unit = radius > 0 ? radius : 1;
  const size = end - first;
  const u = new Float64Array(size);
  const w = new Float64Array(size);
  const y = new Float64Array(size);
  let distinct = 0;
  for (let j = 0; j < size; j += 1) {
    u[j] = (values[first + j]! - place) / unit;
    const distance = Math.abs(u[j]!);
    const cube = 1 - distance * distance * distance;
    w[j] = radius > 0 ? weights[first + j]! * Math.max(cube, 0) * cube * cube : weights[first + j]!;
    y[j] = hits[first + j]! / weights[first + j]!;
    if (w[j]! > 0) distinct += 1;
  }
  // All neighbours at the rim of the neighbourhood: they count alike.
  if (distinct === 0) w.set(weights.subarray(first, end));
  let [s, su, sy] = [0, 0, 0];
  for (let j = 0; j < size; j += 1) {
    s += w[j]!;
    su += w[j]! * u[j]!;
    sy += w[j]! * y[j]!;
  }
  const mean = su / s;
  const level = sy / s;
  if (distinct < 2) return { value: level, slope: 0 };
  let [n1, b1, c1] = [0, 0, 0];
  for (let j = 0; j < size; j += 1) {
    const p1 = u[j]! - mean;
    n1 += w[j]! * p1 * p1;
    b1 += w[j]! * p1 * (y[j]! - level);
    c1 += w[j]! * p1 * p1 * u[j]!;
  }
  const tilt = b1 / n1;
  const line = { value: level - tilt * mean, slope: tilt / unit };
  if (distinct < 3) return line;
  const centre = c1 / n1;
  const drop = n1 / s;
  let [n2, b2] = [0, 0];
  for (let j = 0; j < size; j += 1) {
    const p1 = u[j]! - mean;
    const p2 = p1 * (u[j]! - centre) - drop;
    n2 += w[j]! * p2 * p2;
    b2 += w[j]! * p2 * (y[j]! - level - tilt * p1);
  }
  if (!(n2 > smallestShare * s)) return line;
  const bend = b2 / n2;
  return {
    value: line.value + bend * (mean * centre - drop),
    slope: line.slope - (bend * (mean + centre)) / unit,
  };
}

/** Below this share of the weight the three values differ by rounding only. */
const smallestShare = 1e-26;

/** The blocks that hold the rows nearest to a place, and the distance of the last of them. */
function neighbourhood(
  { values, counts }: TieBlocks,
  place: number,
  neighbours: number,
): { readonly first: number; readonly end: number; readonly radius: number } {
  let end = 0;
  let high = values.length;
  while (end < high) {
    const middle = (end + high) >>> 1;
    if (values[middle]! < place) end = middle + 1;
    else high = middle;
  }
  let first = end;
  let radius = 0;
  for (let held = 0; held < neighbours; ) {
    const below = first > 0 ? place - values[first - 1]! : Number.POSITIVE_INFINITY;
    const above = end < values.length ? values[end]! - place : Number.POSITIVE_INFINITY;
    radius = Math.min(below, above);
    if (below <= above) {
      first -= 1;
      held += counts[first]!;
    } else {
      held += counts[end]!;
      end += 1;
    }
  }
  return { first, end, radius };
}
