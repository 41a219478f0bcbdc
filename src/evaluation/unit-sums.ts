import type { ResamplingUnits } from './resampling-units.ts';

/** Sums of several numbers over the rows of each unit. */
export class UnitSums {
  private readonly units: ResamplingUnits;
  private readonly width: number;
  private readonly sums: Float64Array;
  private readonly drawn: Float64Array;
  private readonly unitOf: Uint32Array;

  /** @param width Numbers summed. */
  constructor(units: ResamplingUnits, width: number) {
    this.units = units;
    this.width = width;
    this.sums = new Float64Array(units.count * width);
    this.drawn = new Float64Array(width);
    this.unitOf = new Uint32Array(units.members.length);
    for (let u = 0; u < units.count; u += 1) {
      for (let at = units.starts[u]!; at < units.starts[u + 1]!; at += 1) this.unitOf[units.members[at]!] = u;
    }
  }

  /** Adds to one of the numbers of the unit of a row. */
  add(row: number, number: number, value: number): void {
    this.sums[this.unitOf[row]! * this.width + number]! += value;
  }

  /** The sums over all units, each taken so many times; the array is reused by the next call. */
  total(times: Uint32Array | Int32Array): Float64Array {
    const { width, sums, drawn } = this;
    drawn.fill(0);
    for (let u = 0; u < this.units.count; u += 1) {
      const factor = times[u]!;
      if (factor === 0) continue;
      const offset = u * width;
      for (let j = 0; j < width; j += 1) drawn[j]! += factor * sums[offset + j]!;
    }
    return drawn;
  }
}
