import type { FindingOptions, MeasureFinding } from '../evaluation/measure-findings.ts';
import type { PairedFinding } from '../evaluation/paired-findings.ts';
import { measureByName } from '../metrics/index.ts';
import { labelOf } from '../report/measure-labels.ts';
import { differenceMark, noiseMark } from '../report/measure-marks.ts';
import { definitionOf } from './measure-definitions.ts';
import type { MeasureFlags } from './measure-options.ts';
import type { Measured } from './measured.ts';
import type { MeasuringBasis } from './measuring-basis.ts';

/** The measures of a set as records: every number finite, what is missing `null` with its reason. */
export function measureRecords(
  { findings, changes, options }: Measured,
  { calibrator, weights, floor, renormalized }: MeasuringBasis,
  flags: MeasureFlags,
): object {
  const { level, method, resamples, draws, seed, binary } = options;
  return {
    level,
    intervals: method,
    resamples,
    draws,
    seed,
    binary,
    bins: options.bins ?? 15,
    scheme: options.scheme ?? 'equal-width',
    edges: options.edges ?? 'right-closed',
    clusters: flags.clusters ?? null,
    basis: { calibrator, weights, floor, renormalized },
    list: findings.map((finding) => findingRecord(finding, options)),
    changes: changes?.map((change) => changeRecord(change, options)) ?? null,
  };
}

function findingRecord(finding: MeasureFinding, { level, binary = 'confidence' }: FindingOptions): object {
  const { name, value, interval, standardError, bias, resamples, floor, floorRange, pValue } = finding;
  const { population, reason } = finding;
  const { family, notion, range, better, ideal } = measureByName(name)!;
  return {
    name,
    definition: definitionOf(name),
    label: labelOf(name, binary),
    family,
    notion,
    range: range.map(finiteOrNull),
    better,
    ideal,
    value: finiteOrNull(value),
    interval,
    standardError,
    bias,
    resamples,
    floor: finiteOrNull(floor),
    floorRange: floorRange?.every(Number.isFinite) === true ? floorRange : null,
    pValue,
    population,
    beyondNoise: pValue === null ? null : noiseMark(pValue, level) === 'beyond',
    reason,
  };
}

function changeRecord(change: PairedFinding, { level, binary = 'confidence' }: FindingOptions): object {
  const { name, before, after, difference, interval, standardError, pValue, adjusted } = change;
  return {
    name,
    label: labelOf(name, binary),
    before: finiteOrNull(before),
    after: finiteOrNull(after),
    difference,
    interval,
    standardError,
    pValue,
    adjustedPValue: adjusted,
    mark: differenceMark(change, level),
  };
}

/** JSON has no infinities. */
export function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
