export { type CrossFit, type CrossFitOptions, crossFit } from './cross-fit.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
export { type CrossFittedOptions, evaluateCrossFitted } from './evaluate-cross-fitted.ts';
export type { BootstrapRecord, Change, Evaluation, Figures, Judgement, Verdict } from './evaluation.ts';
export type { EvaluationOptions } from './judge-change.ts';
export { type Findings, verdict } from './verdict.ts';
