import type { RecordReader } from './csv-records.ts';
import { type NpyHeader, npyDataOffset, npyError, npyPreamble, parseNpyHeader } from './npy-header.ts';
import { type NpyElements, npyElements } from './npy-type.ts';
import { plainRoles } from './plain-records.ts';
import type { RecordTaker } from './record-taker.ts';

/** Where a table comes from, as far as an array's reader needs to know. */
interface ArraySource {
  readonly file: string | undefined;
  readonly size: number | undefined;
  readonly maxColumns: number;
}

/** The rows and columns of an array, and how its elements are read. */
interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly isFortranOrder: boolean;
  readonly elements: NpyElements;
  /** Bytes of all elements. */
  readonly bytes: number;
}

/**
 * Reads an NPY array of one or two dimensions as the records of a table without header; a record's line is its row, from 1.
 * Rows in C order are handed on as they arrive, so only the part of a row that is not there yet is held; an array in Fortran order is held
 * whole. Rows of finite numbers go over as numbers, others as the texts they would have in a table, so that the table says of
 * them what it says of text.
 *
 * @throws CalibrationError `E_NPY_HEADER`, `E_NPY_PICKLE`, `E_NPY_TYPE`, `E_NPY_SIZE` when there are more or fewer bytes
 * than the shape needs, `E_LIMIT_COLUMNS`.
 */
export function npyRecords(source: ArraySource, taker: RecordTaker): RecordReader {
  const { file, size } = source;
  let held: Uint8Array = new Uint8Array(0);
  let layout: Layout | undefined;
  let offset: number | undefined;
  let row = 0;
  let seen = 0;

  /** Storage behind `held`, which grows by doubling where an array is held whole. */
  let store: Uint8Array = new Uint8Array(0);

  const append = (bytes: Uint8Array): void => {
    const length = held.length + bytes.length;
    if (store.buffer !== held.buffer || length > store.length) {
      store = new Uint8Array(Math.max(length, layout?.isFortranOrder === true ? 2 * length : 0));
      store.set(held);
    }
    store.set(bytes, held.length);
    held = store.subarray(0, length);
  };

  const begin = (): void => {
    if (offset === undefined && held.length >= npyPreamble) offset = npyDataOffset(held, size, file);
    if (offset === undefined || held.length < offset) return;
    layout = layoutOf(parseNpyHeader(held.subarray(0, offset), file), source, offset);
    held = held.slice(offset);
    seen = held.length;
  };

  const takeRows = (): void => {
    const { columns, elements, isFortranOrder, bytes, rows } = layout!;
    if (seen > bytes) throw wrongSize(layout!, Number.POSITIVE_INFINITY, file);
    if (isFortranOrder) return;
    const stride = columns * elements.width;
    const view = new DataView(held.buffer, held.byteOffset, held.length);
    const whole = stride === 0 ? rows : Math.floor(held.length / stride);
    for (let k = 0; k < whole; k += 1) takeRow(view, (j) => k * stride + j * elements.width, k * stride);
    held = held.slice(whole * stride);
  };

  let plain: ReturnType<NonNullable<RecordTaker['plain']>>;
  let numbers = new Float64Array(0);
  let values = new Float64Array(0);

  /** @param from Where the row's elements stand one after the other, or −1. */
  const takeRow = (view: DataView, place: (column: number) => number, from: number): void => {
    row += 1;
    const { columns, elements } = layout!;
    plain ??= taker.plain?.();
    if (plain !== undefined && elements.numbers !== undefined) {
      if (numbers.length !== columns) numbers = new Float64Array(columns);
      if (values.length !== plain.scores) values = new Float64Array(plain.scores);
      readRow(view, place, from, elements.numbers);
      if (takePlain(view, place)) return;
    }
    const cells = Array.from({ length: columns }, (_, k) => elements.text(view, place(k)));
    taker.take(cells, row);
  };

  const readRow = (
    view: DataView,
    place: (column: number) => number,
    from: number,
    read: NonNullable<NpyElements['numbers']>,
  ): void => {
    if (from >= 0) {
      read(view, from, numbers.length, numbers);
      return;
    }
    const single = new Float64Array(1);
    for (let k = 0; k < numbers.length; k += 1) {
      read(view, place(k), 1, single);
      numbers[k] = single[0]!;
    }
  };

  const takePlain = (view: DataView, place: (column: number) => number): boolean => {
    const { roles, take } = plain!;
    let label = '';
    let weight = 1;
    for (let k = 0; k < roles.length; k += 1) {
      const role = roles[k]!;
      if (role >= 0) {
        const value = numbers[k]!;
        // NaN, infinite, or so large that the table must look at the row as a whole.
        if (!(value <= largest && value >= -largest)) return false;
        values[role] = value;
      } else if (role === plainRoles.label) label = layout!.elements.text(view, place(k));
      else if (role === plainRoles.weight) weight = numbers[k]!;
    }
    return Number.isFinite(weight) && take(values, label, weight, row);
  };

  return {
    push: (bytes) => {
      append(bytes);
      seen += bytes.length;
      if (layout === undefined) begin();
      if (layout !== undefined) takeRows();
    },
    end: () => {
      if (layout === undefined) {
        throw npyError('E_NPY_HEADER', file, `the file ends inside its header, after ${held.length} bytes`);
      }
      if (seen !== layout.bytes) throw wrongSize(layout, seen, file);
      if (!layout.isFortranOrder) return;
      const { rows, elements } = layout;
      const view = new DataView(held.buffer, held.byteOffset, held.length);
      for (let i = 0; i < rows; i += 1) takeRow(view, (k) => (k * rows + i) * elements.width, -1);
    },
  };
}

/** Scores of larger size might span more than the doubles reach. */
const largest = 8e307;

function layoutOf({ type, shape, isFortranOrder }: NpyHeader, source: ArraySource, offset: number): Layout {
  const { file, size, maxColumns } = source;
  const elements = npyElements(type, file);
  const [rows = 0, columns = 1] = shape;
  if (!(shape.length === 1 || shape.length === 2)) {
    const what = `an array of shape (${shape.join(', ')}), expected rows, or rows and columns`;
    throw npyError('E_NPY_TYPE', file, what);
  }
  const bytes = rows * columns * elements.width;
  const layout = { rows, columns, isFortranOrder: isFortranOrder && columns > 1, elements, bytes };
  if (!Number.isSafeInteger(bytes) || (size !== undefined && size - offset !== bytes)) {
    throw wrongSize(layout, size === undefined ? undefined : size - offset, file);
  }
  if (columns > maxColumns) {
    const what = `${columns} columns (limit ${maxColumns})`;
    throw npyError('E_LIMIT_COLUMNS', file, what, 'Raise with --max-columns.');
  }
  return layout;
}

function wrongSize(
  { rows, columns, elements, bytes }: Layout,
  found: number | undefined,
  file: string | undefined,
) {
  const shape = columns === 1 ? `(${rows},)` : `(${rows}, ${columns})`;
  const needed = `shape ${shape} of ${8 * elements.width}-bit elements needs ${bytes} bytes`;
  if (found === undefined) return npyError('E_NPY_SIZE', file, needed);
  // How many there are in all is not known while they arrive.
  const has = found === Number.POSITIVE_INFINITY ? 'more' : String(found);
  return npyError('E_NPY_SIZE', file, `${needed}, the file has ${has}`);
}
