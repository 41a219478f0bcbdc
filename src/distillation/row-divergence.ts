import { exp } from '../numerics/exponential.ts';
import type { SoftDivergence } from './distillation-options.ts';

/**
 * Σ_k p_k ln(p_k/q_k) or −Σ_k p_k ln q_k of one row from log-probabilities. Classes with p = 0 add nothing to either;
 * a class with p > 0 and q = 0 makes both infinite.
 */
export function rowDivergence(
  divergence: SoftDivergence,
  teacherLogs: Float64Array,
  studentLogs: Float64Array,
): number {
  const term = divergence === 'kullback-leibler' ? relativeEntropyTerm : crossEntropyTerm;
  let sum = 0;
  for (let k = 0; k < teacherLogs.length; k += 1) sum += term(teacherLogs[k]!, studentLogs[k]!);
  return sum;
}

function crossEntropyTerm(teacherLog: number, studentLog: number): number {
  const p = exp(teacherLog);
  return p === 0 ? 0 : -p * studentLog;
}

/**
 * p ln(p/q) − p + q = p (e^d − 1 − d) with d = ln q − ln p. The added −p + q sums to 0 over a row and makes every
 * term ≥ 0, so that close distributions keep their digits and equal ones give exactly 0.
 */
function relativeEntropyTerm(teacherLog: number, studentLog: number): number {
  const p = exp(teacherLog);
  if (p === 0) return exp(studentLog);
  const d = studentLog - teacherLog;
  // p·e^d is q itself; written so, a large e^d cannot overflow beside a small p.
  return Math.abs(d) > 0.5 ? exp(studentLog) - p * (1 + d) : p * excess(d);
}

/** e^d − 1 − d for |d| ≤ ½ as its Taylor series to d^15/15!, below 2^−53 of the first term. */
function excess(d: number): number {
  let series = 1;
  for (let n = 15; n > 2; n -= 1) series = 1 + (d * series) / n;
  return 0.5 * d * d * series;
}
