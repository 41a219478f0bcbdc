export { checkGradient, type GradientCheck, type GradientCheckOptions } from './gradient-check.ts';
export { lbfgs } from './lbfgs.ts';
export type { LbfgsOptions } from './lbfgs-options.ts';
export type { LbfgsResult, LbfgsStatus } from './lbfgs-result.ts';
export type { LbfgsIteration, LbfgsListener } from './lbfgs-trace.ts';
export type { LineFunction, LinePoint, StrongWolfeStatus, WolfeConstants } from './line-search.ts';
export {
  type NewtonInBracketOptions,
  type NewtonInBracketResult,
  type NewtonInBracketStatus,
  newtonInBracket,
  type SlopeAndCurvature,
  type SlopeFunction,
} from './newton-bracket.ts';
export type { Objective } from './objective.ts';
export { type StrongWolfeOptions, type StrongWolfeResult, strongWolfe } from './strong-wolfe.ts';
