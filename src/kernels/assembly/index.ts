export { surveyRows32, surveyRows64 } from './survey';
export { addLossRows } from './loss-sums';
export { sumLossRows, sumMargins } from './temperature-loss';
