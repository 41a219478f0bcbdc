import { expect, test } from 'vitest';
import { floorLines } from '../../../src/report/floor-lines.ts';
import { evaluation } from './sample-report.ts';

const nll = {
  before: 0.5,
  after: 0.4,
  difference: -0.1,
  interval: [-0.2, 0.01],
  standardError: 0.05,
  pValue: 0.06,
  adjusted: 0.06,
  withinNoise: true,
} as const;

test('each floor has a line, and the last says whether it decides', () => {
  const points = [
    { floor: 0.0005, temperature: 1.25, nll: { ...nll, interval: [-0.2, -0.05], withinNoise: false } },
    { floor: 0.005, temperature: 0.5, nll },
    { floor: 0.05, temperature: null, nll: null },
  ] as const;
  const floorSensitivity = { floor: 0.005, points, isDecisive: true };
  expect(floorLines({ ...evaluation, floorSensitivity })).toEqual([
    'Floor 0.0005: T = 1.250, change of the NLL −0.1000 (−0.2000 to −0.0500).',
    'Floor 0.005 (in use): T = 0.5000, change of the NLL −0.1000 (−0.2000 to 0.0100), within noise.',
    'Floor 0.05: no temperature.',
    'The floor decides the result: over these floors T changes sides of 1, or the NLL moves in another way.',
  ]);
  expect(
    floorLines({ ...evaluation, floorSensitivity: { ...floorSensitivity, isDecisive: false } }).at(-1),
  ).toBe('Over these floors T stays on its side of 1, and the NLL moves in the same way.');
  expect(floorLines(evaluation)).toEqual([]);
});
