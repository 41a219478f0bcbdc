import { CompensatedSum } from '../numerics/compensated-sum.ts';

/** Mean of one or more values. */
export function meanOf(values: Float64Array): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(value);
  return sum.value / values.length;
}

/** Standard deviation of values, over one less than there are; 0 of a single one. */
export function deviation(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const squares = new CompensatedSum();
  for (const value of values) squares.add((value - mean) ** 2);
  return Math.sqrt(squares.value / (values.length - 1));
}
