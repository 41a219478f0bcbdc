/** Figures as they stand in sentences: few digits, units written out, never a locale's own marks. */

/** `1.83`: three digits. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `-0.291`, `-0.343`, `-0.240`: numbers to be compared, with signs and as many decimals as the largest needs for three digits, 6 at most. */
export function signedTogether(values: readonly number[]): readonly string[] {
  const largest = Math.max(...values.map(Math.abs));
  const exponent = Number(largest.toExponential().split('e')[1]);
  const decimals = Math.min(Math.max(2 - exponent, 0), 6);
  return values.map((value) => {
    const size = Math.abs(value).toFixed(decimals);
    if (Number(size) === 0) return size;
    return value < 0 ? `-${size}` : `+${size}`;
  });
}

/** `8 points`, `1 point`, `0.4 points` for a difference of shares, without its sign. */
export function points(share: number): string {
  const value = Math.abs(100 * share);
  const digits = value >= 10 ? 0 : value >= 0.1 ? 1 : 2;
  const text = String(Number(value.toFixed(digits)));
  return text === '1' ? '1 point' : `${text} points`;
}

/** `7.9%`, with a second decimal below 1%. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value.toFixed(Math.abs(value) < 1 ? 2 : 1)}%`;
}

/** `7.9% to 3.8%`, with as many decimals as it takes to tell the two apart. */
export function percentPair(before: number, after: number): string {
  const decimals = decimalsToTell(100 * before, 100 * after, 1);
  return `${(100 * before).toFixed(decimals)}% to ${(100 * after).toFixed(decimals)}%`;
}

/** `p = 0.032`, `p < 0.0001`. */
export function pText(p: number): string {
  return p < 1e-4 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

/** `95%`: a level of confidence. */
export function levelPercent(level: number): string {
  return `${Number((100 * level).toFixed(2))}%`;
}

/** `0.378 to 0.274`, with as many decimals as it takes to tell the two apart. */
export function numberPair(before: number, after: number): string {
  const decimals = decimalsToTell(before, after, 3);
  return `${before.toFixed(decimals)} to ${after.toFixed(decimals)}`;
}

function decimalsToTell(a: number, b: number, fewest: number): number {
  const isSmall = Math.min(Math.abs(a), Math.abs(b)) < 10 ** (1 - fewest);
  let decimals = isSmall ? fewest + 1 : fewest;
  while (a !== b && decimals < fewest + 3 && a.toFixed(decimals) === b.toFixed(decimals)) decimals += 1;
  return decimals;
}
