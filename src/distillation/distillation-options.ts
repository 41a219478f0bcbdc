import { checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { type LabelInput, labelList, toLabels, toWeights, type WeightInput } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import { checkLogits, checkSeveralClasses, checkTemperature } from '../numerics/logit-checks.ts';

/** What the soft part measures between teacher p and student q; both have the same gradient in the student. */
export type SoftDivergence =
  /** Σ p ln(p/q): 0 when the student agrees with the teacher. */
  | 'kullback-leibler'
  /** −Σ p ln q, as Hinton, Vinyals and Dean write it: larger by the entropy of p. */
  | 'cross-entropy';

/** Options of {@link distillationLoss} and {@link distillationGradient}. */
export interface DistillationOptions {
  /** T > 0, finite, for teacher and student alike in the soft part. The hard part always stands at T = 1. */
  readonly temperature: number;
  /** N true class indices, 0-based; without them there is no hard part. */
  readonly labels?: LabelInput;
  /**
   * Weight w in 0..1 of the hard part; the soft part has 1 − w. Default 0.1 with labels (the source advises a
   * considerably lower weight on the hard part), 0 without.
   */
  readonly hardWeight?: number;
  /** Default `kullback-leibler`. */
  readonly divergence?: SoftDivergence;
  /** N weights ≥ 0 of the rows in the means. */
  readonly weights?: WeightInput;
}

/** Both models' logits and the options, checked. */
export interface DistillationPair {
  readonly student: Matrix;
  readonly teacher: Matrix;
  readonly temperature: number;
  readonly labels: Int32Array | undefined;
  readonly hardWeight: number;
  readonly divergence: SoftDivergence;
  readonly weights: Float64Array | undefined;
}

const optionNames = ['temperature', 'labels', 'hardWeight', 'divergence', 'weights'] as const;

/** The border check of the distillation functions. */
export function checkedPair(
  studentLogits: MatrixInput,
  teacherLogits: MatrixInput,
  options: DistillationOptions,
): DistillationPair {
  checkOptionNames(options, optionNames);
  const { temperature, labels, divergence = 'kullback-leibler', weights } = options;
  const { hardWeight = labels === undefined ? 0 : 0.1 } = options;
  checkTemperature(temperature);
  checkWithin('hardWeight', hardWeight, 0, 1);
  checkOneOf('divergence', divergence, ['kullback-leibler', 'cross-entropy']);
  if (labels === undefined && hardWeight > 0) {
    throw new CalibrationError('E_OPTION', {
      what: 'option "hardWeight" needs the option "labels"',
      value: hardWeight,
    });
  }
  const list = labels === undefined ? undefined : labelList(labels);
  const student = toMatrix(studentLogits, list?.length);
  const teacher = toMatrix(teacherLogits, list?.length);
  checkSizes(student, teacher);
  for (const logits of [student, teacher]) checkLogits(logits);
  return {
    student,
    teacher,
    temperature,
    labels: list === undefined ? undefined : toLabels(list, student.rows, student.columns),
    hardWeight,
    divergence,
    weights: weights === undefined ? undefined : toWeights(weights, student.rows),
  };
}

function checkSizes(student: Matrix, teacher: Matrix): void {
  if (student.rows !== teacher.rows || student.columns !== teacher.columns) {
    throw new CalibrationError('E_SHAPE', {
      what: `student logits are ${student.rows} x ${student.columns}, teacher logits ${teacher.rows} x ${teacher.columns}`,
    });
  }
  if (student.rows === 0) throw new CalibrationError('E_TOO_FEW', { what: '0 rows; at least 1 is needed' });
  checkSeveralClasses(student);
}
