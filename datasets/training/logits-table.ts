/** Digits after the decimal point in the tables: far below what a confidence can show, and half the size of all 17. */
const decimals = 6;

/** A table of logits with one column per class and a label column, as text. */
export function logitsTable(
  logits: Float64Array,
  labels: Int32Array,
  header: readonly string[],
  labelName: (label: number) => string,
): string {
  const columns = header.length - 1;
  const lines = [header.join(',')];
  for (let row = 0; row < labels.length; row += 1) {
    const cells = Array.from(logits.subarray(row * columns, (row + 1) * columns), (logit) =>
      logit.toFixed(decimals),
    );
    lines.push([...cells, labelName(labels[row]!)].join(','));
  }
  return `${lines.join('\n')}\n`;
}
