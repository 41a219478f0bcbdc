import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../src/core/errors.ts';
import { noticeCodes } from '../../src/core/notices.ts';
import { filesBelow, read } from './source-files.ts';

const sources = filesBelow('src', '.ts').filter((path) => !/core\/(errors|notices)\.ts$/.test(path));
const raised = sources.map(read).join('\n');
const tests = [...filesBelow('test', '.ts'), ...filesBelow('test', '.error')]
  .filter((path) => !path.startsWith('test/architecture/'))
  .map(read)
  .join('\n');
const page = read('docs/errors.md');
const codes = [...errorCodes, ...noticeCodes];
const mentions = (text: string, code: string): boolean => new RegExp(`\\b${code}\\b`).test(text);

describe('the error catalogue', () => {
  test('has a row in docs/errors.md for every code, and none besides', () => {
    const rows = [...page.matchAll(/^\| `([EW]_[A-Z_0-9]+)` \|/gm)].map(([, code]) => code);
    expect(rows.toSorted()).toEqual(codes.toSorted());
  });

  test('holds no code that nothing raises', () => {
    expect(codes.filter((code) => !mentions(raised, code))).toEqual([]);
  });

  test('holds no code that no test provokes, but for our own faults', () => {
    const provokable = codes.filter((code) => !code.startsWith('E_INTERNAL'));
    expect(provokable.filter((code) => !mentions(tests, code))).toEqual([]);
  });
});
