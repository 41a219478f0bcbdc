import { CalibrationError } from '../core/errors.ts';
import type { ColumnLook } from './column-looks.ts';
import type { HeaderGroups } from './header-groups.ts';

/**
 * The one-hot columns in the order of the score columns: by the class they name, where both name the same classes, else as they are.
 *
 * @throws CalibrationError `E_LABEL_COLUMN` where there are more or fewer of them.
 */
export function alignOneHot(
  { oneHot, scores: families, numbered }: HeaderGroups,
  scores: readonly number[],
  looks: readonly ColumnLook[],
  file: string | undefined,
): readonly number[] {
  if (oneHot === undefined) return [];
  if (oneHot.columns.length !== scores.length) {
    throw new CalibrationError('E_LABEL_COLUMN', {
      ...(file === undefined ? {} : { file }),
      what: `there are ${oneHot.columns.length} one-hot label columns ${oneHot.pattern} and ${scores.length} score columns`,
      hint: 'Name the score columns with --scores.',
    });
  }
  const stemOf = new Map(
    [...families, ...numbered].flatMap(({ columns, stems }) =>
      columns.map((c, k) => [c, stems[k]!] as const),
    ),
  );
  const wanted = scores.map((column) => stemOf.get(column) ?? looks[column]!.name!);
  const places = wanted.map((stem) => oneHot.stems.indexOf(stem));
  return places.includes(-1) ? oneHot.columns : places.map((place) => oneHot.columns[place]!);
}
