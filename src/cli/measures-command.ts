import type { Command } from 'commander';
import { type KnownMeasure, measures } from '../metrics/index.ts';
import { alignedTable } from '../report/aligned-table.ts';
import { measureLabels } from '../report/measure-labels.ts';
import { terminalOf } from '../report/render-terminal.ts';
import { terminalSettings } from './evaluation-report.ts';
import { addMannerOptions } from './manner-options.ts';
import { measureAliases } from './measure-names.ts';
import { finiteOrNull } from './measure-records.ts';
import type { Session } from './session.ts';

/** Declares `calibrant measures`. */
export function declareMeasures(program: Command): Command {
  const command = program
    .command('measures')
    .summary('list the measures that can be selected by name')
    .description(
      'Lists every measure: its name, its abbreviation if it has one, the notion of calibration it measures, its range, and its best value.',
    );
  return addMannerOptions(command).addHelpText(
    'after',
    `
Examples:
  calibrant measures
  calibrant measures --json`,
  );
}

/** Runs `calibrant measures`. */
export async function runMeasures(session: Session): Promise<unknown> {
  const terminal = terminalOf(terminalSettings(session));
  const rows = measures.map((measure) => {
    const { name, notion } = measure;
    return { cells: [name, aliasesOf(measure).join(', '), notion, rangeText(measure), bestText(measure)] };
  });
  if (session.manner.quiet) await session.answer(measures.map(({ name }) => `${name}\n`).join(''));
  else {
    const table = alignedTable(
      [
        { head: 'name', side: 'left' },
        { head: 'or', side: 'left', leaveOut: 1 },
        { head: 'notion', side: 'left' },
        { head: 'range', side: 'left', leaveOut: 2 },
        { head: 'best', side: 'left', leaveOut: 3 },
      ],
      rows,
      terminal,
    );
    await session.say(`${table.join('\n')}\n`);
  }
  return measures.map((measure) => {
    const { name, title, family, notion, range, better, ideal, cost } = measure;
    const [lowest, highest] = range.map(finiteOrNull);
    return {
      name,
      label: measureLabels[name],
      aliases: aliasesOf(measure),
      title,
      family,
      notion,
      range: [lowest, highest],
      better,
      ideal,
      cost,
    };
  });
}

function aliasesOf({ name }: KnownMeasure): readonly string[] {
  return Object.keys(measureAliases).filter((alias) => measureAliases[alias] === name);
}

function rangeText({ range: [low, high] }: KnownMeasure): string {
  const end = (value: number): string =>
    Number.isFinite(value) ? String(value).replace('-', '−') : value > 0 ? '∞' : '−∞';
  return `${end(low)}..${end(high)}`;
}

function bestText({ better, ideal }: KnownMeasure): string {
  if (better === 'none') return '–';
  if (ideal !== null) return String(ideal);
  return better === 'lower' ? 'low' : 'high';
}
