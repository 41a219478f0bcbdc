import type { Command } from 'commander';
import { countedText } from '../core/count-text.ts';
import { printable } from '../core/errors.ts';
import { sampleNotices } from '../evaluation/sample-notices.ts';
import type { LoadedStoredSet } from '../io/index.ts';
import { noticeRecord } from '../report/json-records.ts';
import { treatmentFacts } from '../report/treatment-facts.ts';
import { columnLines } from './column-table.ts';
import { addInputOptions, type InputFlags } from './input-options.ts';
import { loadLabelled } from './load-input.ts';
import { addMannerOptions } from './manner-options.ts';
import type { Session } from './session.ts';

/** Declares `calibrant doctor`. */
export function declareDoctor(program: Command): Command {
  const command = program
    .command('doctor')
    .summary('show how a file is read, and what looks wrong')
    .description(
      'Reads a file as the other commands do and shows how it is read. Warns, among other things, if values look like another kind than was declared, labels seem to start at 1, softmax was applied twice, or scores are rounded. It changes nothing.',
    )
    .argument('<data.csv>', 'scores and labels; - is standard input');
  addMannerOptions(addInputOptions(command, true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant doctor val.csv
  calibrant doctor probs.csv --input probabilities --json`,
  );
}

/** Runs `calibrant doctor`. */
export async function runDoctor(session: Session, file: string, flags: InputFlags): Promise<unknown> {
  const { set, name, notices: looks } = await loadLabelled(session, file, flags);
  const notices = [...looks, ...Object.values(sampleNotices(set)).filter((found) => found !== undefined)];
  const { rows, columns: classes } = set.scores;
  const { kind, columns, columnFindings, classNames, dataHash, treatment = null } = set;
  const done = treatmentFacts(set.treatment).join('; ');
  const labelCounts = countLabels(set);
  const present = labelCounts.filter((count) => count > 0).length;
  await session.say(
    ` ${printable(name)}: ${countedText(rows, 'row')}, ${classes} classes, read as ${kind}\n`,
  );
  await session.say(`   ${columns}\n   ${present} of ${classes} classes occur among the labels\n`);
  await session.say(done === '' ? '\n' : `   ${done}\n\n`);
  for (const line of columnLines(columnFindings)) await session.say(`   ${line}\n`);
  await session.say('\n');
  if (notices.length === 0) await session.say(' Nothing looks odd.\n');
  for (const { message } of notices)
    await session.answer(session.manner.quiet ? `${message}\n` : ` ${message}\n`);
  const findings = notices.map(noticeRecord);
  return {
    file: name,
    input: kind,
    rows,
    classes,
    classNames,
    columns,
    columnRoles: columnFindings,
    dataHash,
    treatment,
    labelCounts,
    findings,
  };
}

/** Labels read at a time. */
const atOnce = 4096;

function countLabels({ labels, scores }: LoadedStoredSet): number[] {
  const counts = new Array<number>(scores.columns).fill(0);
  for (let from = 0; from < labels.length; from += atOnce) {
    for (const label of labels.read(from, Math.min(from + atOnce, labels.length))) counts[label]! += 1;
  }
  return counts;
}
