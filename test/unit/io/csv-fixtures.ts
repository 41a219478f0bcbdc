import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CalibrationError } from '../../../src/core/errors.ts';
import { parseCsv, parseCsvPair } from '../../../src/io/parse-csv.ts';
import type { CsvOptions, LoadedSet } from '../../../src/io/scored-set-input.ts';

const folder = fileURLToPath(new URL('../../fixtures/csv/', import.meta.url));

/** A file of test/fixtures/csv with its options, its labels where they are apart, and what must come of it. */
export interface CsvFixture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly labels: Uint8Array | undefined;
  readonly options: CsvOptions;
  /** The whole error line, or the summary as JSON. */
  readonly expected: string | object;
}

/** Every NAME.csv with its NAME.csv.error or NAME.csv.json. */
export function csvFixtures(): readonly CsvFixture[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => {
      const beside = (ending: string): Buffer | undefined =>
        existsSync(`${folder}${name}${ending}`) ? readFileSync(`${folder}${name}${ending}`) : undefined;
      const error = beside('.error');
      const labels = beside('.labels');
      return {
        name,
        bytes: new Uint8Array(readFileSync(folder + name)),
        labels: labels === undefined ? undefined : new Uint8Array(labels),
        options: {
          ...JSON.parse(beside('.options')?.toString() ?? '{}'),
          file: name,
          ...(labels === undefined ? {} : { labelsFile: `${name}.labels` }),
        },
        expected: error?.toString().trimEnd() ?? JSON.parse(beside('.json')!.toString()),
      };
    });
}

/** Reads a fixture in one piece. */
export function readFixture({ bytes, labels, options }: CsvFixture): LoadedSet {
  return labels === undefined ? parseCsv(bytes, options) : parseCsvPair(bytes, labels, options);
}

/** The error line of a reading, or what it yielded in the form of the .json files. */
export function outcomeOf(read: () => LoadedSet): string | object {
  try {
    return summary(read());
  } catch (error) {
    if (error instanceof CalibrationError) return error.message;
    throw error;
  }
}

function summary(set: LoadedSet): object {
  const { columns } = set.scores;
  const rows = Array.from({ length: set.scores.rows }, (_, i) =>
    Array.from(set.scores.data.subarray(i * columns, (i + 1) * columns), (value) =>
      Number.isFinite(value) ? value + 0 : String(value),
    ),
  );
  return {
    scores: rows,
    labels: [...set.labels],
    classNames: set.classNames,
    namedClasses: set.namedClasses,
    lines: [...set.lines],
    columns: set.columns,
    notices: set.notices.map((notice) => notice.message),
    ...(set.weights === undefined ? {} : { weights: [...set.weights] }),
  };
}
