/** The sums of one resample, from which its differences follow. */
export class PairedSums {
  weight = 0;
  nll = 0;
  brier = 0;
  /** Σ w (correct − confidence) per bin, before. */
  readonly before: Float64Array;
  readonly after: Float64Array;

  constructor(bins: number) {
    this.before = new Float64Array(bins);
    this.after = new Float64Array(bins);
  }

  clear(): void {
    this.weight = 0;
    this.nll = 0;
    this.brier = 0;
    this.before.fill(0);
    this.after.fill(0);
  }

  /** Σ_b |after_b| − Σ_b |before_b|, the change of the ECE times the weight. */
  eceChange(): number {
    let change = 0;
    for (let b = 0; b < this.before.length; b += 1) {
      change += Math.abs(this.after[b]!) - Math.abs(this.before[b]!);
    }
    return change;
  }
}

/** Draws one resample and returns its sums; the object is reused by the next call. */
export type Resample = () => PairedSums;
