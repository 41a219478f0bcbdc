/** Rounding of 1 − level must not decide. */
const rounding = 1e-12;

/** Whether a p-value rejects at 1 − level. */
export function isRare(pValue: number, level: number): boolean {
  return pValue <= 1 - level + rounding;
}
