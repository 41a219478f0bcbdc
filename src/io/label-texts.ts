import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';

/** Labels as the text they were: each distinct text once, with the line it was first seen on. */
export interface LabelTexts {
  /** Distinct texts in the order first seen. */
  readonly texts: readonly string[];
  /** File line of the first row of each text. */
  readonly firstLines: readonly number[];
  /** N positions in `texts`. */
  readonly ids: StoredNumbers<Int32Array>;
  readonly lines: StoredNumbers<Uint32Array>;
}

/** Collects labels without a string per row. */
export interface LabelCollector {
  readonly push: (text: string, line: number) => void;
  readonly distinct: () => number;
  readonly finish: () => LabelTexts;
}

export function labelCollector(storage: NumberStorage): LabelCollector {
  const known = new Map<string, number>();
  const firstLines: number[] = [];
  const ids = storage.wholes();
  const lines = storage.counts();
  return {
    push: (text, line) => {
      let id = known.get(text);
      if (id === undefined) {
        id = known.size;
        known.set(text, id);
        firstLines.push(line);
      }
      ids.push(id);
      lines.push(line);
    },
    distinct: () => known.size,
    finish: () => ({ texts: [...known.keys()], firstLines, ids: ids.finish(), lines: lines.finish() }),
  };
}

/** More distinct texts than this cannot be labels of so many classes, however each is written. */
export function mostLabelTexts(classes: number): number {
  return 1000 + 4 * (classes + 1);
}

/** Labels read at a time. */
const atOnce = 4096;

/** Calls with each row, the number of its text, and its line. */
export function forEachLabel(
  { ids, lines }: LabelTexts,
  use: (row: number, id: number, line: number) => void,
): void {
  for (let from = 0; from < ids.length; from += atOnce) {
    const to = Math.min(from + atOnce, ids.length);
    const some = ids.read(from, to);
    const places = lines.read(from, to);
    for (let i = 0; i < some.length; i += 1) use(from + i, some[i]!, places[i]!);
  }
}

/** The labels of the rows for which `keep` holds. */
export function selectLabels(
  found: LabelTexts,
  storage: NumberStorage,
  keep: (row: number, text: string) => boolean,
): LabelTexts {
  const kept = labelCollector(storage);
  forEachLabel(found, (row, id, line) => {
    const text = found.texts[id]!;
    if (keep(row, text)) kept.push(text, line);
  });
  return kept.finish();
}
