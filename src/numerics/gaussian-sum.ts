import type { SampledFunction } from './absolute-integral.ts';
import { exp } from './exponential.ts';
import { normalCdf } from './special-functions.ts';

/** Terms of each cell's series; with cells half a width across the first one left out is below 1e-16 of a charge. */
const terms = 16;
/** Points sampled per cell. */
const quarters = 4;
/** Beyond so many widths the Gaussian is below 4e-17 of its peak. */
const reach = 8.6;
const perRootTwoPi = 0.3989422804014327;

/** What happens at the ends of the interval: mass is mirrored back into it, or runs out of it. */
export type Boundary = 'reflecting' | 'open';

/**
 * g(t) = Σ_j q_j φ((t − x_j)/σ)/σ for many charges q_j on an interval, with its slope and its integral, by a fast Gauss
 * transform (Greengard and Strain 1991).
 *
 * Charges are gathered in cells of width ≤ σ/2; a cell with centre c holds its moments m_k = Σ q_j d_j^k/k! with
 * d_j = (x_j − c)/σ, and φ(x − d) = φ(x)·Σ_k He_k(x)·d^k/k!. Cost O(N) to gather, and per point some 35 cells.
 * Error about 1e-16·Σ|q|/σ.
 */
export class GaussianSum {
  private readonly low: number;
  private readonly cells: number;
  private readonly cell: number;
  private readonly width: number;
  private readonly boundary: Boundary;
  /** Cells to either side of a point that may reach it. */
  private readonly span: number;
  /** Cells kept to the left of the first one, and as many to the right of the last: their images, or nothing. */
  private readonly pad: number;
  private readonly moments: Float64Array;
  private readonly isOccupied: Uint8Array;
  /** Charge of all cells before each one. */
  private readonly before: Float64Array;

  /**
   * @param points Places in `[low, high]`.
   * @param charges As many charges.
   * @param width σ > 0.
   */
  constructor(
    points: Float64Array,
    charges: Float64Array,
    width: number,
    [low, high]: readonly [number, number],
    boundary: Boundary,
  ) {
    this.low = low;
    this.width = width;
    this.boundary = boundary;
    this.cells = Math.max(1, Math.ceil((2 * (high - low)) / width));
    this.cell = (high - low) / this.cells;
    this.span = Math.ceil((reach * width) / this.cell) + 1;
    this.pad = 2 * this.span + 2;
    this.moments = new Float64Array((this.cells + 2 * this.pad) * terms);
    this.isOccupied = new Uint8Array(this.cells + 2 * this.pad);
    for (let j = 0; j < points.length; j += 1) this.gather(points[j]!, charges[j]!);
    for (let c = 0; c < this.cells; c += 1) {
      const from = (c + this.pad) * terms;
      for (let k = 2, factorial = 2; k < terms; k += 1, factorial *= k) this.moments[from + k]! /= factorial;
    }
    if (boundary === 'reflecting') this.mirror();
    this.before = new Float64Array(this.cells + 1);
    for (let c = 0; c < this.cells; c += 1) {
      this.before[c + 1] = this.before[c]! + this.moments[(c + this.pad) * terms]!;
    }
  }

  /**
   * g and g′ at every quarter of a cell, σ/8 apart or less: over the interval, or where charges run out of it over all that
   * they reach. Points of one quarter stand to the cells around them as all others of it do, so the series is worked out
   * once for each quarter.
   */
  sampled(): SampledFunction {
    const beyond = this.boundary === 'open' ? this.span : 0;
    const [first, last] = [-beyond, this.cells + beyond];
    const count = quarters * (last - first) + 1;
    const points = Float64Array.from(
      { length: count },
      (_, i) => this.low + (first + i / quarters) * this.cell,
    );
    const [values, slopes] = [new Float64Array(count), new Float64Array(count)];
    const series = this.seriesOfQuarters();
    const length = series.length / (2 * quarters);
    const scale = perRootTwoPi / this.width;
    const { moments, isOccupied, span, pad } = this;
    let near = 0;
    for (let c = first - span; c < first + span; c += 1) near += isOccupied[c + pad]!;
    for (let p = first; p <= last; p += 1) {
      near += isOccupied[p + span + pad]!;
      const isReached = near > 0;
      near -= isOccupied[p - span + pad]!;
      if (!isReached) continue;
      const from = (p - span + pad) * terms;
      let [v0, v1, v2, v3, s0, s1, s2, s3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let i = 0, at = 0; i < length; i += 1, at += 2 * quarters) {
        const moment = moments[from + i]!;
        v0 += moment * series[at]!;
        v1 += moment * series[at + 1]!;
        v2 += moment * series[at + 2]!;
        v3 += moment * series[at + 3]!;
        s0 += moment * series[at + 4]!;
        s1 += moment * series[at + 5]!;
        s2 += moment * series[at + 6]!;
        s3 += moment * series[at + 7]!;
      }
      const at = quarters * (p - first);
      values.set(p === last ? [v0] : [v0, v1, v2, v3], at);
      slopes.set(p === last ? [s0] : [s0, s1, s2, s3], at);
    }
    for (let i = 0; i < count; i += 1) {
      values[i]! *= scale;
      slopes[i]! *= scale / this.width;
    }
    return { points, values, slopes };
  }

  /** He_k(x)·exp(−x²/2) and its slope, for every cell in reach and term k: four quarters of the one, then of the other. */
  private seriesOfQuarters(): Float64Array {
    const series = new Float64Array((2 * this.span + 1) * terms * 2 * quarters);
    for (let quarter = 0; quarter < quarters; quarter += 1) {
      for (let c = 0; c <= 2 * this.span; c += 1) {
        const x = ((this.span - c + quarter / quarters - 0.5) * this.cell) / this.width;
        const density = exp(-0.5 * x * x);
        let below = 0;
        let hermite = 1;
        for (let k = 0; k < terms; k += 1) {
          const above = x * hermite - k * below;
          const at = (c * terms + k) * 2 * quarters + quarter;
          series[at] = hermite * density;
          series[at + quarters] = -above * density;
          below = hermite;
          hermite = above;
        }
      }
    }
    return series;
  }

  /** g(t) and g′(t). */
  at(t: number): { readonly value: number; readonly slope: number } {
    let value = 0;
    let slope = 0;
    this.forCellsNear(t, (x, offset) => {
      const density = exp(-0.5 * x * x);
      let below = 0;
      let hermite = 1;
      for (let k = 0; k < terms; k += 1) {
        const above = x * hermite - k * below;
        const moment = this.moments[offset + k]! * density;
        value += moment * hermite;
        slope -= moment * above;
        below = hermite;
        hermite = above;
      }
    });
    const scale = perRootTwoPi / this.width;
    return { value: value * scale, slope: (slope * scale) / this.width };
  }

  /** ∫ g from a point left of all mass near `t`, up to `t`: of use in differences within one interval only. */
  integralTo(t: number): number {
    let sum = 0;
    const first = this.forCellsNear(t, (x, offset) => {
      let below = 0;
      let hermite = 1;
      let rest = 0;
      for (let k = 1; k < terms; k += 1) {
        rest += this.moments[offset + k]! * hermite;
        const above = x * hermite - (k - 1) * below;
        below = hermite;
        hermite = above;
      }
      sum += this.moments[offset]! * normalCdf(x) - perRootTwoPi * exp(-0.5 * x * x) * rest;
    });
    return sum + this.chargeBefore(first);
  }

  private gather(point: number, charge: number): void {
    const at = Math.min(Math.floor((point - this.low) / this.cell), this.cells - 1);
    const distance = (point - this.low - (at + 0.5) * this.cell) / this.width;
    if (charge === 0) return;
    this.isOccupied[at + this.pad] = 1;
    let term = charge;
    for (let k = 0; k < terms; k += 1) {
      this.moments[(at + this.pad) * terms + k]! += term;
      term *= distance;
    }
  }

  /** Sets the images of the cells beside them; those turned round have their odd moments the other way. */
  private mirror(): void {
    for (let c = -this.pad; c < this.cells + this.pad; c += 1) {
      if (0 <= c && c < this.cells) continue;
      const { cell, sign } = imageAt(c, this.cells);
      this.isOccupied[c + this.pad] = this.isOccupied[cell + this.pad]!;
      let factor = 1;
      for (let k = 0; k < terms; k += 1) {
        this.moments[(c + this.pad) * terms + k] = factor * this.moments[(cell + this.pad) * terms + k]!;
        factor *= sign;
      }
    }
  }

  /**
   * Visits the cells with charges that reach `t`, images included, with their distance in widths and their place among the
   * moments.
   *
   * @returns The number of the first cell in reach, below 0 where mirrored.
   */
  private forCellsNear(t: number, visit: (x: number, offset: number) => void): number {
    const at = (t - this.low) / this.cell;
    const first = Math.max(Math.floor(at) - this.span, -this.pad);
    const end = Math.min(Math.ceil(at) + this.span, this.cells + this.pad);
    for (let c = first; c < end; c += 1) {
      if (this.isOccupied[c + this.pad] === 0) continue;
      visit(((at - c - 0.5) * this.cell) / this.width, (c + this.pad) * terms);
    }
    return first;
  }

  /** Charge of the cells before a number, counted from cell 0: negative for numbers below 0. */
  private chargeBefore(cell: number): number {
    if (this.boundary === 'open') return this.before[Math.min(Math.max(cell, 0), this.cells)]!;
    const all = this.before[this.cells]!;
    const turns = Math.floor(cell / this.cells);
    const rest = cell - turns * this.cells;
    const part = turns % 2 === 0 ? this.before[rest]! : all - this.before[this.cells - rest]!;
    return turns * all + part;
  }
}

/** The cell that stands at a number of the endlessly mirrored row of cells. */
function imageAt(number: number, cells: number): { readonly cell: number; readonly sign: number } {
  const period = 2 * cells;
  const rest = ((number % period) + period) % period;
  return rest < cells ? { cell: rest, sign: 1 } : { cell: period - 1 - rest, sign: -1 };
}
