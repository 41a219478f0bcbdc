import type { Treatment } from '../core/treatment.ts';
import { type CalibrationTest, testsOfSample } from '../evaluation/calibration-tests.ts';
import { consistencyWithRoom } from '../evaluation/consistency-test.ts';
import { measuresNamed } from '../evaluation/sample-options.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import { checkCalibratorFits } from '../io/index.ts';
import type { BinaryView } from '../metrics/index.ts';
import { loadCalibrator } from '../node/index.ts';
import { asFitted } from './as-fitted.ts';
import { drawsFor, tooFewDraws } from './draws-for-alpha.ts';
import type { InputFlags } from './input-options.ts';
import { sameData } from './judge-fit.ts';
import { columnsToKeep, textsOf } from './kept-texts.ts';
import { leftOut } from './left-out.ts';
import { loadLabelled } from './load-input.ts';
import { usualRounds } from './measure-plan.ts';
import { measuringRoom } from './measuring-room.ts';
import { rowsNeededBy } from './needs-rows.ts';
import type { Session } from './session.ts';
import { tooLarge } from './too-large.ts';

/** What the options of `calibrant test` parse to. */
export interface TestCommandFlags extends InputFlags {
  readonly calibrator?: string;
  readonly draws?: number;
  readonly seed?: number;
  readonly alpha?: number;
  readonly bins?: number;
  readonly binary?: BinaryView;
  readonly clusters?: string;
  readonly failOnReject?: boolean;
}

/** The tests of a file, with the size of the error they speak of. */
export interface SetTests {
  readonly name: string;
  readonly rows: number;
  readonly classes: number;
  readonly dataHash: string;
  /** What was tested, in words. */
  readonly judged: string;
  readonly draws: number;
  readonly seed: number;
  /** Number of clusters; `null` where rows are independent. */
  readonly clusters: number | null;
  readonly tests: readonly CalibrationTest[];
  readonly ece: number | null;
  /** The ECE if the probabilities were right. */
  readonly floor: number | null;
  readonly treatment: Treatment | null;
}

/** Reads a file, applies the calibrator where there is one, and makes every test. */
export async function calibrationTestsOfSet(
  session: Session,
  file: string,
  flags: TestCommandFlags,
): Promise<SetTests> {
  const { alpha = 0.05, seed = 1, bins, binary = 'confidence' } = flags;
  const { draws = drawsFor(alpha) } = flags;
  const calibrator = flags.calibrator === undefined ? undefined : await loadCalibrator(flags.calibrator);
  const known = {
    keep: columnsToKeep(flags),
    ...(calibrator === undefined ? {} : { input: calibrator.model.input }),
  };
  const reading = calibrator === undefined ? { flags, notices: [] } : asFitted(flags, calibrator, 'evaluate');
  await session.warn(reading.notices);
  const input = await loadLabelled(session, file, reading.flags, known);
  await session.warn(input.notices);
  const { name } = input;
  const { set } = input;
  const needed = rowsNeededBy(flags);
  if (needed !== undefined && !set.isInMemory) throw tooLarge(input, needed);
  const clusters = flags.clusters === undefined ? {} : { clusters: textsOf(set, flags, flags.clusters) };
  const memory = measuringRoom(input, flags, false);
  if (!memory.isEnough)
    throw tooLarge(input, 'Testing needs some numbers of each row in memory', 'Raise --max-memory.');
  if (calibrator !== undefined) await session.warn(checkCalibratorFits(calibrator, set));
  if (calibrator?.provenance.dataHash === set.dataHash)
    await session.warn([sameData('the tests reject too rarely, as T was chosen on these rows')]);
  const sample = sampleOfSet(set, calibrator?.model.temperature ?? null, binary, memory.room);
  const layout = bins === undefined ? {} : { bins };
  const { signal } = session.io;
  const tests = await session.during('testing', 'resamples', (onProgress) =>
    testsOfSample(sample, { ...layout, ...clusters, binary, draws, seed, signal, onProgress }),
  );
  await session.warn(tooFewDraws(tests, draws, alpha));
  const untested = tests.filter(
    ({ pValue, statistic, rows }) => pValue === null && (rows === 0 || statistic !== null),
  );
  if (memory.room !== undefined && untested.length > 0) {
    const titles = untested.map(({ title }) => title).join(', ');
    await session.warn([leftOut(`nothing is tested by the ${titles}`)]);
  }
  const [size] = consistencyWithRoom(sample, measuresNamed(['expected-calibration-error']), {
    ...layout,
    ...clusters,
    // As many as `evaluate` draws, so that both print the same figure.
    draws: usualRounds.draws,
    level: 0.95,
    seed,
    signal,
  });
  return {
    name,
    rows: set.scores.rows,
    classes: set.scores.columns,
    dataHash: set.dataHash,
    treatment: set.treatment ?? null,
    judged: calibrator === undefined ? 'no calibrator applied' : `after ${flags.calibrator}`,
    draws,
    seed,
    clusters: clusters.clusters === undefined ? null : new Set(clusters.clusters).size,
    tests,
    ece: size?.value ?? null,
    floor: size?.floor ?? null,
  };
}
