import { countText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { percentText, signedText } from './format-number.ts';
import type { ClassesTable } from './report-types.ts';

/** Beyond this many classes a table of all of them helps nobody. */
const mostClasses = 200;
const shownOfMany = 50;

/** Class-wise calibration errors of one class, as drawn and as listed. */
export interface ClassErrors {
  readonly name: string;
  readonly before: number;
  readonly after: number | null;
}

export function classErrors({ classNames, before, after }: Evaluation): readonly ClassErrors[] {
  return before.classwise.map((error, k) => ({
    name: classNames[k] ?? String(k),
    before: error,
    after: after?.classwise[k] ?? null,
  }));
}

/** The class-wise table: every class in its order, or the 50 worst when there are more than 200. */
export function classesTable(evaluation: Evaluation): ClassesTable {
  const all = classErrors(evaluation);
  const many = all.length > mostClasses;
  const shown = many ? all.toSorted((a, b) => b.before - a.before).slice(0, shownOfMany) : all;
  return {
    rows: shown.map(({ name, before, after }) => ({
      name: printable(name),
      before: percentText(before),
      after: after === null ? null : percentText(after),
      change: after === null ? null : signedText(100 * (after - before), 2),
    })),
    note: many
      ? `The ${shownOfMany} classes with the largest error before, of ${countText(all.length)}; all of them stand in the JSON report.`
      : null,
  };
}
