import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkOutput, removeTemporaries, writeAtomically } from '../../../src/node/index.ts';
import { existsError, lockedError, outputError } from '../../../src/node/output-errors.ts';
import { sweepTemporaries, temporaryFor } from '../../../src/node/temporaries.ts';
import { testFolder } from '../../cli/run-command.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = testFolder();
  path = join(folder, 'report.html');
});

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: planted`), { code });
}

describe('an output', () => {
  test('is written whole, from one piece or many', async () => {
    await writeAtomically(path, ['first ', new TextEncoder().encode('second')]);
    expect(readFileSync(path, 'utf8')).toBe('first second');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  test('is not written over without force, even one that appears meanwhile', async () => {
    function* late(): Generator<string> {
      writeFileSync(path, 'theirs');
      yield 'ours';
    }
    await expect(writeAtomically(path, late())).rejects.toThrow(/^E_OUT_EXISTS: .* exists; pass --force\.$/);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  test('replaces a file under force and keeps its mode', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await writeAtomically(path, 'new', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test('is left as it was when its contents fail to come', async () => {
    writeFileSync(path, 'old');
    function* broken(): Generator<string> {
      yield 'half';
      throw failure('ENOSPC');
    }
    await expect(writeAtomically(path, broken(), { force: true })).rejects.toThrow(
      /^E_OUT_SPACE: no space left while writing .*report\.html; the old file is unchanged\.$/,
    );
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  test('makes a missing last folder, and takes it away again when it fails', async () => {
    await writeAtomically(join(folder, 'results', 'a.txt'), 'x');
    expect(readFileSync(join(folder, 'results', 'a.txt'), 'utf8')).toBe('x');
    function* broken(): Generator<string> {
      yield 'half';
      throw failure('EIO');
    }
    await expect(writeAtomically(join(folder, 'other', 'a.txt'), broken())).rejects.toThrow(
      /^E_OUT_WRITE: .* cannot be written: the disk reports an error\.$/,
    );
    expect(readdirSync(folder)).toEqual(['results']);
  });

  test('needs the folder above the last one', async () => {
    await expect(writeAtomically(join(folder, 'a', 'b', 'c.txt'), 'x')).rejects.toThrow(
      /^E_OUT_DIR: the folder .*a does not exist\.$/,
    );
    writeFileSync(path, 'a file');
    await expect(writeAtomically(join(path, 'c.txt'), 'x')).rejects.toThrow(
      /^E_OUT_DIR: the folder .*report\.html is not a folder\.$/,
    );
  });

  test('that is a folder is refused', async () => {
    mkdirSync(path);
    await expect(writeAtomically(path, 'x', { force: true })).rejects.toThrow(
      /^E_OUT_DIR: .* is a folder\.$/,
    );
  });

  test('through a symbolic link lands behind it', async () => {
    const real = join(folder, 'real.html');
    writeFileSync(real, 'old');
    symlinkSync(real, path);
    await writeAtomically(path, 'new', { force: true });
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['real.html', 'report.html']);
  });

  test('to a device goes there directly', async () => {
    await writeAtomically('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('by two writers at once is that of one of them, whole', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(200_000));
    await Promise.all(texts.map((text) => writeAtomically(path, text, { force: true })));
    expect(texts).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(folder)).toEqual(['report.html']);
  });
});

describe('checking an output beforehand', () => {
  test('finds an input behind other names', async () => {
    const input = join(folder, 'val.csv');
    writeFileSync(input, 'x');
    symlinkSync(input, path);
    await expect(checkOutput(path, { force: true, inputs: [input] })).rejects.toThrow(
      /^E_OUT_SAME: .*report\.html is also the input\.$/,
    );
  });

  test('passes what can be written', async () => {
    await expect(checkOutput(path)).resolves.toBeUndefined();
    await expect(checkOutput(join(folder, 'new', 'c.json'))).resolves.toBeUndefined();
  });
});

describe('errors of the file system', () => {
  test.for([
    ['EACCES', 'E_OUT_WRITE: r.html cannot be written: permission denied.'],
    ['EROFS', 'E_OUT_WRITE: r.html cannot be written: the file system is read-only.'],
    ['ENOSPC', 'E_OUT_SPACE: no space left while writing r.html; nothing was written.'],
    ['EISDIR', 'E_OUT_DIR: r.html is a folder.'],
  ] as const)('%s is one line', ([code, line]) => {
    expect(outputError('r.html', failure(code), false).message).toBe(line);
  });

  test('are told by what to do', () => {
    expect(lockedError('r.html', failure('EBUSY')).message).toBe(
      'E_OUT_LOCKED: r.html is open in another program; nothing was changed.',
    );
    expect(existsError('a\u202eb').message).toBe('E_OUT_EXISTS: a\\u202Eb exists; pass --force.');
  });
});

describe('temporaries', () => {
  test('of processes that are gone are swept, those of the living are not', async () => {
    const living = temporaryFor(path, folder);
    const dead = living.replace(`-${process.pid}-`, '-4194305-');
    const foreign = living.replace(/\.calibrant-[A-Za-z0-9]+-/, '.calibrant-elsewhere-');
    for (const each of [living, dead, foreign]) writeFileSync(each, 'half');
    await sweepTemporaries(folder);
    expect(readdirSync(folder).sort()).toEqual([basename(living), basename(foreign)].sort());
    vi.useFakeTimers({ now: Date.now() + 2 * 3_600_000, toFake: ['Date'] });
    await sweepTemporaries(folder);
    vi.useRealTimers();
    expect(readdirSync(folder)).toEqual([]);
    removeTemporaries();
  });

  test('are removed at once when the process must end', () => {
    const half = temporaryFor(path, folder);
    writeFileSync(half, 'half');
    removeTemporaries();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('left by a killed process do no harm, and go with the next write', async () => {
    writeFileSync(path, 'old');
    const module = fileURLToPath(new URL('../../../src/node/index.ts', import.meta.url));
    const program = `
      import { writeAtomically } from ${JSON.stringify(module)};
      function* endless() { for (;;) { yield 'x'.repeat(65536); process.stdout.write('.'); } }
      await writeAtomically(${JSON.stringify(path)}, endless(), { force: true });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toHaveLength(2);
    await writeAtomically(path, 'new', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });
});
