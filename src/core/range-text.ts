import { printable } from './errors.ts';

/** Names from one to another, as messages say them: `logit_0..logit_9`, or `".pred_a" to ".pred_c"` where dots would run together. */
export function rangeText(first: string, last: string): string {
  const isPlain = [first, last].every((name) => /^[\p{L}\p{N}_]+$/u.test(name));
  return isPlain ? `${first}..${last}` : `"${printable(first)}" to "${printable(last)}"`;
}
