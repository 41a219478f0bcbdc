import { countedText, countText } from '../core/count-text.ts';
import type { Change, Evaluation } from './evaluation.ts';
import { percent, percentPair, shortNumber, signedTogether } from './wording.ts';

/** The sentences after the headline: how it was judged, how sure it is, what is left. */
export function verdictDetails(findings: Omit<Evaluation, 'verdict'>): readonly string[] {
  return [
    judged(findings),
    ...intervals(findings),
    ...infinite(findings),
    ...accuracyMoved(findings),
    ...remaining(findings),
  ];
}

function judged({ judgement, rows: count, foldTemperatures }: Omit<Evaluation, 'verdict'>): string {
  const rows = countText(count);
  switch (judgement) {
    case 'held-out':
      return `Judged on ${countedText(count, 'row')} that played no part in the fit.`;
    case 'cross-fitted':
      return `Judged by cross-fitting: each of ${rows} rows by a calibrator fitted without it${foldRange(foldTemperatures)}.`;
    case 'same-rows':
      return `Judged on the ${rows} rows it was fitted on, so the after-figures are optimistic; judge on other rows before quoting them.`;
    case 'uncalibrated':
      return `No calibrator was applied to ${count === 1 ? 'this 1 row' : `these ${rows} rows`}.`;
  }
}

function foldRange(temperatures: readonly number[] | null): string {
  if (temperatures === null || temperatures.length === 0) return '';
  const [low, high] = [Math.min(...temperatures), Math.max(...temperatures)];
  return ` (${temperatures.length} folds, T ${shortNumber(low)} to ${shortNumber(high)})`;
}

function intervals({ changes, bootstrap }: Omit<Evaluation, 'verdict'>): readonly string[] {
  if (changes === null || bootstrap === null) return [];
  const level = `${Number((100 * bootstrap.level).toFixed(2))} % interval`;
  const told = [
    tell('NLL', changes.nll, 1, ' nats'),
    tell('Brier score', changes.brier, 1, ''),
    tell('ECE', changes.ece, 100, ' points'),
  ].filter((part) => part !== undefined);
  return told.length === 0 ? [] : [`Changes with their ${level}: ${told.join('; ')}.`];
}

function tell(
  name: string,
  { difference, interval, withinNoise }: Change,
  scale: number,
  unit: string,
): string | undefined {
  if (difference === null || interval === null) return undefined;
  const numbers = [difference, ...interval].map((value) => scale * value);
  const [change, low, high] = signedTogether(numbers);
  return `${name} ${change}${unit} (${low} to ${high}${withinNoise ? ', within noise' : ''})`;
}

function infinite({ before, after }: Omit<Evaluation, 'verdict'>): readonly string[] {
  const count = Math.max(before.infiniteRows, after?.infiniteRows ?? 0);
  if (count === 0) return [];
  const rows = count === 1 ? '1 row gives its true class' : `${countText(count)} rows give their true class`;
  return [`${rows} probability 0, so the NLL is infinite and is not compared.`];
}

function accuracyMoved({
  before,
  after,
  temperature,
  foldTemperatures,
}: Omit<Evaluation, 'verdict'>): readonly string[] {
  if (after === null) return [];
  if (before.accuracy !== after.accuracy)
    return [`Accuracy goes from ${percentPair(before.accuracy, after.accuracy)}.`];
  const why =
    temperature !== null || foldTemperatures !== null
      ? ', as a temperature never changes which class wins'
      : '';
  return [`Accuracy stays ${percent(before.accuracy)}${why}.`];
}

function remaining({ after, changes }: Omit<Evaluation, 'verdict'>): readonly string[] {
  if (after === null || changes === null) return [];
  return after.ece > after.eceNoiseLimit
    ? [
        `An ECE of ${percent(after.ece)} is left, where noise alone would give about ${percent(after.eceNoise)}; the reliability table shows at which confidences.`,
      ]
    : [
        `The ECE of ${percent(after.ece)} that is left is no more than noise alone can give (about ${percent(after.eceNoise)} on average).`,
      ];
}
