import { ifRoom, lend, type Room } from '../core/room.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import { compatErrorOfSample } from '../metrics/compat-calibration-error.ts';
import {
  type BinaryView,
  type CompatMeasure,
  type CompatNotion,
  type CompatPreset,
  type CompatPresetName,
  type CompatScheme,
  compatPresets,
  type MeasureName,
  measureByName,
} from '../metrics/index.ts';

/** A figure as another library prints it, beside our own of the same number of bins. */
interface CompatFigure {
  readonly measure: CompatMeasure;
  readonly notion: CompatNotion;
  /** `null` of an error without bins, as is the number of them. */
  readonly scheme: CompatScheme | null;
  readonly bins: number | null;
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
  /** Whether there was memory for all of them. */
  readonly isWhole: boolean;
}

const ownMeasures: Readonly<Partial<Record<`${CompatNotion} ${CompatMeasure}`, MeasureName>>> = {
  'events expected': 'expected-calibration-error',
  'events maximum': 'maximum-calibration-error',
  'events root-mean-square': 'root-mean-square-calibration-error',
  'events average': 'average-calibration-error',
  'events debiased': 'debiased-calibration-error',
  'events smooth': 'smooth-calibration-error',
  'events smooth-logit': 'smooth-calibration-error-logit',
  'classwise expected': 'classwise-calibration-error',
  'classwise debiased': 'debiased-classwise-calibration-error',
  'top-label expected': 'top-label-calibration-error',
};

/**
 * The figures of a library, in every combination it offers.
 *
 * @param flags Bins to give it, by default its own number, and what it shall see of two classes, by default what it sees by itself.
 * @param room What may be taken where the set is not in memory; figures that take more are left out.
 */
export function compatFigures(
  set: LoadedStoredSet,
  model: TemperatureModel | undefined,
  name: CompatPresetName,
  { bins: given, binary: view }: { readonly bins?: number; readonly binary?: BinaryView },
  room?: Room,
): CompatFigures {
  const preset = compatPresets.find((known) => known.name === name)!;
  const { columns } = set.scores;
  const binary = columns === 2 ? (view ?? preset.binary) : 'confidence';
  const temperature = model?.temperature ?? null;
  const confidences = sampleOfSet(set, temperature, 'confidence', room);
  const sample = binary === 'confidence' ? confidences : sampleOfSet(set, temperature, binary, room);
  const count = given ?? preset.bins;
  const figures = preset.notions.flatMap((notion) =>
    preset.measures.flatMap((measure) =>
      preset.schemes.flatMap((scheme): readonly CompatFigure[] => {
        const isBinned = !measure.startsWith('smooth');
        const found = lend(room, () =>
          ifRoom(() =>
            compatErrorOfSample(() => confidences, {
              preset: name,
              notion,
              measure,
              scheme,
              ...(isBinned ? { bins: count } : {}),
              ...(columns === 2 ? { binary } : {}),
            }),
          ),
        );
        if (found === undefined) return [];
        const { value } = found;
        const own = ownMeasures[`${notion} ${measure}`] ?? null;
        const layout = { bins: count, scheme: scheme === 'equal-width' ? scheme : ('equal-mass' as const) };
        const fixed = own === 'classwise-calibration-error' && scheme !== 'equal-width';
        const ours = fixed ? 'classwise-equal-mass-calibration-error' : own;
        const ownValue = ours === null ? null : measureByName(ours)!.compute(sample, layout);
        const bins = isBinned ? { scheme, bins: count } : { scheme: null, bins: null };
        return [{ measure, notion, ...bins, value, own: ours, ownValue }];
      }),
    ),
  );
  const isWhole = figures.length === preset.notions.length * preset.measures.length * preset.schemes.length;
  return { preset, binary, figures, isWhole };
}
