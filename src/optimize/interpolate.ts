/**
 * Minimiser of the cubic through two points with given values and slopes.
 *
 * The minimiser is `b − (b − a)(s_b + d2 − d1)/(s_b − s_a + 2 d2)` with `d1 = s_a + s_b − 3 (f_a − f_b)/(a − b)` and
 * `d2 = sign(b − a) √(d1² − s_a s_b)`, scaled against overflow. Domain: a ≠ b. Returns NaN or an
 * infinity where the cubic has no minimum or a number is not finite.
 *
 * Source: Nocedal and Wright 2006, Numerical Optimization, equation (3.59).
 */
export function cubicMinimizer(
  a: number,
  valueA: number,
  slopeA: number,
  b: number,
  valueB: number,
  slopeB: number,
): number {
  const d1 = slopeA + slopeB - (3 * (valueA - valueB)) / (a - b);
  const scale = Math.max(Math.abs(d1), Math.abs(slopeA), Math.abs(slopeB));
  const radicand = (d1 / scale) * (d1 / scale) - (slopeA / scale) * (slopeB / scale);
  if (!(radicand >= 0)) return Number.NaN;
  const d2 = Math.sign(b - a) * scale * Math.sqrt(radicand);
  return b - (b - a) * ((slopeB + d2 - d1) / (slopeB - slopeA + 2 * d2));
}

/** Zero of the straight line through two slopes; NaN or infinite where the slopes are equal or not finite. */
export function secantZero(a: number, slopeA: number, b: number, slopeB: number): number {
  return b - (b - a) * (slopeB / (slopeB - slopeA));
}
