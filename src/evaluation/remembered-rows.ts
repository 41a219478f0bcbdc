import type { ProbabilityRows } from '../metrics/probability-rows.ts';

/** Most probabilities that are remembered: 32 MB. */
const mostRemembered = 2 ** 22;

/** The same rows, each worked out when first read and remembered, where they are in memory and not too many: resamples read them often. */
export function rememberedRows(source: ProbabilityRows): ProbabilityRows {
  const { rows, classes, room } = source;
  if (room !== undefined || rows * classes > mostRemembered) return source;
  const known = new Uint8Array(rows);
  const tops = new Int32Array(rows);
  let all = new Float64Array(0);
  return {
    ...source,
    read: (i, into) => {
      if (all.length === 0) all = new Float64Array(rows * classes);
      const from = i * classes;
      if (known[i] === 0) {
        tops[i] = source.read(i, into);
        all.set(into.subarray(0, classes), from);
        known[i] = 1;
      }
      for (let k = 0; k < classes; k += 1) into[k] = all[from + k]!;
      return tops[i]!;
    },
  };
}
