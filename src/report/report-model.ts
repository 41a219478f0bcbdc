import { countedText, countText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import { distinctNotices, type Notice } from '../core/notices.ts';
import { readRecord } from '../core/read-record.ts';
import type { Evaluation, Judgement } from '../evaluation/evaluation.ts';
import { binsTable } from './bin-rows.ts';
import { classesTable } from './class-rows.ts';
import { figureNotes, figureRows, markNote } from './figure-rows.ts';
import { floorLines } from './floor-lines.ts';
import { temperatureText } from './format-number.ts';
import { conventionsLine, methodItems } from './method-items.ts';
import type { ReportInput, ReportModel, ReportSource, SourceItem } from './report-types.ts';
import { treatmentFacts } from './treatment-facts.ts';

const judgedAs: Readonly<Record<Judgement, string>> = {
  'held-out': 'evaluated on a set other than the one fitted',
  'cross-fitted': 'evaluated by cross-fitting',
  'same-rows': 'evaluated on the rows it was fitted on',
  uncalibrated: 'no calibrator applied',
};

const roles: Readonly<Record<ReportSource['role'], string>> = {
  fit: 'Fitted on',
  judge: 'Evaluated on',
  'fit-and-judge': 'Fitted and evaluated on',
  calibrator: 'Calibrator',
};

/**
 * Makes the report of an evaluation as plain data: every figure written, every sentence and table ready. All renderers
 * print this and compute nothing.
 *
 * Names that come from the user are shortened to 200 characters with control characters shown as `\u00XX`; the
 * records keep them whole.
 *
 * @param input The evaluation, and what is known about where it came from.
 * @returns The model, safe to store as JSON.
 *
 * Cost: O(bins + classes).
 *
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * assert.equal(model.subtitle, '3 rows, 2 classes, logits; no calibrator applied');
 * assert.equal(model.figures.find(({ key }) => key === 'accuracy')?.before, '66.67 %');
 * ```
 */
export function reportModel(input: ReportInput): ReportModel {
  return readRecord(input, 'report input', () => modelOf(input));
}

function modelOf(input: ReportInput): ReportModel {
  const { title, evaluation, sources } = input;
  const { verdict } = evaluation;
  return {
    title: printable(title),
    subtitle: subtitle(evaluation),
    verdict: {
      outcome: verdict.outcome,
      direction: verdict.direction,
      headline: verdict.headline,
      details: verdict.details.map((sentence) => sentence.replaceAll(/(^|[\s(])-(?=\d)/g, '$1−')),
    },
    columns:
      evaluation.after === null
        ? { before: 'As they came', after: null }
        : { before: 'Before', after: afterName(evaluation) },
    figures: figureRows(evaluation),
    figureNotes: figureNotes(evaluation),
    markNote: markNote(evaluation),
    bins: binsTable(evaluation),
    classes: classesTable(evaluation),
    method: methodItems(input),
    sources: sources.map(sourceItem),
    data: sources.flatMap(dataLine),
    floors: floorLines(evaluation),
    notices: noticesOf(input).map(({ message }) => message),
    conventions: conventionsLine(input),
    records: input,
  };
}

/** Everything that was warned about, once. */
export function noticesOf({ evaluation, notices = [] }: ReportInput): readonly Notice[] {
  return distinctNotices([...notices, ...evaluation.notices]);
}

function subtitle({ rows, classes, input, judgement }: Evaluation): string {
  return `${countedText(rows, 'row')}, ${countText(classes)} classes, ${input}; ${judgedAs[judgement]}`;
}

function afterName({ temperature, foldTemperatures }: Evaluation): string {
  if (temperature !== null) return `After, T = ${temperatureText(temperature)}`;
  return foldTemperatures === null ? 'After' : 'After, cross-fitted';
}

function sourceItem({ role, name, rows, hash, columns, treatment }: ReportSource): SourceItem {
  const facts: string[] = [];
  if (rows !== undefined) facts.push(`${countedText(rows, 'row')}`);
  if (columns !== undefined) facts.push(printable(columns));
  facts.push(...treatmentFacts(treatment));
  if (hash !== undefined) facts.push(`SHA-256 ${printable(hash)}`);
  return { role: roles[role], name: printable(name), facts };
}

/** The line of a file whose numbers are not as they were read; what a calibrator's file says of others is not repeated. */
function dataLine({ role, name, treatment }: ReportSource): readonly string[] {
  const facts = role === 'calibrator' ? [] : treatmentFacts(treatment);
  return facts.length === 0 ? [] : [`${printable(name)}: ${facts.join('; ')}`];
}
