import type { Room } from '../core/room.ts';
import type { AnySet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { curveOfSample, curveWithoutBands } from '../evaluation/calibration-curve.ts';
import type { CalibrationCurve, CalibrationCurvePoint } from '../evaluation/index.ts';
import type { FindingOptions } from '../evaluation/measure-findings.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import type { BinaryView, MeasureSample } from '../metrics/index.ts';
import type { Session } from './session.ts';

/** A calibration curve; its bands are `null` where there are too many rows to draw them so often. */
interface MeasuredCurve {
  readonly steps: CalibrationCurve['steps'];
  readonly points: readonly (Pick<CalibrationCurvePoint, 'probability' | 'calibrated'> & {
    readonly consistency: CalibrationCurvePoint['consistency'] | null;
    readonly confidence: CalibrationCurvePoint['confidence'] | null;
  })[];
}

/** The calibration curves of a set. */
export interface MeasuredCurves {
  readonly level: number;
  /** Resamples behind the bands; 0 where there are none. */
  readonly resamples: number;
  /** Whether these are fewer than asked for, there being so many rows. */
  readonly areFewer: boolean;
  readonly seed: number;
  readonly binary: BinaryView;
  /** Of the scores as they came. */
  readonly before: MeasuredCurve;
  /** After the calibrator; `null` without one. */
  readonly after: MeasuredCurve | null;
}

/** Points of a curve at most. */
const mostPoints = 200;

/** Resamples unless told otherwise, and the fewest that a band is read from. */
const [usualResamples, fewestResamples] = [500, 100];

/** Rows drawn for the bands of a curve at most: some ten seconds, and no bands of more than 500,000 rows. */
const mostDrawnRows = 5e7;

/** Works out the curves, with fewer resamples of very many rows. */
export async function measureCurves(
  session: Session,
  set: AnySet,
  model: TemperatureModel | undefined,
  options: FindingOptions,
  asked: number | undefined,
  room?: Room,
): Promise<MeasuredCurves> {
  const { level, seed, binary = 'confidence' } = options;
  const affordable = Math.floor(mostDrawnRows / set.scores.rows);
  const wanted = asked ?? usualResamples;
  const resamples = affordable < fewestResamples ? 0 : Math.min(wanted, affordable);
  const curveOf = async (temperature: number | null): Promise<MeasuredCurve> => {
    const sample = sampleOfSet(set, temperature, binary, room);
    if (resamples === 0) return bare(sample);
    return session.during('drawing the calibration curve', 'resamples', (onProgress) => {
      const plan = { level, seed, resamples, points: mostPoints };
      const { steps, points } = curveOfSample(sample, { ...plan, signal: session.io.signal, onProgress });
      return { steps, points };
    });
  };
  return {
    level,
    resamples,
    areFewer: resamples < wanted,
    seed,
    binary,
    before: await curveOf(null),
    after: model === undefined ? null : await curveOf(model.temperature),
  };
}

function bare(sample: MeasureSample): MeasuredCurve {
  const { steps, points } = curveWithoutBands(sample, mostPoints);
  return { steps, points: points.map((point) => ({ ...point, consistency: null, confidence: null })) };
}
