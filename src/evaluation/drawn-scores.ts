import type { MeasureSample } from '../metrics/measure-sample.ts';
import { judgePredictions } from '../metrics/row-scores.ts';
import { log } from '../numerics/logarithm.ts';
import type { SumMoments } from './sum-moments.ts';

type Mutable = { -readonly [Key in keyof SumMoments]: number };

/** Moments of Σ w·NLL and Σ w·Brier where every label is drawn from the probabilities of its row. O(N·K). */
export function scoreMoments({
  source,
  labels,
  weights,
}: MeasureSample): Readonly<Record<'nll' | 'brier', SumMoments>> {
  const nll: Mutable = { mean: 0, variance: 0, third: 0, absoluteThird: 0 };
  const brier: Mutable = { mean: 0, variance: 0, third: 0, absoluteThird: 0 };
  const scores = new Float64Array(source.classes);
  judgePredictions(source, labels, {
    visit: (i, p) => {
      const w = weights === undefined ? 1 : weights[i]!;
      if (w === 0) return;
      let [total, squares] = [0, 0];
      for (let k = 0; k < p.length; k += 1) {
        total += p[k]!;
        squares += p[k]! * p[k]!;
      }
      // A class of probability 0 is never drawn.
      for (let k = 0; k < p.length; k += 1) scores[k] = p[k] === 0 ? 0 : -log(p[k]!);
      addRow(nll, p, scores, total, w);
      for (let k = 0; k < p.length; k += 1) scores[k] = 1 + squares - 2 * p[k]!;
      addRow(brier, p, scores, total, w);
    },
  });
  return { nll, brier };
}

/** Adds the moments of w·score, each class drawn with its share of the total. */
function addRow(sum: Mutable, p: Float64Array, scores: Float64Array, total: number, w: number): void {
  let mean = 0;
  for (let k = 0; k < p.length; k += 1) mean += p[k]! * scores[k]!;
  mean /= total;
  let [variance, third, absoluteThird] = [0, 0, 0];
  for (let k = 0; k < p.length; k += 1) {
    const away = scores[k]! - mean;
    const square = p[k]! * away * away;
    variance += square;
    third += square * away;
    absoluteThird += square * Math.abs(away);
  }
  sum.mean += w * mean;
  sum.variance += (w * w * variance) / total;
  sum.third += (w * w * w * third) / total;
  sum.absoluteThird += (w * w * w * absoluteThird) / total;
}
