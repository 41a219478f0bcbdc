import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkOutput, writeAtomically } from '../../../src/node/index.ts';
import { refusal, type TestOutput, testOutput } from './test-output.ts';

const isLinux = process.platform === 'linux';

let at: TestOutput;
let folder: string;
let path: string;
beforeEach(() => {
  at = testOutput();
  ({ folder, path } = at);
});

describe('checking an output beforehand', () => {
  test('finds an input behind other names', async () => {
    const input = join(folder, 'val.csv');
    writeFileSync(input, 'x');
    symlinkSync(input, path);
    linkSync(input, join(folder, 'hard'));
    for (const output of ['val.csv', 'report.html', 'hard', './val.csv']) {
      expect(
        await refusal(checkOutput(join(folder, output), { force: true, inputs: ['none', input] }), folder),
      ).toBe(`E_OUT_SAME: ${join(output)} is also the input.`);
    }
  });

  test('passes what can be written, and makes nothing', async () => {
    writeFileSync(join(folder, 'val.csv'), 'x');
    await checkOutput(path, { inputs: [join(folder, 'val.csv'), '-'] });
    await checkOutput(join(folder, 'new', 'c.json'));
    await checkOutput(join(folder, 'val.csv'), { force: true });
    expect(at.names()).toEqual(['val.csv']);
  });

  test('refuses what writing would refuse', async () => {
    mkdirSync(path);
    writeFileSync(join(folder, 'a'), 'x');
    expect(await refusal(checkOutput(path, { force: true }), folder)).toBe(
      'E_OUT_DIR: report.html is a folder.',
    );
    expect(await refusal(checkOutput(join(folder, 'a')), folder)).toBe(
      'E_OUT_EXISTS: a exists; pass --force.',
    );
    expect(await refusal(checkOutput(join(folder, 'b', 'c', 'd')), folder)).toBe(
      'E_OUT_DIR: the folder b does not exist.',
    );
    expect(await refusal(checkOutput(path, { input: [] } as object), folder)).toContain(
      'did you mean "inputs"?',
    );
  });

  test.skipIf(!isLinux)('refuses a folder that takes no files', async () => {
    expect(await refusal(checkOutput('/proc/self/a.json'), folder)).toMatch(
      /^E_OUT_WRITE: \/proc\/self\/a\.json cannot be written: |^no error$/,
    );
    expect(await refusal(writeAtomically('/proc/self/a.json', 'x'), folder)).toMatch(
      /^E_OUT_WRITE: \/proc\/self\/a\.json cannot be written: /,
    );
  });
});
