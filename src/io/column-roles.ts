import type { ColumnFinding, ColumnRole } from '../core/column-finding.ts';
import { CalibrationError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { alignOneHot } from './align-one-hot.ts';
import { type ColumnLook, columnLooks } from './column-looks.ts';
import type { CsvSettings } from './csv-settings.ts';
import { findColumn } from './find-column.ts';
import { headerGroups } from './header-groups.ts';
import { mayBeAnswered } from './known-column.ts';
import { knownReason, rowFigure } from './known-reason.ts';
import { labelChoice } from './label-choice.ts';
import { noScoreColumns } from './no-score-columns.ts';
import { noLabelColumn, predictionAsLabel, secondLabelColumn, unclearScores } from './role-refusals.ts';
import { mostIds } from './row-ids.ts';
import { type ScoreChoice, scoreChoice } from './score-choice.ts';
import { isRowFigure } from './score-families.ts';
import type { ColumnRoles, LabelWhere, NamedRoles } from './table-roles.ts';

/**
 * Decides the columns' parts from the options, the header, where there is one, and the first row of data, as docs/columns.md has it.
 * Score columns without a common name are settled by {@link confirmScores} when the labels are known.
 *
 * @throws CalibrationError `E_COLUMN`, `E_HEADER_DUP` or `E_LABEL_COLUMN`, with the columns and options that would help.
 */
export function columnRoles(
  header: readonly string[] | undefined,
  first: readonly string[],
  where: LabelWhere,
  settings: CsvSettings,
): ColumnRoles {
  const looks = columnLooks(header, first, settings.decimalComma);
  try {
    return settledRoles(looks, header, first, where, settings);
  } catch (error) {
    if (error instanceof CalibrationError) error.columns ??= firstFindings(looks);
    throw error;
  }
}

function settledRoles(
  looks: readonly ColumnLook[],
  header: readonly string[] | undefined,
  first: readonly string[],
  where: LabelWhere,
  settings: CsvSettings,
): ColumnRoles {
  const named = namedRoles(header, looks.length, where, settings);
  const taken = new Set([
    ...named.ignored,
    ...(named.scores ?? []),
    ...(named.weight === undefined ? [] : [named.weight]),
    ...(named.label === undefined ? [] : [named.label]),
    // A column of labels may be kept too.
    ...named.kept.filter((c) => looks[c]!.known !== 'label'),
  ]);
  const free = looks.filter(({ column }) => !taken.has(column));
  const groups = headerGroups(free, first);
  const labels = labelChoice(free, groups, first, named, where, settings);
  const scores = scoreChoice(free, groups, labels, first, named, where, settings);
  const { label, rivals, contenders, isOneHot } = labels;
  const oneHot =
    isOneHot && scores.columns.length > 0 ? alignOneHot(groups, scores.columns, looks, settings.file) : [];
  const ids = idColumns(free, [...scores.columns, ...labels.all]);
  const roles: Omit<ColumnRoles, 'findings'> = {
    scores: scores.columns,
    basis: scores.basis,
    doubtful: scores.doubtful,
    label,
    rivals,
    contenders,
    oneHot,
    weight: named.weight,
    kept: named.kept,
    ids,
  };
  const findings = findingsOf(looks, roles, named, scores);
  if (scores.alternatives.length > 0) throw unclearScores(findings, scores.alternatives, settings);
  if (scores.columns.length === 0) throw noScoreColumns(findings, looks, first, where, settings);
  const isLabelled = label !== undefined || isOneHot;
  if (where === 'here' && !isLabelled) {
    const isSureFamily = scores.columns.every((column) => groups.members.has(column));
    throw noLabelColumn(findings, looks, scores.columns, isSureFamily, settings);
  }
  if (where === 'elsewhere') refuseSecondLabel(findings, settings);
  if (where === 'here' && named.label === undefined) refusePrediction(findings, looks, roles, settings);
  return { ...roles, findings };
}

/** Columns that name the rows, or may do so: texts and whole numbers of unknown header. */
function idColumns(free: readonly ColumnLook[], used: readonly number[]): readonly number[] {
  const usedColumns = new Set(used);
  const known = free.filter((look) => look.known === 'id');
  const open = free.filter(
    (look) =>
      look.known === undefined &&
      (look.cell === 'text' || look.cell === 'whole') &&
      !usedColumns.has(look.column),
  );
  return [...known, ...open].slice(0, mostIds).map(({ column }) => column);
}

/** `answer` beside `correct`, without a column of predictions, is the prediction that was right or wrong. */
function refusePrediction(
  findings: readonly ColumnFinding[],
  looks: readonly ColumnLook[],
  { label, scores }: Pick<ColumnRoles, 'label' | 'scores'>,
  settings: CsvSettings,
): void {
  if (label === undefined || findings.some(({ role }) => role === 'prediction')) return;
  const correct = looks.find((look) => look.known === 'right or wrong');
  const { known, name } = looks[label]!;
  if (correct === undefined || known !== 'label' || !mayBeAnswered(name!)) return;
  throw predictionAsLabel(findings[label]!, findings[correct.column]!, findings, looks, scores, settings);
}

function refuseSecondLabel(findings: readonly ColumnFinding[], settings: CsvSettings): void {
  if (settings.scores !== undefined) return;
  const second = findings.find(({ role, name }) => role === 'label' && name!.length > 1);
  if (second !== undefined) throw secondLabelColumn(second, findings, settings);
}

function namedRoles(
  header: readonly string[] | undefined,
  width: number,
  where: LabelWhere,
  settings: CsvSettings,
): NamedRoles {
  const find = (reference: string | number): number => findColumn(reference, header, width, settings.file);
  const { weight, label } = settings;
  return {
    weight: weight === undefined ? undefined : withNearest('weight', weight, header, () => find(weight)),
    label:
      label === undefined || where === 'elsewhere'
        ? undefined
        : withNearest('label', label, header, () => find(label)),
    scores: settings.scores?.map(find),
    kept: settings.keep.map(find),
    ignored: settings.ignore.map(find),
  };
}

/** Suggests the nearest name for one that there is not. */
function withNearest(
  option: 'label' | 'weight',
  reference: string | number,
  header: readonly string[] | undefined,
  find: () => number,
): number {
  try {
    return find();
  } catch (error) {
    const near = typeof reference === 'string' ? nearestName(reference, header ?? []) : undefined;
    if (error instanceof CalibrationError && near !== undefined) error.suggestions ??= [{ [option]: near }];
    throw error;
  }
}

function findingsOf(
  looks: readonly ColumnLook[],
  roles: Omit<ColumnRoles, 'findings'>,
  named: NamedRoles,
  chosen: ScoreChoice,
): readonly ColumnFinding[] {
  // Sets, as there may be 100,000 columns.
  const [scores, doubtful] = [new Set(roles.scores), new Set(roles.doubtful)];
  const [ignored, kept, oneHot] = [new Set(named.ignored), new Set(named.kept), new Set(roles.oneHot)];
  return looks.map((look) => {
    const { column } = look;
    const made = (role: ColumnRole, why: string): ColumnFinding => ({
      number: column + 1,
      ...(look.name === undefined ? {} : { name: look.name }),
      role,
      why,
    });
    if (ignored.has(column)) return made('ignored', 'to be left out');
    if (column === named.weight) return made('weight', 'named by the option');
    if (column === roles.label) {
      return made('label', named.label === undefined ? labelReason(look) : 'named by the option');
    }
    if (roles.rivals.includes(column))
      return made('label', 'its header names a label; must agree with the label column');
    if (oneHot.has(column)) return made('one-hot label', '1 for the true class, 0 for others');
    if (scores.has(column) && look.cell === 'text' && named.scores === undefined) {
      return made('unclear', 'texts');
    }
    if (scores.has(column)) {
      return made('score', doubtful.has(column) ? doubtfulReason(chosen) : chosen.why);
    }
    if (kept.has(column)) return made('kept', 'kept as texts');
    return made(
      ...plainRole(
        look,
        named.scores !== undefined,
        chosen.columns.length > 0 ? outsideReason(look, chosen) : undefined,
      ),
    );
  });
}

/** `prob_other` beside `prob_0` and `prob_1` begins as they do, but is no number. */
function outsideReason({ name = '' }: ColumnLook, { outside, pattern = '' }: ScoreChoice): string {
  const [start = '', end = ''] = pattern.split('*');
  const isAlike = pattern.includes('*') && name.startsWith(start) && name.endsWith(end);
  return isAlike ? `its header has no number, unlike those of the family ${pattern}` : outside;
}

function doubtfulReason({ basis, why }: ScoreChoice): string {
  return `${basis === 'family' ? why : 'numbers'}, a score only if a label has this name`;
}

function firstFindings(looks: readonly ColumnLook[]): readonly ColumnFinding[] {
  return looks.map((look) => {
    const [role, why] = plainRole(look, false, undefined);
    return { number: look.column + 1, ...(look.name === undefined ? {} : { name: look.name }), role, why };
  });
}

function labelReason({ name, known, cell }: ColumnLook): string {
  if (name !== undefined && known === 'label') return 'its header names a label';
  return cell === 'text' ? 'the only column of texts' : 'the last column';
}

/** The role of a column that is neither score nor label, and why. */
function plainRole(
  { name, known, cell }: ColumnLook,
  areScoresNamed: boolean,
  outside: string | undefined,
): readonly [ColumnRole, string] {
  const hold = { whole: 'whole numbers', fraction: 'numbers', text: 'texts', unsure: 'no number' }[cell];
  if (known !== undefined) return knownReason(known, name!);
  if (cell !== 'text' && isRowFigure(name ?? '')) return ['left out', rowFigure];
  if (areScoresNamed) return ['left out', 'not among the named scores'];
  if (cell === 'text') return ['left out', 'texts'];
  return outside === undefined ? ['unclear', hold] : ['left out', `${hold}; ${outside}`];
}
