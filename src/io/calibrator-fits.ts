import { CalibrationError, printable } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import { readRecord } from '../core/read-record.ts';
import type { CalibratorFile } from './calibrator-file.ts';
import type { LoadedScores } from './scored-set-input.ts';

/** What a calibrator is compared with: scores as a loader returns them, labelled or not. */
export interface ScoresToFit extends Pick<LoadedScores, 'kind' | 'classNames' | 'namedClasses'> {
  readonly scores: { readonly columns: number };
}

/** What is compared of a calibrator. */
type CalibratorToFit = { readonly model: Pick<CalibratorFile['model'], 'input' | 'classes'> } & Pick<
  CalibratorFile,
  'provenance'
>;

/**
 * Checks that a calibrator belongs to the data it is about to be applied to: same kind of score, as many classes, and
 * the same classes in the same order where both name them (a prefix all names of the data share does not count).
 *
 * @returns A warning when only one side names its classes, so that their order could not be compared.
 * @throws CalibrationError `E_MODEL_KIND`, `E_MODEL_CLASSES` or `E_MODEL_ORDER`.
 *
 * @example
 * ```ts
 * import { checkCalibratorFits, fitTemperature } from 'calibrant';
 *
 * const model = fitTemperature([[3, 0], [0, 2], [1, 0]], [0, 1, 1]);
 * const names = { classNames: ['cat', 'dog'], namedClasses: true };
 * const file = { model, provenance: { ...names, dataHash: '0'.repeat(64), toolVersion: '0.1.0' } };
 * const scores = { data: Float64Array.of(1, 2), rows: 1, columns: 2 };
 * const swapped = { kind: 'logits', scores, classNames: ['dog', 'cat'], namedClasses: true } as const;
 * assert.throws(() => checkCalibratorFits(file, swapped), /E_MODEL_ORDER/);
 * ```
 */
export function checkCalibratorFits(calibrator: CalibratorToFit, data: ScoresToFit): readonly Notice[] {
  return readRecord(calibrator, 'calibrator', () =>
    readRecord(namesOf(data), 'set of scores', () => noticesOf(calibrator, data)),
  );
}

/** What is compared of the scores. */
function namesOf(data: ScoresToFit): object {
  if (typeof data !== 'object' || data === null) return data;
  const { kind, classNames, namedClasses, scores } = data;
  return { kind, classNames, namedClasses, columns: scores?.columns };
}

function noticesOf({ model, provenance }: CalibratorToFit, data: ScoresToFit): readonly Notice[] {
  if (model.input !== data.kind) {
    throw new CalibrationError('E_MODEL_KIND', {
      what: `the model was fitted on ${model.input}, the data are declared as ${data.kind}`,
      hint: `Pass --input ${model.input} if that is what they are.`,
    });
  }
  const columns = data.scores.columns;
  if (model.classes !== columns) {
    throw new CalibrationError('E_MODEL_CLASSES', {
      what: `model has ${model.classes} classes, the data has ${columns} columns`,
    });
  }
  if (provenance.namedClasses !== data.namedClasses) {
    const side = data.namedClasses ? 'the model' : 'the data';
    return [
      notice(
        'W_MODEL_UNNAMED_CLASSES',
        `${side} does not name its classes, so their order could not be compared.`,
      ),
    ];
  }
  if (data.namedClasses) refuseOtherOrder(provenance.classNames, data.classNames);
  return [];
}

function refuseOtherOrder(model: readonly string[], data: readonly string[]): void {
  const different = model.findIndex((name, k) => name !== data[k]);
  if (different < 0 || samePrefix(model, data)) return;
  throw new CalibrationError('E_MODEL_ORDER', {
    what: `class ${different + 1} is "${printable(model[different]!)}" in the model and "${printable(data[different]!)}" in the data`,
    value: data[different],
  });
}

/** Headers such as `out_cat` stand for `cat` where every one of them begins alike. */
function samePrefix(model: readonly string[], data: readonly string[]): boolean {
  const prefix = data[0]!.endsWith(model[0]!) ? data[0]!.slice(0, data[0]!.length - model[0]!.length) : '';
  return prefix !== '' && data.every((name, k) => name === prefix + model[k]);
}
