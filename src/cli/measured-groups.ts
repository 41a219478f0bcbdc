import { clusterNumbers } from '../core/cluster-numbers.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { equalCalibrationOfGroups } from '../evaluation/equal-calibration-test.ts';
import { groupRows } from '../evaluation/group-rows.ts';
import type { EqualCalibrationTest, MeasuredGroup } from '../evaluation/index.ts';
import { isRare } from '../evaluation/is-rare.ts';
import { type FindingOptions, isResampled } from '../evaluation/measure-findings.ts';
import { groupsOfSample } from '../evaluation/measure-groups.ts';
import { sampleOfSet } from '../evaluation/set-samples.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import type { BinaryView, KnownMeasure } from '../metrics/index.ts';
import { keptColumn, textsOf } from './kept-texts.ts';
import type { MeasureFlags } from './measure-options.ts';
import { finiteOrNull } from './measure-records.ts';
import type { Session } from './session.ts';

/** The slices of a set by one of its columns. */
export interface MeasuredGroups {
  readonly column: string;
  readonly draws: number;
  readonly level: number;
  readonly areClustered: boolean;
  readonly binary: BinaryView;
  readonly groups: readonly MeasuredGroup[];
  /** Whether all slices with rows enough have the same gap; `null` where that is not tested. */
  readonly equalCalibration: EqualCalibrationTest | null;
}

/** More slices than this are no slices. */
const mostSlices = 1000;

/** Rows below which a slice is too small for an interval. */
const leastRows = 30;

/** Rows drawn in all at most: of very many rows fewer subsets tell as much. */
const mostDrawnRows = 2e7;
const fewestDraws = 19;

/** Measures each slice of the scores as judged; measures that are not resampled take no part. */
export async function measureSlices(
  session: Session,
  set: LoadedStoredSet,
  model: TemperatureModel | undefined,
  chosen: readonly KnownMeasure[],
  options: FindingOptions,
  flags: MeasureFlags & { readonly by: string },
): Promise<MeasuredGroups> {
  const column = flags.by;
  refuseIdentifiers(keptColumn(set, flags, column).texts.length, column);
  const { binary = 'confidence' } = options;
  const sample = sampleOfSet(set, model?.temperature ?? null, binary);
  const usable = chosen.filter((measure) => isResampled(measure, sample, options));
  const affordable = Math.max(fewestDraws, Math.floor(mostDrawnRows / set.scores.rows));
  const draws = Math.min(options.draws, affordable);
  const groups = await session.during(`measuring by ${printable(column)}`, 'resamples', (onProgress) =>
    groupsOfSample(sample, textsOf(set, flags, column), usable, {
      ...options,
      draws,
      leastRows,
      onProgress,
    }),
  );
  const { clusters, level } = options;
  const numbers =
    clusters === undefined ? undefined : clusterNumbers(clusters, set.scores.rows, sample.weights);
  const parts = groupRows(textsOf(set, flags, column), set.scores.rows);
  const equalCalibration = equalCalibrationOfGroups(sample, parts, leastRows, numbers);
  return { column, draws, level, areClustered: clusters !== undefined, binary, groups, equalCalibration };
}

function refuseIdentifiers(texts: number, column: string): void {
  if (texts <= mostSlices) return;
  throw new CalibrationError('E_COLUMN', {
    column,
    what: `${texts} different texts make as many slices, expected at most ${mostSlices}`,
    hint: 'If rows of one text belong together, such as those of a patient, pass --clusters.',
  });
}

/** The slices as records. */
export function groupRecords({
  column,
  draws,
  level,
  binary,
  groups,
  equalCalibration,
}: MeasuredGroups): object {
  return {
    column,
    draws,
    leastRows,
    binary,
    equalCalibration,
    list: groups.map(({ name, rows, isSmall, measures }) => ({
      name,
      rows,
      fewRows: isSmall,
      measures: measures.map((measure) => ({
        name: measure.name,
        value: finiteOrNull(measure.value),
        interval: measure.interval,
        standardError: measure.standardError,
        rest: finiteOrNull(measure.rest),
        expected: measure.expected,
        expectedRange: measure.expectedRange,
        pValue: measure.pValue,
        adjustedPValue: measure.adjusted,
        differs: measure.adjusted === null ? null : isRare(measure.adjusted, level),
      })),
    })),
  };
}
