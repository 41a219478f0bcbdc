import { notice } from '../core/notices.ts';
import { type ChanceAgreement, chanceAgreement } from './chance-agreement.ts';
import type { Check } from './patient.ts';

/** Parts that the rows are cut into, in order. */
const parts = 20;

/** Fewest parts, and fewest rows, that are looked at together. */
const fewestParts = 4;
const fewestRows = 60;

/** More classes are not counted in each part. */
const mostClasses = 2000;

/** Standard deviations that are no chance. */
const beyondChance = 3;

/** Cohen's kappa must surely be below this among the rows found, */
const poorKappa = 0.3;
/** and surely above this in all others. */
const fairKappa = 0.3;

interface Part {
  rows: number;
  matches: number;
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
}

function emptyPart(columns: number): Part {
  const [labels, predictions] = [new Float64Array(columns), new Float64Array(columns)];
  return { rows: 0, matches: 0, labels, predictions };
}

/** Rows one after another whose accuracy is that of chance, while that of all others is not: there the labels belong to other rows. */
export const partAtChance: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  const isCounted = rows >= 2 * fewestRows && columns <= mostClasses;
  const found = Array.from({ length: isCounted ? parts : 0 }, () => emptyPart(columns));
  return {
    see: ({ row, label, predicted }) => {
      if (!isCounted) return;
      const part = found[Math.floor((row * parts) / rows)]!;
      part.rows += 1;
      part.labels[label]! += 1;
      part.predictions[predicted]! += 1;
      if (label === predicted) part.matches += 1;
    },
    conclude: () => {
      if (!isCounted) return undefined;
      const range = worstRange(found, columns);
      if (range === undefined) return undefined;
      const { from, inside, low, high } = range;
      const first = Math.ceil((from * rows) / parts) + 1;
      return notice(
        'W_PART_AT_CHANCE',
        `accuracy is ${percent(low.share)}, at chance level, in about the rows ${first} to ${first + inside.rows - 1} of ${rows}, and ${percent(high.share)} in the others; check that scores and labels belong together there.`,
        place,
      );
    },
  };
};

interface PoorRange {
  readonly from: number;
  readonly inside: Part;
  readonly low: ChanceAgreement;
  readonly high: ChanceAgreement;
}

/** Of the ranges of parts whose accuracy is that of chance, the one that differs from the rest by most standard errors. */
function worstRange(found: readonly Part[], columns: number): PoorRange | undefined {
  let worst: (PoorRange & { readonly contrast: number }) | undefined;
  for (let from = 0; from + fewestParts <= parts; from += 1) {
    for (let to = from + fewestParts; to <= parts; to += 1) {
      const inside = merged(found.slice(from, to), columns);
      const outside = merged([...found.slice(0, from), ...found.slice(to)], columns);
      if (Math.min(inside.rows, outside.rows) < fewestRows) continue;
      const [low, high] = [agreementOf(inside), agreementOf(outside)];
      if (!(isSurelyPoor(low) && isSurelyFair(high))) continue;
      const error = Math.sqrt(1 / inside.rows + 1 / outside.rows);
      const contrast = (high.share - low.share) / error;
      if (worst === undefined || contrast > worst.contrast) worst = { from, inside, low, high, contrast };
    }
  }
  return worst;
}

function merged(some: readonly Part[], columns: number): Part {
  const sum = emptyPart(columns);
  for (const part of some) {
    sum.rows += part.rows;
    sum.matches += part.matches;
    for (let k = 0; k < columns; k += 1) {
      sum.labels[k]! += part.labels[k]!;
      sum.predictions[k]! += part.predictions[k]!;
    }
  }
  return sum;
}

function agreementOf({ matches, labels, predictions, rows }: Part): ChanceAgreement {
  return chanceAgreement(matches, labels, predictions, rows);
}

function isSurelyPoor({ share, expected, deviation }: ChanceAgreement): boolean {
  const excess = share - expected;
  const isAtChance = deviation > 0 && excess < beyondChance * deviation;
  return isAtChance && (excess + beyondChance * deviation) / (1 - expected) < poorKappa;
}

function isSurelyFair({ share, expected, deviation }: ChanceAgreement): boolean {
  return (share - expected - beyondChance * deviation) / (1 - expected) > fairKappa;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
