import type { MatrixInput } from '../core/matrix.ts';
import { sumOf } from '../numerics/compensated-sum.ts';
import type { Float64Matrix } from '../numerics/row-transform.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import { checkedPair, type DistillationOptions } from './distillation-options.ts';

/**
 * The gradient of {@link distillationLoss} in the student's logits.
 *
 * ∂loss/∂z_ik = (ω_i/Σω)·[(1 − w)·T·(softmax(z_i/T)_k − softmax(v_i/T)_k) + w·(softmax(z_i)_k − 1[k = y_i])] with row
 * weights ω. One factor 1/T of the soft part comes from z/T; the loss's T² leaves T. For T much larger than logits
 * of mean 0 the soft part tends to (z − v)/K: matching of logits.
 *
 * @param studentLogits N×K logits z, K ≥ 2. −Infinity masks a class; its component is 0 unless the teacher or the
 * label asks for it, where the loss is infinite and the component that of a logit falling without end.
 * @param teacherLogits N×K logits v.
 * @returns N×K, in nats per unit of logit; the rows sum to 0.
 * @throws CalibrationError as {@link distillationLoss}.
 *
 * @example
 * ```ts
 * import { distillationGradient } from 'calibrant';
 *
 * const teacher = [[6, 2, 0]];
 * assert.deepEqual([...distillationGradient(teacher, teacher, { temperature: 4 }).data], [0, 0, 0]);
 *
 * // Against the label alone: softmax − one-hot.
 * const { data } = distillationGradient([[1, 1]], [[3, 0]], { temperature: 4, labels: [0], hardWeight: 1 });
 * assert.deepEqual([...data], [-0.5, 0.5]);
 * ```
 *
 * Source: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", §2.1.
 */
export function distillationGradient(
  studentLogits: MatrixInput,
  teacherLogits: MatrixInput,
  options: DistillationOptions,
): Float64Matrix {
  const pair = checkedPair(studentLogits, teacherLogits, options);
  const { student, teacher, temperature, labels, hardWeight, weights } = pair;
  const { rows, columns } = student;
  const total = weights === undefined ? rows : sumOf(weights);
  const gradient = new Float64Array(rows * columns);
  const wanted = new Float64Array(columns);
  const given = new Float64Array(columns);
  const plain = new Float64Array(columns);
  for (let i = 0; i < rows; i += 1) {
    const offset = i * columns;
    const share = (weights?.[i] ?? 1) / total;
    softmaxRow(teacher.data, offset, columns, temperature, wanted, 0);
    softmaxRow(student.data, offset, columns, temperature, given, 0);
    softmaxRow(student.data, offset, columns, 1, plain, 0);
    for (let k = 0; k < columns; k += 1) {
      const soft = temperature * (given[k]! - wanted[k]!);
      const hard = labels === undefined ? 0 : plain[k]! - (labels[i] === k ? 1 : 0);
      gradient[offset + k] = share * ((1 - hardWeight) * soft + hardWeight * hard);
    }
  }
  return { data: gradient, rows, columns };
}
