import { changesBlock } from '../report/changes-block.ts';
import { type CompatLine, compatBlock, shortCompatLines } from '../report/compat-block.ts';
import { curveBlock } from '../report/curve-block.ts';
import { driftBlock } from '../report/drift-block.ts';
import { groupsBlock } from '../report/groups-block.ts';
import type { ReportModel } from '../report/index.ts';
import { differenceMark } from '../report/measure-marks.ts';
import { type FindingsNote, measuresBlock } from '../report/measures-block.ts';
import { refinementBlock } from '../report/refinement-block.ts';
import { terminalOf, terminalReport } from '../report/render-terminal.ts';
import type { Terminal } from '../report/terminal.ts';
import { type Check, checkLine } from './checks.ts';
import type { CompatFigures } from './compat-figures.ts';
import { type Drift, driftLines, worseIn } from './drift-lines.ts';
import { terminalSettings } from './evaluation-report.ts';
import type { MeasureFlags } from './measure-options.ts';
import { finiteOrNull, measureRecords } from './measure-records.ts';
import type { Measured } from './measured.ts';
import type { MeasuredCurves } from './measured-curve.ts';
import { groupRecords, type MeasuredGroups } from './measured-groups.ts';
import type { MeasuringBasis } from './measuring-basis.ts';
import { type RefinementSplits, refinementRecords } from './refinement-split.ts';
import type { Session } from './session.ts';

/** Everything that `calibrant evaluate` found. */
export interface MeasuredReport {
  readonly report: ReportModel;
  readonly measured: Measured;
  readonly groups: MeasuredGroups | null;
  readonly curves: MeasuredCurves | null;
  readonly splits: RefinementSplits | null;
  readonly compat: CompatFigures | null;
  readonly drift: Drift | null;
  readonly basis: MeasuringBasis;
  readonly checks: readonly Check[];
}

/** Shows it on standard output; the checks and another library's figures also under `--quiet`. */
export async function showMeasured(
  session: Session,
  { report, measured, groups, curves, splits, compat, drift, checks }: MeasuredReport,
  flags: MeasureFlags,
): Promise<void> {
  const terminal = terminalOf(terminalSettings(session));
  if (session.manner.quiet) {
    const lines = compat === null ? [] : shortCompatLines(compat.preset, compatFigureLines(compat));
    await session.answer(`${[report.verdict.headline, ...lines].join('\n')}\n`);
  } else {
    const blocks = [
      groups === null ? [] : groupsBlock(groups.groups, groups, terminal),
      curves === null ? [] : curveLines(curves, report, flags, terminal),
      splits === null ? noSplit(flags, terminal) : splitLines(splits, report, measured, terminal),
      compat === null ? [] : compatBlock(compat.preset, compatFigureLines(compat), terminal),
      drift === null
        ? []
        : driftBlock(
            drift.drifts,
            drift.file,
            measured.options.level,
            measured.options.binary ?? 'confidence',
            terminal,
          ),
    ];
    await session.say(
      terminalReport(report, terminal, figureLines(measured, flags, report.columns.after, terminal)),
    );
    for (const lines of blocks) if (lines.length > 0) await session.say(`\n${lines.join('\n')}\n`);
  }
  const { bad, good } = terminal.colour;
  const checked = checks.map((check) => ({
    line: checkLine(check, measured.options),
    paint: check.passed ? good : bad,
  }));
  const drifted = drift === null ? [] : driftLines(drift);
  const paint = drift !== null && worseIn(drift).length > 0 ? bad : good;
  const lines = [...checked, ...drifted.map((line) => ({ line, paint }))];
  if (lines.length === 0) return;
  const written = lines.map(({ line, paint: colour }) => colour(` ${terminal.text(line)}`));
  await session.answer(`${session.manner.quiet ? '' : '\n'}${written.join('\n')}\n`);
}

function figureLines(
  { findings, changes, options }: Measured,
  { clusters, all = false }: MeasureFlags,
  after: string | null,
  terminal: Terminal,
): readonly string[] {
  const { level, method, resamples, draws } = options;
  const note: FindingsNote = {
    level,
    method,
    resamples,
    draws,
    clusters: clusters ?? null,
    binary: options.binary ?? 'confidence',
    isSingle: findings.some(({ reason }) => reason === 'too-few-rows'),
  };
  const table = measuresBlock(findings, note, all, terminal);
  if (changes === null) return table;
  const title = after === null ? [] : terminal.wrap(after, 1).map(terminal.colour.strong);
  return [...changesBlock(changes, note, all, terminal), '', ...title, ...table];
}

function curveLines(
  { before, after, ...note }: MeasuredCurves,
  { columns }: ReportModel,
  { clusters }: MeasureFlags,
  terminal: Terminal,
): readonly string[] {
  const curves = [
    { title: curveTitle(columns.before), points: before.points },
    ...(after === null ? [] : [{ title: curveTitle(columns.after!), points: after.points }]),
  ];
  return curveBlock(curves, { ...note, areClustered: clusters !== undefined }, terminal);
}

function curveTitle([first = '', ...rest]: string): string {
  return `Calibration curve, ${first.toLowerCase()}${rest.join('')}`;
}

function splitLines(
  { before, after }: RefinementSplits,
  { columns }: ReportModel,
  { options }: Measured,
  terminal: Terminal,
): readonly string[] {
  const groups = [
    { title: columns.before, lines: before },
    ...(after === null ? [] : [{ title: columns.after!, lines: after }]),
  ];
  return refinementBlock(groups, options.binary ?? 'confidence', terminal);
}

function noSplit({ all = false }: MeasureFlags, { wrap, colour }: Terminal): readonly string[] {
  const note = 'So many rows take long to recalibrate; --refinement splits the scores.';
  return all ? wrap(note, 1).map(colour.faint) : [];
}

function compatFigureLines({ figures }: CompatFigures): readonly CompatLine[] {
  return figures.map(({ measure, notion, scheme, bins, value, own, ownValue }) => ({
    what: `${measure}${notion === 'events' ? '' : `, ${notion}`}${bins === null ? '' : `, ${bins} ${scheme}`}`,
    value,
    own,
    ownValue,
  }));
}

function driftRecord(drift: Drift): object {
  const { file, drifts, level, isCheck } = drift;
  return {
    baseline: file,
    failOnDrift: isCheck,
    worse: worseIn(drift).map(({ name }) => name),
    list: drifts.map(({ adjusted, before, after, ...found }) => ({
      ...found,
      before: finiteOrNull(before),
      after: finiteOrNull(after),
      adjustedPValue: adjusted,
      mark: differenceMark({ ...found, before, after, adjusted }, level),
    })),
  };
}

/** Whether every limit is kept, and no measure drifted where that is a check. */
export function allPassed({ checks, drift }: Pick<MeasuredReport, 'checks' | 'drift'>): boolean {
  const hasDrifted = drift?.isCheck === true && worseIn(drift).length > 0;
  return !hasDrifted && checks.every(({ passed }) => passed);
}

/** The same where the rows did not fit into memory. */
export const nothingMeasured = {
  measures: null,
  groups: null,
  curve: null,
  refinement: null,
  compat: null,
  drift: null,
  checks: { passed: true, list: [] },
} as const;

/** The records of it for the JSON envelope, beside those of the report. */
export function measuredResult(
  { measured, groups, curves, splits, compat, drift, checks, basis }: MeasuredReport,
  flags: MeasureFlags,
): object {
  return {
    measures: measureRecords(measured, basis, flags),
    groups: groups === null ? null : groupRecords(groups),
    curve: curves,
    refinement: splits === null ? null : refinementRecords(splits),
    compat:
      compat === null
        ? null
        : {
            preset: compat.preset.name,
            library: compat.preset.library,
            difference: compat.preset.difference,
            binary: compat.binary,
            figures: compat.figures.map((figure) => ({
              ...figure,
              value: finiteOrNull(figure.value),
              ownValue: finiteOrNull(figure.ownValue),
              differenceToOwn: figure.ownValue === null ? null : finiteOrNull(figure.value - figure.ownValue),
            })),
          },
    drift: drift === null ? null : driftRecord(drift),
    checks: {
      passed: allPassed({ checks, drift }),
      list: checks.map((check) => ({
        ...check,
        value: finiteOrNull(check.value),
        compared: finiteOrNull(check.compared),
      })),
    },
  };
}
