import type { RandomSource } from '../../src/core/random.ts';
import type { ScoredSet } from '../../src/core/scored-set.ts';
import { wilsonInterval } from '../../src/numerics/wilson-interval.ts';

/** What a file `NAME.simulation.ts` exports as `simulation`; its result is `results/NAME.json`. */
export interface Simulation {
  /** What is asked, and what answer would be good. */
  readonly question: string;
  /** Numbers of sets, rows and draws, and seeds, that all rows of the result share. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** One record for each situation. Equal settings give equal records. */
  readonly run: () => readonly object[];
}

/** A share of simulated sets with its 95% interval. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

/** The share of sets for which something was true. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) throw new RangeError('no sets');
  const [low, high] = wilsonInterval(count, of, 0.95);
  return { count, of, share: rounded(count / of), interval: [rounded(low), rounded(high)] };
}

/** Four decimals, for results that are read. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** A standard normal number. */
export function normal(random: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** How logits and labels are drawn. */
export interface DrawnSetOptions {
  readonly rows: number;
  readonly classes: number;
  /** Labels follow softmax(z/T). Default 1. */
  readonly temperature?: number;
  /** Standard deviation of the logits. Default 2. */
  readonly spread?: number;
}

/** A set of normal logits whose labels follow softmax(z/T). */
export function drawnSet(
  { rows, classes, temperature = 1, spread = 2 }: DrawnSetOptions,
  random: RandomSource,
): ScoredSet {
  const data = Float64Array.from({ length: rows * classes }, () => spread * normal(random));
  const terms = new Float64Array(classes);
  const labels = Int32Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < classes; k += 1) {
      terms[k] = Math.exp(data[i * classes + k]! / temperature);
      sum += terms[k]!;
    }
    let left = random.uniform() * sum;
    let label = 0;
    while (label < classes - 1) {
      left -= terms[label]!;
      if (left < 0) break;
      label += 1;
    }
    return label;
  });
  return {
    kind: 'logits',
    scores: { data, rows, columns: classes },
    labels,
    classNames: Array.from({ length: classes }, (_, k) => String(k)),
    namedClasses: false,
  };
}
