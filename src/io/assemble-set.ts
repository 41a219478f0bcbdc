import { CalibrationError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import { checkProbabilities, floorProbabilities } from './check-probabilities.ts';
import { type CsvSettings, checkClassNames } from './csv-settings.ts';
import { dataHashBy } from './data-hash.ts';
import { describeColumns } from './describe-columns.ts';
import type { LabelTexts } from './label-texts.ts';
import { mapLabels, namesWithoutLabels } from './map-labels.ts';
import type { RawTable } from './score-table.ts';
import type { LoadedScores, LoadedSet } from './scored-set-input.ts';

/** Where the labels of a set came from. */
export interface LabelOrigin {
  readonly texts: LabelTexts;
  readonly file: string | undefined;
  readonly column: string | undefined;
  /** Names the source in words when it is not a column of the score table. */
  readonly source?: string;
}

/** A table's scores with one binary column made two. */
interface CheckedScores {
  readonly scores: Matrix;
  readonly headers: readonly string[] | undefined;
  readonly notices: readonly Notice[];
}

/** Maps the labels, checks the values against them, and puts the set together. */
export function assembleSet(raw: RawTable, origin: LabelOrigin, settings: CsvSettings): LoadedSet {
  checkNameCount(raw, settings);
  const { scores, headers, notices } = checkedScores(raw, settings);
  const { labels, classNames, namedClasses } = mapLabels(origin.texts, {
    input: settings.input,
    classes: scores.columns,
    classNames: settings.classNames,
    headers,
    labelBase: settings.labelBase,
    decimalComma: settings.decimalComma,
    file: origin.file,
    column: origin.column,
  });
  refuseMaskedTruth(scores, labels, raw.lines, settings.file);
  const { weights } = raw;
  if (weights?.every((weight) => weight === 0)) {
    throw new CalibrationError('E_WEIGHT_ZERO', { ...fileOf(settings), what: 'the weights sum to 0' });
  }
  return {
    kind: settings.input,
    scores,
    labels,
    ...(weights === undefined ? {} : { weights }),
    classNames,
    namedClasses,
    notices,
    lines: raw.lines,
    dataHash: dataHashBy(settings.sha256(), scores, labels, weights),
    columns: describeColumns(raw, settings, origin.source),
  };
}

/** The same without labels. */
export function assembleScores(raw: RawTable, settings: CsvSettings): LoadedScores {
  checkNameCount(raw, settings);
  const { scores, headers, notices } = checkedScores(raw, settings);
  return {
    kind: settings.input,
    scores,
    ...namesWithoutLabels({ classes: scores.columns, classNames: settings.classNames, headers }),
    notices,
    lines: raw.lines,
    dataHash: dataHashBy(settings.sha256(), scores, undefined, undefined),
    columns: describeColumns(raw, settings),
  };
}

function checkedScores(raw: RawTable, settings: CsvSettings): CheckedScores {
  const { rows, lines, nameOf } = raw;
  const single = raw.roles.scores.length === 1;
  const places = {
    file: settings.file,
    lines,
    nameOf: (k: number) => nameOf(raw.roles.scores[single ? 0 : k] ?? k),
  };
  const notices: Notice[] = [...readingNotices(raw, settings)];
  if (single && settings.input === 'probabilities') refuseBeyondOne(raw, places.nameOf(0), settings);
  const scores = single
    ? { data: twoColumns(raw.values, settings.input === 'logits'), rows, columns: 2 }
    : { data: raw.values, rows, columns: raw.roles.scores.length };
  if (settings.input === 'probabilities') {
    notices.push(...checkProbabilities(scores, places));
    if (settings.floor !== undefined) notices.push(...floorProbabilities(scores, settings.floor, places));
  }
  const headers = single || raw.header === undefined ? undefined : raw.roles.scores.map(nameOf);
  return { scores, headers, notices };
}

/** A score s is the logits (0, s), a probability p of class 1 the pair (1 − p, p). */
function twoColumns(values: ArrayLike<number>, logits: boolean): Float64Array {
  const both = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i += 1) {
    both[2 * i] = logits ? 0 : 1 - values[i]!;
    both[2 * i + 1] = values[i]!;
  }
  return both;
}

function refuseBeyondOne({ values, lines }: RawTable, column: string, settings: CsvSettings): void {
  const row = values.findIndex((p) => !(p >= 0 && p <= 1));
  if (row < 0) return;
  throw new CalibrationError('E_PROB_RANGE', {
    ...fileOf(settings),
    row: lines[row]!,
    column,
    what: `${values[row]} is outside 0..1, so it is no probability`,
    hint: 'Pass --input logits if these are logits.',
    value: values[row],
  });
}

function readingNotices(raw: RawTable, settings: CsvSettings): readonly Notice[] {
  const { underflows, dropped, ignored, recordsRead, roles } = raw;
  const place = fileOf(settings);
  const notices: Notice[] = [];
  if (roles.scores.length === 1) {
    const pair =
      settings.input === 'logits'
        ? 's was read as the logits (0, s)'
        : 'p was read as the probabilities (1 - p, p)';
    notices.push(
      notice('W_BINARY_ONE_COLUMN', `the only score column ${pair}, of class 0 and class 1.`, place),
    );
  }
  if (underflows.count > 0) {
    const cells = underflows.count === 1 ? '1 cell was' : `${underflows.count} cells were`;
    notices.push(
      notice('W_NUM_UNDERFLOW', `${cells} rounded to 0 (first: line ${underflows.firstLine}).`, place),
    );
  }
  for (const [{ count, firstLine }, why] of [
    [dropped, 'for a bad cell'],
    [ignored, 'for the label to ignore'],
  ] as const) {
    if (count === 0) continue;
    const were = count === 1 ? 'was' : 'were';
    notices.push(
      notice(
        'W_ROWS_DROPPED',
        `${count} of ${recordsRead} rows ${were} left out ${why} (first: line ${firstLine}).`,
        place,
      ),
    );
  }
  return notices;
}

/** −Infinity masks a class; the true class cannot be masked. */
function refuseMaskedTruth(
  { data, columns }: Matrix,
  labels: Int32Array,
  lines: Uint32Array,
  file: string | undefined,
): void {
  for (let i = 0; i < labels.length; i += 1) {
    if (data[i * columns + labels[i]!] !== Number.NEGATIVE_INFINITY) continue;
    throw new CalibrationError('E_LOGIT_NEGINF_TRUE', {
      ...(file === undefined ? {} : { file }),
      row: lines[i]!,
      what: 'the true class has logit -inf',
    });
  }
}

function checkNameCount({ roles }: RawTable, { classNames }: CsvSettings): void {
  const classes = Math.max(roles.scores.length, 2);
  if (classNames === undefined) return;
  checkClassNames(classNames);
  if (classNames.length === classes) return;
  throw new CalibrationError('E_OPTION', {
    what: `option "classNames" has ${classNames.length} names for ${classes} classes`,
    value: classNames,
  });
}

function fileOf({ file }: CsvSettings): { readonly file?: string } {
  return file === undefined ? {} : { file };
}
