import { CalibrationError, printable } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { type MeasureName, measures } from '../metrics/index.ts';

/**
 * Abbreviations that mean one measure to everybody. `ace` is not among them: the adaptive and the average calibration error
 * are both called so; nor is `auroc`, which is of the confidence here and of a class elsewhere.
 */
export const measureAliases: Readonly<Record<string, MeasureName>> = {
  nll: 'negative-log-likelihood',
  brier: 'brier-score',
  rps: 'ranked-probability-score',
  ece: 'expected-calibration-error',
  mce: 'maximum-calibration-error',
  rmsce: 'root-mean-square-calibration-error',
  'classwise-ece': 'classwise-calibration-error',
  'debiased-ece': 'debiased-absolute-calibration-error',
  tace: 'thresholded-adaptive-calibration-error',
  smece: 'smooth-calibration-error',
  mmce: 'maximum-mean-calibration-error',
  skce: 'squared-kernel-calibration-error',
  ici: 'integrated-calibration-index',
  aurc: 'area-under-risk-coverage',
  augrc: 'area-under-generalized-risk-coverage',
};

/** Usual words that mean more than one measure, with those. */
const ambiguous: Readonly<Record<string, readonly MeasureName[]>> = {
  ace: ['adaptive-calibration-error', 'average-calibration-error'],
  'e-aurc': ['excess-area-under-risk-coverage', 'attainable-excess-area-under-risk-coverage'],
  eaurc: ['excess-area-under-risk-coverage', 'attainable-excess-area-under-risk-coverage'],
  auroc: ['confidence-auroc'],
};

/**
 * The measure that a name or an abbreviation means, in capitals or not.
 *
 * @throws CalibrationError `E_USAGE` naming the nearest, or those it could mean.
 */
export function measureNamed(text: string, option: string): MeasureName {
  const name = text.trim().toLowerCase();
  const found = measures.find((measure) => measure.name === name)?.name ?? aliasOf(name);
  if (found !== undefined) return found;
  const several = Object.hasOwn(ambiguous, name) ? ambiguous[name]! : [];
  const near = nearestName(name, [
    ...measures.map((measure) => measure.name),
    ...Object.keys(measureAliases),
  ]);
  const hint =
    several.length > 1
      ? `It may mean ${several.join(' or ')}.`
      : (several[0] ?? near) === undefined
        ? 'Run "calibrant measures" to see them all.'
        : `Did you mean "${several[0] ?? near}"? "calibrant measures" lists them all.`;
  throw new CalibrationError('E_USAGE', {
    what: `option ${option} names "${printable(text)}", which is no measure`,
    value: text,
    hint,
  });
}

function aliasOf(name: string): MeasureName | undefined {
  return Object.hasOwn(measureAliases, name) ? measureAliases[name] : undefined;
}

/** Whether `--metrics list` asks for the names. */
export function asksForNames(text: string): boolean {
  return text.trim().toLowerCase() === 'list';
}

/** Reads `--metrics ece,nll,brier-score`; nothing is to be measured where the names are asked for. */
export function measureList(text: string): readonly MeasureName[] {
  if (asksForNames(text)) return [];
  const parts = text.split(',').filter((part) => part.trim() !== '');
  if (parts.length === 0) {
    throw new CalibrationError('E_USAGE', {
      what: 'option --metrics names no measure',
      hint: 'Run "calibrant measures" to see them all.',
    });
  }
  return [...new Set(parts.map((part) => measureNamed(part, '--metrics')))];
}
