import type { CalibratorModel } from '../core/calibrator-model.ts';
import { checkSet } from '../core/check-set.ts';
import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { writtenOut } from '../core/row-copies.ts';
import { type AnySet, type StoredSet, storedSet } from '../core/stored-set.ts';
import type { FloorTemperature } from '../core/treatment.ts';
import { checkedSample } from '../metrics/checked-sample.ts';
import { temperedRows } from '../metrics/probability-rows.ts';
import type { Evaluation, Judgement } from './evaluation.ts';
import { floorSides } from './floor-sensitivity.ts';
import {
  type Calibrated,
  type EvaluationOptions,
  evaluationOptionNames,
  judgeChange,
} from './judge-change.ts';
import { temperatureOf } from './temperature-of.ts';

/** Options of {@link evaluate}. */
export interface EvaluateOptions extends EvaluationOptions {
  /** A fitted temperature to compare with the scores as they came; one without a temperature counts as none. */
  readonly model?: CalibratorModel;
  /** N×K calibrated probabilities, made by any other method, in place of `model`. */
  readonly calibrated?: MatrixInput;
  /** Whether the rows are new to the calibrator. Default `held-out`. */
  readonly judgement?: 'held-out' | 'same-rows';
  /**
   * The temperatures that other floors gave where the model was fitted, from `floorTemperatures`, for a set with a floor. Default: the
   * model's own at every floor.
   */
  readonly floors?: readonly FloorTemperature[];
}

/**
 * Judges a scored set: every figure as the scores came and, with a model, after it, the changes with their paired
 * bootstrap intervals, and the verdict in words.
 *
 * Logits are judged at T = 1, probabilities as they are. With a temperature, both sides take the prediction from the
 * scores themselves, so accuracy is the same by construction.
 *
 * @param set N×K scores with labels, and weights if any; a stored set is read some rows at a time.
 * @returns The figures, changes, warnings and verdict; plain data.
 * @throws CalibrationError `E_BINS`, `E_OPTION`, `E_ABORTED`, `E_MODEL_KIND`, `E_MODEL_CLASSES`; for
 * calibrated probabilities also `E_SHAPE`, `E_PROB_RANGE`, `E_PROB_SUM`.
 *
 * Cost: O(NK), and O(N) for each bootstrap resample up to 20,000 rows.
 *
 * @example
 * ```ts
 * import { evaluate } from 'calibrant';
 *
 * const scores = { data: Float64Array.from([4, 0, 0, 3, 2, 0, 0, 5]), rows: 4, columns: 2 };
 * const labels = Int32Array.of(0, 1, 1, 1);
 * const set = { kind: 'logits', scores, labels, classNames: ['no', 'yes'], namedClasses: true } as const;
 *
 * const { before, verdict } = evaluate(set);
 * assert.equal(before.accuracy, 0.75);
 * assert.equal(verdict.outcome, 'as-is');
 * ```
 */
export function evaluate(set: AnySet, options: EvaluateOptions = {}): Evaluation {
  checkSet(set);
  const rows = storedSet(writtenOut(set));
  const optionNames = [...evaluationOptionNames, 'model', 'calibrated', 'judgement', 'floors'];
  checkOptionNames(options, optionNames);
  const { model, calibrated, judgement = 'held-out', floors, ...rest } = options;
  checkOneOf('judgement', judgement, ['held-out', 'same-rows']);
  if (model !== undefined && calibrated !== undefined) {
    throw new CalibrationError('E_OPTION', { what: 'pass "model" or "calibrated", not both' });
  }
  if (calibrated !== undefined) {
    return judgeChange(rows, fromProbabilities(calibrated, rows, judgement), rest, optionNames);
  }
  const side = model === undefined ? null : fromModel(model, rows, judgement, floors);
  return judgeChange(rows, side, rest, optionNames);
}

function fromProbabilities(
  probabilities: MatrixInput,
  { labels, scores }: StoredSet,
  judgement: Judgement,
): Calibrated {
  const { source } = checkedSample(probabilities, labels.read(0, labels.length), undefined);
  if (source.classes !== scores.columns) {
    throw new CalibrationError('E_SHAPE', {
      what: `calibrated probabilities have ${source.classes} classes, the scores ${scores.columns}`,
    });
  }
  return { source, judgement, temperature: null, foldTemperatures: null, savedTemperature: null };
}

function fromModel(
  model: CalibratorModel,
  set: StoredSet,
  judgement: Judgement,
  floors: readonly FloorTemperature[] | undefined,
): Calibrated | null {
  checkModelFits(model, set);
  const temperature = temperatureOf(model);
  if (temperature === undefined) {
    throw new CalibrationError('E_OPTION', {
      what: `option "model" must have a temperature, got a model of type "${printable(model.type)}"`,
      value: model.type,
      hint: 'Pass its probabilities as "calibrated".',
    });
  }
  if (temperature === null) return null;
  return {
    source: temperedRows(set, temperature),
    judgement,
    temperature,
    foldTemperatures: null,
    savedTemperature: temperature,
    floors: floorSides(set, temperature, floors),
  };
}

function checkModelFits(model: CalibratorModel, set: StoredSet): void {
  if (model.input !== set.kind) {
    throw new CalibrationError('E_MODEL_KIND', {
      what: `the calibrator was fitted on ${model.input}, the data are ${set.kind}`,
      value: model.input,
    });
  }
  if (model.classes !== set.scores.columns) {
    throw new CalibrationError('E_MODEL_CLASSES', {
      what: `model has ${model.classes} classes, the data has ${set.scores.columns} columns`,
      value: model.classes,
    });
  }
}
