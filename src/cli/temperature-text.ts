import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Terminal } from '../report/terminal.ts';

/** What a fit found, for people: the temperature, how sure it is, and by what it is certified. */
export function temperatureText(model: TemperatureModel, { wrap }: Terminal): string {
  const { temperature, certificate, uncertainty, message } = model;
  const lines: string[] = weightingLines(model);
  if (uncertainty !== null) {
    const { level, profileInterval, standardError, likelihoodRatio } = uncertainty;
    const [low, high] = profileInterval.map((end) => (end === null ? 'unbounded' : short(end)));
    const { pValue, statistic } = likelihoodRatio;
    const p = pValue < 1e-4 ? 'p < 0.0001' : `p = ${pValue.toFixed(4)}`;
    const isRobust = uncertainty.variance === 'robust';
    const method = isRobust ? 'profile likelihood scaled to the robust variance' : 'profile likelihood';
    lines.push(
      `${Number((100 * level).toFixed(6))} % interval ${low} to ${high} (${method}), standard error ${short(standardError)}`,
      `${isRobust ? 'robust ' : ''}likelihood-ratio test of T = 1: statistic ${short(statistic)}, ${p}`,
    );
  }
  if (certificate === null) lines.push(message);
  else {
    const { evaluations, slope, curvature } = certificate;
    lines.push(
      `optimum certified: slope ${slope === 0 ? '0' : slope.toExponential(0)}, curvature ${short(curvature)}, ${evaluations} passes over the data`,
    );
  }
  const broken = lines.flatMap((line) => wrap(line, 3));
  return `${[` T = ${temperature}`, ...broken].join('\n')}\n\n`;
}

/** What the weights were taken for, and which rows were taken to be independent. */
function weightingLines({ weightKind, effectiveRows, rows, clusters }: TemperatureModel): string[] {
  const lines: string[] = [];
  if (weightKind === 'counts') lines.push('weights are counts: the rows are written out');
  if (effectiveRows !== undefined) {
    lines.push(`importance weights: ${Math.round(effectiveRows)} effective rows of ${rows}`);
  }
  if (clusters !== undefined) lines.push(`${clusters} clusters are taken to be independent, rows are not`);
  return lines;
}

/** Four digits, without an exponent where it reads well. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
