export { distillationGradient } from './distillation-gradient.ts';
export { type DistillationLoss, distillationLoss } from './distillation-loss.ts';
export type { DistillationOptions, SoftDivergence } from './distillation-options.ts';
export { type SoftTargetOptions, softTargets } from './soft-targets.ts';
