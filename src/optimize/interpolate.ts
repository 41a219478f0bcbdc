/**
 * Minimiser of the cubic through two points with given values and slopes.
 *
 * With `d1 = s_a + s_b − 3 (f_a − f_b)/(a − b)`, `d2 = sign(b − a) √(d1² − s_a s_b)` and `q = s_b + d1`, the slope at
 * `b − (b − a) u` is the parabola `(s_a + s_b + 2 d1) u² − 2 q u + s_b`, and the minimiser is its root
 * `u = s_b/(q + d2) = (q − d2)/(s_a + s_b + 2 d1)`, in the form in which nothing cancels, scaled against overflow. Domain:
 * a ≠ b. Returns NaN or an infinity where the cubic has no minimum or a number is not finite.
 *
 * Source: Nocedal and Wright 2006, Numerical Optimization, equation (3.59), which is `(q + d2 − 2 d1)/(s_b − s_a + 2 d2)`
 * for the same root and loses it where that is 0/0.
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
  const q = slopeB + d1;
  const u = q * d2 >= 0 ? slopeB / (q + d2) : (q - d2) / (slopeA + slopeB + 2 * d1);
  return b - (b - a) * u;
}

/** Zero of the straight line through two slopes; NaN or infinite where the slopes are equal or not finite. */
export function secantZero(a: number, slopeA: number, b: number, slopeB: number): number {
  return b - (b - a) * (slopeB / (slopeB - slopeA));
}
