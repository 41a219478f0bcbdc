import { CalibrationError } from '../core/errors.ts';
import { choicesByAgreement } from './choices-by-agreement.ts';
import { holdsClasses } from './class-columns.ts';
import { columnReference, columnReferences } from './column-references.ts';
import { columnStatistics } from './column-statistics.ts';
import { expectedClasses } from './confirm-labels.ts';
import type { CsvSettings } from './csv-settings.ts';
import { parseDecimal } from './decimal-number.ts';
import { fewRows, refuseLabelElsewhere } from './label-elsewhere.ts';
import type { LabelTexts } from './label-texts.ts';
import type { DroppedColumns } from './narrow-scores.ts';
import { predictionTest } from './prediction-test.ts';
import type { RawTable } from './raw-table.ts';
import { rowsPerClass } from './spare-columns.ts';

/**
 * Looks for columns that are no scores in a table whose header names none: a column that counts its rows is left out.
 *
 * @throws CalibrationError `E_COLUMN` for whole numbers beside fractional logits, and for last columns whose class never occurs;
 * `E_LABEL_COLUMN` where all columns hold fractions, or several hold numbers of classes.
 */
export function confirmHeadless(
  raw: RawTable,
  texts: LabelTexts | undefined,
  settings: CsvSettings,
): DroppedColumns {
  const { rows, roles } = raw;
  const statistics = columnStatistics(raw);
  if (roles.label !== undefined && settings.label === undefined && texts !== undefined) {
    refuseLabelElsewhere(raw, texts, statistics, settings);
  }
  const known = settings.classNames?.length ?? settings.classes;
  if (known === roles.scores.length || roles.scores.length < 2) return new Map();
  const isFractional = statistics.some(({ isWhole }) => !isWhole);
  if (!isFractional) return new Map();
  const index = statistics.flatMap(({ countsUp }, k) => (countsUp && rows > 2 ? [k] : []));
  const out = new Map(index.map((k) => [k, ['id', 'counts the rows'] as const]));
  const places = statistics.map((_, k) => k).filter((k) => !out.has(k));
  const odd = places.filter((k) => statistics[k]!.isWhole && !statistics[k]!.isConstant);
  const expected = texts === undefined ? undefined : expectedClasses(texts, settings);
  if (roles.label !== undefined && odd.length === 1 && expected === rows) {
    throw indexLast(raw, settings, odd[0]!, places);
  }
  const fractions = texts === undefined ? 0 : shareOfFractions(texts, settings);
  if (roles.label !== undefined && odd.length === 0 && fractions > 0.5) throw noLabels(raw, settings);
  const rest = places.filter((k) => !odd.includes(k));
  const rivals = odd.filter((k) => holdsClasses(statistics[k]!, Math.max(rest.length, 2)));
  if (roles.label !== undefined && rest.length > 0 && rivals.length > 0 && rows >= fewRows) {
    throw severalLabels(raw, texts, settings, rest, rivals);
  }
  if (settings.input === 'logits' && odd.length > 0 && rows >= fewRows && known !== places.length) {
    throw unclear(raw, settings, 'holds whole numbers beside fractional scores', odd, [rest, places]);
  }
  const isComplete = expected !== undefined && texts!.texts.length === expected;
  const isShort = isComplete && expected > 1 && expected < places.length && rows >= rowsPerClass * expected;
  if (isShort && known === undefined) {
    const spare = places.slice(expected);
    const ends = [places.slice(0, expected), places.slice(-expected)];
    const choices = [...choicesByAgreement(raw, texts!, settings, ends), places];
    throw unclear(raw, settings, `has no label, of ${expected} classes that occur`, spare, choices);
  }
  return out;
}

/** Share of the different texts. */
function shareOfFractions({ texts }: LabelTexts, { decimalComma }: CsvSettings): number {
  const found = texts.filter((text) => {
    const number = parseDecimal(text, decimalComma);
    return Number.isFinite(number) && !Number.isInteger(number);
  });
  return found.length / texts.length;
}

/** The last column holds fractions, and no other whole numbers: all may be scores. */
function noLabels({ roles, nameOf }: RawTable, { file }: CsvSettings): CalibrationError {
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `there is no header, and no column holds names or whole numbers: the last, ${nameOf(roles.label!)}, holds fractions, which are no labels`,
    hint: 'Give a file of labels with --labels.',
    columns: roles.findings,
    suggestions: [{ labelsFile: true }],
  });
}

/** Further columns of class numbers: one of them may be the truth, and another a prediction. */
function severalLabels(
  raw: RawTable,
  texts: LabelTexts | undefined,
  { file }: CsvSettings,
  rest: readonly number[],
  rivals: readonly number[],
): CalibrationError {
  const { roles, nameOf } = raw;
  const { scores, findings } = roles;
  const label = roles.label!;
  const possible = [label, ...rivals.map((k) => scores[k]!)].sort((a, b) => a - b);
  const named = columnReferences(
    rest.map((k) => scores[k]!),
    findings,
  );
  return new CalibrationError('E_LABEL_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `there is no header, and each of the columns ${possible.map(nameOf).join(', ')} may hold labels or a prediction`,
    hint: 'Name the label column with --label, and the score columns with --scores.',
    columns: findings.map((finding) =>
      possible.includes(finding.number - 1)
        ? { ...finding, role: 'unclear', why: 'a label or a prediction' }
        : finding,
    ),
    suggestions: truthsFirst(raw, texts, rest, [label, ...possible.filter((column) => column !== label)]).map(
      (column) => ({
        scores: named,
        label: columnReference(column, findings),
        when: `if column ${nameOf(column)} holds the labels`,
      }),
    ),
  });
}

/** Rows in which columns are compared with the scores. */
const mostRows = 2048;

/** The columns, those last that say in every row which score is largest. */
function truthsFirst(
  { values, rows, roles }: RawTable,
  labels: LabelTexts | undefined,
  rest: readonly number[],
  columns: readonly number[],
): readonly number[] {
  const width = roles.scores.length;
  const n = Math.min(rows, mostRows);
  const cells = values.read(0, n * width).slice();
  const ids = labels?.ids.read(0, n).slice();
  const isPrediction = (column: number): boolean => {
    const place = roles.scores.indexOf(column);
    const test = predictionTest();
    for (let i = 0; i < n; i += 1) {
      const text = place < 0 ? labels?.texts[ids![i]!] : String(cells[i * width + place]);
      test.add(
        rest.map((k) => cells[i * width + k]!),
        text ?? '',
      );
    }
    return test.isPrediction();
  };
  const predictions = columns.filter(isPrediction);
  return [...columns.filter((column) => !predictions.includes(column)), ...predictions];
}

/** The last column counts the rows, so the labels are in the column of whole numbers before it. */
function indexLast(
  { roles, nameOf }: RawTable,
  { file }: CsvSettings,
  label: number,
  places: readonly number[],
): CalibrationError {
  const { scores, findings } = roles;
  const chosen = places.filter((k) => k !== label).map((k) => scores[k]!);
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `column ${nameOf(roles.label!)} numbers the rows, and column ${nameOf(scores[label]!)} holds whole numbers beside fractional scores`,
    hint: 'Name the label column with --label.',
    columns: findings,
    suggestions: [
      {
        scores: columnReferences(chosen, findings),
        label: columnReference(scores[label]!, findings),
        when: `if column ${nameOf(scores[label]!)} holds the labels`,
      },
    ],
  });
}

function unclear(
  raw: RawTable,
  { file }: CsvSettings,
  what: string,
  odd: readonly number[],
  choices: readonly (readonly number[])[],
): CalibrationError {
  const { scores, findings, label } = raw.roles;
  const columns = odd
    .map((k) => raw.nameOf(scores[k]!))
    .slice(0, 4)
    .join(', ');
  const several = odd.length > 1;
  const labelled = label === undefined ? {} : { label: columnReference(label, findings) };
  return new CalibrationError('E_COLUMN', {
    ...(file === undefined ? {} : { file }),
    what: `${several ? 'each of the columns' : 'column'} ${columns}${odd.length > 4 ? ', …' : ''} ${what}, so ${several ? 'they' : 'it'} may be no ${several ? 'scores' : 'score'} of a class`,
    hint: 'Name the score columns with --scores.',
    columns: findings,
    suggestions: choices.map((chosen, at) => ({
      scores: columnReferences(
        chosen.map((k) => scores[k]!),
        findings,
      ),
      ...labelled,
      when: at === choices.length - 1 ? 'if every one of them is a class' : 'if only these are classes',
    })),
  });
}
