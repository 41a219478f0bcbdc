import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import timers from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DescriptorFile } from '../../../src/node/descriptor-file.ts';
import { removeTemporaries, writeAtomically } from '../../../src/node/index.ts';
import { refusal, type TestOutput, testOutput } from './test-output.ts';

let at: TestOutput;
let folder: string;
let path: string;
beforeEach(() => {
  at = testOutput();
  ({ folder, path } = at);
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: planted`), { code });
}

/** Makes a method of open files fail, from its `from`-th call on. */
function failingHandles(method: 'write' | 'sync' | 'chmod', code: string, from = 0): void {
  const { prototype } = DescriptorFile;
  const original = prototype[method] as (...args: unknown[]) => Promise<unknown>;
  let calls = 0;
  vi.spyOn(prototype, method as 'sync').mockImplementation(async function (
    this: DescriptorFile,
    ...args: unknown[]
  ) {
    calls += 1;
    if (calls > from) throw systemError(code);
    return (await original.apply(this, args)) as undefined;
  });
}

/** Makes a function of the file system fail, the first `times` times. */
function failing(
  name: 'renameSync' | 'linkSync' | 'openSync',
  code: string,
  times = Number.POSITIVE_INFINITY,
): void {
  const original = fs[name] as (...args: unknown[]) => unknown;
  let left = times;
  vi.spyOn(fs, name as 'renameSync').mockImplementation((...args: unknown[]) => {
    left -= 1;
    if (left >= 0) throw systemError(code);
    return original(...args) as undefined;
  });
  syncBuiltinESMExports();
}

describe('a fault of the system', () => {
  test.for([
    ['write', 'ENOSPC', 'E_OUT_SPACE: no space left while writing report.html; the old file is unchanged.'],
    ['write', 'EDQUOT', 'E_OUT_SPACE: no space left while writing report.html; the old file is unchanged.'],
    ['write', 'EIO', 'E_OUT_WRITE: report.html cannot be written: the disk reports an error.'],
    ['chmod', 'EPERM', 'E_OUT_WRITE: report.html cannot be written: permission denied.'],
    ['sync', 'ENOSPC', 'E_OUT_SPACE: no space left while writing report.html; the old file is unchanged.'],
    ['sync', 'EIO', 'E_OUT_WRITE: report.html cannot be written: the disk reports an error.'],
  ] as const)('in %s (%s) leaves the old file whole', async ([method, code, line]) => {
    writeFileSync(path, 'old');
    failingHandles(method, code);
    expect(await refusal(writeAtomically(path, 'new', { force: true }), folder)).toBe(line);
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
  });

  test('in the second block of a new file leaves nothing, nor its folder', async () => {
    failingHandles('write', 'ENOSPC', 1);
    const pieces = Array.from({ length: 5 }, () => 'x'.repeat(100_000));
    expect(await refusal(writeAtomically(join(folder, 'other', 'a.csv'), pieces), folder)).toBe(
      'E_OUT_SPACE: no space left while writing other/a.csv; nothing was written.',
    );
    expect(at.names()).toEqual([]);
  });

  test.for([
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
    ['EMFILE', 'too many files are open'],
  ])('in making the temporary (%s) is told', async ([code, reason]) => {
    failing('openSync', code as string);
    expect(await refusal(writeAtomically(path, 'x'), folder)).toBe(
      `E_OUT_WRITE: report.html cannot be written: ${reason}.`,
    );
    expect(at.names()).toEqual([]);
  });

  test('in renaming leaves the old file whole', async () => {
    writeFileSync(path, 'old');
    failing('renameSync', 'EIO');
    expect(await refusal(writeAtomically(path, 'new', { force: true }), folder)).toBe(
      'E_OUT_WRITE: report.html cannot be written: the disk reports an error.',
    );
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
  });

  test('of a file that is held for a moment is waited out', async () => {
    writeFileSync(path, 'old');
    failing('renameSync', 'EBUSY', 2);
    await writeAtomically(path, 'new', { force: true });
    expect([at.contents(), at.names()]).toEqual(['new', ['report.html']]);
  });

  test('of a file that is held is not waited out once temporaries are removed', async () => {
    writeFileSync(path, 'old');
    failing('renameSync', 'EBUSY', 1);
    const work = refusal(writeAtomically(path, 'new', { force: true }), folder);
    await vi.waitFor(() => expect(fs.renameSync).toHaveBeenCalled(), { interval: 1 });
    removeTemporaries();
    expect(await work).toContain('E_ABORTED');
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
  });

  test('of a file that stays held is told', async () => {
    writeFileSync(path, 'old');
    failing('renameSync', 'EBUSY');
    vi.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
    syncBuiltinESMExports();
    expect(await refusal(writeAtomically(path, 'new', { force: true }), folder)).toBe(
      'E_OUT_LOCKED: report.html is open in another program; nothing was changed.',
    );
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
    expect(fs.renameSync).toHaveBeenCalledTimes(6);
  });

  test.for(['EPERM', 'ENOTSUP', 'ENOSYS'])('that links cannot be made (%s) is got round', async (code) => {
    failing('linkSync', code);
    await writeAtomically(path, 'x');
    expect([at.contents(), at.names()]).toEqual(['x', ['report.html']]);
  });

  test('in linking is told', async () => {
    failing('linkSync', 'EIO');
    expect(await refusal(writeAtomically(path, 'x'), folder)).toContain(
      'E_OUT_WRITE: report.html cannot be written',
    );
    expect(at.names()).toEqual([]);
  });

  test('that takes only part of what it is given is no fault', async () => {
    const { prototype } = DescriptorFile;
    const original = prototype.write as unknown as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(prototype, 'write').mockImplementation(function (this: DescriptorFile, ...args: unknown[]) {
      const [bytes, at, length] = args as [Uint8Array, number, number];
      return original.call(this, bytes, at, Math.ceil(length / 3)) as never;
    });
    const text = Array.from({ length: 20_000 }, (_, k) => k).join(',');
    await writeAtomically(path, text);
    expect(at.contents() === text).toBe(true);
  });
});
