import type {
  ClasswiseSums,
  JudgedRange,
  JudgementExtras,
  Kernels,
  RowJudgements,
} from './kernels-contract.ts';
import {
  aligned,
  doublesOf,
  type KernelModule,
  place,
  scratchAddress,
  stripe,
} from './webassembly-module.ts';

/** `judgeRows` in WebAssembly, stripe by stripe: what the kernels say of a stripe is worked on while it is in the cache. */
export function webassemblyJudgement(module: KernelModule): Kernels['judgeRows'] {
  return (range, out, extras) => {
    if (range.to > range.from) judge(module, range, out, extras);
  };
}

function judge(module: KernelModule, range: JudgedRange, out: RowJudgements, extras: JudgementExtras): void {
  const { read, columns, from, to, labels, temperatures } = range;
  const { classwise, visit } = extras;
  // Without a use for all probabilities of a row, those that are given need not be copied out.
  const isBrief =
    temperatures === undefined && out.brier === undefined && classwise === undefined && visit === undefined;
  const rowsAtOnce = 2 * Math.max(1, Math.floor(stripe / (16 * columns)));
  // One row of room more than needed, as two are worked on side by side.
  const room = 2 * Math.ceil(Math.min(rowsAtOnce, to - from) / 2);
  const table = scratchAddress;
  const edges = aligned(table + (classwise === undefined ? 0 : 24 * classwise.sums.length));
  const cells = aligned(edges + (classwise === undefined ? 0 : 8 * classwise.edges.length));
  const p = cells + aligned(8 * room * columns);
  const pair = p + aligned(8 * room * columns);
  const highs = pair + 16 * columns;
  const lows = highs + 8 * room;
  const others = lows + 8 * room;
  const errors = others + 8 * room;
  const warmth = errors + 8 * room;
  const tops = warmth + 8 * room;
  const truths = tops + 8 * room;
  const view = doublesOf(module, truths + 8 * room);
  const whole = new Int32Array(view.buffer);
  if (classwise !== undefined) copyIn(view, whole, classwise, table, edges);

  for (let row = from; row < to; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, to - row);
    const source = read(row, row + rows);
    const width = source.BYTES_PER_ELEMENT;
    place(view, cells, source);
    const survey = width === 4 ? module.surveyRows32 : module.surveyRows64;
    survey(cells, rows, columns, highs, lows);
    module.findTops(cells, width, rows, columns, highs, tops);
    out.tops.set(whole.subarray(tops / 4, tops / 4 + rows), row);
    if (isBrief) {
      out.confidence.set(view.subarray(highs / 8, highs / 8 + rows), row);
      continue;
    }
    if (temperatures === undefined) module.widenCells(cells, width, rows * columns, p);
    else {
      for (let i = 0; i < rows; i += 1) {
        view[warmth / 8 + i] = typeof temperatures === 'number' ? temperatures : temperatures[row + i]!;
      }
      module.softmaxRows(cells, width, highs, warmth, rows, columns, pair, p, others);
      out.others?.set(view.subarray(others / 8, others / 8 + rows), row);
    }
    for (let i = 0; i < rows; i += 1) {
      out.confidence[row + i] = view[p / 8 + i * columns + out.tops[row + i]!]!;
    }
    whole.set(labels.subarray(row, row + rows), truths / 4);
    if (out.brier !== undefined) {
      module.squaredErrors(p, rows, columns, truths, errors);
      out.brier.set(view.subarray(errors / 8, errors / 8 + rows), row);
    }
    if (classwise !== undefined) addStripe(module, classwise, p, rows, columns, truths, table, edges);
    if (visit === undefined) continue;
    for (let i = 0; i < rows; i += 1) {
      const at = p / 8 + i * columns;
      visit(row + i, view.subarray(at, at + columns));
    }
  }
  if (classwise !== undefined) copyOut(view, whole, classwise, table);
}

function addStripe(
  module: KernelModule,
  { edges: { length }, isRightClosed, sums }: ClasswiseSums,
  p: number,
  rows: number,
  columns: number,
  labels: number,
  table: number,
  edges: number,
): void {
  const places = sums.length;
  module.addClasswise(
    p,
    rows,
    columns,
    labels,
    edges,
    length - 1,
    Number(isRightClosed),
    table,
    table + 8 * places,
    table + 16 * places,
    table + 20 * places,
  );
}

/** The table: sums, what was lost of them, counts, correct counts. */
function copyIn(
  view: Float64Array,
  whole: Int32Array,
  { sums, lost, counts, correct, edges: values }: ClasswiseSums,
  table: number,
  edges: number,
): void {
  const places = sums.length;
  view.set(sums, table / 8);
  view.set(lost, table / 8 + places);
  whole.set(counts, table / 4 + 4 * places);
  whole.set(correct, table / 4 + 5 * places);
  view.set(values, edges / 8);
}

function copyOut(
  view: Float64Array,
  whole: Int32Array,
  { sums, lost, counts, correct }: ClasswiseSums,
  table: number,
): void {
  const places = sums.length;
  sums.set(view.subarray(table / 8, table / 8 + places));
  lost.set(view.subarray(table / 8 + places, table / 8 + 2 * places));
  counts.set(whole.subarray(table / 4 + 4 * places, table / 4 + 5 * places));
  correct.set(whole.subarray(table / 4 + 5 * places, table / 4 + 6 * places));
}
