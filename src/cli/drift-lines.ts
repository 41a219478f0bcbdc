import { printable } from '../core/errors.ts';
import type { MeasureDrift } from '../evaluation/measure-drift.ts';
import type { BinaryView } from '../metrics/index.ts';
import { labelOf } from '../report/measure-labels.ts';
import { differenceMark } from '../report/measure-marks.ts';
import { writingOf } from '../report/measure-writing.ts';
import { pText } from '../report/measures-block.ts';

/** Measures held against those of a baseline. */
export interface Drift {
  readonly file: string;
  readonly drifts: readonly MeasureDrift[];
  readonly level: number;
  readonly binary: BinaryView;
  /** Whether a measure that got worse fails the run. */
  readonly isCheck: boolean;
}

/** The measures that got worse beyond noise. */
export function worseIn({ drifts, level }: Drift): readonly MeasureDrift[] {
  return drifts.filter((drift) => differenceMark(drift, level) === 'worse');
}

/** `DRIFTED  ECE 5.20 % → 8.10 %, worse beyond noise (adjusted p 0.0031)`, a line for each; or one that none did. */
export function driftLines(drift: Drift): readonly string[] {
  const worse = worseIn(drift);
  if (worse.length > 0) return worse.map((found) => driftLine(found, drift.binary));
  return drift.isCheck ? [`passed  no measure is worse than in ${printable(drift.file)} beyond noise`] : [];
}

function driftLine({ name, before, after, adjusted }: MeasureDrift, binary: BinaryView): string {
  const { value } = writingOf(name);
  const p = adjusted === null ? '' : ` (adjusted p ${pText(adjusted)})`;
  return `DRIFTED  ${labelOf(name, binary)} ${value(before)} → ${value(after)}, worse beyond noise${p}`;
}
