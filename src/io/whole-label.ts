/** A sign, digits without leading zeros, a decimal mark with decimals, and an exponent. */
const decimalShape = /^([+-]?)(0|[1-9][0-9]*)(?:([.,])([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/** Digits of a number too large for any label: enough to be refused as such. */
const mostDigits = 40;

/**
 * The whole number that a label stands for, as its plain digits: `2` for `2.0`, `+2` and `2.000000000000000000e+00`, as
 * NumPy, pandas and R write them. `undefined` for texts that are no whole number, and for leading zeros: `007` is a name.
 *
 * @param decimalComma Whether the decimal mark is known to be a comma: else `1,000` may be a thousand, and is refused.
 */
export function wholeLabel(text: string, decimalComma = false): string | undefined {
  const parts = decimalShape.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', mark = '', decimals = '', exponent = '0'] = parts;
  if (mark === ',' && !decimalComma && decimals.length === 3) return undefined;
  const shift = Number(exponent) - decimals.length;
  const digits = shifted(whole + decimals, shift)?.replace(/^0+(?=[0-9])/, '');
  if (digits === undefined) return undefined;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** Digits times a power of ten; `undefined` where that leaves a fraction. */
function shifted(digits: string, power: number): string | undefined {
  if (power >= 0) return digits + '0'.repeat(Math.min(power, mostDigits));
  const kept = digits.slice(0, power);
  const cut = digits.slice(kept.length);
  return /^0*$/.test(cut) ? kept || '0' : undefined;
}

/** 0 for `False` and 1 for `True`, in any case: Python, R and JavaScript write booleans so. */
export function booleanLabel(text: string): 0 | 1 | undefined {
  if (/^true$/i.test(text)) return 1;
  return /^false$/i.test(text) ? 0 : undefined;
}

/** Tells the labels that are the one to leave out, in whatever form of the number they are written. */
export function labelMatcher(wanted: string | undefined): (text: string) => boolean {
  if (wanted === undefined) return () => false;
  const number = wholeLabel(wanted);
  if (number === undefined) return (text) => text === wanted;
  const known = new Map<string, boolean>();
  return (text) => {
    if (text === wanted) return true;
    let matches = known.get(text);
    if (matches === undefined) {
      matches = wholeLabel(text) === number;
      if (known.size < mostKnown) known.set(text, matches);
    }
    return matches;
  };
}

/** Texts remembered by {@link labelMatcher}. */
const mostKnown = 4096;
