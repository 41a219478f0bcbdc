// ln(1 + x) of two doubles at a time, by the very operations of numerics/logarithm.ts, so that the bits are the same.

const ln2High: f64 = 0.6931471805592082;
const ln2Low: f64 = 7.371002565167799e-13;
/** 2^52 + 1023: what the bits of a biased exponent, put below those of 2^52, are too large by. */
const exponentShift: f64 = 4503599627371519.0;

/** ln(1 + x) for x in [0, 2^53]. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const one = f64x2.splat(1);
  const isSmall = f64x2.lt(x, f64x2.splat(0.41));
  const sum = f64x2.add(one, x);
  const lost = v128.bitselect(
    f64x2.sub(one, f64x2.sub(sum, x)),
    f64x2.sub(x, f64x2.sub(sum, one)),
    f64x2.gt(x, one),
  );
  // √2 is 0x3ff6a09e… in bits: adding 0x95f62 carries mantissas from there on into the exponent.
  const carried = i64x2.shr_u(i64x2.add(sum, i64x2.splat(0x95f6200000000)), 52);
  const biased = v128.bitselect(i64x2.splat(1023), carried, isSmall);
  const k = f64x2.sub(v128.or(biased, i64x2.splat(0x4330000000000000)), f64x2.splat(exponentShift));
  const inverse = i64x2.shl(i64x2.sub(i64x2.splat(2046), biased), 52);
  const f = v128.bitselect(x, f64x2.sub(f64x2.mul(sum, inverse), one), isSmall);
  const correction = v128.andnot(f64x2.div(lost, sum), isSmall);

  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const w = f64x2.mul(s, s);
  const v = f64x2.mul(w, w);
  let odd = f64x2.add(f64x2.splat(2.0 / 15.0), f64x2.mul(v, f64x2.splat(2.0 / 19.0)));
  odd = f64x2.add(f64x2.splat(2.0 / 11.0), f64x2.mul(v, odd));
  odd = f64x2.add(f64x2.splat(2.0 / 7.0), f64x2.mul(v, odd));
  odd = f64x2.add(f64x2.splat(2.0 / 3.0), f64x2.mul(v, odd));
  let even = f64x2.add(f64x2.splat(2.0 / 17.0), f64x2.mul(v, f64x2.splat(2.0 / 21.0)));
  even = f64x2.add(f64x2.splat(2.0 / 13.0), f64x2.mul(v, even));
  even = f64x2.add(f64x2.splat(2.0 / 9.0), f64x2.mul(v, even));
  even = f64x2.add(f64x2.splat(2.0 / 5.0), f64x2.mul(v, even));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const rest = f64x2.add(
    f64x2.add(
      f64x2.mul(s, f64x2.add(half, f64x2.mul(w, f64x2.add(odd, f64x2.mul(w, even))))),
      f64x2.mul(k, f64x2.splat(ln2Low)),
    ),
    correction,
  );
  const whole = f64x2.mul(k, f64x2.splat(ln2High));
  const total = f64x2.add(whole, f);
  return f64x2.add(total, f64x2.sub(f64x2.sub(f, f64x2.sub(total, whole)), f64x2.sub(half, rest)));
}
