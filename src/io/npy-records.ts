import type { NumberStorage, NumberStore, StoredNumbers } from '../core/number-store.ts';
import type { RecordReader } from './csv-records.ts';
import { npyDataOffset, npyError, npyPreamble, parseNpyHeader } from './npy-header.ts';
import { type NpyLayout, npyLayout, shapeText, wrongSize } from './npy-layout.ts';
import { type PlainLayout, plainRoles } from './plain-layout.ts';
import type { RecordTaker } from './record-taker.ts';

/** Where a table comes from, as far as an array's reader needs to know. */
interface ArraySource {
  readonly file: string | undefined;
  readonly size: number | undefined;
  readonly maxColumns: number;
  /** Where an array in Fortran order waits for its last byte. */
  readonly storage: Pick<NumberStorage, 'bytes'>;
}

/** Bytes of rows put together at a time from the columns of an array in Fortran order. */
const blockBytes = 2 ** 22;

/**
 * Reads an NPY array of one or two dimensions as the records of a table without header; a record's line is its row, from 1.
 * Rows in C order are handed on as they arrive, so only the part of a row that is not there yet is held; an array in Fortran order
 * waits in storage, and its rows are put together block by block. Rows of finite numbers go over as numbers, others as the texts they would have in a table, so that the table says
 * of them what it says of text.
 *
 * @throws CalibrationError `E_NPY_HEADER`, `E_NPY_PICKLE`, `E_NPY_TYPE`, `E_NPY_SIZE` when there are more or fewer bytes
 * than the shape needs, `E_LIMIT_COLUMNS`.
 */
export function npyRecords(source: ArraySource, taker: RecordTaker): RecordReader {
  const { file, size, storage } = source;
  // Bytes that wait for others, at the beginning of the store.
  let store: Uint8Array = new Uint8Array(0);
  let held = 0;
  let layout: NpyLayout | undefined;
  let take: ReturnType<typeof rowTaker> | undefined;
  let seen = 0;
  let columnwise: NumberStore<Uint8Array> | undefined;

  const append = (bytes: Uint8Array): void => {
    const length = held + bytes.length;
    if (length > store.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(store.subarray(0, held));
      store = larger;
    }
    store.set(bytes, held);
    held = length;
  };

  /** Returns the data behind the header, once that is there. */
  const begin = (): Uint8Array | undefined => {
    if (held < npyPreamble) return undefined;
    const offset = npyDataOffset(store, size, file);
    if (held < offset) return undefined;
    const found = size === undefined ? undefined : size - offset;
    layout = npyLayout(parseNpyHeader(store.subarray(0, offset), file), found, file);
    checkShape(layout, source);
    const records = size === undefined ? undefined : layout.shape[0]!;
    taker.foretell?.({ records, isSingle: layout.elements.isSingle });
    take = rowTaker(layout, taker);
    const data = store.slice(offset, held);
    held = 0;
    return data;
  };

  /** Hands on the rows that are there, from where they lie. */
  const advance = (data: Uint8Array, { shape, isFortranOrder, elements, bytes }: NpyLayout): void => {
    seen += data.length;
    if (seen > bytes) throw wrongSize(layout!, 'more', file);
    if (isFortranOrder) {
      columnwise ??= storage.bytes(size === undefined ? 0 : bytes);
      columnwise.pushAll(data);
      return;
    }
    const [, columns = 1] = shape;
    const stride = columns * elements.width;
    let at = 0;
    if (held > 0) {
      at = Math.min(stride - held, data.length);
      append(data.subarray(0, at));
      if (held < stride) return;
      take!(viewOf(store), 0, elements.width);
      held = 0;
    }
    const view = viewOf(data);
    for (; at + stride <= data.length; at += stride) take!(view, at, elements.width);
    append(data.subarray(at));
  };

  return {
    push: (bytes) => {
      let data: Uint8Array | undefined = bytes;
      if (layout === undefined) {
        append(bytes);
        data = begin();
      }
      if (layout !== undefined && data !== undefined) advance(data, layout);
    },
    end: () => {
      if (layout === undefined) {
        throw npyError('E_NPY_HEADER', file, `the file ends inside its header, after ${held} bytes`);
      }
      if (seen !== layout.bytes) throw wrongSize(layout, seen, file);
      if (columnwise !== undefined) takeColumnwise(columnwise.finish(), layout, take!);
    },
  };
}

/** Hands on the rows of an array that stands column by column. */
function takeColumnwise(
  stored: StoredNumbers<Uint8Array>,
  { shape, elements }: NpyLayout,
  take: ReturnType<typeof rowTaker>,
): void {
  const [rows = 0, columns = 1] = shape;
  const { width } = elements;
  const many = Math.max(Math.floor(blockBytes / (columns * width)), 1);
  const block = new Uint8Array(Math.min(many, rows) * columns * width);
  for (let from = 0; from < rows; from += many) {
    const count = Math.min(many, rows - from);
    for (let k = 0; k < columns; k += 1) {
      const start = (k * rows + from) * width;
      block.set(stored.read(start, start + count * width), k * count * width);
    }
    const view = viewOf(block);
    for (let i = 0; i < count; i += 1) take(view, i * width, count * width);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function checkShape({ shape }: NpyLayout, { file, maxColumns }: ArraySource): void {
  const [, columns = 1] = shape;
  if (!(shape.length === 1 || shape.length === 2) || columns === 0) {
    const what = `an array of shape ${shapeText(shape)}, expected rows, or rows and columns`;
    throw npyError('E_NPY_TYPE', file, what);
  }
  if (columns > maxColumns) {
    const what = `${columns} columns (limit ${maxColumns})`;
    throw npyError('E_LIMIT_COLUMNS', file, what, 'Raise with --max-columns.');
  }
}

/** Scores of larger size might span more than the doubles reach. */
const largest = 8e307;

/** Hands rows to a table: the first element of a row is at a place, each other so many bytes behind the one before. */
function rowTaker(
  { shape, elements }: NpyLayout,
  taker: RecordTaker,
): (view: DataView, at: number, step: number) => void {
  const [, columns = 1] = shape;
  const { numbers, text } = elements;
  let row = 0;
  let plain: PlainRow | undefined;

  return (view, at, step) => {
    row += 1;
    if (numbers !== undefined) {
      const layout = plain === undefined ? taker.plain?.() : undefined;
      if (layout !== undefined) plain = plainRow(layout, columns, elements.isSingle);
      if (plain !== undefined) {
        numbers(view, at, step, plain.numbers);
        const { label } = plain;
        if (plain.take(label === undefined ? '' : text(view, at + label * step), row)) return;
      }
    }
    taker.take(
      Array.from({ length: columns }, (_, k) => text(view, at + k * step)),
      row,
    );
  };
}

/** A row of numbers on its way into a table. */
interface PlainRow {
  readonly numbers: Float64Array | Float32Array;
  /** Column of the label. */
  readonly label: number | undefined;
  /** Takes the numbers, unless the table must look at the row as a whole. */
  readonly take: (label: string, row: number) => boolean;
}

function plainRow({ roles, scores, take }: PlainLayout, columns: number, isSingle: boolean): PlainRow {
  const Store = isSingle ? Float32Array : Float64Array;
  const numbers = new Store(columns);
  const isInOrder = scores === columns && roles.every((role, k) => role === k);
  const values = isInOrder ? numbers : new Store(scores);
  const [label, weight] = [roles.indexOf(plainRoles.label), roles.indexOf(plainRoles.weight)];
  const batch = { count: 1, values, labels: [''], weights: Float64Array.of(1), lines: new Uint32Array(1) };
  return {
    numbers,
    label: label < 0 ? undefined : label,
    take: (text, row) => {
      if (!isInOrder) {
        for (const [k, role] of roles.entries()) if (role >= 0) values[role] = numbers[k]!;
      }
      // NaN, infinite, or so large that the table must look at the row as a whole.
      for (let k = 0; k < scores; k += 1) {
        if (!(values[k]! <= largest && values[k]! >= -largest)) return false;
      }
      if (weight >= 0) batch.weights[0] = numbers[weight]!;
      batch.labels[0] = text;
      batch.lines[0] = row;
      return Number.isFinite(batch.weights[0]) && take(batch) === 1;
    },
  };
}
