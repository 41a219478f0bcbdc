/** The values of IEEE 754 half-precision numbers (float16) given as their bits. */
export function fromFloat16(bits: ArrayLike<number>): Float32Array {
  return Float32Array.from(bits, float16Value);
}

/** The values of bfloat16 numbers, the upper halves of single-precision ones, given as their bits. */
export function fromBfloat16(bits: ArrayLike<number>): Float32Array {
  const singles = Uint32Array.from(bits, (half) => half << 16);
  return new Float32Array(singles.buffer);
}

function float16Value(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
