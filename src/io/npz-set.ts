import { CalibrationError, printable } from '../core/errors.ts';
import { storedNumbers } from '../core/number-store.ts';
import { assemblePair } from './assemble-pair.ts';
import type { LabelOrigin } from './assemble-set.ts';
import { assembleScores, assembleSet } from './assemble-set.ts';
import type { CsvSettings } from './csv-settings.ts';
import { type NpzArrays, npzArrays } from './npz-arrays.ts';
import type { RawTable } from './raw-table.ts';
import type { LoadedStoredScores, LoadedStoredSet } from './scored-set-input.ts';
import { negativeWeight } from './table-errors.ts';
import { labelReader, scoreReader, type TableReader } from './table-reader.ts';
import { unzippedPieces } from './unzip-entry.ts';
import type { ZipEntry } from './zip-entries.ts';

/** Scores with their labels from an NPZ archive; without an array of labels they are in the last column of the scores. */
export async function npzSet(
  bytes: Uint8Array,
  settings: CsvSettings,
  labelsOf: (raw: RawTable, file: string | undefined) => LabelOrigin,
): Promise<LoadedStoredSet> {
  const arrays = await npzArrays(bytes, settings);
  const inner = innerSettings(settings);
  if (arrays.labels === undefined) {
    const raw = await scoreTableOf(arrays, inner, 'here');
    return assembleSet(raw, labelsOf(raw, settings.file), inner);
  }
  const table = await scoreTableOf(arrays, inner, 'elsewhere');
  const labels = await read(
    labelReader({ ...inner, labelsFile: settings.file }, table),
    arrays.labels,
    settings.file,
  );
  return assemblePair(table, labels, { ...inner, labelsFile: settings.file });
}

/** The scores of an NPZ archive alone, as a table whose labels are elsewhere, or not needed. */
export async function npzTable(
  bytes: Uint8Array,
  settings: CsvSettings,
  where: 'elsewhere' | 'maybe-here',
): Promise<RawTable> {
  return scoreTableOf(await npzArrays(bytes, settings), innerSettings(settings), where);
}

/** {@link npzTable} put together. */
export async function npzScores(bytes: Uint8Array, settings: CsvSettings): Promise<LoadedStoredScores> {
  return assembleScores(await npzTable(bytes, settings, 'maybe-here'), innerSettings(settings));
}

/** Names have found their arrays; inside those there are none. */
function innerSettings(settings: CsvSettings): CsvSettings {
  if (settings.keep.length > 0) {
    throw new CalibrationError('E_COLUMN', {
      ...(settings.file === undefined ? {} : { file: settings.file }),
      what: 'an archive of arrays has no columns of texts to keep',
      hint: 'Save the scores with that column as delimited text.',
    });
  }
  return { ...settings, scores: undefined, label: undefined, weight: undefined, size: undefined };
}

async function scoreTableOf(
  { scores, weights }: NpzArrays,
  settings: CsvSettings,
  where: 'here' | 'elsewhere' | 'maybe-here',
): Promise<RawTable> {
  const table = await read(scoreReader(settings, where), scores, settings.file);
  return weights === undefined ? table : withWeights(table, weights, settings);
}

/** A table with the weights of its rows, those of rows left out apart. */
async function withWeights(table: RawTable, entry: ZipEntry, settings: CsvSettings): Promise<RawTable> {
  const { file } = settings;
  const plain = {
    ...settings,
    input: 'logits',
    dropBad: false,
    allowNegInf: false,
    transpose: false,
  } as const;
  const column = await read(scoreReader(plain, 'elsewhere'), entry, file);
  const { rows } = column;
  const values = column.values.read(0, column.values.length);
  if (rows !== table.recordsRead || values.length !== rows) {
    throw new CalibrationError('E_ROWS', {
      ...(file === undefined ? {} : { file }),
      placed: 'within',
      what: `${printable(file ?? 'the archive')} has ${table.recordsRead} rows of scores and ${values.length} weights`,
    });
  }
  const negative = values.findIndex((weight) => weight < 0);
  if (negative >= 0)
    throw negativeWeight(String(values[negative]), column.lines.read(negative, negative + 1)[0]!, file);
  const kept = Float64Array.from(values).filter((_, row) => !table.leftOut.has(row));
  return { ...table, weights: storedNumbers(kept) };
}

/** Reads an array as it is unpacked. That the archive is damaged is said before anything that its numbers are wrong about. */
async function read<Result>(
  reader: TableReader<Result>,
  entry: ZipEntry,
  file: string | undefined,
): Promise<Result> {
  let fault: { readonly cause: unknown } | undefined;
  for await (const piece of unzippedPieces(entry, file)) {
    if (fault !== undefined) continue;
    try {
      reader.push(piece);
    } catch (cause) {
      fault = { cause };
    }
  }
  if (fault !== undefined) throw fault.cause;
  return reader.end();
}
