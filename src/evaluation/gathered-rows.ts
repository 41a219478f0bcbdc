import type { ProbabilityRows } from '../metrics/probability-rows.ts';

/** Rows of a source in another order, any of them left out or repeated; nothing but the numbers of the rows is kept. */
export function gatheredRows(source: ProbabilityRows, order: Uint32Array): ProbabilityRows {
  const { classes, temperatures } = source;
  let buffer: Float64Array | Float32Array = new Float64Array(0);
  return {
    rows: order.length,
    classes,
    scores: (from, to) => {
      const cells = (to - from) * classes;
      for (let i = from; i < to; i += 1) {
        const row = source.scores(order[i]!, order[i]! + 1);
        if (buffer.length < cells || buffer.BYTES_PER_ELEMENT !== row.BYTES_PER_ELEMENT) {
          buffer = row.BYTES_PER_ELEMENT === 4 ? new Float32Array(cells) : new Float64Array(cells);
        }
        buffer.set(row, (i - from) * classes);
      }
      return buffer.subarray(0, cells);
    },
    temperatures:
      temperatures === undefined || typeof temperatures === 'number'
        ? temperatures
        : Float64Array.from(order, (row) => temperatures[row]!),
    read: (i, into) => source.read(order[i]!, into),
    surprisal: (i, y, top, others) => source.surprisal(order[i]!, y, top, others),
  };
}
