import { CalibrationError, printable } from '../core/errors.ts';
import type { CsvSettings } from './csv-settings.ts';
import { knownRole } from './known-column.ts';
import { type NpyHeader, npyDataOffset, npyPreamble, parseNpyHeader } from './npy-header.ts';
import { unzippedStart } from './unzip-entry.ts';
import { type ZipEntry, zipEntries } from './zip-entries.ts';

/** The arrays of an NPZ archive that play a part, still packed. */
export interface NpzArrays {
  readonly scores: ZipEntry;
  readonly labels: ZipEntry | undefined;
  readonly weights: ZipEntry | undefined;
}

/** Names of arrays when no option gives them, best first. */
const scoreNames = ['logits', 'logit', 'probabilities', 'probs', 'proba', 'scores', 'outputs'];

interface Found {
  readonly name: string;
  readonly entry: ZipEntry;
  readonly header: NpyHeader;
}

/**
 * Finds scores, labels and weights in an NPZ archive, of whose arrays only the headers are unpacked: by the names that the options `scores`, `label` and `weight` give, else
 * by usual names, else as the only array of two dimensions and the only one of whole numbers in one.
 *
 * @throws CalibrationError `E_ZIP` and its kin, `E_NPY_HEADER`, and `E_COLUMN` where it cannot be told which array is meant.
 */
export async function npzArrays(bytes: Uint8Array, settings: CsvSettings): Promise<NpzArrays> {
  const { file } = settings;
  const arrays: Found[] = [];
  for (const entry of zipEntries(bytes, file)) {
    if (!entry.name.endsWith('.npy')) continue;
    const name = entry.name.slice(0, -'.npy'.length);
    const header = await headerOf(entry, `${file ?? 'the archive'}, ${name}`, file);
    arrays.push({ name, entry, header });
  }
  if (arrays.length === 0) {
    throw new CalibrationError('E_FORMAT', {
      ...(file === undefined ? {} : { file }),
      placed: 'within',
      what: `${file === undefined ? 'the archive' : printable(file)} is a zip archive without a NumPy array, expected delimited text or arrays`,
      hint: 'Save the table as CSV.',
    });
  }
  const named = settings.scores?.length === 1 ? settings.scores[0] : undefined;
  const scores =
    pick(arrays, named, scoreNames, settings) ??
    only(arrays.filter(({ header }) => header.shape.length === 2)) ??
    refuse('scores', arrays, 'Pass --scores with the name of the array of scores.', settings);
  const others = arrays.filter((array) => array !== scores);
  const labels =
    pick(others, settings.label, [], settings) ??
    namedLabels(others, settings) ??
    only(
      others.filter(
        ({ name, header }) =>
          knownRole(name) === undefined && header.shape.length === 1 && /[iub][0-9]$/.test(header.type),
      ),
    );
  const weights = settings.weight === undefined ? undefined : pick(others, settings.weight, [], settings);
  return { scores: scores.entry, labels: labels?.entry, weights: weights?.entry };
}

/** The array whose name says that it holds labels; several cannot be told apart. */
function namedLabels(arrays: readonly Found[], settings: CsvSettings): Found | undefined {
  const named = arrays.filter(({ name }) => knownRole(name) === 'label');
  const [first, second] = named;
  if (first === undefined || second === undefined) return first;
  const names = named.map(({ name }) => `"${printable(name)}"`).join(' and ');
  throw new CalibrationError('E_LABEL_COLUMN', {
    ...(settings.file === undefined ? {} : { file: settings.file }),
    what: `arrays ${names} are both named as labels`,
    hint: 'Pass --label with the name of one.',
    suggestions: named.map(({ name }) => ({
      label: name,
      when: `if array "${printable(name)}" holds the labels`,
    })),
  });
}

/** The header of an array; no more of it is unpacked. */
async function headerOf(entry: ZipEntry, place: string, file: string | undefined): Promise<NpyHeader> {
  const start = await unzippedStart(entry, npyPreamble, file);
  if (start.length < npyPreamble) return { type: '', isFortranOrder: false, shape: [] };
  const offset = npyDataOffset(start, entry.size, place);
  return parseNpyHeader(await unzippedStart(entry, offset, file), place);
}

function pick(
  arrays: readonly Found[],
  wanted: string | number | undefined,
  usual: readonly string[],
  settings: CsvSettings,
): Found | undefined {
  if (wanted !== undefined) {
    const found = arrays.find(({ name }) => name === wanted);
    return found ?? refuse(String(wanted), arrays, undefined, settings);
  }
  for (const name of usual) {
    const found = arrays.find((array) => array.name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function only(arrays: readonly Found[]): Found | undefined {
  return arrays.length === 1 ? arrays[0] : undefined;
}

function refuse(
  wanted: string,
  arrays: readonly Found[],
  hint: string | undefined,
  { file }: CsvSettings,
): never {
  const listed = arrays
    .map(({ name, header }) => `${printable(name)} (${header.shape.join(' x ')})`)
    .join(', ');
  throw new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `no array is known to be "${printable(wanted)}" among ${listed}`,
    ...(hint === undefined ? {} : { hint }),
    value: wanted,
  });
}
