import type { SuggestedOptions } from '../core/column-finding.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { columnReferences } from './column-references.ts';
import type { CsvSettings } from './csv-settings.ts';
import { knownRole } from './known-column.ts';
import type { LabelTexts } from './label-texts.ts';
import type { RawTable } from './raw-table.ts';

/** More columns are not each proposed as the probability of class 1. */
const mostSingle = 6;

/** Sums this far from 1 are no rounding. */
const wrongSum = 0.1;

/**
 * Puts the columns on an error about probabilities of several columns, and the commands for those that may be probabilities: each alone for two classes, or those
 * within 0..1 beside others.
 */
export function withProbabilityColumns<Result>(
  raw: RawTable,
  texts: LabelTexts | undefined,
  settings: CsvSettings,
  read: () => Result,
): Result {
  try {
    return read();
  } catch (error) {
    const isAbout = error instanceof CalibrationError && /^E_PROB_(?:SUM|RANGE)$/.test(error.code);
    if (isAbout && raw.header !== undefined && raw.roles.scores.length > 1) {
      error.columns ??= raw.roles.findings;
      error.suggestions ??= proposed(error, raw, texts, settings);
    }
    throw error;
  }
}

function proposed(
  error: CalibrationError,
  raw: RawTable,
  texts: LabelTexts | undefined,
  { scale }: Pick<CsvSettings, 'scale'>,
): readonly SuggestedOptions[] {
  const { scores, findings } = raw.roles;
  const whole = scale === 'percent' ? 100 : 1;
  const outside = placesOutside(raw, whole);
  const within = scores.filter((_, k) => !outside.has(k));
  const isRounding = error.code === 'E_PROB_SUM' && Math.abs(Number(error.value) - 1) <= wrongSum;
  if (isRounding || within.length === 0) return [];
  const some = {
    scores: columnReferences(within, findings),
    when: 'if each of these is the probability of a class',
  };
  const headed = findings.flatMap(({ role, name, number }) =>
    role === 'confidence' && knownRole(name ?? '') === 'single score' ? [number - 1] : [],
  );
  const single = [...headed, ...within].map((column) => ({
    scores: columnReferences([column], findings),
    when: `if "${printable(raw.nameOf(column))}" is the probability of class 1`,
  }));
  const isBinary = texts?.texts.length === 2 && within.length <= mostSingle;
  return [...(within.length > 1 && within.length < scores.length ? [some] : []), ...(isBinary ? single : [])];
}

/** Values read at a time. */
const atOnce = 2 ** 16;

/** Places among the scores of columns with a value outside 0..whole. */
function placesOutside({ values, rows, roles }: RawTable, whole: number): ReadonlySet<number> {
  const columns = roles.scores.length;
  const outside = new Set<number>();
  const step = Math.max(Math.floor(atOnce / columns), 1);
  for (let from = 0; from < rows; from += step) {
    const some = values.read(from * columns, Math.min(from + step, rows) * columns);
    for (let i = 0; i < some.length; i += 1)
      if (!(some[i]! >= 0 && some[i]! <= whole)) outside.add(i % columns);
  }
  return outside;
}
