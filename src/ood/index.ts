export { auroc } from './auroc.ts';
export { energyScore } from './energy-score.ts';
export {
  falsePositiveRateAtTruePositiveRate,
  type OperatingPoint,
  type TruePositiveRateOptions,
} from './false-positive-rate.ts';
export { maxSoftmaxScore } from './max-softmax-score.ts';
export { odinTemperatureScore } from './odin-temperature-score.ts';
export type { OodScoreOptions } from './ood-logits.ts';
