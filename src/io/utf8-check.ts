/** What a check of a stretch of bytes found. */
export interface Utf8Verdict {
  /** Bytes up to here are whole, valid characters. */
  readonly valid: number;
  /** Position of a byte that begins no valid character, or −1. It is always `valid`. */
  readonly invalid: number;
}

/**
 * Finds how far bytes are valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). A character
 * cut off by the end is left for later unless `last`.
 */
export function checkUtf8(bytes: Uint8Array, from: number, to: number, last: boolean): Utf8Verdict {
  let at = from;
  while (at < to) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return { valid: at, invalid: at };
    for (let k = 1; k < length; k += 1) {
      if (at + k === to) return { valid: at, invalid: last ? at : -1 };
      const low = k > 1 ? 0x80 : lowestSecond(lead);
      const high = k > 1 ? 0xbf : highestSecond(lead);
      const byte = bytes[at + k]!;
      if (!(byte >= low && byte <= high)) return { valid: at, invalid: at };
    }
    at += length;
  }
  return { valid: at, invalid: -1 };
}

/** Second bytes below these would be overlong forms. */
function lowestSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

/** Second bytes above these would be surrogates or beyond U+10FFFF. */
function highestSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}
