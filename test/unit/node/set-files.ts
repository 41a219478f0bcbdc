import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Matrix } from '../../../src/core/matrix.ts';
import type { NumberArray, NumberStore, StoredNumbers } from '../../../src/core/number-store.ts';
import type { ScoreRows } from '../../../src/core/score-rows.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import type { StoredSet } from '../../../src/core/stored-set.ts';
import { type SpillStorage, spillStorage } from '../../../src/node/spill-storage.ts';

/** A folder of sets whose numbers are in files. */
export interface SetFiles {
  /** The set with all of its numbers in files. */
  readonly store: (set: ScoredSet) => StoredSet;
  readonly remove: () => void;
}

export function setFiles(): SetFiles {
  const folder = mkdtempSync(join(tmpdir(), 'calibrant-sets-'));
  const made: SpillStorage[] = [];
  return {
    store: ({ scores, labels, weights, unfloored, ...rest }) => {
      const storage = spillStorage(0, folder);
      made.push(storage);
      const rowsIn = ({ data, rows, columns }: Matrix): ScoreRows => {
        const { read } =
          data instanceof Float64Array ? inFile(storage.floats(), data) : inFile(storage.singles(), data);
        return { rows, columns, matrix: undefined, read: (from, to) => read(from * columns, to * columns) };
      };
      return {
        ...rest,
        storage,
        scores: rowsIn(scores),
        ...(unfloored === undefined ? {} : { unfloored: rowsIn(unfloored) }),
        labels: inFile(storage.wholes(), labels),
        ...(weights === undefined ? {} : { weights: inFile(storage.floats(), weights) }),
      };
    },
    remove: () => {
      for (const { release } of made) release();
      rmSync(folder, { recursive: true });
    },
  };
}

function inFile<Values extends NumberArray>(
  store: NumberStore<Values>,
  values: Values,
): StoredNumbers<Values> {
  store.pushAll(values);
  return store.finish();
}
