import { type ScalingSums, scalingPlaces } from './kernels-contract.ts';

/** The sums of blocks taken together, in the order in which they are added, each entry as `CompensatedSum` does. */
export class ScalingFold {
  private readonly sums: Float64Array;
  private readonly lost: Float64Array;

  /** @param parameters How many a scaling has. */
  constructor(parameters: number) {
    this.sums = new Float64Array(1 + parameters);
    this.lost = new Float64Array(1 + parameters);
  }

  clear(): void {
    this.sums.fill(0);
    this.lost.fill(0);
  }

  add(block: ScalingSums): void {
    this.addTo(0, block[scalingPlaces.value]! + block[scalingPlaces.lost]!);
    for (let at = 1; at < this.sums.length; at += 1) this.addTo(at, block[scalingPlaces.gradient + at - 1]!);
  }

  private addTo(at: number, value: number): void {
    const sum = this.sums[at]!;
    const next = sum + value;
    this.lost[at]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.sums[at] = next;
  }

  /** Writes the mean gradient and returns the mean value. */
  mean(totalWeight: number, gradient: Float64Array): number {
    for (let at = 1; at < this.sums.length; at += 1) {
      gradient[at - 1] = (this.sums[at]! + this.lost[at]!) / totalWeight;
    }
    return (this.sums[0]! + this.lost[0]!) / totalWeight;
  }
}
