import { CalibrationError } from '../core/errors.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import type { NumberStore } from '../core/number-store.ts';
import { type BadCell, cellError, isDroppable, isNegativeInfinity, nonFiniteError } from './cell-errors.ts';
import { firstLabelColumns } from './class-columns.ts';
import { columnRoles } from './column-roles.ts';
import { columnStatistics } from './column-statistics.ts';
import type { CsvSettings } from './csv-settings.ts';
import { classifyCell, isUnderflow, parseDecimal, parsePercent } from './decimal-number.ts';
import { isOne } from './header-groups.ts';
import { headerLook, headerNames, isAfterMark, isAfterRowName, isNumberHeader } from './header-record.ts';
import { type LabelCollector, labelCollector, mostLabelTexts } from './label-texts.ts';
import { type PlainBatch, type PlainLayout, plainRoles } from './plain-layout.ts';
import type { RawTable } from './raw-table.ts';
import type { ComingRecords, RecordTaker } from './record-taker.ts';
import { type IdCollector, idCollector } from './row-ids.ts';
import { cellLong, wrongWidth } from './scan-fault.ts';
import { emptyTable, negativeWeight, nothingLeft, notOneHot, tooManyLabels } from './table-errors.ts';
import type { ColumnRoles, LabelWhere } from './table-roles.ts';
import { tally } from './tally.ts';
import { refuseTwins } from './twin-headers.ts';
import { labelMatcher } from './whole-label.ts';

/** A column of labels beside the one that is used, while it is read. */
interface OtherLabels {
  readonly column: number;
  readonly collector: LabelCollector;
}

/** Takes records and makes a table of them. */
export interface ScoreTable extends RecordTaker {
  /** The error of the first NaN or infinite cell, if there was one: it comes before any later error. */
  readonly pending: () => CalibrationError | undefined;
  readonly finish: () => RawTable;
}

export function scoreTable(settings: CsvSettings, where: LabelWhere): ScoreTable {
  const { file, decimalComma, dropBad, allowNegInf, input, storage, scale } = settings;
  const isIgnored = labelMatcher(settings.ignoreLabel);
  let header: readonly string[] | undefined;
  let roles: ColumnRoles | undefined;
  let width: number | undefined;
  let recordsRead = 0;
  let coming: ComingRecords | undefined;
  let held: { readonly cells: readonly string[]; readonly line: number } | undefined;
  let isNumberHeaded = false;
  let values: NumberStore<Float64Array> | NumberStore<Float32Array> = storage.floats(0);
  const lines = storage.counts();
  const labels = labelCollector(storage);
  const weights = storage.floats(0);
  let kept: readonly LabelCollector[] = [];
  let others: readonly OtherLabels[] = [];
  let ids: readonly IdCollector[] = [];
  let doubtful: ReadonlySet<number> = new Set();
  const doubtfulFaults = new Map<number, CalibrationError>();
  const leftOut = new Set<number>();
  const dropped = tally();
  const ignored = tally();
  const underflows = tally();
  let firstBad: BadCell | undefined;
  let badCells = 0;
  let layout: PlainLayout | undefined;

  const nameOf = (column: number): string => header?.[column] ?? String(column + 1);

  /** Looks at the first record; one that may be a header of numbers is held until the next is there. */
  const begin = (cells: readonly string[], line: number): boolean => {
    width = cells.length;
    for (const [c, cell] of cells.entries()) {
      if (cell.length > settings.maxCell)
        throw cellLong(settings, line, String(c + 1), Array.from(cell).length);
    }
    const look =
      settings.header === 'auto'
        ? headerLook(cells, decimalComma)
        : settings.header === 'present'
          ? 'header'
          : 'data';
    if (look === 'header') header = headerNames(cells);
    if (look === 'numbers') held = { cells, line };
    return look !== 'data';
  };

  /** Decides what the first record was, and takes it if it is data. */
  const decideHeld = (next: readonly string[] | undefined): void => {
    if (held === undefined) return;
    const { cells, line } = held;
    held = undefined;
    const holdsLabels = where === 'here' && settings.label === undefined;
    if (isNumberHeader(cells, next, decimalComma, holdsLabels)) {
      header = cells.map((cell) => cell.trim());
      isNumberHeaded = header.every((cell) => cell === '' || /^[0-9]+$/.test(cell));
      return;
    }
    takeRecord(cells, line);
  };

  const takeRecord = (cells: readonly string[], line: number): void => {
    if (roles === undefined && isAfterRowName(header, cells)) {
      header = ['', ...header];
      width = cells.length;
    } else if (roles === undefined && isAfterMark(header, cells)) {
      header = header.slice(1);
      width = cells.length;
    }
    if (cells.length !== width) {
      throw wrongWidth(cells.length, line, file, { cells: width!, header: header !== undefined });
    }
    roles ??= settle(cells);
    for (const [at, column] of roles.ids.entries()) ids[at]?.push(cells[column]!.trim());
    takeRow(cells, line, roles);
    recordsRead += 1;
  };

  const settle = (cells: readonly string[]): ColumnRoles => {
    const settled = columnRoles(header, cells, where, settings);
    if (header !== undefined) refuseTwins(header, cells, settled, settings);
    kept = settled.kept.map(() => labelCollector(memoryStorage));
    others = [...settled.rivals, ...settled.contenders].map((column) => ({
      column,
      collector: labelCollector(storage),
    }));
    if (where === 'elsewhere') ids = settled.ids.map((column) => idCollector(nameOf(column), storage));
    doubtful = new Set(settled.doubtful);
    const { length } = settled.scores;
    const rows = coming === undefined ? expectedRows(cells, settings.size) : (coming.records ?? 0);
    // A floor need not be a number of single precision.
    const isSingle = coming?.isSingle === true && settings.floor === undefined;
    const capacity = length * Math.max(rows, coming === undefined ? 64 : 1);
    values = isSingle ? storage.singles(capacity) : storage.floats(capacity);
    return settled;
  };

  /** Reads a number, or reports why there is none. */
  const read = (text: string, line: number, column: number, masked: boolean): number => {
    const plain = parseDecimal(text, decimalComma);
    if (plain !== 0 && !Number.isNaN(plain)) return plain;
    const trimmed = text.trim();
    const value = trimmed === text ? plain : parseDecimal(trimmed, decimalComma);
    if (!Number.isNaN(value)) {
      if (value === 0 && isUnderflow(trimmed)) underflows.add(line);
      return value;
    }
    const kind = classifyCell(trimmed, decimalComma);
    if (kind === 'percent' && scale === 'percent' && column !== roles?.weight) {
      return parsePercent(trimmed, decimalComma);
    }
    const isFirstScore = lines.length() === 0 && roles?.scores.includes(column) === true;
    const bad: BadCell = { kind, text: trimmed, row: line, column: nameOf(column), file, isFirstScore };
    if (masked && allowNegInf && isNegativeInfinity(bad)) return Number.NEGATIVE_INFINITY;
    if (!isDroppable(bad) || (kind === 'empty' && !dropBad)) throw cellError(bad);
    badCells += 1;
    firstBad ??= bad;
    return Number.NaN;
  };

  /** Reads a number of a column that may turn out to be no score: only then does it matter that a cell holds none. */
  const readDoubtful = (text: string, line: number, column: number): number => {
    const trimmed = text.trim();
    const value = parseDecimal(trimmed, decimalComma);
    if (!Number.isNaN(value)) return value;
    const kind = classifyCell(trimmed, decimalComma);
    if (kind === 'percent' && settings.scale === 'percent') return parsePercent(trimmed, decimalComma);
    const bad: BadCell = { kind, text: trimmed, row: line, column: nameOf(column), file };
    const place = roles!.scores.indexOf(column);
    if (!doubtfulFaults.has(place)) {
      doubtfulFaults.set(
        place,
        isDroppable(bad) && kind !== 'empty' ? nonFiniteError(bad, 1) : cellError(bad),
      );
    }
    return 0;
  };

  const takeRow = (cells: readonly string[], line: number, own: ColumnRoles): void => {
    const { scores, label, weight } = own;
    const start = values.length();
    const badBefore = badCells;
    const labelText = label === undefined ? hotLabel(cells, line, own) : cells[label]!.trim();
    if (labelText !== undefined && isIgnored(labelText)) {
      ignored.add(line);
      leftOut.add(recordsRead);
      return;
    }
    readScores(cells, line, scores);
    const rowWeight = weight === undefined ? 1 : read(cells[weight]!, line, weight, false);
    let bad = badCells > badBefore;
    if (where === 'here' && label !== undefined) bad = isMissingLabel(labelText!, line, label) || bad;
    if (bad) {
      values.truncate(start);
      leftOut.add(recordsRead);
      dropped.add(line);
      return;
    }
    if (rowWeight < 0) throw negativeWeight(cells[weight!]!.trim(), line, file);
    finishRow(labelText, rowWeight, line, own);
    for (const [at, column] of own.kept.entries()) kept[at]!.push(cells[column]!.trim(), line);
    for (const { column, collector } of others) {
      if (collector.distinct() <= mostLabelTexts(scores.length)) collector.push(cells[column]!.trim(), line);
    }
  };

  /** The class whose column holds the 1, as a label. */
  const hotLabel = (
    cells: readonly string[],
    line: number,
    { oneHot, scores }: ColumnRoles,
  ): string | undefined => {
    if (oneHot.length === 0) return undefined;
    const ones = oneHot.flatMap((column, k) => (isOne(cells[column]!) ? [k] : []));
    if (ones.length !== 1)
      throw notOneHot(ones.length, nameOf(oneHot[0]!), nameOf(oneHot.at(-1)!), line, file);
    const [k = 0] = ones;
    return settings.classNames?.[k] ?? nameOf(scores[k]!);
  };

  const finishRow = (
    labelText: string | undefined,
    rowWeight: number,
    line: number,
    { scores, label, weight }: Pick<ColumnRoles, 'scores' | 'label' | 'weight'>,
  ): void => {
    if (weight !== undefined) weights.push(rowWeight);
    if (where === 'here') {
      labels.push(labelText!, line);
      if (labels.distinct() > mostLabelTexts(scores.length)) throw manyLabels(label ?? 0);
    }
    lines.push(line);
  };

  /** The label column is none; without a header, another of the columns read so far may be it. */
  const manyLabels = (label: number): CalibrationError => {
    const read = { values: values.finish(), rows: lines.length(), roles: roles! };
    const elsewhere =
      header === undefined && settings.label === undefined
        ? firstLabelColumns(columnStatistics(read), read.roles)
        : [];
    return tooManyLabels(labels.distinct(), nameOf(label), file, read.roles.findings, elsewhere);
  };

  const readScores = (cells: readonly string[], line: number, scores: readonly number[]): void => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const c of scores) {
      const value = doubtful.has(c)
        ? readDoubtful(cells[c]!, line, c)
        : read(cells[c]!, line, c, input === 'logits');
      if (value > most) most = value;
      if (value < least && value !== Number.NEGATIVE_INFINITY) least = value;
      values.push(value);
    }
    if (most - least > Number.MAX_VALUE) {
      throw new CalibrationError('E_LOGIT_RANGE', {
        ...(file === undefined ? {} : { file }),
        row: line,
        what: 'logits span more than 1.8e308',
      });
    }
  };

  /** An empty label is bad as an empty score is; NaN for a label only where rows may be dropped for it. */
  const isMissingLabel = (text: string, line: number, column: number): boolean => {
    if (text === '' && !dropBad) {
      throw cellError({ kind: 'empty', text, row: line, column: nameOf(column), file });
    }
    return dropBad && (text === '' || /^nan$/i.test(text));
  };

  const plainLayout = (): PlainLayout | undefined => {
    // Columns of texts are not plain.
    if (roles === undefined) return undefined;
    if ([roles.kept, others, roles.oneHot, ids].some(({ length }) => length > 0)) return undefined;
    const { scores, label, weight } = roles;
    const places = new Int32Array(width!).fill(plainRoles.skipped);
    for (const [place, column] of scores.entries()) places[column] = place;
    if (label !== undefined) places[label] = plainRoles.label;
    if (weight !== undefined) places[weight] = plainRoles.weight;
    return {
      roles: places,
      scores: scores.length,
      decimalMark: decimalComma ? 0x2c : 0x2e,
      maxCell: settings.maxCell,
      take: (batch) => {
        const taken = plainRows(batch, label !== undefined);
        values.pushAll(batch.values.subarray(0, taken * scores.length));
        for (let k = 0; k < taken; k += 1)
          finishRow(batch.labels[k]!, batch.weights[k]!, batch.lines[k]!, roles!);
        recordsRead += taken;
        return taken;
      },
    };
  };

  /** Rows up to the first that is not simply to be taken. */
  const plainRows = (
    { count, labels: texts, weights: rowWeights }: PlainBatch,
    isLabelled: boolean,
  ): number => {
    let row = 0;
    while (row < count && rowWeights[row]! >= 0 && (!isLabelled || isPlainLabel(texts[row]!))) row += 1;
    return row;
  };

  /** Not one that is missing, or says so, or is to be left out. */
  const isPlainLabel = (text: string): boolean =>
    text !== '' && !isIgnored(text) && !(dropBad && text.length === 3);

  return {
    nameOf,
    foretell: (known) => {
      coming = known;
    },
    plain: () => {
      layout ??= plainLayout();
      return layout;
    },
    width: () => (width === undefined ? undefined : { cells: width, header: header !== undefined }),
    pending: () => (firstBad === undefined || dropBad ? undefined : nonFiniteError(firstBad, badCells)),
    take: (cells, line) => {
      if (width === undefined && begin(cells, line)) return;
      decideHeld(cells);
      takeRecord(cells, line);
    },
    finish: () => {
      decideHeld(undefined);
      if (roles === undefined) throw emptyTable(file, header !== undefined);
      if (lines.length() === 0) throw nothingLeft(file, recordsRead);
      const read = others.map(({ column, collector }) => ({ column, texts: collector.finish() }));
      return {
        header,
        roles,
        values: values.finish(),
        rows: lines.length(),
        lines: lines.finish(),
        labels: where === 'here' ? labels.finish() : undefined,
        weights: roles.weight === undefined ? undefined : weights.finish(),
        rivals: read.slice(0, roles.rivals.length),
        contenders: read.slice(roles.rivals.length),
        ids: ids.map(({ finish }) => finish()),
        doubtfulFaults,
        isNumberHeaded,
        kept: roles.kept.map((column, at) => {
          const { texts, ids } = kept[at]!.finish();
          return { name: nameOf(column), texts, ids: ids.read(0, ids.length) };
        }),
        nameOf,
        recordsRead,
        leftOut,
        dropped: dropped.tally(),
        ignored: ignored.tally(),
        underflows: underflows.tally(),
      };
    },
  };
}

/** Rows that a source of so many bytes holds if they are about as long as the first; memory is then asked for once. */
function expectedRows(cells: readonly string[], size: number | undefined): number {
  if (size === undefined) return 0;
  const bytes = cells.reduce((length, cell) => length + cell.length + 1, 0);
  // A little more, as rows differ; never more than rows of one digit a cell would need.
  return Math.ceil(Math.min((1.02 * size) / bytes, size / (2 * cells.length)));
}
