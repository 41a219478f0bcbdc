/** Incremental SHA-256. */
export interface Sha256 {
  readonly update: (bytes: Uint8Array) => void;
  /** 64 lower-case hex digits. Call once, last. */
  readonly hex: () => string;
}

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = fractionBits(64, Math.cbrt);

/** First 32 bits of the fractional parts of the square roots of the first 8 primes. */
const startState = fractionBits(8, Math.sqrt);

/**
 * SHA-256 (FIPS 180-4), synchronous, so that loading text needs no promise and works without `crypto`.
 *
 * @see FIPS 180-4, Secure Hash Standard.
 */
export function sha256(): Sha256 {
  const state = Uint32Array.from(startState);
  const block = new Uint8Array(64);
  const schedule = new Int32Array(64);
  let pending = 0;
  let total = 0;

  const update = (bytes: Uint8Array): void => {
    total += bytes.length;
    let from = 0;
    if (pending > 0) {
      const taken = Math.min(64 - pending, bytes.length);
      block.set(bytes.subarray(0, taken), pending);
      pending += taken;
      from = taken;
      if (pending < 64) return;
      compress(state, schedule, block, 0);
      pending = 0;
    }
    for (; from + 64 <= bytes.length; from += 64) compress(state, schedule, bytes, from);
    block.set(bytes.subarray(from));
    pending = bytes.length - from;
  };

  const hex = (): string => {
    const bits = total * 8;
    const padding = new Uint8Array(pending < 56 ? 64 - pending : 128 - pending);
    padding[0] = 0x80;
    const tail = new DataView(padding.buffer, padding.length - 8);
    tail.setUint32(0, Math.floor(bits / 2 ** 32));
    tail.setUint32(4, bits >>> 0);
    update(padding);
    return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
  };

  return { update, hex };
}

function compress(state: Uint32Array, w: Int32Array, bytes: Uint8Array, from: number): void {
  for (let t = 0, at = from; t < 16; t += 1, at += 4) {
    w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16]! + small0 + w[t - 7]! + small1) | 0;
  }
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  let e = state[4]! | 0;
  let f = state[5]! | 0;
  let g = state[6]! | 0;
  let h = state[7]! | 0;
  for (let t = 0; t < 64; t += 1) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + big1 + ((e & f) ^ (~e & g)) + roundConstants[t]! + w[t]!) | 0;
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The constants by their definition; float64 roots of primes below 312 hold their first 32 fractional bits. */
function fractionBits(count: number, root: (prime: number) => number): Int32Array {
  const words: number[] = [];
  for (let n = 2; words.length < count; n += 1) {
    if (!isPrime(n)) continue;
    const value = root(n);
    words.push(Math.floor((value - Math.floor(value)) * 2 ** 32) | 0);
  }
  return Int32Array.from(words);
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
}

/** SHA-256 of one text, UTF-8, as hex. */
export function sha256Text(text: string): string {
  const hash = sha256();
  hash.update(new TextEncoder().encode(text));
  return hash.hex();
}
