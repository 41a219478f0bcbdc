import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openOutput, writeAtomically } from '../../../src/node/index.ts';
import { refusal, type TestOutput, testOutput } from './test-output.ts';

const isLinux = process.platform === 'linux';

let at: TestOutput;
let folder: string;
let path: string;
beforeEach(() => {
  at = testOutput();
  ({ folder, path } = at);
});

describe('an output', () => {
  test('is written whole, from one piece or many, text and bytes, ready or still to come', async () => {
    async function* later(): AsyncGenerator<string | Uint8Array> {
      yield 'pièce ';
      await Promise.resolve();
      yield Buffer.from('second');
    }
    const all = ['pièce second', Buffer.from('pièce second'), ['pièce ', Buffer.from('second')], later()];
    for (const each of all) {
      await writeAtomically(path, each, { force: true });
      expect(at.contents()).toBe('pièce second');
    }
    expect(at.names()).toEqual(['report.html']);
  });

  test('of any length holds every byte in order', async () => {
    const sizes = [0, 1, 255_999, 3, 262_144, 262_145, 1_000_000, 7, 262_143, 2];
    const pieces = sizes.map((size, k) => String.fromCharCode(97 + k).repeat(size));
    await writeAtomically(path, pieces);
    expect(at.contents() === pieces.join('')).toBe(true);
  });

  test('may be empty', async () => {
    await writeAtomically(path, '');
    expect(at.contents()).toBe('');
  });

  test('does not change with a piece that is reused', async () => {
    const output = await openOutput(path);
    const piece = Buffer.from('a');
    for (const letter of 'abc') {
      piece.write(letter);
      await output.write(piece);
    }
    await output.commit();
    expect(at.contents()).toBe('abc');
  });

  test('is not to be seen before it is committed', async () => {
    writeFileSync(path, 'old');
    const output = await openOutput(path, { force: true });
    await output.write('n'.repeat(600_000));
    expect(at.contents()).toBe('old');
    expect(at.names()).toHaveLength(2);
    expect(at.names()[0]).toMatch(/^\.report\.html\.calibrant-[A-Za-z0-9]+-\d+-[0-9a-f]{12}\.tmp$/);
    await output.commit();
    await output.abandon();
    expect(at.contents()).toBe('n'.repeat(600_000));
    expect(at.names()).toEqual(['report.html']);
  });

  test('that is given up leaves nothing, and takes nothing more', async () => {
    const output = await openOutput(path);
    await output.write('half');
    await output.abandon();
    await output.abandon();
    expect(at.names()).toEqual([]);
    expect(await refusal(output.write('more'), folder)).toBe(
      'E_OUT_WRITE: report.html cannot be written: it was committed or given up.',
    );
    expect(await refusal(output.commit(), folder)).toContain('E_OUT_WRITE');
    expect(at.names()).toEqual([]);
  });

  test('is not written over without force', async () => {
    writeFileSync(path, 'theirs');
    expect(await refusal(writeAtomically(path, 'ours'), folder)).toBe(
      'E_OUT_EXISTS: report.html exists; pass --force.',
    );
    await expect(writeAtomically(path, 'ours')).rejects.toMatchObject({ file: path, code: 'E_OUT_EXISTS' });
    expect(at.contents()).toBe('theirs');
  });

  test('is not written over without force when it appears meanwhile', async () => {
    function* late(): Generator<string> {
      writeFileSync(path, 'theirs');
      yield 'ours';
    }
    expect(await refusal(writeAtomically(path, late()), folder)).toBe(
      'E_OUT_EXISTS: report.html exists; pass --force.',
    );
    expect(at.contents()).toBe('theirs');
    expect(at.names()).toEqual(['report.html']);
  });

  test('replaces a file under force and keeps its mode', async () => {
    for (const mode of [0o640, 0o444, 0o755]) {
      writeFileSync(join(folder, `${mode}`), 'old');
      chmodSync(join(folder, `${mode}`), mode);
      await writeAtomically(join(folder, `${mode}`), 'new', { force: true });
      expect(at.contents(`${mode}`)).toBe('new');
      expect(statSync(join(folder, `${mode}`)).mode & 0o777).toBe(mode);
    }
  });

  test('that is new has the mode the system gives to new files', async () => {
    writeFileSync(join(folder, 'plain'), '');
    await writeAtomically(path, 'x');
    expect(statSync(path).mode).toBe(statSync(join(folder, 'plain')).mode);
  });

  test('replaces one name of a file and leaves its others', async () => {
    writeFileSync(path, 'old');
    linkSync(path, join(folder, 'second'));
    await writeAtomically(path, 'new', { force: true });
    expect([at.contents(), at.contents('second')]).toEqual(['new', 'old']);
  });

  test('makes a missing last folder, and takes it away again when it is given up', async () => {
    await writeAtomically(join(folder, 'results', 'a.txt'), 'x');
    expect(at.contents('results/a.txt')).toBe('x');
    const output = await openOutput(join(folder, 'other', 'a.txt'));
    expect(at.names()).toEqual(['other', 'results']);
    await output.abandon();
    expect(at.names()).toEqual(['results']);
  });

  test('leaves the folder made for it when something else has come into it', async () => {
    const output = await openOutput(join(folder, 'other', 'a.txt'));
    writeFileSync(join(folder, 'other', 'b.txt'), 'theirs');
    await output.abandon();
    expect(readdirSync(join(folder, 'other'))).toEqual(['b.txt']);
  });

  test('needs the folder above the last one', async () => {
    expect(await refusal(writeAtomically(join(folder, 'a', 'b', 'c.txt'), 'x'), folder)).toBe(
      'E_OUT_DIR: the folder a does not exist.',
    );
    expect(await refusal(writeAtomically(join(folder, 'a', 'b', 'c', 'd.txt'), 'x'), folder)).toBe(
      'E_OUT_DIR: the folder a/b does not exist.',
    );
    expect(at.names()).toEqual([]);
    writeFileSync(path, 'a file');
    expect(await refusal(writeAtomically(join(path, 'c.txt'), 'x'), folder)).toBe(
      'E_OUT_DIR: the folder report.html is not a folder.',
    );
    expect(await refusal(writeAtomically(join(path, 'b', 'c.txt'), 'x'), folder)).toBe(
      'E_OUT_DIR: the folder report.html does not exist.',
    );
  });

  test('names a missing folder as the user did', async () => {
    const before = cwd();
    onTestFinished(() => chdir(before));
    chdir(folder);
    expect(await refusal(writeAtomically('a/b/c.txt', 'x'), folder)).toBe(
      'E_OUT_DIR: the folder a does not exist.',
    );
  });

  test('that is a folder is refused, there or not', async () => {
    mkdirSync(path);
    expect(await refusal(writeAtomically(path, 'x', { force: true }), folder)).toBe(
      'E_OUT_DIR: report.html is a folder.',
    );
    expect(await refusal(writeAtomically(join(folder, 'results/'), 'x'), folder)).toBe(
      'E_OUT_DIR: results/ is a folder.',
    );
    expect(await refusal(writeAtomically('', 'x'), folder)).toBe(
      'E_OPTION: the path is empty text, expected the name of a file.',
    );
  });

  test('through symbolic links lands behind them', async () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'real.html'), 'old');
    symlinkSync('deep/real.html', path);
    symlinkSync('report.html', join(folder, 'again'));
    await writeAtomically(join(folder, 'again'), 'new', { force: true });
    expect(at.contents('deep/real.html')).toBe('new');
    expect(readlinkSync(path)).toBe('deep/real.html');
    expect(at.names()).toEqual(['again', 'deep', 'report.html']);
    expect(await refusal(writeAtomically(path, 'x'), folder)).toBe(
      'E_OUT_EXISTS: report.html exists; pass --force.',
    );
  });

  test('through a link that leads to nothing yet lands where it leads', async () => {
    symlinkSync('later.html', path);
    await writeAtomically(path, 'new');
    expect(at.contents('later.html')).toBe('new');
    expect(readlinkSync(path)).toBe('later.html');
  });

  test('through links in a circle is refused', async () => {
    symlinkSync('report.html', path);
    expect(await refusal(writeAtomically(path, 'x', { force: true }), folder)).toBe(
      'E_OUT_WRITE: report.html cannot be written: its symbolic links run in a circle.',
    );
  });

  test('may have a name of the greatest length', async () => {
    const longest = ['n'.repeat(255), 'ß'.repeat(127), '名'.repeat(85), '😀'.repeat(63)];
    for (const name of longest) await writeAtomically(join(folder, name), 'x');
    expect(at.names()).toEqual(longest.toSorted());
    expect(await refusal(writeAtomically(join(folder, 'n'.repeat(256)), 'x'), folder)).toMatch(
      /^E_OUT_WRITE: .* cannot be written: the name is too long\.$/,
    );
  });

  test.skipIf(!isLinux)('to a device goes there directly, and a full one is told', async () => {
    await writeAtomically('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(await refusal(writeAtomically('/dev/full', 'x'), folder)).toBe(
      'E_OUT_SPACE: no space left while writing /dev/full.',
    );
  });

  test('is given up on request, and the old file stays', async () => {
    writeFileSync(path, 'old');
    const stop = new AbortController();
    function* pieces(): Generator<string> {
      yield 'half';
      stop.abort();
      yield 'more';
    }
    expect(await refusal(writeAtomically(path, pieces(), { force: true, signal: stop.signal }), folder)).toBe(
      'E_ABORTED: stopped on request; nothing was written.',
    );
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
    expect(await refusal(openOutput(path, { force: true, signal: stop.signal }), folder)).toContain(
      'E_ABORTED',
    );
  });

  test('whose pieces fail to come is given up, and that failure told as it is', async () => {
    function* broken(): Generator<string> {
      yield 'half';
      throw new TypeError('of the caller');
    }
    expect(await refusal(writeAtomically(path, broken()), folder)).toBe('of the caller');
    expect(at.names()).toEqual([]);
  });

  test('with an unknown option is refused', async () => {
    expect(await refusal(writeAtomically(path, 'x', { forced: true } as object), folder)).toBe(
      'E_OPTION: unknown option "forced"; did you mean "force"?',
    );
  });
});

describe('two writers at once', () => {
  const texts = ['a', 'b'].map((letter) => letter.repeat(700_000));

  test('under force leave what one of them wrote, whole', async () => {
    await Promise.all(texts.map((text) => writeAtomically(path, text, { force: true })));
    expect(texts.includes(at.contents())).toBe(true);
    expect(at.names()).toEqual(['report.html']);
  });

  test('without force: one writes, the other is refused', async () => {
    const ends = await Promise.all(texts.map((text) => refusal(writeAtomically(path, text), folder)));
    expect(ends.toSorted()).toEqual(['E_OUT_EXISTS: report.html exists; pass --force.', 'no error']);
    expect(at.contents() === texts[ends.indexOf('no error')]).toBe(true);
    expect(at.names()).toEqual(['report.html']);
  });

  test('may both make the folder', async () => {
    await Promise.all(texts.map((text, k) => writeAtomically(join(folder, 'results', `${k}`), text)));
    expect(readdirSync(join(folder, 'results')).sort()).toEqual(['0', '1']);
  });
});
