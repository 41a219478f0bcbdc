import { exp } from './exponential.ts';
import { normalCdf } from './special-functions.ts';

/** Terms of each cell's series; with cells half a width across the first one left out is below 1e-16 of a charge. */
const terms = 16;
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
    this.moments = new Float64Array(this.cells * terms);
    this.isOccupied = new Uint8Array(this.cells);
    for (let j = 0; j < points.length; j += 1) this.gather(points[j]!, charges[j]!);
    this.before = new Float64Array(this.cells + 1);
    for (let c = 0; c < this.cells; c += 1) this.before[c + 1] = this.before[c]! + this.moments[c * terms]!;
  }

  /** g(t) and g′(t). */
  at(t: number): { readonly value: number; readonly slope: number } {
    let value = 0;
    let slope = 0;
    this.forCellsNear(t, (x, offset, sign) => {
      const density = exp(-0.5 * x * x);
      let below = 0;
      let hermite = 1;
      let factor = 1;
      for (let k = 0; k < terms; k += 1) {
        const above = x * hermite - k * below;
        const moment = factor * this.moments[offset + k]! * density;
        value += moment * hermite;
        slope -= moment * above;
        below = hermite;
        hermite = above;
        factor *= sign;
      }
    });
    const scale = perRootTwoPi / this.width;
    return { value: value * scale, slope: (slope * scale) / this.width };
  }

  /** ∫ g from a point left of all mass near `t`, up to `t`: of use in differences within one interval only. */
  integralTo(t: number): number {
    let sum = 0;
    const first = this.forCellsNear(t, (x, offset, sign) => {
      let below = 0;
      let hermite = 1;
      let factor = sign;
      let rest = 0;
      for (let k = 1; k < terms; k += 1) {
        rest += factor * this.moments[offset + k]! * hermite;
        const above = x * hermite - (k - 1) * below;
        below = hermite;
        hermite = above;
        factor *= sign;
      }
      sum += this.moments[offset]! * normalCdf(x) - perRootTwoPi * exp(-0.5 * x * x) * rest;
    });
    return sum + this.chargeBefore(first);
  }

  private gather(point: number, charge: number): void {
    const at = Math.min(Math.floor((point - this.low) / this.cell), this.cells - 1);
    const distance = (point - this.low - (at + 0.5) * this.cell) / this.width;
    if (charge === 0) return;
    this.isOccupied[at] = 1;
    let term = charge;
    for (let k = 0; k < terms; k += 1) {
      this.moments[at * terms + k]! += term;
      term *= distance / (k + 1);
    }
  }

  /**
   * Visits the cells with charges that reach `t`, mirrored ones included, with their distance in widths, their place among the
   * moments and the sign of their odd moments.
   *
   * @returns The number of the first cell in reach, below 0 where mirrored.
   */
  private forCellsNear(t: number, visit: (x: number, offset: number, sign: number) => void): number {
    const at = (t - this.low) / this.cell;
    const span = (reach * this.width) / this.cell + 1;
    const isOpen = this.boundary === 'open';
    const first = Math.max(Math.floor(at - span), isOpen ? 0 : Number.NEGATIVE_INFINITY);
    const end = Math.min(Math.ceil(at + span), isOpen ? this.cells : Number.POSITIVE_INFINITY);
    for (let c = first; c < end; c += 1) {
      const place = mirrored(c, this.cells);
      if (this.isOccupied[place.cell] === 0) continue;
      visit(((at - c - 0.5) * this.cell) / this.width, place.cell * terms, place.sign);
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
function mirrored(number: number, cells: number): { readonly cell: number; readonly sign: number } {
  const period = 2 * cells;
  const rest = ((number % period) + period) % period;
  return rest < cells ? { cell: rest, sign: 1 } : { cell: period - 1 - rest, sign: -1 };
}
