import type { Notice, NoticeCode } from '../core/notices.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { Verdict } from './evaluation.ts';

/** Why the figures may be about something else than the classifier, and what to do then. */
export interface Doubt {
  /** `These look like probabilities, not logits`. */
  readonly claim: string;
  /** `run again with --input probabilities`. */
  readonly remedy: string;
}

/**
 * Warnings that cast doubt on what the numbers are. While one of them is unanswered, no figure supports a verdict. The
 * order is that of precedence. Log-probabilities are missing on purpose: a temperature acts on them as on logits.
 */
const doubts: Readonly<Partial<Record<NoticeCode, Doubt>>> = {
  W_LOOKS_TRANSPOSED: { claim: 'The scores look transposed', remedy: 'run again with --transpose' },
  W_LOOKS_LIKE_PERCENT: {
    claim: 'These look like percentages',
    remedy: 'divide them by 100 and run again with --input probabilities',
  },
  W_LOOKS_LIKE_PROBS: {
    claim: 'These look like probabilities, not logits',
    remedy: 'run again with --input probabilities',
  },
  W_LOOKS_LIKE_LOGITS: {
    claim: 'These look like logits, not probabilities',
    remedy: 'run again with --input logits',
  },
  W_DOUBLE_SOFTMAX: {
    claim: 'Softmax seems to have been applied twice',
    remedy: 'export the logits or the probabilities of one softmax',
  },
  W_LABEL_ONE_BASED: {
    claim: 'The labels seem to start at 1',
    remedy: 'run again with --label-base 1',
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
export function doubtText({ claim, remedy }: Doubt): string {
  return `${claim}; if so, every figure here is wrong: ${remedy}.`;
}

/** A verdict that claims nothing while it is in doubt what the numbers are. */
export function withDoubt(verdict: Verdict, notices: readonly Notice[], declared: ScoreKind): Verdict {
  const doubt = doubtOf(notices);
  if (doubt === undefined) return verdict;
  const { headline, details } = verdict;
  return {
    ...verdict,
    outcome: 'in-doubt',
    headline: doubtText(doubt),
    details: [`If these are ${declared}, as declared: ${headline}`, ...details],
  };
}
