/**
 * How every number of a report is written: no locale, a true minus sign, few digits, and never one that claims more
 * than it knows.
 */

/** `0.0312` or `−0.0312`: a fixed number of decimals, with no minus before a zero. */
export function fixedText(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `+0.0312`, `−0.0312`, `0.0000`: a difference. */
export function signedText(value: number, decimals: number): string {
  const text = fixedText(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A difference whose sign is a finding: `−0.0000` has fallen, by less than its decimals tell; `0.0000` is exactly 0. */
export function differenceText(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

/** `7.93 %`: a share. A share too small for two decimals keeps two digits: `0.0034 %`. */
export function percentText(share: number): string {
  const value = 100 * share;
  const small = value !== 0 && Math.abs(value) < 0.005;
  return small ? `${scientificFree(value, 2)} %` : `${fixedText(value, 2)} %`;
}

/** `0.2650`: a loss, four decimals, or three digits when it is smaller than those can tell. */
export function lossText(loss: number): string {
  return loss !== 0 && Math.abs(loss) < 0.001 ? scientificFree(loss, 3) : fixedText(loss, 4);
}

/** `1.830`: a temperature to four digits. */
export function temperatureText(temperature: number): string {
  return scientificFree(temperature, 4);
}

/** `−2.8e−17`, `0`: what is left of a slope. */
export function slopeText(slope: number): string {
  return slope === 0 ? '0' : scientificFree(slope, 2);
}

/** `p = 0.032`, `p < 0.0001`. */
export function pValueText(p: number): string {
  return p < 1e-4 ? 'p < 0.0001' : `p = ${scientificFree(p, 2)}`;
}

/** `95 %`: a level of confidence. */
export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(6))} %`;
}

/** Significant digits; powers of ten only where a plain number would be unreadable. */
function scientificFree(value: number, digits: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size !== 0 && (size < 1e-6 || size >= 1e7)) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split('e') as [string, string];
    return `${sign}${mantissa}e${exponent.replace('+', '').replace('-', '−')}`;
  }
  const decimals = size === 0 ? digits - 1 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return `${sign}${size.toFixed(Math.min(decimals, 20))}`;
}
