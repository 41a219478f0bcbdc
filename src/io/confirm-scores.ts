import type { ColumnRole } from '../core/column-finding.ts';
import { CalibrationError } from '../core/errors.ts';
import { nameReadings } from './class-names.ts';
import { columnStatistics } from './column-statistics.ts';
import { refuseConfidenceAlone } from './confidence-alone.ts';
import { confirmHeadless } from './confirm-headless.ts';
import { absentClasses, expectedClasses } from './confirm-labels.ts';
import { refuseContrary } from './contrary-columns.ts';
import type { CsvSettings } from './csv-settings.ts';
import { refuseFirstClassAlone } from './first-class-alone.ts';
import { knownRole } from './known-column.ts';
import { knownReason, rowFigure } from './known-reason.ts';
import type { LabelTexts } from './label-texts.ts';
import { refuseLogProbabilityAlone } from './log-probability-alone.ts';
import { type DroppedColumns, narrowScores } from './narrow-scores.ts';
import { refuseUnopposed } from './opposed-columns.ts';
import type { RawTable } from './raw-table.ts';
import { unclearScores } from './role-refusals.ts';
import { areNumberedScores, isScoreName } from './score-families.ts';
import { classesUncounted, classesUnnamed } from './scores-not-matched.ts';
import { settledScores } from './settled-scores.ts';
import { refuseSpareColumns } from './spare-columns.ts';

/**
 * The table without the columns that turn out to be no scores, now that all rows and labels are read. Nothing happens to scores that are named
 * by an option or form a family without doubtful members.
 *
 * @param texts The labels; `undefined` where there are none.
 * @throws CalibrationError `E_COLUMN` where it cannot be told which columns are the scores.
 */
export function confirmScores(raw: RawTable, texts: LabelTexts | undefined, settings: CsvSettings): RawTable {
  const confirmed = withoutOthers(raw, texts, settings);
  if (texts !== undefined && settings.classes === undefined && settings.input === 'logits') {
    refuseUnlikely(confirmed, numbered(texts, settings.classNames), settings);
  }
  refuseConfidenceAlone(confirmed, settings);
  refuseLogProbabilityAlone(confirmed, settings);
  refuseFirstClassAlone(confirmed, texts, settings);
  return confirmed;
}

/** Labels that are the given names of classes, as the numbers of these. */
function numbered(labels: LabelTexts, names: readonly string[] | undefined): LabelTexts {
  const places = labels.texts.map((text) => names?.indexOf(text) ?? -1);
  return places.includes(-1) ? labels : { ...labels, texts: places.map(String) };
}

/** Refuses logits that do not go with numbered classes as the scores of these classes do, if the headers leave that open. */
function refuseUnlikely(raw: RawTable, texts: LabelTexts, settings: CsvSettings): void {
  const { basis, scores } = raw.roles;
  const expected = expectedClasses(texts, settings);
  if (expected === undefined || (basis !== 'unrelated' && basis !== 'family')) return;
  const headers = scores.map((column) => raw.nameOf(column));
  const areNamed = nameReadings(headers).some(
    (reading) => settings.classNames?.every((name, k) => reading[k] === name) === true,
  );
  const isKnown = areNamed || (basis === 'family' && areNumberedScores(headers));
  if (!isKnown && settings.labelBase === undefined) refuseSpareColumns(raw, texts, expected, settings);
  if (expected === 2) refuseUnopposed(raw, texts, isKnown, settings);
  else if (!isKnown && expected === scores.length) refuseContrary(raw, texts, settings);
}

function withoutOthers(raw: RawTable, texts: LabelTexts | undefined, settings: CsvSettings): RawTable {
  const { basis, doubtful } = raw.roles;
  if (basis === 'named' || basis === 'single' || (basis === 'family' && doubtful.length === 0)) return raw;
  const dropped =
    basis === 'headless' ? confirmHeadless(raw, texts, settings) : confirmHeaded(raw, texts, settings);
  refuseSoftFaults(raw, dropped);
  return narrowScores(raw, dropped, settings.storage);
}

/** A class whose column holds a cell that is no number. */
function refuseSoftFaults(raw: RawTable, dropped: DroppedColumns): void {
  const faults = [...raw.doubtfulFaults].filter(([place]) => !dropped.has(place));
  const [first] = faults.sort(([, a], [, b]) => (a.row ?? 0) - (b.row ?? 0));
  if (first !== undefined) throw first[1];
}

/** Places among the scores to be left out, each with the reason. */
function confirmHeaded(raw: RawTable, texts: LabelTexts | undefined, settings: CsvSettings): DroppedColumns {
  const { roles } = raw;
  const known = settings.classNames?.length ?? settings.classes;
  const doubtful = roles.scores.flatMap((column, k) => (roles.doubtful.includes(column) ? [k] : []));
  const index = indexPlaces(raw).filter((k) => !doubtful.includes(k));
  const sure = roles.scores.length - doubtful.length - index.length;
  const withoutDoubtful = new Map<number, readonly [ColumnRole, string]>([
    ...doubtful.map((k) => [k, doubtfulReason(raw, raw.nameOf(roles.scores[k]!))] as const),
    ...index.map((k) => [k, ['id', 'counts the rows']] as const),
  ]);
  if (known === roles.scores.length) return new Map();
  if (known === 2 && sure === 2 && texts !== undefined && absentClasses(raw, texts) === undefined) {
    refuseBesideOneScore(raw, settings);
  }
  if (known === sure && sure > 1) return withoutDoubtful;
  if (texts === undefined) return withoutDoubtful;
  refuseOtherThanScore(raw, settings);
  const absent = absentClasses(raw, texts);
  if (absent !== undefined) return confirmNamed(raw, absent, withoutDoubtful, settings);
  const expected = expectedClasses(texts, settings);
  if (expected === 2 || texts.texts.length === 2) refuseBesideOneScore(raw, settings);
  if (expected === undefined) return withoutDoubtful;
  if (expected === sure) return withoutDoubtful;
  if (roles.basis === 'family') return expected === roles.scores.length ? new Map() : withoutDoubtful;
  if (expected === roles.scores.length && index.length === 0) {
    if (sure > 1) return new Map();
    // One score and a known column may be two classes, or one score and something else.
    const alone = roles.scores.filter((column) => !roles.doubtful.includes(column));
    const alternatives = [alone, roles.scores].map((columns) => ({ columns, input: undefined }));
    throw unclearScores(roles.findings, alternatives, settings);
  }
  if (expected > sure) return withoutDoubtful;
  const open = roles.scores.flatMap((_, k) => (withoutDoubtful.has(k) ? [] : [k]));
  const settled = settledScores(raw, withoutDoubtful, open, settings, expected);
  if (settled === undefined) throw classesUncounted(raw, withoutDoubtful, texts, settings, expected);
  return settled;
}

/** Columns without the header of a family that count the rows. */
function indexPlaces(raw: RawTable): readonly number[] {
  if (raw.roles.basis === 'family' || raw.rows < fewestCounted) return [];
  return columnStatistics(raw).flatMap(({ countsUp }, k) => (countsUp ? [k] : []));
}

/** Fewer whole numbers may follow one another by chance. */
const fewestCounted = 5;

/** One column of unknown name beside one that is headed as a score: the unknown one may be any figure of the row. */
function refuseOtherThanScore({ roles, nameOf }: RawTable, settings: CsvSettings): void {
  const alone = roles.scores.filter((column) => !roles.doubtful.includes(column));
  const single = roles.doubtful.filter((column) => knownRole(nameOf(column)) === 'single score');
  if (roles.basis === 'family' || alone.length !== 1 || single.length === 0) return;
  const choices = [...single.map((column) => [column]), alone, [...alone, ...single].sort((a, b) => a - b)];
  const alternatives = choices.map((columns) => ({ columns, input: undefined }));
  throw unclearScores(roles.findings, alternatives, settings);
}

/** Two classes and several columns of unknown name beside one that is headed as a score: they are features more likely than classes. */
function refuseBesideOneScore({ roles, nameOf }: RawTable, settings: CsvSettings): void {
  if (roles.basis !== 'unrelated') return;
  const headed = roles.scores.filter((column) => isHeadedAsScore(nameOf(column)));
  if (headed.length !== 1) return;
  const choices = [headed, roles.scores.filter((column) => !roles.doubtful.includes(column))];
  const alternatives = choices.map((columns) => ({ columns, input: undefined }));
  throw unclearScores(roles.findings, alternatives, settings);
}

function isHeadedAsScore(name: string): boolean {
  const role = knownRole(name);
  return role === 'single score' || (role === undefined && isScoreName(name));
}

/** Labels that are headers say which columns are classes. */
function confirmNamed(
  raw: RawTable,
  absent: readonly number[],
  withoutDoubtful: DroppedColumns,
  settings: CsvSettings,
): DroppedColumns {
  const out = new Map([...withoutDoubtful].filter(([k]) => absent.includes(k)));
  const open = absent.filter((k) => !out.has(k));
  if (raw.roles.basis === 'family' || open.length === 0) return out;
  const settled = settledScores(raw, out, open, settings, undefined);
  if (settled === undefined) throw classesUnnamed(raw, out, open, settings);
  return settled;
}

function doubtfulReason({ roles }: RawTable, name: string): readonly [ColumnRole, string] {
  const known = knownRole(name);
  if (roles.basis === 'family' || known === undefined) return ['left out', rowFigure];
  return knownReason(known, name);
}

/** Puts the columns and their roles on errors about labels and columns. */
export function withFindings<Result>({ roles }: Pick<RawTable, 'roles'>, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof CalibrationError && /^E_(?:LABEL|COLUMN|HEADER|CLASS)/.test(error.code)) {
      error.columns ??= roles.findings;
    }
    throw error;
  }
}
