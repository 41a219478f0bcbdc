import type { ColumnRole } from '../core/column-finding.ts';
import type { KnownRole } from './column-names.ts';

/** Why `prob_max`, `prob_std` and the like are no scores. */
export const rowFigure = 'its header names a figure of the row, not a class';

const reasons: Readonly<Record<KnownRole, readonly [ColumnRole, string]>> = {
  label: ['label', 'its header names a label'],
  prediction: ['prediction', 'its header names a prediction, which is not the true label'],
  'right or wrong': [
    'right or wrong',
    'its header says whether the prediction is right, which is not a class',
  ],
  confidence: ['confidence', 'its header names the confidence of a prediction'],
  'single score': ['confidence', 'its header names a score without its class'],
  id: ['id', 'its header names an index or an id'],
  weight: ['left out', 'its header names a weight, which --weight would use'],
  other: ['left out', 'its header is known not to name a class'],
};

/** The role that a known header gives to a column that is no score, and why. */
export function knownReason(known: KnownRole, name: string): readonly [ColumnRole, string] {
  return known === 'id' && name.trim() === '' ? ['id', 'an index without a name'] : reasons[known];
}
