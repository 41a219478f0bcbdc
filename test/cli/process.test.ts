import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastingFolder } from './run-command.ts';
import { overconfidentCsv } from './sample-files.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const node = ['--import', import.meta.resolve('tsx'), main, ...args];
  return spawn(process.execPath, node, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
}

function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (bytes) => {
    said.stdout += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    said.stderr += bytes;
  });
  return new Promise((resolve) => {
    child.once('close', (status) => resolve({ status, ...said }));
  });
}

const csv = overconfidentCsv(300, 5);
/** More than a pipe holds. */
const long = overconfidentCsv(40_000, 6);

let folder: string;
beforeAll(() => {
  folder = lastingFolder();
  writeFileSync(join(folder, 'val.csv'), csv);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the process', () => {
  test('ends with status 0 and the result on standard output', async () => {
    const { status, stdout, stderr } = await ended(start(folder, ['fit', 'val.csv', '--quiet']));
    expect([status, stderr]).toEqual([0, '']);
    expect(Number(stdout)).toBeGreaterThan(1);
  });

  test('ends with the status of the error and one line without a stack', async () => {
    const { status, stdout, stderr } = await ended(start(folder, ['fit', 'none.csv']));
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toBe('E_IN_MISSING: there is no file "none.csv".\n');
  });

  test('ends quietly when nobody reads on', async () => {
    writeFileSync(join(folder, 'many.csv'), long);
    await ended(start(folder, ['fit', 'val.csv', '-o', 'c.json']));
    const child = start(folder, ['apply', 'c.json', 'many.csv']);
    const end = ended(child);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { status, stderr } = await end;
    expect([status, stderr]).toEqual([0, '']);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'says in one line that what it prints cannot be written',
    async () => {
      const full = openSync('/dev/full', 'w');
      const node = ['--import', import.meta.resolve('tsx'), main, 'measures'];
      const child = spawn(process.execPath, node, { cwd: folder, stdio: ['ignore', full, 'pipe'] });
      const { status, stderr } = await ended(child);
      closeSync(full);
      expect([status, stderr]).toEqual([4, 'E_OUT_SPACE: no space left while writing standard output.\n']);
    },
  );

  test('writes its files although nobody reads on', async () => {
    const place = join(folder, 'unread');
    mkdirSync(place);
    const child = start(place, ['report', '../val.csv', '--calibrator', 'c.json']);
    const end = ended(child);
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect((await end).status).toBe(0);
    expect(readdirSync(place).sort()).toEqual(['c.json', 'report.html']);
  });

  test('draws its pictures where code may not be made from strings, the same to the byte', async () => {
    const place = join(folder, 'no-eval');
    mkdirSync(place);
    const flags = { NODE_OPTIONS: '--disallow-code-generation-from-strings' };
    const { status } = await ended(start(place, ['report', '../val.csv', '-o', 'strict.html'], flags));
    expect(status).toBe(0);
    await ended(start(place, ['report', '../val.csv', '-o', 'free.html']));
    const [strict, free] = ['strict', 'free'].map((name) =>
      readFileSync(join(place, `${name}.html`), 'utf8'),
    );
    expect(strict).toContain('<svg');
    expect(strict === free).toBe(true);
  });

  test('hands every byte to a slow reader', async () => {
    const child = start(folder, ['apply', 'c.json', 'many.csv']);
    const pieces: Buffer[] = [];
    for await (const piece of child.stdout ?? []) {
      pieces.push(piece);
      if (pieces.length % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const text = Buffer.concat(pieces).toString('utf8');
    expect(text.match(/\n/g)).toHaveLength(40_001);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('speaks plainly into a file and in colours where they are forced', async () => {
    const plain = await ended(start(folder, ['evaluate', 'val.csv']));
    const forced = await ended(start(folder, ['evaluate', 'val.csv'], { NO_COLOR: '', FORCE_COLOR: '1' }));
    const code = '\u001b[';
    expect(plain.stdout.includes(code)).toBe(false);
    expect(forced.stdout.includes(code)).toBe(true);
  });
});

describe('the main job', () => {
  test('is what npm start runs', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const args = scripts.start.replace('node dist/cli/main.js ', '').split(' ');
    const outputs = join(folder, 'results');
    const moved = args.map((arg: string) => arg.replace(/^results/, outputs));
    const { status, stdout } = await ended(start(root, moved));
    expect(status).toBe(0);
    expect(readdirSync(outputs).sort()).toEqual(['calibrator.json', 'report.html']);
    for (const figure of ['NLL', 'Brier', 'Accuracy', 'ECE', 'MCE', 'Class-wise ECE', 'Reliability']) {
      expect(stdout).toContain(figure);
    }
    expect(stdout).toMatch(/Overconfident by 7\.4 points \(p < 0\.0001\); T = 2\.69 /);
  });
});
