import { CalibrationError, type ErrorCode, placeText } from '../core/errors.ts';
import type { ScanFault } from './record-scanner.ts';
import type { RecordOptions, RecordTaker } from './record-taker.ts';

/** Throws what a scan stopped at, in the words of the error catalogue; does nothing where it did not stop. */
export function refuseFault(fault: ScanFault | undefined, options: RecordOptions, taker: RecordTaker): void {
  if (fault === undefined) return;
  const { line } = fault;
  switch (fault.kind) {
    case 'nul':
      throw within('E_NUL', options.file, line, 'contains a NUL byte; is this a text file?');
    case 'quote-open':
      throw quoteOpen(options.file, line, fault.cell);
    case 'quote-inside':
      throw at('E_QUOTE', options.file, line, taker.nameOf(fault.cell - 1), {
        what: 'a quote is inside a cell that does not start with one',
        hint: 'Enclose the whole cell in quotes and double those inside.',
      });
    case 'after-quote':
      throw at('E_QUOTE', options.file, line, taker.nameOf(fault.cell - 1), {
        what: 'text follows the closing quote',
        hint:
          line === 1 && options.delimiter === undefined
            ? 'Pass --delimiter space if spaces separate the cells, else double the quotes inside a quoted cell.'
            : 'Double the quotes inside a quoted cell.',
      });
    case 'cell-long':
      throw cellLong(options, line, taker.nameOf(fault.cell - 1), fault.characters);
    case 'cells-many':
      throw cellsMany(fault.cells, line, options, taker);
  }
}

/** A cell beyond the limit. */
export function cellLong(
  { file, maxCell }: Pick<RecordOptions, 'file' | 'maxCell'>,
  line: number,
  column: string,
  characters: number,
): CalibrationError {
  return at('E_CELL_LONG', file, line, column, {
    what: `cell has ${characters} characters (limit ${maxCell})`,
  });
}

/** A record of another width than those before it. */
export function wrongWidth(
  cells: number,
  line: number,
  file: string | undefined,
  expected: { readonly cells: number; readonly header: boolean },
): CalibrationError {
  const code = cells < expected.cells ? 'E_ROW_SHORT' : 'E_ROW_LONG';
  const model = expected.header ? 'the header' : 'the first row';
  const noun = cells === 1 ? 'cell' : 'cells';
  return within(code, file, line, `has ${cells} ${noun}, ${model} has ${expected.cells}`);
}

function cellsMany(
  cells: number,
  line: number,
  { file, maxColumns }: RecordOptions,
  taker: RecordTaker,
): CalibrationError {
  const expected = taker.width();
  if (expected !== undefined) return wrongWidth(cells, line, file, expected);
  return new CalibrationError('E_LIMIT_COLUMNS', {
    ...(file === undefined ? {} : { file }),
    what: `${cells} columns (limit ${maxColumns})`,
    hint: 'Raise with --max-columns.',
  });
}

function quoteOpen(file: string | undefined, row: number, cell: number): CalibrationError {
  return new CalibrationError('E_QUOTE_OPEN', {
    ...(file === undefined ? {} : { file }),
    row,
    placed: 'within',
    what: `${file === undefined ? '' : `${placeText({ file })}: `}the quote opened at line ${row}, column ${cell} never closes`,
  });
}

/** An error whose place is the subject of its sentence: `line 2 has 2 cells`. */
export function within(
  code: ErrorCode,
  file: string | undefined,
  row: number,
  predicate: string,
): CalibrationError {
  const place = { ...(file === undefined ? {} : { file }), row };
  return new CalibrationError(code, { ...place, placed: 'within', what: `${placeText(place)} ${predicate}` });
}

function at(
  code: ErrorCode,
  file: string | undefined,
  row: number,
  column: string,
  rest: { readonly what: string; readonly hint?: string },
): CalibrationError {
  return new CalibrationError(code, { ...(file === undefined ? {} : { file }), row, column, ...rest });
}
