import { countText } from '../core/count-text.ts';
import { readRecordLater } from '../core/read-record.ts';
import { draw } from './draw-svg.ts';
import { escapeMarkup } from './escape-markup.ts';

import { htmlStyle } from './html-style.ts';
import { binsTables, classesTableHtml, figuresTable, prose, userText } from './html-tables.ts';
import { drawnClasses, type ReportPlot, reportPlots } from './report-plots.ts';
import type { ReportModel } from './report-types.ts';
import { svgElement } from './svg-element.ts';
import { capital, viewWords } from './view-words.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Writes a report as one self-contained HTML file: no scripts, nothing loaded, pictures as inline SVG; readable on a
 * phone, on a dark screen and in print.
 *
 * @param model From `reportModel`.
 * @returns The text of the file; equal models give equal text.
 * @throws CalibrationError `E_RENDERER` when vega, vega-lite or vega-interpreter is not installed.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderHtml, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const page = await renderHtml(model);
 * assert.ok(page.startsWith('<!DOCTYPE html>'));
 * assert.ok(!page.includes('<script'));
 * ```
 */
export async function renderHtml(model: ReportModel): Promise<string> {
  return readRecordLater(model, 'report', () => pageOf(model));
}

async function pageOf(model: ReportModel): Promise<string> {
  const plots = reportPlots(model);
  const [reliability, confidence, curve, classes] = await Promise.all([
    drawAll(plots.reliability),
    drawAll(plots.confidence),
    plots.nllCurve === null ? null : drawOne(plots.nllCurve),
    drawOne(plots.classes),
  ]);
  const body = [
    heading(model),
    verdict(model),
    notices(model),
    figures(model),
    reliabilitySection(model, reliability),
    confidenceSection(model, confidence),
    curve === null ? '' : curveSection(model, curve),
    binsSection(model),
    classesSection(model, classes),
    method(model),
  ];
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="color-scheme" content="light dark"/>',
    `<title>${escapeMarkup(model.title)}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...body.filter((part) => part !== ''),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

async function drawOne(plot: ReportPlot): Promise<string> {
  return svgElement(await draw(plot.specification), plot, 'inline');
}

async function drawAll(plots: readonly ReportPlot[]): Promise<string> {
  return (await Promise.all(plots.map(drawOne))).join('\n');
}

function section(id: string, title: string, content: string, kind = ''): string {
  const classes = kind === '' ? '' : ` class="${kind}"`;
  return `<section${classes} aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${content}\n</section>`;
}

function heading({ title, subtitle }: ReportModel): string {
  return `<header>\n<p class="kind">Calibration report</p>\n<h1>${userText(title)}</h1>\n<p class="subtitle">${prose(subtitle)}</p>\n</header>`;
}

function verdict({ verdict: { outcome, headline, details } }: ReportModel): string {
  const lines = details.map((sentence) => `<li>${prose(sentence)}</li>`).join('');
  const list = lines === '' ? '' : `\n<ul class="details">${lines}</ul>`;
  return section(
    'verdict',
    'Verdict',
    `<p class="headline">${prose(headline)}</p>${list}`,
    `verdict ${outcome}`,
  );
}

function notices({ notices: messages }: ReportModel): string {
  if (messages.length === 0) return '';
  const items = messages.map((message) => `<li>${userText(message)}</li>`).join('');
  return section('warnings', 'Warnings', `<ul>${items}</ul>`, 'notices');
}

function figures(model: ReportModel): string {
  const notes = [...model.figureNotes, model.markNote]
    .filter((note) => note !== null)
    .map((note) => `<p class="note">${prose(note)}</p>`)
    .join('');
  return section('figures', 'Key figures', `${figuresTable(model)}${notes}`);
}

const swatch = (kind: string, text: string): string =>
  `<span class="key"><span class="swatch ${kind}"></span>${text}</span>`;

function reliabilitySection({ bins, records }: ReportModel, pictures: string): string {
  const { confidence, accuracy, over, under } = viewWords(records.evaluation);
  const caption = [
    `${swatch('s-bar', `${prose(accuracy)} in the bin`)}, ${swatch('s-over', over)}, ${swatch('s-under', under)}.`,
    `Points stand at the mean ${prose(confidence)} of their bin, with the ${prose(bins.level)} interval of the ${prose(accuracy)}; on the dashed diagonal the two agree.`,
    `The strip above counts the rows. Bins: ${prose(bins.rule)}.`,
  ].join(' ');
  return section(
    'reliability',
    'Reliability diagram',
    `<figure><div class="pictures">${pictures}</div><figcaption>${caption}</figcaption></figure>`,
  );
}

function confidenceSection({ records }: ReportModel, pictures: string): string {
  const { positive, confidence, accuracy, right, wrong } = viewWords(records.evaluation);
  const distance =
    positive === undefined
      ? 'the overall over- or underconfidence'
      : 'how far the probabilities are too high or too low on the whole';
  const caption = `${swatch('s-bar', prose(right))}, ${swatch('s-wrong', prose(wrong))}. <span class="key"><span class="line"></span>${prose(accuracy)}</span>, <span class="key"><span class="line dashed"></span>mean ${prose(confidence)}</span>: their distance is ${distance}.`;
  return section(
    'confidence',
    positive === undefined ? 'Where the confidences lie' : 'Where the probabilities lie',
    `<figure><div class="pictures">${pictures}</div><figcaption>${caption}</figcaption></figure>`,
  );
}

/** What is told beside the curve, where there is one, need not be told again below. */
const besideCurve = ['Temperature', 'Test of T = 1', 'Status'];

function curveSection({ records, method: items }: ReportModel, picture: string): string {
  const level = records.calibrator?.uncertainty?.level;
  const band = level === undefined ? '' : ' The shaded band is its profile-likelihood interval.';
  const facts = items
    .filter(({ term }) => besideCurve.includes(term))
    .map(({ term, text }) => `<dt>${prose(term)}</dt><dd>${prose(text)}</dd>`);
  const caption = `Mean NLL on the fitting rows. The lowest point is the fitted temperature; T = 1 leaves the scores as they are.${band}`;
  return section(
    'nll-curve',
    'NLL against temperature',
    `<div class="side"><figure><div class="pictures">${picture}</div><figcaption>${prose(caption)}</figcaption></figure><dl>${facts.join('')}</dl></div>`,
  );
}

function binsSection(model: ReportModel): string {
  const { confidence, accuracy } = viewWords(model.records.evaluation);
  const lead = `${prose(capital(confidence))}, ${prose(accuracy)} and interval in percent, gap = ${prose(accuracy)} − ${prose(confidence)} in points. A gap is coloured where the ${prose(confidence)} lies outside the ${prose(model.bins.level)} interval of the ${prose(accuracy)}. Bins: ${prose(model.bins.rule)}.`;
  return section('bins', 'Reliability table', `<p class="lead">${lead}</p>${binsTables(model)}`);
}

function classesSection(model: ReportModel, picture: string): string {
  const note = model.classes.note === null ? '' : `<p class="note">${prose(model.classes.note)}</p>`;
  const { classes } = model.records.evaluation;
  const caption =
    classes > drawnClasses
      ? `The ${drawnClasses} classes of ${countText(classes)} with the largest error, in its order.`
      : 'In the order of the error, the largest on top.';
  const figure = `<figure><div class="pictures">${picture}</div><figcaption>${caption}</figcaption></figure>`;
  return section(
    'classes',
    'Class by class',
    `<p class="lead">Calibration error of the probability given to each class, whichever class wins. One temperature cannot correct what belongs to a single class.</p><div class="side">${figure}<div>${classesTableHtml(model)}${note}</div></div>`,
  );
}

function method({ method: items, sources, records }: ReportModel): string {
  const told = (records.nllCurve ?? []).length > 0 ? besideCurve : [];
  const files = sources.map(({ role, name, facts }) => {
    const known = facts.map((fact) => `<br/><span class="fact">${userText(fact)}</span>`).join('');
    return `<dt>${prose(role)}</dt><dd>${userText(name)}${known}</dd>`;
  });
  const lines = items
    .filter(({ term }) => !told.includes(term))
    .map(({ term, text }) => `<dt>${prose(term)}</dt><dd>${prose(text)}</dd>`);
  return section('method', 'What was done', `<dl>${files.join('')}${lines.join('')}</dl>`);
}
