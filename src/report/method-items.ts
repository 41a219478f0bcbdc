import { countText } from '../core/count-text.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Evaluation, Judgement } from '../evaluation/evaluation.ts';
import { ruleText } from './bin-rows.ts';
import { floorLines } from './floor-lines.ts';
import { fixedText, levelText, pValueText, slopeText, temperatureText } from './format-number.ts';
import { isWithoutIntervals, noSpread } from './no-spread.ts';
import type { MethodItem, ReportInput } from './report-types.ts';
import { viewWords } from './view-words.ts';

const judged: Readonly<Record<Judgement, string>> = {
  'held-out': 'On a set other than the one fitted.',
  'cross-fitted': 'By cross-fitting: each row by a calibrator fitted on the other folds.',
  'same-rows': 'On the rows the calibrator was fitted on. The figures after it are optimistic.',
  uncalibrated: 'As they came: no calibrator was applied.',
};

/** What was done and by which conventions, one item a line. */
export function methodItems({ evaluation, calibrator, conventions }: ReportInput): readonly MethodItem[] {
  const items: MethodItem[] = [];
  const words = viewWords(evaluation);
  const add = (term: string, text: string): void => {
    items.push({ term, text });
  };
  if (calibrator !== undefined) temperatureItems(calibrator, add);
  else if (evaluation.temperature !== null) add('Temperature', `T = ${evaluation.temperature}, as given.`);
  add('Judged', judged[evaluation.judgement]);
  if (evaluation.foldTemperatures !== null) {
    const folds = evaluation.foldTemperatures;
    add('Folds', `${folds.length}, with temperatures ${folds.map(temperatureText).join(', ')}.`);
  }
  if (words.positive !== undefined) {
    add(
      'Two classes',
      `Bins, ECE, MCE and gap hold the ${words.confidence} against the ${words.accuracy} (--binary positive). Accuracy, NLL and Brier score are the same in either view.`,
    );
  }
  add(
    'Bins',
    `${ruleText(evaluation.before.reliability.rule)}; 0 belongs to the first bin and 1 to the last. The same table gives the ECE, the MCE, the diagram and the list of bins.`,
  );
  add('ECE', `Σ (rows of the bin / rows) · |${words.accuracy} − mean ${words.confidence}|, ${words.ece}.`);
  add(
    'Noise of the ECE',
    `The ECE that a perfectly calibrated classifier with the same ${words.positive === undefined ? 'confidences' : 'probabilities'} would show by chance alone.`,
  );
  add(
    'Class-wise ECE',
    'The same measure for the probability of each class, whoever wins, averaged over the classes.',
  );
  const floors = floorLines(evaluation);
  if (floors.length > 0) add('Floor', floors.join(' '));
  add('NLL', 'Mean of −ln p of the true class, in nats per row; probabilities are not clipped.');
  add('Brier score', 'Mean of the squared error summed over all classes, between 0 and 2.');
  add('Prediction', 'The class with the largest score; the first one where several tie.');
  add('Intervals', intervalsText(evaluation));
  for (const note of conventions.notes ?? []) add('Note', note);
  add('Tool', `calibrant ${conventions.toolVersion}`);
  return items;
}

function temperatureItems(model: TemperatureModel, add: (term: string, text: string) => void): void {
  const { temperature, uncertainty, certificate, nll } = model;
  add(
    'Method',
    'Temperature scaling: one number T divides the logits before softmax; no prediction changes.',
  );
  if (temperature === null) {
    add('Temperature', `None. ${model.message}`);
    return;
  }
  add('Temperature', `T = ${temperature}${uncertainty === null ? '' : sureness(uncertainty)}.`);
  if (uncertainty !== null) {
    const { statistic, pValue } = uncertainty.likelihoodRatio;
    const ratio = uncertainty.variance === 'robust' ? 'Robust likelihood ratio' : 'Likelihood ratio';
    add(
      'Test of T = 1',
      `${ratio} ${fixedText(statistic, 2)} on one degree of freedom, ${pValueText(pValue)}.`,
    );
  }
  const loss =
    nll.after === null ? '' : `; NLL on those rows ${fixedText(nll.before, 4)} → ${fixedText(nll.after, 4)}`;
  add('Fit', `${countText(model.rows)} rows of ${model.input}${weightingText(model)}${loss}.`);
  const proof =
    certificate === null
      ? ''
      : ` (slope ${slopeText(certificate.slope)}, ${certificate.evaluations} passes over the data)`;
  add('Status', `${model.status}: ${model.message.replace(/\.$/, '')}${proof}.`);
}

function weightingText({ weightKind, effectiveRows, clusters }: TemperatureModel): string {
  const weights =
    weightKind === 'counts'
      ? ' written out by their counts'
      : effectiveRows === undefined
        ? ''
        : ` with importance weights (effective rows ${countText(Math.round(effectiveRows))})`;
  return `${weights}${clusters === undefined ? '' : ` in ${countText(clusters)} clusters`}`;
}

function sureness({
  level,
  profileInterval: [low, high],
  standardError,
  variance,
}: NonNullable<TemperatureModel['uncertainty']>): string {
  const end = (value: number | null, otherwise: string): string =>
    value === null ? otherwise : temperatureText(value);
  const scaled = variance === 'robust' ? ' scaled to the robust variance' : '';
  return `, ${levelText(level)} profile-likelihood interval${scaled} ${end(low, '0')} to ${end(high, 'infinity')}, standard error ${temperatureText(standardError)}`;
}

function intervalsText({ bootstrap, before, changes }: Evaluation): string {
  const { rule, level: binLevel } = before.reliability;
  const binMethod = rule.interval === undefined ? 'Wilson' : 'Clopper-Pearson';
  const bins = `Of the ${rule.binary === undefined ? 'accuracy' : 'frequency'} in a bin: ${binMethod}, ${levelText(binLevel)}.`;
  if (bootstrap === null) return bins;
  const { resamples, seed, level, method } = bootstrap;
  const how = {
    rows: 'paired resamples of the rows',
    clusters: 'paired resamples of the clusters',
    'normal-limit': 'paired resamples drawn from the normal limit of the resampled sums',
  }[method];
  if (isWithoutIntervals(changes)) return `${bins} Of a change: none; ${noSpread(method === 'clusters')}.`;
  return `${bins} Of a change: centred, ${levelText(level)}, ${countText(resamples)} ${how}, seed ${seed}; that of the debiased ECE allows for the bias that debiasing leaves.`;
}

/** The conventions in one line, for the foot of a terminal table. */
export function conventionsLine({ evaluation, conventions }: ReportInput): string {
  const { before, bootstrap, changes } = evaluation;
  const parts = [
    `bins: ${ruleText(before.reliability.rule)}`,
    'NLL in nats per row',
    'Brier 0 to 2',
    ...(bootstrap === null
      ? []
      : [
          isWithoutIntervals(changes)
            ? `no intervals: ${noSpread(bootstrap.method === 'clusters')}`
            : `${levelText(bootstrap.level)} intervals from ${countText(bootstrap.resamples)} paired resamples`,
        ]),
    `calibrant ${conventions.toolVersion}`,
  ];
  return parts.join(' · ');
}
