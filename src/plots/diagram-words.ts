import type { BinRule } from '../metrics/reliability-bins.ts';
import { drawnText } from './drawn-text.ts';

/** What a picture calls the two sides of its bins. */
export interface DiagramWords {
  readonly x: string;
  readonly y: string;
  /** Names of the bar and of the two gaps in the legend: fixed words, as they stand in expressions. */
  readonly parts: readonly [bar: string, over: string, under: string];
}

/** Characters of a class name that an axis has room for. */
const nameLength = 24;

/** The words for a table of confidences, or of the probability of a positive class of that name. */
export function diagramWords({ binary }: Pick<BinRule, 'binary'>, positive = 'class 1'): DiagramWords {
  if (binary === undefined) {
    return { x: 'Confidence', y: 'Accuracy', parts: ['accuracy', 'overconfident', 'underconfident'] };
  }
  const name = drawnText(positive, nameLength);
  return {
    x: `Probability of ${name}`,
    y: `Frequency of ${name}`,
    parts: ['frequency', 'too high', 'too low'],
  };
}
