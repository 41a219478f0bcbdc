import type { Evaluation, FloorPoint } from '../evaluation/evaluation.ts';
import { fixedText, temperatureText } from './format-number.ts';

/** How the temperature and its gain depend on the floor, a line each; nothing where no floor raised anything. */
export function floorLines({ floorSensitivity }: Evaluation): readonly string[] {
  if (floorSensitivity === undefined) return [];
  const { floor, points, isDecisive } = floorSensitivity;
  const last = isDecisive
    ? 'The floor decides the result: over these floors T changes sides of 1, or the NLL moves in another way.'
    : 'Over these floors T stays on its side of 1, and the NLL moves in the same way.';
  return [...points.map((point) => pointLine(point, point.floor === floor)), last];
}

function pointLine({ floor, temperature, nll }: FloorPoint, isOwn: boolean): string {
  const head = `Floor ${floor}${isOwn ? ' (in use)' : ''}: `;
  if (temperature === null) return `${head}no temperature.`;
  const t = `${head}T = ${temperatureText(temperature)}`;
  if (nll?.difference == null) return `${t}.`;
  const range =
    nll.interval === null ? '' : ` (${fixedText(nll.interval[0], 4)} to ${fixedText(nll.interval[1], 4)})`;
  return `${t}, change of the NLL ${fixedText(nll.difference, 4)}${range}${nll.withinNoise ? ', within noise' : ''}.`;
}
