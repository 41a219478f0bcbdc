import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastingFolder } from './run-command.ts';
import { overconfidentCsv } from './sample-files.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  cwd: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly end: Promise<Ended> } {
  const node = ['--import', import.meta.resolve('tsx'), main, ...args];
  const child = spawn(process.execPath, node, { cwd, env: { ...process.env, NO_COLOR: '1' } });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (bytes) => {
    said.stdout += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    said.stderr += bytes;
  });
  const end = new Promise<Ended>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, ...said }));
  });
  return { child, end };
}

/** Waits until something is so, for as long as the test may take. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5);
}

let folder: string;
beforeAll(() => {
  folder = lastingFolder();
  writeFileSync(join(folder, 'val.csv'), overconfidentCsv(3000, 12));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function placeFor(name: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  return place;
}

describe('a signal', () => {
  test.for(signals)('%s ends a command that reads its input', async (signal) => {
    const place = placeFor(`reading-${signal}`);
    const { child, end } = start(place, ['fit', '-', '-o', 'c.json']);
    // It is reading by the time all of this, more than a pipe holds, is written.
    await new Promise((resolve) => child.stdin?.write(overconfidentCsv(40_000, 6), resolve));
    child.kill(signal);
    expect(await end).toEqual({ status: null, signal, stdout: '', stderr: '' });
    expect(readdirSync(place)).toEqual([]);
  });

  test.for(signals)('%s ends a command that computes', async (signal) => {
    const place = placeFor(`computing-${signal}`);
    const args = ['evaluate', '../val.csv', '--all', '--draws', '100000', '--resamples', '100000'];
    const { child, end } = start(place, args);
    // Long enough to be computing, and far shorter than what that takes.
    await wait(2500);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    child.kill(signal);
    const { status, signal: by, stdout } = await end;
    expect([status, by, stdout]).toEqual([null, signal, '']);
    expect(readdirSync(place)).toEqual([]);
  });

  test.for(signals)('%s deletes an unfinished output, and says so', async (signal) => {
    const place = placeFor(`writing-${signal}`);
    const { end: fitted } = start(place, ['fit', '../val.csv', '-o', 'c.json', '--quiet']);
    expect((await fitted).status).toBe(0);
    writeFileSync(join(place, 'new.csv'), overconfidentCsv(200_000, 12).replaceAll(/,[^,\n]*$/gm, ''));
    const writing = start(place, ['apply', 'c.json', 'new.csv', '-o', 'out.csv']);
    await until(
      () => readdirSync(place).some((name) => name.endsWith('.tmp')) || writing.child.exitCode !== null,
    );
    writing.child.kill(signal);
    const said = await writing.end;
    const stopped = signal === 'SIGINT' ? 'interrupted' : `stopped by ${signal}`;
    expect([said.status, said.signal]).toEqual([null, signal]);
    expect(said.stderr.trim().split('\n').at(-1)).toBe(`${stopped}; out.csv was not written`);
    expect(readdirSync(place).sort()).toEqual(['c.json', 'new.csv']);
  });

  test.skipIf(process.platform === 'win32')(
    'ends a command that waits for a reader of its output, or a writer of its input',
    async () => {
      const place = placeFor('fifo');
      execFileSync('mkfifo', [join(place, 'in'), join(place, 'out')]);
      const reading = start(place, ['doctor', 'in']);
      await wait(1500);
      reading.child.kill('SIGTERM');
      expect((await reading.end).signal).toBe('SIGTERM');
      const writing = start(place, ['report', '../val.csv', '-o', 'out', '--format', 'json', '--force']);
      await wait(4000);
      writing.child.kill('SIGINT');
      expect((await writing.end).signal).toBe('SIGINT');
      expect(readdirSync(place).sort()).toEqual(['in', 'out']);
    },
  );
});
