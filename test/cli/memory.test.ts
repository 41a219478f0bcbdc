import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledSource } from '../compiled-source.ts';
import { lastingFolder } from './run-command.ts';
import { overconfidentCsv } from './sample-files.ts';

const isThorough = process.env['CALIBRANT_FULL'] === '1';

let compiled: string;
let folder: string;
beforeAll(() => {
  compiled = compiledSource();
  folder = lastingFolder();
  // Tells the most memory that was in use, behind all that the command has said.
  writeFileSync(
    join(folder, 'tell.mjs'),
    "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));",
  );
}, 120_000);
afterAll(() => {
  for (const each of [compiled, folder]) rmSync(each, { recursive: true, force: true });
});

/** Runs a command in a process of its own, its input repeated so many times, and tells the bytes that it took. */
async function run(
  args: readonly string[],
  input: { readonly head: string; readonly body: string; readonly times: number } | undefined,
): Promise<{ readonly status: number | null; readonly told: string; readonly bytes: number }> {
  const tell = pathToFileURL(join(folder, 'tell.mjs')).href;
  const main = join(compiled, 'dist', 'cli', 'main.js');
  const child = spawn(process.execPath, ['--import', tell, main, ...args, '--temp-folder', folder], {
    cwd: folder,
  });
  let [told, said] = ['', ''];
  child.stdout.on('data', (bytes) => {
    told += bytes;
  });
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const closed = once(child, 'close');
  if (input !== undefined) {
    child.stdin.write(input.head);
    for (let k = 0; k < input.times; k += 1) {
      if (!child.stdin.write(input.body)) await once(child.stdin, 'drain');
    }
  }
  child.stdin.end();
  const [status] = (await closed) as [number | null];
  return { status, told, bytes: 1024 * Number(/\d+$/.exec(said)?.[0]) };
}

/**
 * How far the garbage collector is behind depends on what else the machine does, and its young generation may grow by 16 MB or not, so the best of eight
 * runs counts: the numbers themselves would not fit in any.
 */
const tries = { timeout: 600_000, retry: 7 } as const;

describe('a command that keeps to its memory', () => {
  const ceiling = 160e6;
  const [head = '', ...lines] = overconfidentCsv(20_000, 10).split('\n');
  const body = lines.join('\n');
  const input = (bytes: number) => ({ head: `${head}\n`, body, times: Math.ceil(bytes / body.length) });

  test('judges what is far larger, and leaves no file', tries, async () => {
    const large = input(isThorough ? 10 * ceiling : 1.2 * ceiling);
    const { status, told, bytes } = await run(['evaluate', '-', '--max-memory', '160MB', '--json'], large);
    expect(status).toBe(0);
    // Only what was repeated has these rows.
    expect(JSON.parse(told).result.evaluation.rows).toBe(20_000 * large.times);
    const codes = JSON.parse(told).warnings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('W_MEASURES_LEFT_OUT');
    expect(bytes).toBeLessThan(ceiling);
    expect(readdirSync(folder)).toEqual(['tell.mjs']);
  });

  test('judges by cross-fitting, and draws the curve of, what is larger', tries, async () => {
    const large = input(isThorough ? 10 * ceiling : 1.2 * ceiling);
    const args = ['report', '-', '-o', 'report.json'];
    const { status, told, bytes } = await run([...args, '--max-memory', '160MB', '--json'], large);
    rmSync(join(folder, 'report.json'), { force: true });
    expect(status).toBe(0);
    const { evaluation } = JSON.parse(told).result;
    expect([evaluation.rows, evaluation.judgement]).toEqual([20_000 * large.times, 'cross-fitted']);
    expect(bytes).toBeLessThan(ceiling);
    expect(readdirSync(folder)).toEqual(['tell.mjs']);
  });

  test.runIf(isThorough)('judges an array of more than 2 GiB', { timeout: 600_000 }, async () => {
    const [rows, columns] = [300_000, 1000];
    const text = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`.padEnd(117);
    const path = join(folder, 'zeros.npy');
    const file = openSync(path, 'w');
    writeSync(file, Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]));
    writeSync(file, `${text}\n`);
    // The rest is a hole, which reads as zeros: all logits and all labels.
    truncateSync(path, 128 + 8 * rows * columns);
    const { status, told, bytes } = await run(
      ['evaluate', path, '--max-memory', '200MB', '--json'],
      undefined,
    );
    expect([status, JSON.parse(told).result.evaluation.before.accuracy]).toEqual([0, 1]);
    expect(bytes).toBeLessThan(200e6);
    rmSync(path);
  });

  test('refuses an amount that is none', async () => {
    expect((await run(['evaluate', 'x.csv', '--max-memory', '12'], undefined)).status).toBe(2);
  });
});
