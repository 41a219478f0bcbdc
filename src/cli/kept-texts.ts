import type { KeptColumn, LoadedStoredSet } from '../io/index.ts';
import type { LabelledInput } from './load-input.ts';
import type { MeasureFlags } from './measure-options.ts';

/** The options that name columns of texts. */
type ColumnFlags = Pick<MeasureFlags, 'by' | 'clusters'>;

/** The columns whose texts the measures need, in the order in which the reader keeps them. */
export function columnsToKeep({ by, clusters }: ColumnFlags): readonly string[] {
  return [...new Set([by, clusters].filter((column) => column !== undefined))];
}

/** The kept column that an option names. */
export function keptColumn({ kept }: LoadedStoredSet, flags: ColumnFlags, column: string): KeptColumn {
  return kept![columnsToKeep(flags).indexOf(column)]!;
}

/** The clusters as an option of an evaluation; none where the rows are in storage, whose texts are not kept. */
export function clusterOption(
  set: LabelledInput['set'],
  flags: MeasureFlags,
): { readonly clusters?: readonly string[] } {
  if (flags.clusters === undefined || !set.isInMemory) return {};
  return { clusters: textsOf(set, flags, flags.clusters) };
}

/** The text of each row in a kept column. */
export function textsOf(set: LoadedStoredSet, flags: ColumnFlags, column: string): readonly string[] {
  const { texts, ids } = keptColumn(set, flags, column);
  return Array.from(ids, (id) => texts[id]!);
}
