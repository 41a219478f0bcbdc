import { countedText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import type { Treatment } from '../core/treatment.ts';

/** What was done to the numbers of a file, a phrase each; nothing where nothing was done. */
export function treatmentFacts(treatment: Treatment | undefined): readonly string[] {
  if (treatment === undefined) return [];
  const { scale, clipped, renormalized, floor, dropped, ignored, joined, classNames } = treatment;
  const { labelBase, weight, expanded } = treatment;
  const facts: string[] = [];
  if (scale === 'percent') facts.push('percentages divided by 100');
  if (clipped !== undefined) {
    facts.push(
      `${clipped.cells} values outside 0..1 by up to ${short(clipped.largest)} set to the nearer of 0 and 1`,
    );
  }
  if (renormalized !== undefined) {
    const by = renormalized.rows === 0 ? '' : `, off by up to ${short(renormalized.largest)}`;
    facts.push(`${countedText(renormalized.rows, 'row')} divided by their sum${by}`);
  }
  if (floor !== undefined) {
    const { value, cells, rows, trueCells = 0 } = floor;
    const truth = trueCells === 0 ? '' : `, ${trueCells} of them of the true class`;
    facts.push(`floor ${value}: ${countedText(cells, 'cell')} of ${countedText(rows, 'row')} raised${truth}`);
  }
  if (dropped !== undefined) facts.push(`${countedText(dropped.rows, 'row')} with bad cells left out`);
  if (ignored !== undefined) {
    facts.push(`${countedText(ignored.rows, 'row')} of label ${printable(ignored.label)} left out`);
  }
  if (joined !== undefined) facts.push(`labels joined by column "${printable(joined.column)}"`);
  if (classNames === 'given') facts.push('class names as given');
  if (labelBase === 1) facts.push('labels counted from 1');
  if (weight !== undefined) facts.push(`weights from column "${printable(weight)}"`);
  if (expanded !== undefined) facts.push('one score column read as two classes');
  return facts;
}

function short(size: number): number {
  return Number(size.toPrecision(2));
}
