import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CommandIo, TextSink } from '../../src/cli/command-io.ts';
import { run } from '../../src/cli/run.ts';

/** How a command ended and what it said; paths in the test's folder stand without it. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test may set about the process. */
export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/** A folder that lives as long as the test. */
export function testFolder(): string {
  const folder = lastingFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder that lives until somebody removes it. */
export function lastingFolder(): string {
  return mkdtempSync(join(tmpdir(), 'calibrant-'));
}

/** Runs a command line inside this process; arguments and messages are relative to `folder`. */
export async function runIn(
  folder: string,
  args: readonly string[],
  { stdin = '', terminal = false, columns, signal, now = () => 0 }: Surroundings = {},
): Promise<Outcome> {
  const gathered = { stdout: '', stderr: '' };
  const decoder = new TextDecoder();
  const sink = (name: keyof typeof gathered): TextSink => ({
    write: async (piece) => {
      gathered[name] += typeof piece === 'string' ? piece : decoder.decode(piece);
    },
    isOpen: () => true,
    isTerminal: terminal,
    columns,
    colours: false,
    unicode: true,
  });
  const io: CommandIo = {
    stdin: bytesOf(stdin),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    signal: signal ?? new AbortController().signal,
    now,
  };
  const status = await run(
    args.map((arg) => (/^@/.test(arg) ? join(folder, arg.slice(1)) : arg)),
    io,
  );
  const relative = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { status, stdout: relative(gathered.stdout), stderr: relative(gathered.stderr) };
}

async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
