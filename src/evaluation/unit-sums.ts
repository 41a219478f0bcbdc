import type { ResamplingUnits } from './resampling-units.ts';

/** Sums of several numbers over the rows of each unit. */
export class UnitSums {
  private readonly width: number;
  private readonly sums: Float64Array;
  private readonly drawn: Float64Array;
  private readonly unitOf: Uint32Array;
  /** Units that a total takes at all. */
  private readonly taken: Uint32Array;

  /** @param width Numbers summed. */
  constructor(units: ResamplingUnits, width: number) {
    this.width = width;
    this.sums = new Float64Array(units.count * width);
    this.drawn = new Float64Array(width);
    this.taken = new Uint32Array(units.count);
    this.unitOf = new Uint32Array(units.members.length);
    for (let u = 0; u < units.count; u += 1) {
      for (let at = units.starts[u]!; at < units.starts[u + 1]!; at += 1) this.unitOf[units.members[at]!] = u;
    }
  }

  /** Adds to one of the numbers of the unit of a row. */
  add(row: number, number: number, value: number): void {
    this.sums[this.unitOf[row]! * this.width + number]! += value;
  }

  /** The sums over all units, each taken so many times, in their order; the array is reused by the next call. */
  total(times: Uint32Array | Int32Array): Float64Array {
    const { width, sums, drawn, taken } = this;
    let count = 0;
    for (let u = 0; u < times.length; u += 1) {
      if (times[u] === 0) continue;
      taken[count] = u;
      count += 1;
    }
    drawn.fill(0);
    let next = 0;
    // Four units at a time: the sums so far are read and written once for all of them.
    for (; next + 3 < count; next += 4) {
      const [a, b, c, d] = [taken[next]!, taken[next + 1]!, taken[next + 2]!, taken[next + 3]!];
      const [fromA, fromB, fromC, fromD] = [a * width, b * width, c * width, d * width];
      const [timesA, timesB, timesC, timesD] = [times[a]!, times[b]!, times[c]!, times[d]!];
      for (let j = 0; j < width; j += 1) {
        drawn[j] =
          drawn[j]! +
          timesA * sums[fromA + j]! +
          timesB * sums[fromB + j]! +
          timesC * sums[fromC + j]! +
          timesD * sums[fromD + j]!;
      }
    }
    for (; next < count; next += 1) {
      const u = taken[next]!;
      for (let j = 0; j < width; j += 1) drawn[j]! += times[u]! * sums[u * width + j]!;
    }
    return drawn;
  }
}
