import { countText } from '../core/count-text.ts';
import type { Change, Evaluation, Figures } from '../evaluation/evaluation.ts';
import { differenceText, fixedText, lossText, percentText, signedText } from './format-number.ts';
import { isWithoutIntervals } from './no-spread.ts';
import type { ChangeMark, FigureRow } from './report-types.ts';
import { capital, type ViewWords, viewWords } from './view-words.ts';

/** How a kind of figure is written, by itself and as a difference. */
interface Writing {
  readonly value: (value: number) => string;
  readonly difference: (value: number) => string;
}

const share: Writing = {
  value: percentText,
  difference: (value) => `${differenceText(100 * value, 2)} points`,
};
const loss: Writing = { value: lossText, difference: (value) => differenceText(value, 4) };
const tinyLoss: Writing = { value: lossText, difference: (value) => differenceText(value, 6) };

interface Reading {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly writing: Writing;
  readonly of: (figures: Figures) => number | null;
  readonly change?: Change | undefined;
  readonly minor?: boolean;
}

/** The table of key figures. */
export function figureRows(evaluation: Evaluation): readonly FigureRow[] {
  const { before, after, changes } = evaluation;
  const words = viewWords(evaluation);
  const { requested, scheme } = before.reliability.rule;
  const massBins = after === null ? [before.equalMassBins] : [before.equalMassBins, after.equalMassBins];
  const readings: readonly Reading[] = [
    {
      key: 'nll',
      label: 'NLL',
      unit: 'nats per row',
      writing: lossWriting(before.nll, after?.nll),
      of: ({ nll }) => nll,
      change: changes?.nll,
    },
    {
      key: 'brier',
      label: 'Brier score',
      unit: '0 to 2',
      writing: lossWriting(before.brier, after?.brier),
      of: ({ brier }) => brier,
      change: changes?.brier,
    },
    {
      key: 'ece',
      label: 'ECE',
      unit: `${requested} ${scheme} bins`,
      writing: share,
      of: ({ ece }) => ece,
      change: changes?.ece,
    },
    {
      key: 'eceNoise',
      label: 'by noise alone',
      unit: 'normal approximation',
      writing: share,
      of: ({ eceNoise }) => eceNoise,
      minor: true,
    },
    {
      key: 'eceDebiased',
      label: 'ECE, debiased',
      unit: 'same bins, noise taken off',
      writing: share,
      of: ({ eceDebiased }) => eceDebiased,
      change: changes?.eceDebiased,
    },
    {
      key: 'eceEqualMass',
      label: 'ECE, equal-mass',
      unit: `${[...new Set(massBins)].join(' and ')} bins`,
      writing: share,
      of: ({ eceEqualMass }) => eceEqualMass,
    },
    { key: 'mce', label: 'MCE', unit: 'largest gap', writing: share, of: ({ mce }) => mce },
    {
      key: 'classwiseEce',
      label: 'Class-wise ECE',
      unit: 'mean over classes',
      writing: share,
      of: ({ classwiseEce }) => classwiseEce,
    },
    { key: 'accuracy', label: 'Accuracy', unit: '', writing: share, of: ({ accuracy }) => accuracy },
    ...(words.positive === undefined ? [] : [frequencyReading(words)]),
    {
      key: 'meanConfidence',
      label: words.mean,
      unit: '',
      writing: share,
      of: ({ meanConfidence }) => meanConfidence,
    },
  ];
  // Noise of independent rows is not that of clusters.
  const shown =
    evaluation.test.clusters === null ? readings : readings.filter(({ key }) => key !== 'eceNoise');
  return [...shown.map((reading) => figureRow(reading, before, after)), gapRow(before, after, words)];
}

/** In the positive view what the mean probability is held against, which is not the accuracy. */
function frequencyReading({ accuracy }: ViewWords): Reading {
  return {
    key: 'frequency',
    label: capital(accuracy),
    unit: '',
    writing: share,
    of: ({ frequency }) => frequency,
  };
}

/** A loss of which four decimals show little is compared in six. */
function lossWriting(before: number | null, after: number | null | undefined): Writing {
  const isTiny = [before, after].some((value) => typeof value === 'number' && value !== 0 && value < 0.001);
  return isTiny ? tinyLoss : loss;
}

function figureRow(reading: Reading, before: Figures, after: Figures | null): FigureRow {
  const { key, label, unit, writing, of, change, minor = false } = reading;
  const was = of(before);
  const is = after === null ? null : of(after);
  const difference = was === null || is === null ? null : is - was;
  const ends = change?.interval ?? null;
  return {
    key,
    label,
    unit,
    before: valueText(was, before, writing),
    after: after === null ? null : valueText(is, after, writing),
    change: after === null || minor ? null : difference === null ? 'n/a' : writing.difference(difference),
    interval: ends === null ? null : intervalText(ends, writing),
    mark: markOf(change),
    minor,
  };
}

/** The overall miscalibration, and how sure it is. */
function gapRow(before: Figures, after: Figures | null, words: ViewWords): FigureRow {
  const write = ({ frequency, meanConfidence, gapError }: Figures): string =>
    `${signedText(100 * (frequency - meanConfidence), 2)} ± ${fixedText(100 * gapError, 2)}`;
  return {
    key: 'gap',
    label: words.gap,
    unit: 'points ± s.e.',
    before: write(before),
    after: after === null ? null : write(after),
    change: null,
    interval: null,
    mark: null,
    minor: true,
  };
}

/** The NLL is the only figure that can be missing: it is infinite. */
function valueText(value: number | null, { infiniteRows }: Figures, { value: write }: Writing): string {
  if (value !== null) return write(value);
  return infiniteRows > 0 ? 'infinite' : 'n/a';
}

function intervalText([low, high]: readonly [number, number], { difference }: Writing): string {
  return `${difference(low).replace(/ points$/, '')} to ${difference(high).replace(/ points$/, '')}`;
}

function markOf(change: Change | undefined): ChangeMark | null {
  if (change === undefined || change.difference === null || change.interval === null) return null;
  if (change.withinNoise) return 'within noise';
  return change.difference < 0 ? 'better' : 'worse';
}

/** Why a figure is missing. */
export function figureNotes({ before, after }: Evaluation): readonly string[] {
  const infinite = Math.max(before.infiniteRows, after?.infiniteRows ?? 0);
  const notes: string[] = [];
  if (infinite > 0) {
    const rows = infinite === 1 ? '1 row gives its' : `${countText(infinite)} rows give their`;
    notes.push(
      `The NLL is infinite because ${rows} true class probability 0; its change is not available (n/a).`,
    );
  }
  return notes;
}

/** What the marks mean, where there are any. */
export function markNote({ changes, bootstrap }: Evaluation): string | null {
  if (changes === null || bootstrap === null || isWithoutIntervals(changes)) return null;
  return '“within noise”: the data do not show a change. The change of the NLL is tested as it is, the others with p corrected for their number (Holm), so the interval of a change within noise may exclude 0.';
}
