const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Which of the two words holds sign and exponent: 1 on little-endian machines. */
const top = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** k with 2^k ≤ |x| < 2^(k+1) for a normal double; −1023 for 0 and subnormal ones. */
export function exponentOf(x: number): number {
  float[0] = x;
  return ((words[top]! >>> 20) & 0x7ff) - 1023;
}

/** 2^k for a whole k, kept within the normal doubles: k counts as −1022 below and as 1023 above. */
export function powerOfTwo(k: number): number {
  words[top] = (Math.min(Math.max(k, -1022), 1023) + 1023) << 20;
  words[1 - top] = 0;
  return float[0]!;
}
