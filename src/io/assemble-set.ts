import { CalibrationError } from '../core/errors.ts';
import { raisedRows } from '../core/floored-set.ts';
import { checkLargestWeight } from '../core/largest-weight.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { Treatment } from '../core/treatment.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { suggestedFloor } from '../numerics/suggested-floor.ts';
import { refuseOtherOrder } from './class-name-order.ts';
import { absentClassNotices, columnNotices, orderNotices } from './column-notices.ts';
import { confirmScores, withFindings } from './confirm-scores.ts';
import { type CsvSettings, checkClassNames } from './csv-settings.ts';
import { dataHashBy } from './data-hash.ts';
import { describeColumns } from './describe-columns.ts';
import { findBelow, floorNotice } from './floor-probabilities.ts';
import { refuseContenders } from './label-contenders.ts';
import { agreeingLabels } from './label-rivals.ts';
import type { LabelTexts } from './label-texts.ts';
import { mapLabels, namesWithoutLabels } from './map-labels.ts';
import { withProbabilityColumns } from './probability-columns.ts';
import type { RowPlaces } from './probability-faults.ts';
import type { RawTable } from './raw-table.ts';
import { readingTreatment } from './reading-treatment.ts';
import type { LoadedStoredScores, LoadedStoredSet } from './scored-set-input.ts';
import { treatProbabilities } from './treat-probabilities.ts';
import { weighted } from './weighted-rows.ts';

/** Where the labels of a set came from. */
export interface LabelOrigin {
  readonly texts: LabelTexts;
  readonly file: string | undefined;
  readonly column: string | undefined;
  /** Names the source in words when it is not a column of the score table. */
  readonly source?: string;
}

/** A table's scores as they are used, with one binary column made two. */
interface CheckedScores {
  readonly scores: ScoreRows;
  /** The scores before the floor, where one is asked for. */
  readonly unfloored: ScoreRows | undefined;
  readonly headers: readonly string[] | undefined;
  readonly notices: readonly Notice[];
  readonly treatment: Treatment;
  readonly places: RowPlaces;
}

/** Maps the labels, checks the values against them, and puts the set together. Nothing is copied. */
export function assembleSet(table: RawTable, origin: LabelOrigin, settings: CsvSettings): LoadedStoredSet {
  return withFindings(table, () => {
    refuseContenders(table, settings);
    return labelledSet(confirmScores(table, origin.texts, settings), origin, settings);
  });
}

function labelledSet(raw: RawTable, origin: LabelOrigin, settings: CsvSettings): LoadedStoredSet {
  checkNameCount(raw, settings);
  const agreed = agreeingLabels(raw, settings);
  const checked = withProbabilityColumns(raw, origin.texts, settings, () => checkedScores(raw, settings));
  const { scores, headers } = checked;
  const mapped = mapLabels(origin.texts, {
    input: settings.input,
    classes: scores.columns,
    classNames: settings.classNames,
    headers,
    labelBase: settings.labelBase,
    decimalComma: settings.decimalComma,
    isOneColumn: raw.roles.scores.length === 1,
    file: origin.file,
    column: origin.column,
  });
  const { labels, labelNames, classNames, namedClasses } = mapped;
  refuseMaskedTruth(scores, labels, raw.lines, settings);
  const { weights } = raw;
  if (weights !== undefined) checkLargestWeight(largestOf(weights), settings.file);
  const { scores: finished, unfloored, ...noted } = flooredParts(checked, labels, settings);
  const given = { scores: finished, unfloored, labels, lines: raw.lines, kept: raw.kept };
  const { kept, ...rows } = weighted(given, weights, settings);
  return {
    kind: settings.input,
    ...rows,
    classNames,
    namedClasses,
    labelNames,
    ...noted,
    storage: settings.storage,
    notices: [
      ...agreed,
      ...noted.notices,
      ...orderNotices(raw, mapped, settings),
      ...absentClassNotices(raw, mapped, settings),
    ],
    dataHash: dataHashBy(settings.sha256(), rows.scores, rows.labels, rows.weights),
    columns: describeColumns(raw, settings, origin.source),
    columnFindings: raw.roles.findings,
    ...(kept.length === 0 ? {} : { kept }),
  };
}

/** The same without labels. */
export function assembleScores(table: RawTable, settings: CsvSettings): LoadedStoredScores {
  return withFindings(table, () => unlabelledScores(confirmScores(table, undefined, settings), settings));
}

function unlabelledScores(raw: RawTable, settings: CsvSettings): LoadedStoredScores {
  checkNameCount(raw, settings);
  const checked = checkedScores(raw, settings);
  const { headers } = checked;
  const { scores, notices, treatment } = flooredParts(checked, undefined, settings);
  return {
    kind: settings.input,
    scores,
    ...namesWithoutLabels({ classes: scores.columns, classNames: settings.classNames, headers }),
    ...(treatment === undefined ? {} : { treatment }),
    notices,
    lines: raw.lines,
    dataHash: dataHashBy(settings.sha256(), scores, undefined, undefined),
    columns: describeColumns(raw, settings),
    columnFindings: raw.roles.findings,
  };
}

function checkedScores(raw: RawTable, settings: CsvSettings): CheckedScores {
  const { lines, nameOf } = raw;
  const single = raw.roles.scores.length === 1;
  const places = {
    file: settings.file,
    lines,
    nameOf: (k: number) => nameOf(raw.roles.scores[single ? 0 : k] ?? k),
  };
  const given = scoreRows(raw);
  const { floor, input } = settings;
  const treated =
    input === 'logits'
      ? { scores: given, notices: [], treatment: {} }
      : treatProbabilities(given, settings, places);
  const widened = single ? twoColumns(treated.scores, input) : treated.scores;
  return {
    scores: floor === undefined ? widened : raisedRows(widened, floor),
    unfloored: floor === undefined ? undefined : widened,
    headers: single || raw.header === undefined ? undefined : raw.roles.scores.map(nameOf),
    notices: [...columnNotices(raw, settings), ...readingNotices(raw, settings), ...treated.notices],
    treatment: { ...treated.treatment, ...readingTreatment(raw, settings) },
    places,
  };
}

/** The parts of a set that know which cells the floor raised, and whose they are. */
function flooredParts(
  { scores, unfloored, notices, treatment, places }: CheckedScores,
  labels: StoredNumbers<Int32Array> | undefined,
  { floor }: CsvSettings,
): Pick<LoadedStoredSet, 'notices' | 'treatment' | 'unfloored'> & { readonly scores: ScoreRows } {
  if (floor === undefined || unfloored === undefined) {
    return { scores, notices, ...(Object.keys(treatment).length === 0 ? {} : { treatment }) };
  }
  const found = findBelow(unfloored, floor, labels);
  const isRaised = found.floored.cells > 0;
  return {
    scores: isRaised ? scores : unfloored,
    notices: [...notices, ...floorNotice(found, () => suggestedFloor(unfloored), places)],
    treatment: { ...treatment, floor: found.floored },
    ...(isRaised ? { unfloored } : {}),
  };
}

/** The values as rows. */
function scoreRows({ values, rows, roles }: RawTable): ScoreRows {
  const columns = roles.scores.length;
  const read = (from: number, to: number): Float64Array | Float32Array =>
    values.read(from * columns, to * columns);
  const matrix = values.whole === undefined ? undefined : { data: values.whole, rows, columns };
  return { rows, columns, read, matrix };
}

/** A score s as the logits (0, s), a probability p of class 1 as the pair (1 − p, p). */
function twoColumns({ rows, read: readOne }: ScoreRows, kind: ScoreKind): ScoreRows {
  let both = new Float64Array(0);
  const read = (from: number, to: number): Float64Array => {
    const single = readOne(from, to);
    if (both.length < 2 * single.length) both = new Float64Array(2 * single.length);
    for (let i = 0; i < single.length; i += 1) {
      both[2 * i] = kind === 'logits' ? 0 : 1 - single[i]!;
      both[2 * i + 1] = single[i]!;
    }
    return both.subarray(0, 2 * single.length);
  };
  return { rows, columns: 2, read, matrix: undefined };
}

/** Rows looked at together. */
const atOnce = 4096;

function largestOf(weights: StoredNumbers<Float64Array>): number {
  let largest = 0;
  for (let from = 0; from < weights.length; from += atOnce) {
    for (const weight of weights.read(from, Math.min(from + atOnce, weights.length))) {
      largest = Math.max(largest, weight);
    }
  }
  return largest;
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
  scores: ScoreRows,
  labels: StoredNumbers<Int32Array>,
  lines: StoredNumbers<Uint32Array>,
  settings: CsvSettings,
): void {
  if (!settings.allowNegInf) return;
  const rowAt = rowWindow(scores);
  for (let from = 0; from < scores.rows; from += atOnce) {
    const some = labels.read(from, Math.min(from + atOnce, scores.rows));
    for (let i = 0; i < some.length; i += 1) {
      const { cells, offset } = rowAt(from + i);
      if (cells[offset + some[i]!] !== Number.NEGATIVE_INFINITY) continue;
      throw new CalibrationError('E_LOGIT_NEGINF_TRUE', {
        ...fileOf(settings),
        row: lines.read(from + i, from + i + 1)[0]!,
        what: 'the true class has logit -inf',
      });
    }
  }
}

function checkNameCount({ roles, header }: RawTable, { classNames, file }: CsvSettings): void {
  const classes = Math.max(roles.scores.length, 2);
  if (classNames === undefined) return;
  checkClassNames(classNames);
  if (classNames.length === classes) {
    if (header !== undefined) {
      refuseOtherOrder(
        roles.scores.map((column) => header[column]!),
        classNames,
        file,
      );
    }
    return;
  }
  throw new CalibrationError('E_OPTION', {
    what: `option "classNames" has ${classNames.length} names for ${classes} classes`,
    value: classNames,
  });
}

function fileOf({ file }: CsvSettings): { readonly file?: string } {
  return file === undefined ? {} : { file };
}
