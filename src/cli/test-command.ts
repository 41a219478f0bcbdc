import type { Command } from 'commander';
import { countedText, countText } from '../core/count-text.ts';
import { doubtOf, doubtText } from '../evaluation/doubt.ts';
import { isRare } from '../evaluation/is-rare.ts';
import { alignedTable } from '../report/aligned-table.ts';
import { fixedText } from '../report/format-number.ts';
import { pText } from '../report/measures-block.ts';
import { terminalOf } from '../report/render-terminal.ts';
import { calibrationTestsOfSet, type SetTests, type TestCommandFlags } from './calibration-tests-of-set.ts';
import { terminalSettings } from './evaluation-report.ts';
import { addInputOptions } from './input-options.ts';
import { addMannerOptions } from './manner-options.ts';
import { finiteOrNull } from './measure-records.ts';
import { binCount, numberWithin, oneOf, wholeNumber } from './option-values.ts';
import type { Session } from './session.ts';

/** Declares `calibrant test`. */
export function declareTest(program: Command): Command {
  const command = program
    .command('test')
    .summary('test the hypothesis that the confidences are calibrated')
    .description(
      'Tests calibration in several notions: the likelihood ratio of T = 1, Cox (class intercepts and slope), Spiegelhalter, Kolmogorov-Smirnov and Kuiper, consistency resampling of calibration errors, and a kernel test of all probabilities, each with its p-value and the p-value corrected for the number of tests (Holm). A rejection is a result, not an error, unless --fail-on-reject is given.',
    )
    .argument('<test.csv>', 'scores and labels; - is standard input')
    .option('--calibrator <calibrator.json>', 'test the output of this calibrator')
    .option(
      '--alpha <p>',
      'reject at corrected p-values up to this (default: 0.05)',
      numberWithin('alpha', 1e-6, 0.5),
    )
    .option(
      '--clusters <column>',
      'column of clusters, such as patients, whose rows may depend on one another; at least 20 clusters',
    )
    .option('--fail-on-reject', 'exit with status 6 if a test rejects')
    .option(
      '--draws <n>',
      'random draws for each resampling test (default: 999, or up to 9999 if --alpha requires them)',
      wholeNumber('draws', 19, 100_000),
    )
    .option(
      '--seed <n>',
      'seed of the random numbers (default: 1)',
      wholeNumber('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    )
    .option('--bins <n>', 'reliability bins, 1..10000 (default: 15)', binCount)
    .option(
      '--binary <view>',
      'for two classes, test the confidence or the positive class (default: confidence)',
      oneOf('binary', ['confidence', 'positive'] as const),
    );
  addMannerOptions(addInputOptions(command, true));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant test test.csv
  calibrant test test.csv --calibrator calibrator.json --alpha 0.01
  calibrant test probs.csv --input probabilities --fail-on-reject
  calibrant test test.csv --clusters patient`,
  );
}

/** Runs `calibrant test`. */
export async function runTest(session: Session, file: string, flags: TestCommandFlags): Promise<unknown> {
  const { alpha = 0.05 } = flags;
  const found = await calibrationTestsOfSet(session, file, flags);
  const rejected = found.tests.filter(({ adjusted }) => adjusted !== null && isRare(adjusted, 1 - alpha));
  const doubt = doubtOf(session.notices);
  const plain = verdictOf(found, rejected.length, alpha);
  const headline = doubt === undefined ? plain : `${doubtText(doubt)} ${plain}`;
  if (session.manner.quiet) await session.answer(`${headline}\n`);
  else await session.say(tableText(session, found, headline, alpha));
  if (flags.failOnReject === true && rejected.length > 0) session.failCheck();
  const { rows, classes, draws, seed, clusters, dataHash, treatment, tests } = found;
  return {
    file,
    calibrator: flags.calibrator ?? null,
    rows,
    classes,
    dataHash,
    treatment,
    draws,
    seed,
    clusters: clusters === null ? null : { column: flags.clusters, count: clusters },
    alpha,
    rejected: rejected.length,
    tests: tests.map(
      ({ name, title, notion, method, statistic, pValue, adjusted, leastPValue, rows: used }) => ({
        name,
        title,
        notion,
        method,
        statistic: finiteOrNull(statistic),
        pValue,
        adjustedPValue: adjusted,
        leastPValue,
        rejected: adjusted !== null && isRare(adjusted, 1 - alpha),
        rows: used,
      }),
    ),
  };
}

/** Names of the tests that fit into a narrow table. */
const labels: Readonly<Record<string, string>> = {
  temperature: 'Likelihood ratio, T = 1',
  cox: 'Cox, intercepts and slope',
  spiegelhalter: 'Spiegelhalter',

  'spiegelhalter-confidence': 'Spiegelhalter, confidence',
  'kolmogorov-smirnov': 'Kolmogorov-Smirnov',
  kuiper: 'Kuiper',
  'expected-calibration-error': 'Expected calibration error',
  'classwise-calibration-error': 'Class-wise cal. error',
  'corp-miscalibration': 'CORP miscalibration',
  kernel: 'Kernel (SKCE)',
};

function verdictOf({ tests }: SetTests, rejected: number, alpha: number): string {
  const made = tests.filter(({ pValue }) => pValue !== null).length;
  if (rejected === 0) return `None of ${made} tests rejects calibration at ${alpha}, corrected.`;
  const reject = `${rejected} of ${made} tests ${rejected === 1 ? 'rejects' : 'reject'}`;
  return `${reject} calibration at ${alpha}, corrected.`;
}

function tableText(session: Session, found: SetTests, headline: string, alpha: number): string {
  const { rows, classes, name, draws, clusters, tests, ece, floor } = found;
  const terminal = terminalOf(terminalSettings(session));
  const { colour, wrap } = terminal;
  const table = alignedTable(
    [
      { head: 'Test', side: 'left' },
      { head: 'notion', side: 'left', leaveOut: 1 },
      { head: 'statistic', side: 'right', leaveOut: 2 },
      { head: 'p', side: 'right' },
      { head: 'adj. p', side: 'right' },
      { head: '', side: 'left' },
    ],
    tests.map(({ name: test, title, notion, statistic, pValue, adjusted }) => {
      const isRejected = adjusted !== null && isRare(adjusted, 1 - alpha);
      const cells = [
        labels[test] ?? title,
        notion,
        statistic === null ? '—' : statisticText(statistic),
        pValue === null ? '—' : pText(pValue),
        adjusted === null ? '—' : pText(adjusted),
        isRejected ? 'rejected' : '',
      ];
      return { cells, paint: isRejected ? colour.bad : undefined };
    }),
    terminal,
  );
  const size =
    ece === null || floor === null
      ? ''
      : ` The ECE is ${fixedText(100 * ece, 2)} %; calibrated, it would be about ${fixedText(100 * floor, 2)} %.`;
  const sampled = tests.find((test) => test.rows < rows);
  const fewer =
    sampled === undefined
      ? ''
      : ` ${labels[sampled.name] ?? sampled.title}: of ${countText(sampled.rows)} of the rows.`;
  const made = tests.filter(({ pValue }) => pValue !== null).length;
  const correction = `Adj. p is p corrected for ${countedText(made, 'test')} (Holm): rejected is decided by it, at ${alpha}.`;
  const independence =
    clusters === null
      ? ''
      : ` Rows of one cluster may depend on one another: every test compares ${countText(clusters)} clusters.`;
  const honest = `With many rows every real model is rejected, with few rows perhaps none: a p-value measures the evidence for miscalibration, not its size. Read the size as well.${size}`;
  return `${[
    ...wrap(`Tests of calibration of ${name}`, 1).map(colour.strong),
    ...wrap(`${countedText(rows, 'row')}, ${countText(classes)} classes; ${found.judged}`, 1).map(
      colour.faint,
    ),
    '',
    ...wrap(headline, 1).map(colour.strong),
    '',
    ...table,
    ...wrap(honest, 1).map(colour.faint),
    ...wrap(
      `${correction}${independence} ${countText(draws)} draws behind each resampling test.${fewer}`,
      1,
    ).map(colour.faint),
  ].join('\n')}\n`;
}

function statisticText(statistic: number): string {
  if (!Number.isFinite(statistic)) return 'infinite';
  return fixedText(statistic, Math.abs(statistic) < 0.01 ? 6 : 4);
}
