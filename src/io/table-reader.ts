import { CalibrationError } from '../core/errors.ts';
import type { LabelWhere } from './column-roles.ts';
import { recordReader } from './csv-records.ts';
import type { CsvSettings } from './csv-settings.ts';
import { labelList, type RawLabels } from './label-list.ts';
import type { RecordTaker } from './record-taker.ts';
import { type RawTable, scoreTable } from './score-table.ts';

/** Takes bytes, returns what they hold. */
export interface TableReader<Result> {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => Result;
}

/** Reads scores, with labels beside them or not. */
export function scoreReader(settings: CsvSettings, where: LabelWhere): TableReader<RawTable> {
  if (settings.transpose && (where !== 'elsewhere' || settings.dropBad || settings.weight !== undefined)) {
    throw new CalibrationError('E_OPTION', {
      what: 'option "transpose" needs the labels in a second source, and goes with neither dropBad nor weight',
    });
  }
  const table = scoreTable(settings, where);
  return readerOf(settings, table, table.pending);
}

/** Reads labels from a source of their own, whose delimiter is its own. */
export function labelReader(settings: CsvSettings, table: RawTable): TableReader<RawLabels> {
  const classes = settings.transpose ? table.rows : table.roles.scores.length;
  const own = { ...settings, file: settings.labelsFile, delimiter: undefined };
  return readerOf(own, labelList(own, classes), () => undefined);
}

function readerOf<Result>(
  settings: CsvSettings,
  taker: RecordTaker & { readonly finish: () => Result },
  pending: () => CalibrationError | undefined,
): TableReader<Result> {
  const records = recordReader(settings, taker);
  const guarded = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      // A bad cell noted earlier in the file comes first.
      throw (error instanceof CalibrationError ? pending() : undefined) ?? error;
    }
  };
  return {
    push: (bytes) => guarded(() => records.push(bytes)),
    end: () => {
      guarded(records.end);
      const noted = pending();
      if (noted !== undefined) throw noted;
      return taker.finish();
    },
  };
}
