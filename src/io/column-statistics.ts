import type { StoredNumbers } from '../core/number-store.ts';
import type { ColumnRoles } from './table-roles.ts';

/** The score columns of a table, or of the rows read so far. */
interface ScoreColumns {
  readonly values: StoredNumbers<Float64Array> | StoredNumbers<Float32Array>;
  readonly rows: number;
  readonly roles: Pick<ColumnRoles, 'scores'>;
}

/** What all values of a score column are. */
export interface ColumnStatistics {
  readonly isWhole: boolean;
  readonly isConstant: boolean;
  /** The least and the greatest value of a column of whole numbers; of others, of those before the first fraction. */
  readonly least: number;
  readonly most: number;
  /** Each value is one more than that before it. */
  readonly countsUp: boolean;
}

/** Numbers read at a time. */
const cellsAtOnce = 2 ** 18;

/** Looks through the score columns, each up to its first fraction. */
export function columnStatistics({ values, rows, roles }: ScoreColumns): readonly ColumnStatistics[] {
  const columns = roles.scores.length;
  const isWhole = new Array<boolean>(columns).fill(true);
  const isConstant = new Array<boolean>(columns).fill(true);
  const countsUp = new Array<boolean>(columns).fill(true);
  const least = new Array<number>(columns).fill(Number.POSITIVE_INFINITY);
  const most = new Array<number>(columns).fill(Number.NEGATIVE_INFINITY);
  const first = values.read(0, columns).slice();
  let open = Array.from({ length: columns }, (_, c) => c);
  const atOnce = Math.max(Math.floor(cellsAtOnce / columns), 1);
  for (let from = 0; from < rows && open.length > 0; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const some = values.read(from * columns, to * columns);
    for (const c of open) {
      for (let i = from; i < to; i += 1) {
        const value = some[(i - from) * columns + c]!;
        if (!Number.isInteger(value)) {
          isWhole[c] = false;
          break;
        }
        if (value < least[c]!) least[c] = value;
        if (value > most[c]!) most[c] = value;
        if (value !== first[c]) isConstant[c] = false;
        if (value !== first[c]! + i) countsUp[c] = false;
      }
    }
    open = open.filter((c) => isWhole[c]);
  }
  return Array.from({ length: columns }, (_, c) => ({
    isWhole: isWhole[c]!,
    isConstant: isWhole[c]! && isConstant[c]!,
    least: least[c]!,
    most: most[c]!,
    countsUp: isWhole[c]! && rows > 1 && countsUp[c]!,
  }));
}
