import type { FindingOptions } from '../evaluation/measure-findings.ts';
import { measuresNamed } from '../evaluation/sample-options.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import { type KnownMeasure, type MeasureName, measures } from '../metrics/index.ts';
import { evaluationOptions, type JudgingFlags } from './judging-options.ts';
import { textsOf } from './kept-texts.ts';
import type { MeasureFlags } from './measure-options.ts';

/** What is shown unless something else is asked for. */
const shortList: readonly MeasureName[] = [
  'accuracy',
  'calibration-gap',
  'negative-log-likelihood',
  'brier-score',
  'expected-calibration-error',
  'debiased-absolute-calibration-error',
  'maximum-calibration-error',
  'classwise-calibration-error',
];

/** Rounds behind intervals and floors; of all measures together fewer, as some of them take long. */
export const usualRounds = { resamples: 1000, draws: 199 };
const roundsOfAll = { resamples: 200, draws: 99 };

/** The measures chosen, those that checks need among them, in the order of the registry unless named in another. */
export function chosenMeasures(
  { metrics, all }: MeasureFlags,
  checked: readonly MeasureName[] = [],
): readonly KnownMeasure[] {
  if (all === true) return measures;
  return measuresNamed([...(metrics ?? shortList), ...checked]);
}

/** How the measures are resampled. */
export function findingOptions(
  flags: MeasureFlags & JudgingFlags,
  set: LoadedStoredSet,
  signal: AbortSignal,
): FindingOptions {
  const usual = flags.all === true ? roundsOfAll : usualRounds;
  const {
    bins,
    scheme,
    edges,
    resamples = usual.resamples,
    seed = 1,
    level = 0.95,
  } = evaluationOptions(flags);
  return {
    resamples,
    seed,
    level,
    method: flags.intervals ?? 'centred',
    draws: flags.draws ?? usual.draws,
    thorough: flags.metrics !== undefined,
    binary: flags.binary ?? 'confidence',
    ...(bins === undefined ? {} : { bins }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(edges === undefined ? {} : { edges }),
    ...(flags.clusters === undefined ? {} : { clusters: textsOf(set, flags, flags.clusters) }),
    signal,
  };
}
