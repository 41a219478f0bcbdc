export { surveyRows32, surveyRows64 } from './survey';
export { addLossRows, addLossValues } from './loss-sums';
export { sumLossRows, sumMargins } from './temperature-loss';
