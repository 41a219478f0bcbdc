import type { KnownRole } from './column-names.ts';
import { classifyCell, hasDecimalComma, parseDecimal } from './decimal-number.ts';
import { knownRole, nameKey, soundsPredicted } from './known-column.ts';

/** What a column's header and its first cell say. */
export interface ColumnLook {
  readonly column: number;
  /** `undefined` in a table without header. */
  readonly name: string | undefined;
  readonly known: KnownRole | undefined;
  /** What the first cell holds; `unsure` for empty cells and words such as NaN. */
  /** The first cell. */
  readonly text: string;
  readonly cell: 'whole' | 'fraction' | 'text' | 'unsure';
}

/** Looks at the header, where there is one, and the first row of data. */
export function columnLooks(
  header: readonly string[] | undefined,
  first: readonly string[],
  decimalComma: boolean,
): readonly ColumnLook[] {
  const keys = new Set(header?.map(nameKey));
  return first.map((text, column) => {
    const cell = cellOf(text.trim(), decimalComma);
    const name = header?.[column];
    const known =
      name === undefined ? undefined : roleOfContent(roleBeside(name, keys), name, text.trim(), cell);
    return { column, name, known, text, cell };
  });
}

/** Texts under a header of unknown role may be predictions, and `correct` may be the correct answer. */
function roleOfContent(
  role: KnownRole | undefined,
  name: string,
  text: string,
  cell: ColumnLook['cell'],
): KnownRole | undefined {
  if (cell !== 'text') return role;
  if (role === undefined) return soundsPredicted(name) ? 'prediction' : undefined;
  const isAnswer =
    /^(?:correct|right)$/i.test(name.trim()) &&
    !/^(?:true|false|yes|no|y|n|t|f|correct|incorrect|right|wrong)$/i.test(text);
  return role === 'right or wrong' && isAnswer ? 'label' : role;
}

/** Words of two classes, of which the first alone says something else of its column. */
const opposites = [
  ['true', 'false'],
  ['correct', 'incorrect'],
  ['positive', 'negative'],
  ['pos', 'neg'],
] as const;

/** Beside `p_false`, `p_true` is the score of a class, as `p_pos` is beside `p_neg`. */
function roleBeside(name: string, keys: ReadonlySet<string>): KnownRole | undefined {
  const role = knownRole(name);
  if (role !== 'confidence' && role !== 'single score') return role;
  const key = nameKey(name);
  const hasOpposite = opposites.some(
    ([word, other]) => key.includes(word) && !key.includes(other) && keys.has(key.replace(word, other)),
  );
  return hasOpposite ? undefined : role;
}

function cellOf(text: string, decimalComma: boolean): ColumnLook['cell'] {
  const kind = classifyCell(text, decimalComma);
  // A decimal comma that was not declared is a number all the same, so that its refusal says so.
  if (kind === 'text') return !decimalComma && hasDecimalComma(text) ? 'fraction' : 'text';
  if (kind === 'percent') return 'fraction';
  if (kind !== 'number') return 'unsure';
  return Number.isInteger(parseDecimal(text, decimalComma)) ? 'whole' : 'fraction';
}
