import type { CalibratorModel } from '../core/calibrator-model.ts';

/**
 * The single temperature of a fitted model, whatever its method: `null` where the fit found none, `undefined` where the
 * method is not about one temperature.
 */
export function temperatureOf(model: CalibratorModel): number | null | undefined {
  if (!('temperature' in model)) return undefined;
  const { temperature } = model;
  return typeof temperature === 'number' || temperature === null ? temperature : undefined;
}
