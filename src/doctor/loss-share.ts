import { notice } from '../core/notices.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { logSumExpRow } from '../numerics/log-sum-exp.ts';
import { log } from '../numerics/logarithm.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';

/** A handful of rows. */
const mostRows = 5;

/** Rows of a smaller loss, in nats, are plain mistakes: this one is a true class of probability 2e-9. */
const leastLoss = 20;

/** Probabilities below this are looked at: −ln of it is below {@link leastLoss}. */
const smallProbability = 1e-6;

/** Cells whose loss is worked out at most. */
const mostCells = 2 ** 21;

/** A row with a large loss. */
interface LossyRow {
  readonly row: number;
  readonly loss: number;
}

/** One row, or a handful, with most of the loss, so that temperature and NLL rest on them. */
export const lossShare: Check = (patient) => {
  const { set, place } = patient;
  const isLogits = set.kind === 'logits';
  const worst: LossyRow[] = [];
  return {
    see: ({ row, largest, label, cells, offset }) => {
      const own = cells[offset + label]!;
      if (isLogits ? largest - own < leastLoss : !(own > 0 && own < smallProbability)) return;
      const loss = isLogits ? largest - own : -log(own);
      if (!(loss >= leastLoss && loss < Number.POSITIVE_INFINITY)) return;
      if (worst.length === mostRows && loss <= worst[mostRows - 1]!.loss) return;
      if (worst.length === mostRows) worst.pop();
      const place = worst.findIndex((other) => other.loss < loss);
      worst.splice(place < 0 ? worst.length : place, 0, { row, loss });
    },
    conclude: () => {
      const { rows } = set.scores;
      if (worst.length === 0 || rows <= 2 * mostRows) return undefined;
      const found = fewestWithMost(worst, set);
      if (found === undefined) return undefined;
      const { few, share } = found;
      const named = nameRows({ count: few.length, first: few.map(({ row }) => row) }, patient);
      const { row } = few[0]!;
      const label = set.labels.read(row, row + 1)[0]!;
      const { cells, offset } = rowWindow(set.scores)(row);
      const value = `${isLogits ? 'logit' : 'probability'} ${cells[offset + label]}`;
      const [carry, first, these] =
        few.length === 1 ? ['carries', 'there', 'this row'] : ['carry', 'in the first of them', 'these rows'];
      return notice(
        'W_LOSS_CONCENTRATED',
        `${named} ${carry} ${(100 * share).toFixed(1)}% of the loss: the true class has ${value} ${first}; temperature and NLL depend on ${these}, so check whether that is a real score.`,
        place,
      );
    },
  };
};

/** The fewest of the worst rows that hold more than half of the loss, and the share they hold. */
function fewestWithMost(
  worst: readonly LossyRow[],
  set: StoredSet,
): { readonly few: readonly LossyRow[]; readonly share: number } | undefined {
  const weightOf = (row: number): number => set.weights?.read(row, row + 1)[0] ?? 1;
  const weighted = worst.map(({ row, loss }) => weightOf(row) * loss);
  const rest = otherLoss(new Set(worst.map(({ row }) => row)), set, weightOf);
  const whole = rest + weighted.reduce((sum, loss) => sum + loss, 0);
  let held = 0;
  for (let m = 1; m <= worst.length; m += 1) {
    held += weighted[m - 1]!;
    if (held > whole / 2) return { few: worst.slice(0, m), share: held / whole };
  }
  return undefined;
}

/** Loss of the rows but some, from every n-th of them, so that at most 2^21 cells are looked at. */
function otherLoss(
  without: ReadonlySet<number>,
  { kind, scores, labels }: StoredSet,
  weightOf: (row: number) => number,
): number {
  const { rows, columns } = scores;
  const step = Math.max(Math.ceil((rows * columns) / mostCells), 1);
  const rowAt = rowWindow(scores);
  let total = 0;
  for (let row = 0; row < rows; row += step) {
    if (without.has(row)) continue;
    const { cells, offset } = rowAt(row);
    const own = cells[offset + labels.read(row, row + 1)[0]!]!;
    const loss = kind === 'logits' ? logSumExpRow(cells, offset, columns, 1) - own : own > 0 ? -log(own) : 0;
    total += weightOf(row) * loss;
  }
  return total * step;
}
