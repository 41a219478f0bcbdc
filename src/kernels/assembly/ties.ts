/**
 * Adds 1 for each class that shares the maximum, but for one.
 *
 * @param below The number of other classes, counted downwards.
 */
// @ts-ignore: decorator
@inline
export function withTies(s0: v128, below: v128, columns: usize): v128 {
  const ties = i64x2.add(below, i64x2.splat(<i64>columns - 1));
  return f64x2.add(
    s0,
    f64x2.sub(v128.or(ties, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0)),
  );
}
