import type { Treatment } from '../core/treatment.ts';
import type { CsvSettings } from './csv-settings.ts';
import type { RawTable } from './raw-table.ts';

/** What reading a table did to its rows and columns, whatever kind of score they hold. */
export function readingTreatment(
  { dropped, ignored, roles, nameOf }: RawTable,
  { dropBad, ignoreLabel, classNames, labelBase }: CsvSettings,
): Treatment {
  return {
    ...(dropBad ? { dropped: { rows: dropped.count } } : {}),
    ...(ignoreLabel === undefined ? {} : { ignored: { label: ignoreLabel, rows: ignored.count } }),
    ...(classNames === undefined ? {} : { classNames: 'given' as const }),
    ...(labelBase === 1 ? { labelBase } : {}),
    ...(roles.weight === undefined ? {} : { weight: nameOf(roles.weight) }),
    ...(roles.scores.length === 1 ? { expanded: 'one-column' as const } : {}),
  };
}
