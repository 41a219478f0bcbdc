import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { checkList, checkOneOf, checkOptionNames, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import type { BinLayout } from '../metrics/bin-options.ts';
import { type EventOptions, eventOptionNames } from '../metrics/measure-options.ts';
import { type KnownMeasure, type MeasureName, measureByName, measures } from '../metrics/registry.ts';
import { type IntervalMethod, intervalMethods } from './bootstrap-interval.ts';

/** Options of everything that draws at random to say how sure measures are. */
export interface DrawnOptions extends EventOptions {
  /** Seed of everything random, a whole number. Default 1. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Called with the rounds done. */
  readonly onProgress?: ProgressListener;
}

/** Names of {@link DrawnOptions}. */
export const drawnOptionNames: readonly string[] = [...eventOptionNames, 'seed', 'signal', 'onProgress'];

/** Which measures, and with which bins. */
export interface ChosenMeasures extends Omit<BinLayout, 'level' | 'interval'> {
  /** Names of measures. Default {@link usualMeasures}. */
  readonly measures?: readonly MeasureName[];
}

/** Names of {@link ChosenMeasures}. */
export const chosenMeasureNames: readonly string[] = ['measures', 'bins', 'scheme', 'edges'];

/** What is measured unless something else is asked for: the losses and the usual calibration errors. */
export const usualMeasures: readonly MeasureName[] = [
  'accuracy',
  'mean-confidence',
  'negative-log-likelihood',
  'brier-score',
  'expected-calibration-error',
  'equal-mass-calibration-error',
  'maximum-calibration-error',
  'classwise-calibration-error',
];

/**
 * The measures of those names, each once.
 *
 * @throws CalibrationError `E_OPTION` naming the nearest measure.
 */
export function measuresNamed(names: readonly string[]): readonly KnownMeasure[] {
  checkList('measures', names, 'names of measures', (name) => typeof name === 'string');
  if (names.length === 0)
    throw new CalibrationError('E_OPTION', { what: 'option "measures" names no measure' });
  return [...new Set(names)].map((name) => {
    const found = measureByName(name);
    if (found !== undefined) return found;
    const near = nearestName(
      name,
      measures.map((measure) => measure.name),
    );
    throw new CalibrationError('E_OPTION', {
      what: `option "measures" names "${name}", which is no measure`,
      value: name,
      hint: near === undefined ? 'The registry lists them.' : `Did you mean "${near}"?`,
    });
  });
}

/** The bins asked for. */
export function layoutOf({ bins, scheme, edges }: ChosenMeasures): BinLayout {
  return {
    ...(bins === undefined ? {} : { bins }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(edges === undefined ? {} : { edges }),
  };
}

/** Options of everything that resamples rows. */
export interface ResampledOptions extends DrawnOptions, ChosenMeasures {
  /** Bootstrap resamples, a whole number 100..100000. Default 1000. */
  readonly resamples?: number;
  /** Coverage of the intervals, inside 0.5..0.9999. Default 0.95. */
  readonly level?: number;
  /** How intervals are read from the resamples. Default `centred`. */
  readonly method?: IntervalMethod;
  /**
   * N names of clusters, such as patients, whose rows depend on one another: clusters are then drawn as a whole.
   * Default: rows are independent.
   */
  readonly clusters?: readonly (string | number)[];
}

/** Checks how rows are resampled and takes the defaults. */
export function readResampling(
  options: ResampledOptions,
): Required<Pick<ResampledOptions, 'resamples' | 'level' | 'method' | 'seed'>> {
  checkOptionNames(options, [
    ...drawnOptionNames,
    ...chosenMeasureNames,
    'resamples',
    'level',
    'method',
    'clusters',
  ]);
  const { resamples = 1000, level = 0.95, method = 'centred' } = options;
  checkWhole('resamples', resamples, 100, 100_000);
  checkWithin('level', level, 0.5, 0.9999);
  checkOneOf('method', method, intervalMethods);
  return { resamples, level, method, seed: seedOf(options) };
}

/** Checks a seed and takes the default. */
export function seedOf({ seed = 1 }: DrawnOptions): number {
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return seed;
}

/** Calls `round` so many times, listening to the signal and telling of progress in between. */
export function inRounds(
  rounds: number,
  { signal, onProgress }: Pick<DrawnOptions, 'signal' | 'onProgress'>,
  round: (number: number) => void,
): void {
  for (let done = 0; done < rounds; done += 1) {
    throwIfAborted(signal);
    if (done % 10 === 0) onProgress?.(done, rounds);
    round(done);
  }
  onProgress?.(rounds, rounds);
}
