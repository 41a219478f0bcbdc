import {
  type BinningRequest,
  type CompatBinning,
  type CompatScheme,
  gpleissBinning,
  mapieBinning,
  netcalBinning,
  probablyBinning,
  relplotBinning,
  sklearnBinning,
  torchmetricsBinning,
  verifiedBinning,
} from './compat-binning.ts';
import type { Precision } from './compat-edges.ts';
import type { BinaryView } from './measure-options.ts';

/** Which error a library makes of its bins; the smooth errors of relplot have none. */
export type CompatMeasure =
  | 'expected'
  | 'maximum'
  | 'root-mean-square'
  | 'average'
  | 'debiased'
  | 'smooth'
  | 'smooth-logit';

/** What a library holds against what: one probability per row, each class's, or the confidence per predicted class. */
export type CompatNotion = 'events' | 'classwise' | 'top-label';

/** A library's way of binning, with what it lets one choose. */
export interface CompatPreset {
  readonly name: CompatPresetName;
  /** Library and version the preset was checked against. */
  readonly library: string;
  /** How it differs from this package's own bins. */
  readonly difference: string;
  /** Bins it uses unless told otherwise. */
  readonly bins: number;
  /** What it sees of two classes unless told otherwise. */
  readonly binary: BinaryView;
  /** The class it takes as the event, where it sees one. */
  readonly positiveClass: 0 | 1;
  readonly precision: Precision;
  /** How far from 0 and 1 it keeps probabilities. */
  readonly margin: number;
  /** What a bin's share of outcomes is held against: the mean of its probabilities, or its middle. */
  readonly centre: 'mean' | 'middle';
  /** How it adds up probabilities: `running` rounds every partial sum to its own precision, in the order of the rows. */
  readonly sums: 'exact' | 'running';
  readonly schemes: readonly CompatScheme[];
  readonly measures: readonly CompatMeasure[];
  readonly notions: readonly CompatNotion[];
  readonly binning: (request: BinningRequest) => CompatBinning;
}

/** Names of the presets. */
export type CompatPresetName =
  | 'gpleiss'
  | 'torchmetrics'
  | 'netcal'
  | 'sklearn'
  | 'verified-calibration'
  | 'mapie'
  | 'probably'
  | 'relplot';

const plain = {
  positiveClass: 1,
  precision: 'float64',
  margin: 0,
  centre: 'mean',
  sums: 'exact',
  schemes: ['equal-width'],
  measures: ['expected'],
  notions: ['events'],
} as const;

/** Every preset. */
export const compatPresets: readonly CompatPreset[] = [
  {
    ...plain,
    name: 'gpleiss',
    library: 'gpleiss/temperature_scaling, _ECELoss',
    difference:
      'edges and confidences in single precision; a confidence of 0 is in no bin but counts as a row',
    bins: 15,
    binary: 'confidence',
    precision: 'float32',
    binning: gpleissBinning,
  },
  {
    ...plain,
    name: 'torchmetrics',
    library: 'torchmetrics 1.9.0, CalibrationError',
    difference:
      'left-closed bins and running sums in single precision; confidences of exactly 1 have a bin of their own',
    bins: 15,
    binary: 'positive',
    precision: 'float32',
    sums: 'running',
    measures: ['expected', 'root-mean-square', 'maximum'],
    binning: torchmetricsBinning,
  },
  {
    ...plain,
    name: 'netcal',
    library: 'netcal 1.4.0, ECE, ACE and MCE',
    difference:
      'left-closed bins with edges i·(1/n); probabilities cut off 2⁻⁵² from 0 and 1; equal mass by interpolated quantiles',
    bins: 10,
    binary: 'positive',
    margin: 2 ** -52,
    schemes: ['equal-width', 'equal-mass'],
    measures: ['expected', 'average', 'maximum'],
    binning: netcalBinning,
  },
  {
    ...plain,
    name: 'sklearn',
    library: 'scikit-learn 1.9.1, calibration_curve',
    difference:
      'edges i·(1/n); equal mass by interpolated quantiles; the curve has no counts, the error includes them',
    bins: 5,
    binary: 'positive',
    schemes: ['equal-width', 'equal-mass'],
    measures: ['expected', 'root-mean-square', 'maximum'],
    binning: sklearnBinning,
  },
  {
    ...plain,
    name: 'verified-calibration',
    library: 'uncertainty-calibration 0.1.4',
    difference: 'equal mass by cuts halfway between two values; class-wise errors are joined by their norm',
    bins: 15,
    binary: 'confidence',
    schemes: ['equal-width', 'equal-mass'],
    measures: ['expected', 'root-mean-square', 'debiased'],
    notions: ['events', 'classwise'],
    binning: verifiedBinning,
  },
  {
    ...plain,
    name: 'mapie',
    library: 'MAPIE 1.6.0, expected_calibration_error and top_label_ece',
    difference:
      'one interval less than asked for, and a bin for 0; top-label errors of the classes have equal weight',
    bins: 50,
    binary: 'confidence',
    schemes: ['equal-width', 'equal-mass', 'array-split'],
    notions: ['events', 'classwise', 'top-label'],
    binning: mapieBinning,
  },
  {
    ...plain,
    name: 'probably',
    library: 'tidymodels probably 1.0, cal_plot_breaks',
    difference:
      'bins closed at both ends, so that values on edges count twice; gaps from the middle of the bin; the first class is the event',
    bins: 10,
    binary: 'positive',
    positiveClass: 0,
    centre: 'middle',
    binning: probablyBinning,
  },
  {
    ...plain,
    name: 'relplot',
    library: 'relplot 1.0.3, binnedECE and smECE',
    difference:
      'the bin is the whole part of p/(1/n), which rounding may move; probabilities of 1 have a bin of their own; smooth errors are evaluated on grids',
    bins: 10,
    binary: 'confidence',
    measures: ['expected', 'smooth', 'smooth-logit'],
    binning: relplotBinning,
  },
];
