import { checkOptionNames } from '../core/checks.ts';
import { type MatrixInput, toMatrix } from '../core/matrix.ts';
import { checkLogits, checkSeveralClasses, checkTemperature } from '../numerics/logit-checks.ts';
import { type Float64Matrix, transformRows } from '../numerics/row-transform.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';

/** Options of {@link softTargets}. */
export interface SoftTargetOptions {
  /** T > 0, finite; the same T must be used for the student's soft loss. Distillation uses values above 1. */
  readonly temperature: number;
}

/**
 * A teacher's probabilities at a raised temperature, for a student to learn from: p = softmax(z/T).
 *
 * At T = 1 a confident teacher says little more than the label. A higher T lifts the small probabilities, which carry
 * what the teacher knows of the classes' likeness.
 *
 * @param teacherLogits N×K logits, K ≥ 2. −Infinity masks a class.
 * @returns N×K probabilities, float64.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`.
 *
 * @example
 * ```ts
 * import { softTargets } from 'calibrant';
 *
 * const [sharp] = softTargets([[9, 3, 1]], { temperature: 1 }).data;
 * const [soft] = softTargets([[9, 3, 1]], { temperature: 4 }).data;
 * assert.ok(sharp > 0.99 && soft < 0.75);
 * ```
 *
 * Source: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", §2.
 */
export function softTargets(teacherLogits: MatrixInput, options: SoftTargetOptions): Float64Matrix {
  checkOptionNames(options, ['temperature']);
  const { temperature } = options;
  checkTemperature(temperature);
  const logits = toMatrix(teacherLogits);
  checkSeveralClasses(logits);
  checkLogits(logits);
  return transformRows(logits, temperature, softmaxRow);
}
