import { type Calibrator, checkCalibrator, type FitOptions } from '../calibrators/calibrator.ts';
import type { CalibratorModel } from '../core/calibrator-model.ts';
import { checkSet } from '../core/check-set.ts';
import { checkOptionNames } from '../core/checks.ts';
import { withFloor } from '../core/floored-set.ts';
import type { Notice } from '../core/notices.ts';
import { mappedRead } from '../core/number-store.ts';
import { writtenOut } from '../core/row-copies.ts';
import {
  type AnySet,
  heldNumbers,
  type StoredSet,
  setInMemory,
  setWhereItStands,
  storedSet,
} from '../core/stored-set.ts';
import type { FloorTemperature } from '../core/treatment.ts';
import { forEachBlock } from '../kernels/row-blocks.ts';
import { probabilityRows, temperedRows } from '../metrics/probability-rows.ts';
import { type CrossFitOptions, fitOutOfFold, type OutOfFold, predictOutOfFold } from './cross-fit.ts';
import { type CrossFittedTemperatures, crossFittedTemperatures } from './cross-fitted-temperatures.ts';
import type { Evaluation } from './evaluation.ts';
import { extremeTemperature } from './evaluation-notices.ts';
import type { FloorSide } from './floor-sensitivity.ts';
import {
  type Calibrated,
  type EvaluationOptions,
  evaluationOptionNames,
  judgeChange,
} from './judge-change.ts';
import { temperatureOf } from './temperature-of.ts';

/** Options of {@link evaluateCrossFitted}. */
export interface CrossFittedOptions<Options extends FitOptions = FitOptions> extends EvaluationOptions {
  /** Folds, a whole number 2..100. Default 5. */
  readonly folds?: number;
  /** Passed to every fit. */
  readonly fit?: Options;
  /** The model fitted on all rows, which is the one to be saved; the headline names its temperature. Default: not known. */
  readonly model?: CalibratorModel;
  /** The temperatures that other floors give on all rows, from `floorTemperatures`, for a set with a floor. Default: not compared. */
  readonly floors?: readonly FloorTemperature[];
}

/**
 * Judges a method on the very rows it is fitted on, honestly: each row by a model fitted on the other folds.
 *
 * Where cross-fitting is not possible, the scores are judged as they came and a `W_CROSS_FIT` notice says why.
 *
 * @param set N×K scores with labels, and weights if any; a stored set is read some rows at a time where the method can fit it so,
 * as temperature scaling does, else into memory.
 * @param calibrator The method, such as `temperatureScaling`.
 * @returns As `evaluate`, with `foldTemperatures` where the models are temperatures.
 * @throws CalibrationError `E_BINS`, `E_OPTION`, `E_ABORTED`.
 *
 * Cost: one fit per fold, of temperatures on millions of cells some three passes in all; then as `evaluate`.
 *
 * @example
 * ```ts
 * import { evaluateCrossFitted, temperatureScaling } from 'calibrant';
 *
 * // Twenty rows that are certain, five of them wrongly.
 * const scores = { data: Float64Array.from({ length: 40 }, (_, i) => (i % 2) * (4 + i / 10)), rows: 20, columns: 2 };
 * const labels = Int32Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 0 : 1));
 * const set = { kind: 'logits', scores, labels, classNames: ['no', 'yes'], namedClasses: true } as const;
 *
 * const { judgement, before, after } = evaluateCrossFitted(set, temperatureScaling);
 * assert.equal(judgement, 'cross-fitted');
 * assert.ok(after !== null && after.ece < before.ece);
 * ```
 */
export function evaluateCrossFitted<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  calibrator: Calibrator<Model, Options>,
  options: CrossFittedOptions<Options> = {},
): Evaluation {
  checkSet(set);
  checkCalibrator(calibrator);
  checkOptionNames(options, [...evaluationOptionNames, 'folds', 'fit', 'model', 'floors']);
  const { folds = 5, fit, model, floors = [], ...rest } = options;
  const { seed, signal, clusters } = rest;
  const whole = writtenOut(set);
  const rows = calibrator.fitStored === undefined ? setInMemory(whole) : setWhereItStands(whole);
  const fitting = {
    folds,
    ...(fit === undefined ? {} : { fit }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(seed === undefined ? {} : { seed }),
    ...(signal === undefined ? {} : { signal }),
  };
  const { calibrated, notices } = outOfFold(rows, calibrator, storedSet(whole), fitting);
  const sides = floors.map((point): FloorSide => {
    const other = withFloor(whole, point.floor);
    const found = outOfFold(other, calibrator, other, fitting);
    return { ...point, before: temperedRows(other, 1), after: found.calibrated?.source ?? null };
  });
  const savedTemperature = model === undefined ? null : (temperatureOf(model) ?? null);
  const side = calibrated === null ? null : { ...calibrated, savedTemperature, floors: sides };
  const evaluation = judgeChange(storedSet(whole), side, rest, evaluationOptionNames);
  const odd = side !== null || savedTemperature === null ? undefined : extremeTemperature(savedTemperature);
  const further = odd === undefined ? [] : [odd];
  return { ...evaluation, notices: [...notices, ...further, ...evaluation.notices] };
}

/** What each row is judged by: the quicker way to it where there is one. */
function outOfFold<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  calibrator: Calibrator<Model, Options>,
  judged: StoredSet,
  options: CrossFitOptions<Options>,
): { readonly calibrated: Calibrated | null; readonly notices: readonly Notice[] } {
  const found = crossFittedTemperatures(set, calibrator, options);
  if (found !== undefined) return { calibrated: temperedBy(judged, found), notices: [] };
  const fitted = fitOutOfFold(set, calibrator, options);
  return { calibrated: calibratedBy(fitted, judged, calibrator), notices: fitted.notices };
}

/** Temperatures are applied to the scores row by row, which keeps the digits of the NLL; others give probabilities. */
function calibratedBy<Model extends CalibratorModel, Options extends FitOptions>(
  { models, foldOf }: OutOfFold<Model>,
  set: StoredSet,
  calibrator: Calibrator<Model, Options>,
): Calibrated | null {
  if (models.length === 0) return null;
  const temperatures = models.map(temperatureOf);
  if (temperatures.some((temperature) => typeof temperature !== 'number')) {
    const probabilities = predictOutOfFold(setInMemory(set), calibrator, heldNumbers(foldOf), models);
    return { ...common, source: probabilityRows(probabilities), foldTemperatures: null };
  }
  return temperedBy(set, { foldOf, temperatures: temperatures as number[] });
}

const common = { judgement: 'cross-fitted', temperature: null, savedTemperature: null } as const;

function temperedBy(set: StoredSet, { foldOf, temperatures }: CrossFittedTemperatures): Calibrated {
  const store = set.storage.floats(foldOf.length);
  const read = mappedRead(foldOf.read, (fold) => temperatures[fold]!);
  forEachBlock(foldOf.length, (from, to) => store.pushAll(read(from, to)));
  return { ...common, source: temperedRows(set, store.finish()), foldTemperatures: temperatures };
}
