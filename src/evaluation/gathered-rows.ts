import { storedNumbers } from '../core/number-store.ts';
import type { ProbabilityRows } from '../metrics/probability-rows.ts';

/** Most scores that are copied, so that each is looked up once: 256 MB. */
const mostCopied = 2 ** 25;

/**
 * Rows of a source in another order, any of them left out or repeated. Their scores are copied when first asked for,
 * where they are in memory and not too many; else nothing but the numbers of the rows is kept.
 */
export function gatheredRows(source: ProbabilityRows, order: Uint32Array): ProbabilityRows {
  const { classes, temperatures, room } = source;
  let buffer: Float64Array | Float32Array = new Float64Array(0);
  const gather = (from: number, to: number): Float64Array | Float32Array => {
    const cells = (to - from) * classes;
    for (let i = from; i < to; i += 1) {
      const row = source.scores(order[i]!, order[i]! + 1);
      if (buffer.length < cells || buffer.BYTES_PER_ELEMENT !== row.BYTES_PER_ELEMENT) {
        buffer = row.BYTES_PER_ELEMENT === 4 ? new Float32Array(cells) : new Float64Array(cells);
      }
      buffer.set(row, (i - from) * classes);
    }
    return buffer.subarray(0, cells);
  };
  let copied: Float64Array | Float32Array | undefined;
  return {
    rows: order.length,
    classes,
    ...(room === undefined ? {} : { room }),
    scores: (from, to) => {
      if (room !== undefined || order.length * classes > mostCopied) return gather(from, to);
      copied ??= gather(0, order.length);
      return copied.subarray(from * classes, to * classes);
    },
    temperatures:
      temperatures === undefined || typeof temperatures === 'number'
        ? temperatures
        : storedNumbers(Float64Array.from(order, (row) => temperatures.read(row, row + 1)[0]!)),
    read: (i, into) => source.read(order[i]!, into),
    surprisal: (i, y, top, others) => source.surprisal(order[i]!, y, top, others),
  };
}
