import {
  brownAlmostLinear,
  extendedPowellSingular,
  extendedRosenbrock,
  penaltyOne,
  penaltyTwo,
  trigonometric,
  variablyDimensioned,
  watson,
} from './any-dimension-curved.ts';
import {
  broydenBanded,
  broydenTridiagonal,
  chebyquad,
  discreteBoundaryValue,
  discreteIntegralEquation,
  linearFullRank,
  linearRankOne,
  linearRankOneWithZeros,
} from './any-dimension-systems.ts';
import type { Problem } from './problem.ts';
import {
  biggs,
  brownDennis,
  kowalikOsborne,
  osborneOne,
  osborneTwo,
  powellSingular,
  wood,
} from './several-variables.ts';
import { bard, box, gaussian, gulf, helicalValley, meyer } from './three-variables.ts';
import {
  beale,
  brownBadlyScaled,
  freudensteinRoth,
  jennrichSampson,
  powellBadlyScaled,
  rosenbrock,
} from './two-variables.ts';

/** All 35 problems in the paper's order, from the paper's standard starts. */
export const problems: readonly Problem[] = [
  rosenbrock,
  freudensteinRoth,
  powellBadlyScaled,
  brownBadlyScaled,
  beale,
  jennrichSampson,
  helicalValley,
  bard,
  gaussian,
  meyer,
  gulf,
  box,
  powellSingular,
  wood,
  kowalikOsborne,
  brownDennis,
  osborneOne,
  biggs,
  osborneTwo,
  watson(6),
  extendedRosenbrock(20),
  extendedPowellSingular(20),
  penaltyOne(10),
  penaltyTwo(10),
  variablyDimensioned(10),
  trigonometric(10),
  brownAlmostLinear(10),
  discreteBoundaryValue(10),
  discreteIntegralEquation(10),
  broydenTridiagonal(10),
  broydenBanded(10),
  linearFullRank(10, 20),
  linearRankOne(10, 20),
  linearRankOneWithZeros(10, 20),
  chebyquad(8),
];

/** The paper's further sizes, and ones large enough for the memory to be limited. */
export const furtherSizes: readonly Problem[] = [
  watson(9),
  watson(12),
  extendedRosenbrock(200),
  extendedPowellSingular(200),
  penaltyOne(4),
  penaltyTwo(4),
  variablyDimensioned(50),
  discreteBoundaryValue(50),
  broydenTridiagonal(200),
  broydenBanded(100),
  chebyquad(10),
];
