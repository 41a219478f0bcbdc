import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chdir, cwd, getuid } from 'node:process';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openInput } from '../../../src/node/index.ts';
import { inputError } from '../../../src/node/input-errors.ts';
import { gzipMember, piecesOf, textOf } from './gzip-members.ts';
import { type TestInput, testInput } from './test-input.ts';

const text = 'a,b,label\n1,2,0\n3,1,0\n0,2,1\n';

let folder: string;
let written: TestInput['written'];
let refusal: TestInput['refusal'];
beforeEach(() => {
  ({ folder, written, refusal } = testInput());
});

async function readAll(path: string, options = {}): Promise<string> {
  return textOf((await openInput(path, options)).bytes);
}

describe('an input file', () => {
  test('is read with its size and progress', async () => {
    const seen: (number | undefined)[][] = [];
    const path = written('val.csv', text);
    const { bytes, size } = await openInput(path, { onProgress: (...told) => seen.push(told) });
    expect([await textOf(bytes), size]).toEqual([text, text.length]);
    expect(seen).toEqual([[text.length, text.length]]);
  });

  test('is unpacked for its first bytes, whatever its name, with progress in packed bytes', async () => {
    const seen: (number | undefined)[][] = [];
    const packed = gzipSync(text);
    const path = written('val.csv', packed);
    const { bytes, size } = await openInput(path, { onProgress: (...told) => seen.push(told) });
    expect([await textOf(bytes), size]).toEqual([text, undefined]);
    expect(seen).toEqual([[packed.length, packed.length]]);
  });

  test('is not unpacked for its name', async () => {
    expect(await readAll(written('val.csv.gz', text))).toBe(text);
  });

  test.for([0, 1, 2, 300_000, 2 ** 20])('of %i bytes is read to the last', async (length) => {
    const contents = 'x'.repeat(length);
    const pieces: number[] = [];
    for await (const piece of (await openInput(written('x.txt', contents))).bytes) pieces.push(piece.length);
    expect(pieces.reduce((sum, size) => sum + size, 0)).toBe(length);
    expect(Math.max(0, ...pieces)).toBeLessThanOrEqual(256 * 1024);
  });

  test('packed twice is refused', async () => {
    const path = written('val.csv.gz', gzipSync(gzipSync(text)));
    expect(await refusal(readAll(path))).toBe(
      'E_FORMAT: val.csv.gz: there is gzip data inside the gzip data, expected delimited text. Unpack it first.',
    );
  });

  test.skipIf(process.platform !== 'linux')(
    'is closed when it was read, left early, damaged or never read',
    async () => {
      const path = written('val.csv.gz', gzipSync('x'.repeat(2 ** 20)));
      const cut = written('cut.csv.gz', gzipMember(text).subarray(0, 40));
      const openFiles = (): number => readdirSync('/proc/self/fd').length;
      await readAll(path);
      const before = openFiles();
      for (let k = 0; k < 5; k += 1) {
        await readAll(path);
        for await (const piece of (await openInput(path)).bytes) if (piece.length > 0) break;
        await refusal(readAll(cut));
        await openInput(path);
      }
      expect(openFiles()).toBe(before);
    },
  );

  test('that is missing is named with the nearest file of its folder', async () => {
    written('validation.csv', text);
    mkdirSync(join(folder, 'validatoin.csv'));
    const missing = openInput(join(folder, 'validaton.csv'));
    expect(await refusal(missing)).toBe(
      'E_IN_MISSING: there is no file "validaton.csv"; did you mean "validation.csv"?',
    );
    await expect(missing).rejects.toMatchObject({ file: join(folder, 'validaton.csv') });
  });

  test('that is missing in the current folder is named as the user would', async () => {
    const before = cwd();
    onTestFinished(() => chdir(before));
    chdir(folder);
    written('val.csv', text);
    expect(await refusal(openInput('vla.csv'))).toContain('did you mean "val.csv"?');
    expect(await refusal(openInput('./vla.csv'))).toContain('did you mean "val.csv"?');
  });

  test('that is missing where nothing is near, or in a folder that is missing, is only named', async () => {
    written('val.csv', text);
    expect(await refusal(openInput(join(folder, 'logits.csv')))).toBe(
      'E_IN_MISSING: there is no file "logits.csv".',
    );
    expect(await refusal(openInput(join(folder, 'no', 'val.csv')))).toBe(
      'E_IN_MISSING: there is no file "no/val.csv".',
    );
    expect(await refusal(openInput(join(folder, 'val.csv', 'x')))).toBe(
      'E_IN_MISSING: there is no file "val.csv/x".',
    );
  });

  test('that is a folder, or a link in a circle, or has too long a name is refused', async () => {
    mkdirSync(join(folder, 'data'));
    symlinkSync(join(folder, 'round'), join(folder, 'round'));
    expect(await refusal(openInput(join(folder, 'data')))).toBe(
      'E_IN_READ: "data" cannot be read: it is a folder.',
    );
    expect(await refusal(openInput(join(folder, 'round')))).toBe(
      'E_IN_READ: "round" cannot be read: its symbolic links run in a circle.',
    );
    expect(await refusal(openInput(join(folder, 'n'.repeat(300))))).toMatch(
      /^E_IN_READ: "n{200}…" cannot be read: the name is too long\.$|^E_IN_READ: ".*…" cannot be read: the name is too long\.$/,
    );
  });

  test.skipIf(getuid?.() === 0)('that may not be read is refused', async () => {
    const path = written('val.csv', text);
    const { chmodSync } = await import('node:fs');
    chmodSync(path, 0);
    expect(await refusal(openInput(path))).toBe('E_IN_READ: "val.csv" cannot be read: permission denied.');
  });

  test.skipIf(process.platform !== 'linux')('whose disk fails while it is read is refused', async () => {
    expect(await refusal(readAll('/proc/self/mem'))).toBe(
      'E_IN_READ: "/proc/self/mem" cannot be read: the disk reports an error.',
    );
  });

  test('refuses an option that does not exist', async () => {
    expect(await refusal(openInput('-', { onprogress: () => undefined } as object))).toBe(
      'E_OPTION: unknown option "onprogress"; did you mean "onProgress"?',
    );
  });
});

describe('standard input', () => {
  test.for([1, 2, 5, 1000])('is read, and unpacked, in pieces of %i bytes', async (size) => {
    expect(await readAll('-', { stdin: piecesOf(Buffer.from(text), size) })).toBe(text);
    expect(await readAll('-', { stdin: piecesOf(gzipMember(text), size) })).toBe(text);
  });

  test('may be empty, or a single byte', async () => {
    expect(await readAll('-', { stdin: piecesOf(new Uint8Array(0), 1) })).toBe('');
    expect(await readAll('-', { stdin: piecesOf(Buffer.from('1'), 1) })).toBe('1');
  });

  test('that fails is named', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b');
      throw Object.assign(new Error('read EIO'), { code: 'EIO' });
    }
    expect(await refusal(readAll('-', { stdin: broken() }))).toBe(
      'E_IN_READ: standard input cannot be read: the disk reports an error.',
    );
  });

  test('is left when the work is stopped, even while it says nothing', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b');
      await new Promise(() => undefined);
    }
    const stop = new AbortController();
    const { bytes } = await openInput('-', { stdin: silent(), signal: stop.signal });
    setTimeout(() => stop.abort(), 10);
    expect(await refusal(textOf(bytes))).toBe('E_ABORTED: stopped on request; nothing was written.');
  });

  test('is not touched once the work is stopped', async () => {
    let touched = false;
    async function* stdin(): AsyncGenerator<Uint8Array> {
      touched = true;
      yield Buffer.from(text);
    }
    expect(await refusal(readAll('-', { stdin: stdin(), signal: AbortSignal.abort() }))).toContain(
      'E_ABORTED',
    );
    expect(touched).toBe(false);
  });

  test('tells a listener what goes wrong in it as it is', async () => {
    const onProgress = (): never => {
      throw new TypeError('listener');
    };
    expect(await refusal(readAll('-', { stdin: piecesOf(Buffer.from(text)), onProgress }))).toBe('listener');
  });
});

describe('an error of the system without a name of ours', () => {
  test('is told in its own words', async () => {
    const error = await inputError('val.csv', new Error('odd\u0007thing'));
    expect(error.message).toBe('E_IN_READ: "val.csv" cannot be read: odd\\u0007thing.');
    expect((await inputError('val.csv', 'text')).message).toBe('E_IN_READ: "val.csv" cannot be read: text.');
  });
});
