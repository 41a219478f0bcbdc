import { lossPlaces } from '../kernels/kernels-contract.ts';
import type { PassKind } from '../kernels/temperature-loss.ts';
import type { Share } from './shares.ts';

/** One pass under way: what is left of it to be dealt, and the sums that have come in. */
export class LossPass {
  readonly beta: number;
  readonly wanted: PassKind;
  /** The sums of all blocks, one after the other. */
  readonly sums: Float64Array;
  private readonly left: Share[];
  private readonly parties: number;

  /** @param parties How many share it. */
  constructor(beta: number, wanted: PassKind, shares: readonly Share[], parties: number) {
    this.beta = beta;
    this.wanted = wanted;
    this.sums = new Float64Array((shares.at(-1)?.to ?? 0) * lossPlaces.count);
    this.left = [...shares].reverse();
    this.parties = parties;
  }

  /** Whether a party may take a share before it has done the one it has; at the end each takes one when it is free. */
  isPlentiful(): boolean {
    return this.left.length > this.parties;
  }

  /** The next share that nobody works on. */
  take(): Share | undefined {
    return this.left.pop();
  }

  /** Leaves a share to somebody else. */
  giveBack(share: Share): void {
    this.left.push(share);
  }

  /** Where the sums of a share belong. */
  placeOf({ from, to }: Share): Float64Array {
    return this.sums.subarray(from * lossPlaces.count, to * lossPlaces.count);
  }
}
