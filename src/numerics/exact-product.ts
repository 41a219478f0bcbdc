/** A number as the unevaluated sum of a double and a correction of at most half its last place. */
export type DoublePair = readonly [high: number, low: number];

/** a·b as its rounded value and the rounding error, exactly (Dekker 1971); sizes far from overflow and underflow. */
export function exactProduct(a: number, b: number): DoublePair {
  const rounded = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return [rounded, aHigh * bHigh - rounded + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

/** Splits 53 bits into 26 and 27 (2^27 + 1 moves the cut). */
function halves(a: number): DoublePair {
  const scaled = a * 134217729;
  const high = scaled - (scaled - a);
  return [high, a - high];
}
