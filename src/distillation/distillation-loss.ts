import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { logSoftmaxRow } from '../numerics/softmax-row.ts';
import { checkedPair, type DistillationOptions, type DistillationPair } from './distillation-options.ts';
import { rowDivergence } from './row-divergence.ts';

/** A distillation loss and its parts, nats per row. `Infinity` where the student gives 0 to what is asked of it. */
export interface DistillationLoss {
  /** `(1 − hardWeight)·softLoss + hardWeight·hardLoss`. */
  readonly loss: number;
  /** T²·mean divergence of the student from the teacher, both at T. */
  readonly softLoss: number;
  /** Mean NLL of the labels under the student at T = 1; `null` without labels. */
  readonly hardLoss: number | null;
}

/**
 * What a student loses against its teacher's soft targets, and against the labels.
 *
 * loss = (1 − w)·T²·mean_i D(softmax(v_i/T), softmax(z_i/T)) + w·mean_i −ln softmax(z_i)_y, with z the student's
 * logits, v the teacher's and D the Kullback-Leibler divergence from teacher to student unless told otherwise. The
 * gradient of the soft part shrinks as 1/T²; the factor T² undoes that, so that the balance of soft and hard parts
 * stays about the same when T is changed. Digits fade when T dwarfs the logits: relative error about 2^−50·T over
 * their spread.
 *
 * @param studentLogits N×K logits z, K ≥ 2. −Infinity masks a class.
 * @param teacherLogits N×K logits v.
 * @returns Nats per row.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_TOO_FEW`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one
 * of the label and weight codes.
 *
 * @example
 * ```ts
 * import { distillationLoss } from 'calibrant';
 *
 * const teacher = [[6, 2, 0], [1, 5, 3]];
 * assert.equal(distillationLoss(teacher, teacher, { temperature: 4 }).loss, 0);
 *
 * const student = [[2, 1, 0], [0, 2, 2]];
 * const { loss, softLoss, hardLoss } = distillationLoss(student, teacher, {
 *   temperature: 4,
 *   labels: [0, 1],
 *   hardWeight: 0.25,
 * });
 * assert.equal(loss, 0.75 * softLoss + 0.25 * (hardLoss ?? 0));
 * ```
 *
 * Source: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", §2.
 */
export function distillationLoss(
  studentLogits: MatrixInput,
  teacherLogits: MatrixInput,
  options: DistillationOptions,
): DistillationLoss {
  const pair = checkedPair(studentLogits, teacherLogits, options);
  const { temperature, hardWeight, weights } = pair;
  const softLoss = temperature * (temperature * weightedMean(softLosses(pair), weights));
  const hardLoss = pair.labels === undefined ? null : weightedMean(hardLosses(pair, pair.labels), weights);
  return { loss: part(1 - hardWeight, softLoss) + part(hardWeight, hardLoss ?? 0), softLoss, hardLoss };
}

/** A part of weight 0 counts nothing, be it infinite. */
function part(weight: number, loss: number): number {
  return weight === 0 ? 0 : weight * loss;
}

function softLosses({ student, teacher, temperature, divergence }: DistillationPair): Float64Array {
  const { rows, columns } = student;
  const teacherLogs = new Float64Array(columns);
  const studentLogs = new Float64Array(columns);
  return Float64Array.from({ length: rows }, (_, i) => {
    logSoftmaxRow(teacher.data, i * columns, columns, temperature, teacherLogs, 0);
    logSoftmaxRow(student.data, i * columns, columns, temperature, studentLogs, 0);
    return rowDivergence(divergence, teacherLogs, studentLogs);
  });
}

function hardLosses({ student }: DistillationPair, labels: Int32Array): Float64Array {
  const { data, columns } = student;
  const logs = new Float64Array(columns);
  return Float64Array.from(labels, (label, i) => {
    logSoftmaxRow(data, i * columns, columns, 1, logs, 0);
    return 0 - logs[label]!;
  });
}

function weightedMean(losses: Float64Array, weights: Float64Array | undefined): number {
  const sum = new CompensatedSum();
  const total = new CompensatedSum();
  for (let i = 0; i < losses.length; i += 1) {
    const weight = weights?.[i] ?? 1;
    if (weight === 0) continue;
    if (losses[i] === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    sum.add(weight * losses[i]!);
    total.add(weight);
  }
  return sum.value / total.value;
}
