import pc from 'picocolors';
import type { Evaluation } from '../evaluation/index.ts';
import type { CalibratorFile } from '../io/index.ts';
import { toolVersion } from '../node/index.ts';
import {
  type RenderTerminalOptions,
  type ReportInput,
  type ReportModel,
  type ReportSource,
  renderJson,
  renderTerminal,
  reportModel,
} from '../report/index.ts';
import type { Session } from './session.ts';

/** What a report is about. */
export interface Reported {
  readonly evaluation: Evaluation;
  readonly sources: readonly ReportSource[];
  readonly calibrator?: CalibratorFile;
  readonly nllCurve?: ReportInput['nllCurve'];
}

/** The report of an evaluation of a file, with all that the session has warned about so far. */
export function evaluationReport(
  { notices }: Session,
  { evaluation, sources, calibrator, nllCurve }: Reported,
  name: string,
): ReportModel {
  return reportModel({
    title: `Calibration of ${name}`,
    evaluation,
    sources,
    notices: [...notices],
    conventions: { toolVersion },
    ...(calibrator === undefined ? {} : { calibrator: calibrator.model }),
    ...(nllCurve === undefined ? {} : { nllCurve }),
  });
}

/** Narrower than this the tables cannot be laid out, wider than that lines are hard to follow. */
const [narrowest, widest] = [40, 110];

/** How the terminal that a session writes to takes text. */
export function terminalSettings({ io: { stdout, stderr } }: Session): RenderTerminalOptions {
  const { columns = 80, colours, unicode } = stdout;
  const paint = pc.createColors(colours);
  return {
    width: Math.min(Math.max(columns, narrowest), widest),
    unicode,
    // On one screen they stand above the report already.
    warnings: !(stdout.isTerminal && stderr.isTerminal),
    colour: {
      strong: paint.bold,
      faint: paint.dim,
      good: paint.green,
      bad: paint.red,
      over: paint.red,
      under: paint.blue,
    },
  };
}

/** Shows a report on standard output, in the manner asked for: all of it, or the headline. */
export async function showReport(session: Session, model: ReportModel): Promise<void> {
  if (session.manner.quiet) await session.answer(`${model.verdict.headline}\n`);
  else await session.say(renderTerminal(model, terminalSettings(session)));
}

/** The records of a report, for the JSON envelope. */
export function reportResult(model: ReportModel): object {
  return JSON.parse(renderJson(model));
}
