import type { Notice, NoticeCode } from '../core/notices.ts';
import type { Verdict } from './evaluation.ts';

/** Why the figures may be about something else than the classifier. */
export interface Doubt {
  /** `These look like probabilities, not logits`. */
  readonly claim: string;
  /** What follows from it, and what to do: `if so, every figure here is wrong: run again with --input probabilities`. */
  readonly consequence: string;
}

const ifSo = (remedy: string): string => `if so, every figure here is wrong: ${remedy}`;

/**
 * Warnings that cast doubt on what the numbers are. While one of them is unanswered, no figure supports a verdict. The
 * order is that of precedence. Log-probabilities are missing on purpose: a temperature acts on them as on logits.
 */
const doubts: Readonly<Partial<Record<NoticeCode, Doubt>>> = {
  W_LOOKS_TRANSPOSED: {
    claim: 'The scores look transposed',
    consequence: ifSo('run again with --transpose'),
  },
  W_LOOKS_LIKE_PERCENT: {
    claim: 'These look like percentages',
    consequence: ifSo('run again with --input probabilities --scale percent'),
  },
  W_LOOKS_LIKE_PROBS: {
    claim: 'These look like probabilities, not logits',
    consequence: ifSo('run again with --input probabilities'),
  },
  W_LOOKS_LIKE_LOGITS: {
    claim: 'These look like logits, not probabilities',
    consequence: ifSo('run again with --input logits'),
  },
  W_DOUBLE_SOFTMAX: {
    claim: 'Softmax seems to have been applied twice',
    consequence: ifSo('export the logits or the probabilities of one softmax'),
  },
  W_CONSTANT_SUM: {
    claim: 'These look like votes or scaled probabilities, not logits',
    consequence: ifSo('divide each row by its sum and run again with --input probabilities'),
  },
  W_LOG_BASE: {
    claim: 'These look like logarithms to another base, not logits',
    consequence: ifSo('the warning W_LOG_BASE says what to multiply them by'),
  },
  W_SIGNED_SHARES: {
    claim: 'These look like 2p - 1, not logits',
    consequence: ifSo('export p and run again with --input probabilities'),
  },
  W_NEVER_CLASS_0: {
    claim: 'This looks like the confidence of a prediction, not the score of class 1',
    consequence: ifSo('export the score of class 1'),
  },
  W_SUM_ONE: {
    claim: 'These look like margins m and 1 - m, not logits',
    consequence: ifSo('export the logits, or the margin alone as one column'),
  },
  W_LABEL_ONE_BASED: {
    claim: 'The labels seem to start at 1',
    consequence: ifSo('run again with --label-base 1'),
  },
  W_SORTED_ROWS: {
    claim: 'The columns seem to be ranks, not classes',
    consequence: ifSo('export the scores of all classes, each class in its own column'),
  },
  W_CHANCE_LEVEL: {
    claim: 'Scores and labels do not seem to belong together',
    consequence: 'accuracy is no better than chance, and the warning W_CHANCE_LEVEL says what to check',
  },
  W_SHIFTED_ROWS: {
    claim: 'Labels seem to be shifted by a row',
    consequence: ifSo('the warning W_SHIFTED_ROWS says where'),
  },
  W_PART_AT_CHANCE: {
    claim: 'Some rows and their labels do not seem to belong together',
    consequence: ifSo('the warning W_PART_AT_CHANCE says which'),
  },
  W_THRESHOLD_LABELS: {
    claim: 'The labels seem to be predictions',
    consequence: ifSo('give the true labels'),
  },
  W_CLASS_ORDER: {
    claim: 'The classes seem to be in another order in the columns than in the labels',
    consequence: ifSo('the warning W_CLASS_ORDER says which'),
  },
  W_LOSS_CONCENTRATED: {
    claim: 'A handful of rows carries most of the loss',
    consequence:
      'unless their scores are real, temperature and NLL are wrong, and the warning W_LOSS_CONCENTRATED names the rows',
  },
};

const precedence = Object.keys(doubts) as readonly NoticeCode[];

/** The weightiest doubt that some warnings cast; `undefined` when they cast none. */
export function doubtOf(notices: readonly Notice[]): Doubt | undefined {
  const found = precedence.find((code) => notices.some((notice) => notice.code === code));
  return found === undefined ? undefined : doubts[found];
}

/** Whether a warning casts doubt on what the numbers are. */
export function isDoubt({ code }: Notice): boolean {
  return doubts[code] !== undefined;
}

/** `These look like probabilities, not logits; if so, every figure here is wrong: run again with --input probabilities.` */
export function doubtText({ claim, consequence }: Doubt): string {
  return `${claim}; ${consequence}.`;
}

/** A verdict that claims nothing while it is in doubt what the numbers are. */
export function withDoubt(verdict: Verdict, notices: readonly Notice[]): Verdict {
  const doubt = doubtOf(notices);
  if (doubt === undefined) return verdict;
  const { headline, details } = verdict;
  return {
    ...verdict,
    outcome: 'in-doubt',
    headline: doubtText(doubt),
    details: [`Otherwise: ${headline}`, ...details],
  };
}
