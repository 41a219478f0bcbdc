import { isRare } from '../evaluation/is-rare.ts';
import type { PairedFinding } from '../evaluation/paired-findings.ts';
import { measureByName } from '../metrics/index.ts';

/** Where a figure stands to its noise under calibration. */
export type NoiseMark = 'beyond' | 'within';

/** Whether as extreme a value comes up too seldom under calibration to be chance, each measure by itself. */
export function noiseMark(pValue: number | null, level: number): NoiseMark | null {
  if (pValue === null) return null;
  return isRare(pValue, level) ? 'beyond' : 'within';
}

/** What a difference is worth, by its corrected p-value. */
export type DifferenceMark = 'better' | 'worse' | 'changed' | 'within noise';

/** Better is what the measure says is better; a measure that does not judge has changed. */
export function differenceMark(
  finding: Pick<PairedFinding, 'name' | 'before' | 'after' | 'adjusted'>,
  level: number,
): DifferenceMark | null {
  const { name, before, after, adjusted } = finding;
  if (adjusted === null || before === null || after === null) return null;
  if (!isRare(adjusted, level)) return 'within noise';
  const { better, ideal } = measureByName(name)!;
  if (better === 'none') return 'changed';
  const cost = {
    lower: (v: number) => v,
    higher: (v: number) => -v,
    target: (v: number) => Math.abs(v - ideal!),
  }[better];
  return cost(after) < cost(before) ? 'better' : 'worse';
}
