import { counts, growingArray, whole } from './growing-array.ts';

/** Labels as the text they were: each distinct text once, with the line it was first seen on. */
export interface LabelTexts {
  /** Distinct texts in the order first seen. */
  readonly texts: readonly string[];
  /** File line of the first row of each text. */
  readonly firstLines: readonly number[];
  /** N positions in `texts`. */
  readonly ids: Int32Array;
  readonly lines: Uint32Array;
}

/** Collects labels without a string per row. */
export interface LabelCollector {
  readonly push: (text: string, line: number) => void;
  readonly distinct: () => number;
  readonly finish: () => LabelTexts;
}

export function labelCollector(): LabelCollector {
  const known = new Map<string, number>();
  const firstLines: number[] = [];
  const ids = growingArray(whole);
  const lines = growingArray(counts);
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

/** The labels of the rows for which `keep` holds. */
export function selectLabels(found: LabelTexts, keep: (row: number) => boolean): LabelTexts {
  const kept = labelCollector();
  for (let i = 0; i < found.ids.length; i += 1) {
    if (keep(i)) kept.push(found.texts[found.ids[i]!]!, found.lines[i]!);
  }
  return kept.finish();
}
