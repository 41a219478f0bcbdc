import type { Evaluation } from '../evaluation/evaluation.ts';
import { positiveName } from '../evaluation/positive-clause.ts';

/** What a report calls the two sides of its bins, and the rows that have the event. */
export interface ViewWords {
  /** Present in the positive view: the class it is about. */
  readonly positive: string | undefined;
  readonly confidence: string;
  readonly accuracy: string;
  /** Heads of narrow columns. */
  readonly short: { readonly confidence: string; readonly accuracy: string };
  readonly mean: string;
  readonly gap: string;
  readonly over: string;
  readonly under: string;
  readonly right: string;
  readonly wrong: string;
  readonly ece: string;
}

const confidenceWords: ViewWords = {
  positive: undefined,
  confidence: 'confidence',
  accuracy: 'accuracy',
  short: { confidence: 'conf', accuracy: 'acc' },
  mean: 'Mean confidence',
  gap: 'acc. − conf.',
  over: 'overconfident by',
  under: 'underconfident by',
  right: 'right',
  wrong: 'wrong',
  ece: 'over the bins of the confidence',
};

/** The words of the view that an evaluation takes. */
export function viewWords({ binary, classNames }: Pick<Evaluation, 'binary' | 'classNames'>): ViewWords {
  if (binary === 'confidence') return confidenceWords;
  const name = positiveName(classNames);
  return {
    positive: name,
    confidence: `probability of ${name}`,
    accuracy: `frequency of ${name}`,
    short: { confidence: 'prob', accuracy: 'freq' },
    mean: `Mean probability of ${name}`,
    gap: 'freq. − prob.',
    over: 'probability too high by',
    under: 'probability too low by',
    right: name,
    wrong: `not ${name}`,
    ece: `over the bins of the probability of ${name}`,
  };
}

/** With a capital, as the start of a sentence or a head. */
export function capital([first = '', ...rest]: string): string {
  return `${first.toUpperCase()}${rest.join('')}`;
}
