export { type ApplyTemperatureOptions, applyTemperature } from './apply-temperature.ts';
export type { Calibrator, FitOptions } from './calibrator.ts';
export { floorTemperatures } from './floor-temperatures.ts';
export { type NllAtTemperature, type NllCurveOptions, nllCurve, nllCurveOfSet } from './nll-curve.ts';
export { assertUsable } from './refusal.ts';
export { calibratorByType, calibrators, type KnownCalibrator, type KnownModel } from './registry.ts';
export { fitTemperature, temperatureScaling } from './temperature.ts';
export { fitTemperatureOfSet } from './temperature-of-set.ts';
export type {
  TemperatureOfSetOptions,
  TemperatureOptions,
  TemperatureSearchOptions,
} from './temperature-options.ts';
export { type TemperatureTest, type TemperatureTestOptions, temperatureTest } from './temperature-test.ts';
