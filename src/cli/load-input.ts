import { CalibrationError } from '../core/errors.ts';
import type { Notice } from '../core/notices.ts';
import { diagnoseScores } from '../doctor/diagnose.ts';
import { type DoctorContext, diagnose } from '../doctor/index.ts';
import type { CsvOptions, LoadedStoredScores, LoadedStoredSet } from '../io/index.ts';
import {
  type FileOptions,
  loadStored,
  loadStoredPair,
  loadStoredScores,
  type Releasable,
} from '../node/index.ts';
import { csvOptions, type InputFlags, memoryOptions } from './input-options.ts';
import type { Session } from './session.ts';
import { standardInput } from './standard-streams.ts';

/** A labelled set with the name it goes by in messages and reports. */
export interface LabelledInput {
  readonly name: string;
  readonly set: LoadedStoredSet & Releasable;
  /** What the reader noticed, and what the doctor sees. */
  readonly notices: readonly Notice[];
}

/** What the caller knows about the data beyond the options given. */
export type KnownOptions = Pick<CsvOptions, 'input' | 'classes' | 'keep'>;

/**
 * Reads a labelled set and looks it over.
 *
 * @param known Takes effect where no option says otherwise.
 */
export async function loadLabelled(
  session: Session,
  file: string,
  flags: InputFlags,
  known: KnownOptions = {},
): Promise<LabelledInput> {
  const { labels } = flags;
  if (labels === standardInput && file === standardInput) {
    throw new CalibrationError('E_USAGE', {
      what: 'scores and labels cannot both come from standard input',
    });
  }
  if (flags.transpose === true && labels === undefined) {
    throw new CalibrationError('E_USAGE', {
      what: '--transpose needs the labels in a separate file',
      hint: 'Pass --labels FILE.',
    });
  }
  const set = await reading(session, [file, labels], (options) =>
    labels === undefined
      ? loadStored(file, { ...known, ...csvOptions(flags), ...memoryOptions(flags), ...options })
      : loadStoredPair(file, labels, { ...known, ...csvOptions(flags), ...memoryOptions(flags), ...options }),
  );
  return { name: file === standardInput ? 'standard input' : file, set, notices: looksOf(set, file) };
}

/** Reads scores that need no labels. */
export async function loadUnlabelled(
  session: Session,
  file: string,
  flags: InputFlags,
  known: KnownOptions,
): Promise<LoadedStoredScores> {
  const scores = await reading(session, [file], (options) =>
    loadStoredScores(file, { ...known, ...csvOptions(flags), ...memoryOptions(flags), ...options }),
  );
  await session.warn(withLooks(scores, file, (context) => diagnoseScores(scores, context)));
  return scores;
}

async function reading<Loaded extends Releasable>(
  { io, during, keep }: Session,
  [file = '', labels]: readonly (string | undefined)[],
  load: (options: Pick<FileOptions, 'onProgress' | 'signal' | 'stdin'>) => Promise<Loaded>,
): Promise<Loaded> {
  const label = `reading ${file === standardInput ? 'standard input' : file}`;
  // Not opened where nobody reads from it.
  const stdin = file === standardInput || labels === standardInput ? { stdin: io.stdin } : {};
  return keep(
    await during(label, 'bytes', (onProgress) => load({ onProgress, signal: io.signal, ...stdin })),
  );
}

function looksOf(set: LoadedStoredSet, file: string): readonly Notice[] {
  const oneTable = set.columnFindings.some(({ role }) => role === 'label');
  const labelNames = set.labelNames ?? set.classNames;
  return withLooks(set, file, (context) => diagnose(set, { ...context, oneTable, labelNames }));
}

/** What the reader noticed and what the doctor sees; where both speak of one thing, the doctor does. */
function withLooks(
  { notices, lines }: Pick<LoadedStoredSet, 'notices' | 'lines'>,
  file: string,
  see: (context: DoctorContext) => readonly Notice[],
): readonly Notice[] {
  const oneColumn = notices.some(({ code }) => code === 'W_BINARY_ONE_COLUMN');
  const seen = see({ lines, oneColumn, ...(file === standardInput ? {} : { file }) });
  const codes = new Set(seen.map(({ code }) => code));
  return [...notices.filter(({ code }) => !codes.has(code)), ...seen];
}
