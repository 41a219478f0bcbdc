import type { ProgressListener } from '../core/cancellation.ts';
import type { Notice } from '../core/notices.ts';
import type { Releasable } from '../node/index.ts';
import type { CommandIo } from './command-io.ts';
import { type ProgressLine, progressLine, type WorkUnit } from './progress-line.ts';

/** How a command was asked to speak. */
export interface Manner {
  /** One JSON record on standard output, and nothing else there. */
  readonly json: boolean;
  /** The answer on one line and no progress; warnings stay. */
  readonly quiet: boolean;
}

/** A file that a command wrote. */
interface WrittenFile {
  readonly role: 'calibrator' | 'report' | 'probabilities';
  readonly path: string;
}

/** One run of a command: what it has said and written so far. */
export interface Session {
  readonly command: string;
  readonly manner: Manner;
  readonly io: CommandIo;
  readonly notices: readonly Notice[];
  readonly written: readonly WrittenFile[];
  /** Prints warnings not printed before, and keeps them for the JSON record. */
  readonly warn: (notices: readonly Notice[]) => Promise<void>;
  /** Prints text for people: nothing under `--json` or `--quiet`. */
  readonly say: (text: string) => Promise<void>;
  /** Prints the short answer of `--quiet`: nothing under `--json`. */
  readonly answer: (text: string) => Promise<void>;
  readonly wrote: (file: WrittenFile) => void;
  /** Notes that a check failed, which the exit status says when all is done. */
  readonly failCheck: () => void;
  readonly hasFailedCheck: () => boolean;
  /** Keeps what was read until the command is done. */
  readonly keep: <Resource extends Releasable>(resource: Resource) => Resource;
  /** Deletes the temporary files of what was kept. */
  readonly release: () => void;
  /** Runs long work under a progress line. */
  readonly during: <Result>(
    label: string,
    unit: WorkUnit,
    work: (onProgress: ProgressListener) => Result | Promise<Result>,
  ) => Promise<Result>;
}

/** Opens the run of a command. */
export function openSession(command: string, manner: Manner, io: CommandIo): Session {
  const notices: Notice[] = [];
  const written: WrittenFile[] = [];
  let hasFailed = false;
  const kept: Releasable[] = [];
  const { stdout, stderr } = io;
  const yellow = (text: string): string => (stderr.colours ? `\u001b[33m${text}\u001b[39m` : text);
  const lineFor = (label: string, unit: WorkUnit): ProgressLine | undefined =>
    stderr.isTerminal && !manner.quiet
      ? progressLine(label, unit, (text) => void stderr.write(text), io.now)
      : undefined;
  return {
    command,
    manner,
    io,
    notices,
    written,
    warn: async (found) => {
      const news = found.filter(({ message }) => notices.every((known) => known.message !== message));
      notices.push(...news);
      for (const { message } of news) await stderr.write(`${yellow(message)}\n`);
    },
    say: async (text) => {
      if (!(manner.json || manner.quiet)) await stdout.write(text);
    },
    answer: async (text) => {
      if (!manner.json) await stdout.write(text);
    },
    wrote: (file) => {
      written.push(file);
    },
    failCheck: () => {
      hasFailed = true;
    },
    hasFailedCheck: () => hasFailed,
    keep: (resource) => {
      kept.push(resource);
      return resource;
    },
    release: () => {
      for (const { release } of kept.splice(0)) release();
    },
    during: async (label, unit, work) => {
      const line = lineFor(label, unit);
      try {
        // Work may not pause for a while; a request to stop that has come is heard before it.
        await new Promise((resolve) => setImmediate(resolve));
        return await work((done, total) => line?.onProgress(done, total));
      } finally {
        line?.end();
      }
    },
  };
}
