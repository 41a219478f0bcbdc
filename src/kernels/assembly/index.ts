export { addClasswise } from './classwise-bins';
export { addLossRows, addLossValues } from './loss-sums';
export { addRoughSlopes } from './rough-slopes';
export { findTops, squaredErrors } from './row-scores';
export { softmaxRows, widenCells } from './softmax';
export { sumRows, surveyRows32, surveyRows64 } from './survey';
export { sumLossRows, sumMargins } from './temperature-loss';
