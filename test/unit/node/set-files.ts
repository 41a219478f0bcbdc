import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NumberArray, NumberStore, StoredNumbers } from '../../../src/core/number-store.ts';
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
    store: ({ scores, labels, weights, ...rest }) => {
      const storage = spillStorage(0, folder);
      made.push(storage);
      const { data, rows, columns } = scores;
      const { read } =
        data instanceof Float64Array ? inFile(storage.floats(), data) : inFile(storage.singles(), data);
      return {
        ...rest,
        storage,
        scores: { rows, columns, matrix: undefined, read: (from, to) => read(from * columns, to * columns) },
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
