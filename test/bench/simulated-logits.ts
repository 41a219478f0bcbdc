/**
 * Logits of an overconfident classifier whose best temperature is near 2.5, from a small linear congruential generator
 * that the Python peer repeats to the bit.
 */
export function simulatedLogits(
  rows: number,
  columns: number,
  seed: number,
): { logits: Float64Array; labels: Int32Array } {
  let state = BigInt(seed);
  const uniform = (): number => {
    // Knuth's MMIX constants, modulo 2^64.
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 32n) / 2 ** 32;
  };
  const logits = new Float64Array(rows * columns);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const label = Math.floor(uniform() * columns);
    const top = uniform() < 0.8 ? label : Math.floor(uniform() * columns);
    labels[i] = label;
    for (let k = 0; k < columns; k += 1) logits[i * columns + k] = 6 * uniform() + (k === top ? 10 : 0);
  }
  return { logits, labels };
}
