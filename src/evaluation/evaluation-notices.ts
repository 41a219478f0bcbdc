import { weightingNotices } from '../calibrators/weighting-notices.ts';
import { countedText } from '../core/count-text.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { weightSums } from '../core/weight-sums.ts';
import { longestTie } from '../numerics/longest-tie.ts';
import type { Evaluation, Figures } from './evaluation.ts';
import { sampleNotices } from './sample-notices.ts';

/** Everything the notices are about. */
export interface Noticed {
  readonly set: StoredSet;
  readonly before: Figures;
  readonly changes: Evaluation['changes'];
  /** The temperature that is saved or applied, and those of folds. */
  readonly temperature: number | null;
  readonly foldTemperatures: readonly number[];
  /** Confidences before, for counting ties. */
  readonly confidence: StoredNumbers<Float64Array>;
}

/** Temperatures outside of this hint at rows that do not belong together. */
const usualTemperatures = [0.05, 20] as const;

/** Warnings about an evaluation, in a fixed order. */
export function evaluationNotices(noticed: Noticed): readonly Notice[] {
  const { fewRows, oneClass } = sampleNotices(noticed.set);
  return [
    fewRows,
    ...weightNotices(noticed),
    oneClass,
    binsNotice(noticed),
    mergedNotice(noticed),
    extremeNotice(noticed),
    eceUpNotice(noticed),
  ].filter((found) => found !== undefined);
}

function weightNotices({ set: { weights } }: Noticed): readonly Notice[] {
  if (weights === undefined) return [];
  const { rows, effective } = weightSums(weights);
  return weightingNotices({ rows, effectiveRows: effective });
}

function binsNotice({ set, before }: Noticed): Notice | undefined {
  const { requested } = before.reliability.rule;
  const { rows } = set.scores;
  if (requested <= rows) return undefined;
  return notice(
    'W_BINS_GT_ROWS',
    `${requested} bins for ${countedText(rows, 'row')}; most bins hold one row or none.`,
  );
}

function mergedNotice({ set, before, confidence }: Noticed): Notice | undefined {
  const { requested } = before.reliability.rule;
  if (before.equalMassBins >= Math.min(requested, set.scores.rows)) return undefined;
  return notice(
    'W_BINS_MERGED',
    `${requested} equal-mass bins asked, ${before.equalMassBins} made because ${longestTie(confidence)} rows share the same ${before.reliability.rule.binary === undefined ? 'confidence' : 'probability'}.`,
  );
}

function extremeNotice({ temperature, foldTemperatures }: Noticed): Notice | undefined {
  const found = temperature === null ? undefined : extremeTemperature(temperature);
  return found ?? foldTemperatures.map((value) => extremeTemperature(value, ' of a fold')).find(Boolean);
}

/** The warning of a temperature that hints at rows that do not belong together. */
export function extremeTemperature(temperature: number, whose = ''): Notice | undefined {
  const [low, high] = usualTemperatures;
  if (temperature >= low && temperature <= high) return undefined;
  return notice(
    'W_T_EXTREME',
    `temperature ${temperature}${whose} is outside ${low}..${high}; logits and labels may come from different rows.`,
  );
}

function eceUpNotice({ set, changes }: Noticed): Notice | undefined {
  if (changes === null) return undefined;
  const { nll, ece } = changes;
  if (!(ece.difference! > 0 && nll.difference !== null && nll.difference < 0)) return undefined;
  const four = (value: number | null): string => value!.toFixed(4);
  // Half the width of the interval is what chance alone moves the difference by.
  const noise = ece.interval === null ? undefined : (ece.interval[1] - ece.interval[0]) / 2;
  const within =
    noise === undefined
      ? ''
      : `; with ${set.scores.rows} rows an ECE change below ${noise.toFixed(3)} is within noise`;
  return notice(
    'W_ECE_UP',
    `ECE rose from ${four(ece.before)} to ${four(ece.after)} while NLL fell from ${four(nll.before)} to ${four(nll.after)}. Temperature fits NLL${within}.`,
  );
}
