import { temperatureScaling } from '../calibrators/index.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import type { LoadedSet } from '../io/index.ts';
import {
  type BinaryView,
  type CompatMeasure,
  type CompatNotion,
  type CompatPreset,
  type CompatPresetName,
  type CompatScheme,
  compatCalibrationError,
  compatPresets,
  type MeasureName,
  measureByName,
} from '../metrics/index.ts';

/** A figure as another library prints it, beside our own of the same number of bins. */
interface CompatFigure {
  readonly measure: CompatMeasure;
  readonly notion: CompatNotion;
  readonly scheme: CompatScheme;
  readonly bins: number;
  readonly value: number;
  /** Our measure of the same kind; `null` where there is none. */
  readonly own: MeasureName | null;
  readonly ownValue: number | null;
}

/** All that a library prints of a set. */
export interface CompatFigures {
  readonly preset: CompatPreset;
  readonly binary: BinaryView;
  readonly figures: readonly CompatFigure[];
}

const ownMeasures: Readonly<Partial<Record<`${CompatNotion} ${CompatMeasure}`, MeasureName>>> = {
  'events expected': 'expected-calibration-error',
  'events maximum': 'maximum-calibration-error',
  'events root-mean-square': 'root-mean-square-calibration-error',
  'events average': 'average-calibration-error',
  'events debiased': 'debiased-calibration-error',
  'classwise expected': 'classwise-calibration-error',
  'classwise debiased': 'debiased-classwise-calibration-error',
  'top-label expected': 'top-label-calibration-error',
};

/**
 * The figures of a library, in every combination it offers.
 *
 * @param bins Bins to give it. Default: its own number.
 * @param view What it shall see of two classes. Default: what it sees by itself.
 */
export function compatFigures(
  set: LoadedSet,
  model: TemperatureModel | undefined,
  name: CompatPresetName,
  bins: number | undefined,
  view: BinaryView | undefined,
): CompatFigures {
  const preset = compatPresets.find((known) => known.name === name)!;
  const { columns } = set.scores;
  const binary = columns === 2 ? (view ?? preset.binary) : 'confidence';
  const scores = model === undefined ? set.scores : temperatureScaling.predict(model, set.scores);
  const input = model === undefined ? set.kind : 'probabilities';
  const sample = sampleOfSet(set, model?.temperature ?? null, binary);
  const count = bins ?? preset.bins;
  const figures = preset.notions.flatMap((notion) =>
    preset.measures.flatMap((measure) =>
      preset.schemes.map((scheme): CompatFigure => {
        const { value } = compatCalibrationError(scores, set.labels, {
          input,
          preset: name,
          notion,
          measure,
          scheme,
          bins: count,
          ...(columns === 2 ? { binary } : {}),
        });
        const own = ownMeasures[`${notion} ${measure}`] ?? null;
        const layout = { bins: count, scheme: scheme === 'equal-width' ? scheme : ('equal-mass' as const) };
        const fixed = own === 'classwise-calibration-error' && scheme !== 'equal-width';
        const ours = fixed ? 'classwise-equal-mass-calibration-error' : own;
        const ownValue = ours === null ? null : measureByName(ours)!.compute(sample, layout);
        return { measure, notion, scheme, bins: count, value, own: ours, ownValue };
      }),
    ),
  );
  return { preset, binary, figures };
}
