import { CalibrationError } from '../core/errors.ts';
import { spaceCollapser } from './collapse-spaces.ts';
import { type RecordReader, recordReader } from './csv-records.ts';
import type { CsvSettings } from './csv-settings.ts';
import { withIdCheck } from './id-check.ts';
import { labelList, type RawLabels } from './label-list.ts';
import { withLabelSurvey } from './label-survey.ts';
import { beginsNpy } from './npy-header.ts';
import { npyRecords } from './npy-records.ts';
import type { RawTable } from './raw-table.ts';
import type { RecordTaker } from './record-taker.ts';
import { scoreTable } from './score-table.ts';
import type { LabelWhere } from './table-roles.ts';

/** Takes bytes, returns what they hold. */
export interface TableReader<Result> {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => Result;
}

/** Reads scores, with labels beside them or not. */
export function scoreReader(settings: CsvSettings, where: LabelWhere): TableReader<RawTable> {
  const isRowwise = settings.dropBad || settings.weight !== undefined || settings.keep.length > 0;
  if (settings.transpose && (where !== 'elsewhere' || isRowwise)) {
    throw new CalibrationError('E_OPTION', {
      what: 'option "transpose" needs the labels in a second source, and goes with none of dropBad, weight and keep',
    });
  }
  return readerOf(settings, (own) =>
    withLabelSurvey(withIdCheck(scoreTable(own, where), own), own.decimalComma),
  );
}

/** Reads labels from a source of their own, whose delimiter is its own. */
export function labelReader(settings: CsvSettings, table: RawTable): TableReader<RawLabels> {
  const classes = settings.transpose ? table.rows : table.roles.scores.length;
  const own = { ...settings, file: settings.labelsFile, delimiter: undefined, size: undefined };
  return readerOf(own, (settled) => labelList(settled, classes));
}

/** What takes the records, once it is known what they come from. */
type Taker<Result> = RecordTaker & {
  readonly finish: () => Result;
  readonly pending?: () => CalibrationError | undefined;
};

/** Where spaces separate cells, several count as one. */
function textRecords(settings: CsvSettings, taker: RecordTaker): RecordReader {
  const reader = recordReader(settings, taker);
  if (settings.delimiter !== space) return reader;
  const collapsed = spaceCollapser();
  return { ...reader, push: (bytes) => reader.push(collapsed(bytes)) };
}

const space = 0x20;

/** As many first bytes as tell an array from a text. */
const tellingBytes = 6;

/** Reads text or an NPY array, whichever the first bytes say. */
function readerOf<Result>(
  settings: CsvSettings,
  takerOf: (settings: CsvSettings) => Taker<Result>,
): TableReader<Result> {
  let first = new Uint8Array(0);
  let open: { readonly taker: Taker<Result>; readonly records: RecordReader } | undefined;

  const settle = (): { readonly taker: Taker<Result>; readonly records: RecordReader } => {
    const isArray = beginsNpy(first);
    // An array has no header, and its numbers have a decimal point.
    const own = isArray ? ({ ...settings, header: 'absent', decimalComma: false } as const) : settings;
    const taker = takerOf(own);
    open = { taker, records: isArray ? npyRecords(own, taker) : textRecords(own, taker) };
    return open;
  };

  const guarded = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      // A bad cell noted earlier in the file comes first.
      throw (error instanceof CalibrationError ? open?.taker.pending?.() : undefined) ?? error;
    }
  };

  const push = (bytes: Uint8Array): void => {
    if (open !== undefined) {
      open.records.push(bytes);
      return;
    }
    const joined = new Uint8Array(first.length + bytes.length);
    joined.set(first);
    joined.set(bytes, first.length);
    first = joined;
    if (first.length >= tellingBytes) settle().records.push(first);
  };

  return {
    push: (bytes) => guarded(() => push(bytes)),
    end: () => {
      guarded(() => {
        const { records } = open ?? settle();
        if (first.length < tellingBytes) records.push(first);
        records.end();
      });
      const noted = open!.taker.pending?.();
      if (noted !== undefined) throw noted;
      return open!.taker.finish();
    },
  };
}
