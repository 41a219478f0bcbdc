import type { CalibratorModel } from '../calibrators/calibrator.ts';

/** The single temperature of a fitted model that has one, whatever its method; otherwise `undefined`. */
export function temperatureOf(model: CalibratorModel): number | undefined {
  return 'temperature' in model && typeof model.temperature === 'number' ? model.temperature : undefined;
}
