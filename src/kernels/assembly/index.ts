export { surveyRows32, surveyRows64 } from './survey';
export { addLossRows, addMargins } from './temperature-loss';
