import type { Command } from 'commander';
import { calibratedPieces } from '../calibrators/apply-temperature.ts';
import { CalibrationError, printable, printableLines } from '../core/errors.ts';
import { formatNpyPieces } from '../io/format-npy.ts';
import { formatPieces, type ProbabilityPiece } from '../io/format-probabilities.ts';
import { type CalibratorFile, checkCalibratorFits, type LoadedStoredScores } from '../io/index.ts';
import { loadCalibrator, writeAtomically } from '../node/index.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import { asFitted } from './as-fitted.ts';
import type { TextSink } from './command-io.ts';
import { addInputOptions, type InputFlags } from './input-options.ts';
import { loadUnlabelled } from './load-input.ts';
import { addMannerOptions } from './manner-options.ts';
import { checkOutputs, refusePacked } from './outputs.ts';
import type { Session } from './session.ts';
import { standardOutput } from './standard-streams.ts';

/** What the options of `calibrant apply` parse to. */
export interface ApplyCommandFlags extends InputFlags {
  readonly output?: string;
  readonly prediction?: boolean;
  readonly rawCsv?: boolean;
  readonly force?: boolean;
}

/** Declares `calibrant apply`. */
export function declareApply(program: Command): Command {
  const command = program
    .command('apply')
    .summary('turn scores into calibrated probabilities with a saved calibrator')
    .description(
      'Turns scores into calibrated probabilities: one CSV column per class and one line per row, in input order, or a NumPy array if the output ends in .npy. Labels are not needed; a label column is left out.',
    )
    .argument('<calibrator.json>', 'calibrator saved by calibrant fit')
    .argument('<test.csv>', 'scores of the kind that the calibrator was fitted on; - is standard input')
    .option('-o, --output <probs.csv>', 'output file (default: standard output)')
    .option('--prediction', 'add a last column with the predicted class')
    .option('--raw-csv', 'write class names unchanged, even if a spreadsheet would run them as formulas')
    .option('--force', 'overwrite an existing file');
  addMannerOptions(addInputOptions(command, false));
  return command.addHelpText(
    'after',
    `
Examples:
  calibrant apply calibrator.json test.csv -o probs.csv
  calibrant apply calibrator.json test.csv --prediction | head`,
  );
}

/** Runs `calibrant apply`. */
export async function runApply(
  session: Session,
  calibratorFile: string,
  file: string,
  flags: ApplyCommandFlags,
): Promise<unknown> {
  const output = flags.output ?? (session.manner.json ? undefined : standardOutput);
  const isArray = output?.toLowerCase().endsWith('.npy') === true;
  if (isArray && flags.prediction === true) {
    throw new CalibrationError('E_USAGE', {
      what: '--prediction adds a column of names, which a NumPy array cannot hold',
      hint: 'Write a .csv.',
    });
  }
  refusePacked(output);
  await checkOutputs(session, [output], [calibratorFile, file], flags.force === true);
  const calibrator = await loadCalibrator(calibratorFile);
  const { model, provenance } = calibrator;
  const reading = asFitted(flags, calibrator, 'apply');
  await session.warn(reading.notices);
  const known = { input: model.input, classes: model.classes };
  const data = await loadUnlabelled(session, file, reading.flags, known);
  await session.warn(checkCalibratorFits({ model, provenance }, data));
  const { rows, columns } = data.scores;
  const classNames = provenance.namedClasses ? provenance.classNames : data.classNames;
  const asText = (): Iterable<string> =>
    formatPieces(columns, calibrated(model, data, flags.prediction === true), {
      classNames,
      isPredicted: flags.prediction === true,
      // A header of mere numbers would be taken for a row of data.
      ...(classNames.every((name) => /^\d+$/.test(name)) ? { prefix: 'p_' } : {}),
      formulas: flags.rawCsv === true ? 'raw' : 'escaped',
    });
  if (output === standardOutput) await tell(session.io.stdout, asText());
  else if (output !== undefined) {
    const pieces = isArray
      ? formatNpyPieces({ rows, columns }, true, calibratedPieces(model, data.scores))
      : asText();
    await writeAtomically(output, pieces, { force: flags.force === true, signal: session.io.signal });
    session.wrote({ role: 'probabilities', path: output });
    await session.say(` Probabilities: ${printable(output)} (${rows} rows)\n`);
  }
  const { dataHash, treatment = null } = data;
  return { rows, classes: columns, temperature: model.temperature, dataHash, treatment };
}

/** Calibrated probabilities a piece at a time, with the predictions where they are wanted. */
function* calibrated(
  model: CalibratorFile['model'],
  { scores }: LoadedStoredScores,
  isPredicted: boolean,
): Generator<ProbabilityPiece> {
  const rowAt = rowWindow(scores);
  let from = 0;
  for (const probabilities of calibratedPieces(model, scores)) {
    const first = from;
    // Taken from the scores themselves, so that rounding cannot change them.
    const predictionOf = (i: number): number => {
      const { cells, offset } = rowAt(first + i);
      return argmaxRow(cells, offset, scores.columns);
    };
    const predicted = isPredicted
      ? Int32Array.from({ length: probabilities.rows }, (_, i) => predictionOf(i))
      : undefined;
    yield { probabilities, predicted };
    from += probabilities.rows;
  }
}

async function tell(stdout: TextSink, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!stdout.isOpen()) return;
    await stdout.write(stdout.isTerminal ? printableLines(piece) : piece);
  }
}
