import { countedText, countText } from '../core/count-text.ts';
import type { Change, ConfidenceTest, Evaluation } from './evaluation.ts';
import { isUneven } from './miscalibration-clause.ts';
import { levelPercent, percent, percentPair, pText, shortNumber, signedTogether } from './wording.ts';

type Findings = Omit<Evaluation, 'verdict'>;

/** The sentences after the headline: how it was evaluated, the test, how sure the changes are, what is left. */
export function verdictDetails(findings: Findings): readonly string[] {
  return [
    evaluatedOn(findings),
    testSentence(findings),
    ...intervals(findings),
    ...infinite(findings),
    ...accuracyMoved(findings),
    ...remaining(findings),
  ];
}

function evaluatedOn({ judgement, rows: count, foldTemperatures }: Findings): string {
  const rows = countText(count);
  switch (judgement) {
    case 'held-out':
      return `Evaluated on ${countedText(count, 'row')} of a set other than the one fitted.`;
    case 'cross-fitted':
      return `Evaluated by cross-fitting: each of ${rows} rows by a calibrator fitted without it${foldRange(foldTemperatures)}.`;
    case 'same-rows':
      return `Evaluated on the ${rows} rows it was fitted on, so the after-figures are optimistic; evaluate it on other rows before quoting them.`;
    case 'uncalibrated':
      return `No calibrator was applied to ${count === 1 ? 'this 1 row' : `these ${rows} rows`}.`;
  }
}

function foldRange(temperatures: readonly number[] | null): string {
  if (temperatures === null || temperatures.length === 0) return '';
  const [low, high] = [Math.min(...temperatures), Math.max(...temperatures)];
  return ` (${temperatures.length} folds, T ${shortNumber(low)} to ${shortNumber(high)})`;
}

function testSentence({ test, before, binary }: Findings): string {
  const result = `statistic ${shortNumber(test.statistic)}, ${pText(test.pValue)}`;
  const clusters = test.clusters === null ? '' : `, over ${countedText(test.clusters, 'cluster')}`;
  const best =
    test.temperature === null ? '' : `; the best T of these rows is ${shortNumber(test.temperature)}`;
  const why = test.method === 'gap' ? `${before.nll === null ? infiniteLoss : oneRow}; ` : '';
  const name = test.method === 'gap' && binary === 'positive' ? positiveGapTest : testNames[test.method];
  return `${why}${name}${clusters}: ${result}${best}.`;
}

const testNames: Readonly<Record<ConfidenceTest['method'], string>> = {
  'likelihood-ratio': 'Likelihood-ratio test of T = 1 for the uncalibrated scores',
  'robust-likelihood-ratio': 'Robust likelihood-ratio test of T = 1 for the uncalibrated scores',
  score: 'Score test of T = 1 for the uncalibrated scores',
  gap: 'test of accuracy against mean confidence',
};

const positiveGapTest = 'test of the frequency of class 1 against its mean probability';

const infiniteLoss =
  'The NLL of the uncalibrated scores is infinite, so no likelihood-ratio test is possible';
const oneRow = 'One row admits no likelihood-ratio test';

function intervals({ changes, bootstrap, before }: Findings): readonly string[] {
  if (changes === null || bootstrap === null) return [];
  const { requested, scheme } = before.reliability.rule;
  const parts = [
    changeText('NLL', changes.nll, 1, ' nats'),
    changeText('Brier score', changes.brier, 1, ''),
    changeText(`debiased ECE of ${requested} ${scheme} bins`, changes.eceDebiased, 100, ' points'),
  ].filter((part) => part !== undefined);
  const level = levelPercent(bootstrap.level);
  return parts.length === 0 ? [] : [`Changes with their ${level} intervals: ${parts.join('; ')}.`];
}

function changeText(
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

function infinite({ before, after }: Findings): readonly string[] {
  const count = Math.max(before.infiniteRows, after?.infiniteRows ?? 0);
  if (count === 0) return [];
  const rows = count === 1 ? '1 row gives its true class' : `${countText(count)} rows give their true class`;
  return [`${rows} probability 0, so the NLL is infinite and is not compared.`];
}

function accuracyMoved({ before, after, temperature, foldTemperatures }: Findings): readonly string[] {
  if (after === null) return [];
  if (before.accuracy !== after.accuracy)
    return [`Accuracy goes from ${percentPair(before.accuracy, after.accuracy)}.`];
  const why =
    temperature !== null || foldTemperatures !== null
      ? ', as a temperature never changes which class wins'
      : '';
  return [`Accuracy stays ${percent(before.accuracy)}${why}.`];
}

/** The noise is in the table beneath. With clusters it is not known here, so nothing is said of what is left. */
function remaining({ after, changes, test }: Findings): readonly string[] {
  if (after === null || changes === null || test.clusters !== null) return [];
  const beyond = isUneven({ before: after, test }) ? ', beyond noise; the reliability table shows where' : '';
  return [`The ECE after calibration is ${percent(after.ece)}${beyond}.`];
}
