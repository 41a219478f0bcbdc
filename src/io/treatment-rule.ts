import type { FloorTemperature, Treatment } from '../core/treatment.ts';
import {
  anyText,
  finite,
  list,
  nonNegative,
  nullable,
  oneOf,
  positive,
  type Rule,
  record,
  wholeFrom,
} from './closed-record.ts';

const count = wholeFrom(0);
const floor = finite((value) => value > 0 && value <= 0.5, 'a number above 0 and up to 0.5');

const parts = {
  scale: oneOf(['percent']),
  clipped: record({ cells: count, rows: count, largest: nonNegative }),
  renormalized: record({ rows: count, largest: nonNegative }),
  floor: record({ value: floor, cells: count, rows: count, trueCells: count }, ['trueCells']),
  dropped: record({ rows: count }),
  ignored: record({ label: anyText, rows: count }),
  joined: record({ column: anyText }),
  classNames: oneOf(['given']),
  labelBase: finite((value) => value === 1, '1'),
  weight: anyText,
  expanded: oneOf(['one-column']),
} satisfies Record<keyof Treatment, Rule<unknown>>;

/** The treatment in a calibrator file, all of whose parts are optional. */
export const treatmentRule = record(parts, Object.keys(parts)) as Rule<unknown> as Rule<Treatment>;

/** The temperatures at other floors in a calibrator file. */
export const floorsRule: Rule<readonly FloorTemperature[]> = list(
  record({ floor, temperature: nullable(positive) }),
);
