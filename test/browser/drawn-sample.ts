/** Rows of a set just large enough for a second thread. */
export const rows = 8001;
export const columns = 2000;

/** Fills N×K cells and labels, the same on every engine: a tilted pattern whose label mostly has the largest logit. */
export function drawSample(data: Float32Array, labels: Int32Array): void {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
  for (let i = 0; i < rows; i += 1) {
    const top = next() % columns;
    labels[i] = next() % 5 < 3 ? top : next() % columns;
    for (let k = 0; k < columns; k += 1) data[i * columns + k] = ((i * 31 + k * 17) % 64) / 16;
    data[i * columns + top]! += 8;
  }
}
