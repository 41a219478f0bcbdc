import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { seededRandom } from '../core/random.ts';
import { changeOf } from './change-of.ts';
import type { BootstrapRecord, Evaluation } from './evaluation.ts';
import { debiasedSum, gapNoise, remainingBias } from './gap-noise.ts';
import type { JudgedRows } from './judge-rows.ts';
import { type ChangeAlone, judgedTogether } from './judged-together.ts';
import { pairRows } from './paired-rows.ts';
import type { Resample } from './paired-sums.ts';
import { resampleCells } from './resample-cells.ts';
import { resampleClusters } from './resample-clusters.ts';
import { resampleRows } from './resample-rows.ts';
import { type RowPairs, rowPairs } from './row-pairs.ts';

/** Options of {@link bootstrapChanges}, all decided by the caller. */
export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** Number of each row's cluster; absent where rows are independent. */
  readonly clusterOf?: Uint32Array | undefined;
  /** Default: `rows` up to 20,000 rows, `normal-limit` above, `clusters` where there are any. */
  readonly method?: BootstrapRecord['method'];
}

/** Up to here, drawing rows takes about half a second for 1,000 resamples. */
const mostRowsDrawn = 20_000;

/** Resamples between two looks at the signal. */
const stride = 50;

/**
 * Paired bootstrap of the changes in NLL, Brier score and ECE: every resample computes both sides on the same rows. Bins stay
 * those of the full data, and intervals are centred: the noise that resampling adds to the bins is taken off.
 *
 * The change of the ECE is that of the plug-in figures. The change of the debiased ECE estimates that of a sample without
 * noise, and its interval allows for the bias that debiasing leaves (see `remainingBias`).
 *
 * Cost O(N) per resample up to 20,000 rows, above that O(N) once (see `resampleCells`); O(clusters) with clusters.
 *
 * Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", 10.6 for the bias that is taken off.
 */
export function bootstrapChanges(
  before: JudgedRows,
  after: JudgedRows,
  options: BootstrapOptions,
): { readonly changes: NonNullable<Evaluation['changes']>; readonly record: BootstrapRecord } {
  const { resamples, seed, level, clusterOf } = options;
  const pairs = rowPairs(before, after);
  const method = options.method ?? methodFor(pairs.rows, clusterOf);
  const noise = [before, after].map(({ rows, figures }) => gapNoise(rows, figures.reliability, clusterOf));
  const [was, is] = noise as [(typeof noise)[0], (typeof noise)[0]];
  const draws = { nll: [] as number[], brier: [] as number[], ece: [] as number[], debiased: [] as number[] };
  forEachResample(resampleBy(method, pairs, options), options, (sums) => {
    const scale = 1 / sums.weight;
    draws.nll.push(sums.nll / sums.weight);
    draws.brier.push(sums.brier / sums.weight);
    draws.ece.push(sums.eceChange() / sums.weight);
    draws.debiased.push(
      debiasedSum(sums.after, is.errors, scale) - debiasedSum(sums.before, was.errors, scale),
    );
  });
  const [from, to] = [before.figures, after.figures];
  const drawn = (found: number[]): number[] => (pairs.rows > 1 ? found : []);
  const change = (name: 'nll' | 'brier' | 'ece', found: number[], limit?: number): ChangeAlone =>
    changeOf(from[name], to[name], drawn(found), { level, ...(limit === undefined ? {} : { limit }) });
  const [leastBefore, mostBefore] = remainingBias(was);
  const [leastAfter, mostAfter] = remainingBias(is);
  return {
    changes: judgedTogether(
      {
        nll: change('nll', draws.nll),
        brier: change('brier', draws.brier, 2),
        ece: change('ece', draws.ece, 1),
        eceDebiased: changeOf(from.eceDebiased, to.eceDebiased, drawn(draws.debiased), {
          level,
          limit: 1,
          centre: positive(debiasedSum(is.gaps, is.errors)) - positive(debiasedSum(was.gaps, was.errors)),
          bias: [leastAfter - mostBefore, mostAfter - leastBefore],
        }),
      },
      level,
    ),
    record: { resamples, seed, level, method },
  };
}

function positive(value: number): number {
  return Math.max(value, 0);
}

function methodFor(rows: number, clusterOf: Uint32Array | undefined): BootstrapRecord['method'] {
  if (clusterOf !== undefined) return 'clusters';
  return rows > mostRowsDrawn ? 'normal-limit' : 'rows';
}

function resampleBy(
  method: BootstrapRecord['method'],
  pairs: RowPairs,
  { seed, clusterOf }: BootstrapOptions,
): Resample {
  if (method === 'normal-limit') return resampleCells(pairs, seededRandom(seed));
  const { paired, order } = pairRows(pairs);
  if (clusterOf === undefined) return resampleRows(paired, seed);
  return resampleClusters(
    paired,
    order.map((row) => clusterOf[row]!),
    seededRandom(seed),
  );
}

function forEachResample(
  resample: Resample,
  { resamples, signal, onProgress }: BootstrapOptions,
  visit: (sums: ReturnType<Resample>) => void,
): void {
  for (let done = 0; done < resamples; done += 1) {
    if (done % stride === 0) {
      throwIfAborted(signal);
      onProgress?.(done, resamples);
    }
    const sums = resample();
    // Only rows of weight 0 were drawn: such a resample has no means.
    if (sums.weight > 0) visit(sums);
  }
  onProgress?.(resamples, resamples);
}
