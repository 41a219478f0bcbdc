import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatNpy, parseCsv, parseScores } from '../../../src/io/index.ts';
import { loadCsv, loadCsvPair, loadScores } from '../../../src/node/index.ts';
import { gzipMember, piecesOf } from './gzip-members.ts';
import { type TestInput, testInput } from './test-input.ts';

const text = 'a,b,label\n1,2,0\n3,1,0\n0,2,1\n';

let folder: string;
let written: TestInput['written'];
let refusal: TestInput['refusal'];
beforeEach(() => {
  ({ folder, written, refusal } = testInput());
});

describe('a file of scores', () => {
  test('holds what its text holds, plain or packed', async () => {
    for (const contents of [text, gzipSync(text)]) {
      const path = written('val.csv', contents);
      expect(await loadCsv(path)).toEqual(parseCsv(text));
      expect(await loadScores(path)).toEqual(parseScores(text));
    }
  });

  test('of several megabytes holds what its text holds, wherever its bytes are cut for reading', async () => {
    for (const odd of ['', '"0.5",2,0\n']) {
      const half = Array.from({ length: 90_000 }, (_, i) => `${i / 7},-${i % 11}.25,${i % 2}\n`).join('');
      const large = `a,b,label\n${half}${odd}${half}`;
      expect(large.length).toBeGreaterThan(2 ** 22);
      const wanted = parseCsv(large);
      const set = await loadCsv(written('large.csv', large));
      expect([set.dataHash, set.lines]).toEqual([wanted.dataHash, wanted.lines]);
      const array = Buffer.concat([...formatNpy(wanted.scores)]);
      expect((await loadScores(written('large.npy', array))).scores).toEqual(wanted.scores);
    }
  });

  test('may be a NumPy array, packed or not, with its labels in a text or in another', async () => {
    const array = (data: Float64Array, rows: number, columns: number): Buffer =>
      Buffer.concat([...formatNpy({ data, rows, columns })]);
    const scores = array(Float64Array.of(1, 2, 3, 1, 0, 2), 3, 2);
    const wanted = await loadCsvPair(written('s.csv', '1,2\n3,1\n0,2\n'), written('y.txt', '0\n0\n1\n'));
    for (const file of [written('s.npy', scores), written('s.npy.gz', gzipSync(scores))]) {
      for (const labels of [join(folder, 'y.txt'), written('y.npy', array(Float64Array.of(0, 0, 1), 3, 1))]) {
        const set = await loadCsvPair(file, labels);
        expect([set.dataHash, set.lines]).toEqual([wanted.dataHash, wanted.lines]);
      }
    }
    const table = array(Float64Array.of(1, 2, 0, 3, 1, 0, 0, 2, 1), 3, 3);
    expect((await loadCsv(written('val.npy', table))).dataHash).toBe(wanted.dataHash);
  });

  test('may have its labels in another', async () => {
    const all = await loadCsv(written('all.csv', text));
    const scores = written('z.csv', 'a,b\n1,2\n3,1\n0,2\n');
    const labels = written('y.csv.gz', gzipSync('0\n0\n1\n'));
    const pair = await loadCsvPair(scores, labels);
    expect([pair.scores, pair.labels, pair.dataHash]).toEqual([all.scores, all.labels, all.dataHash]);
  });

  test('is named in what is wrong with it, as is the file of labels', async () => {
    const bad = written('val.csv', 'a,b,label\n1,2,0\n1,x,0\n');
    expect(await refusal(loadCsv(bad))).toBe(
      'E_NUM: val.csv line 3, column "b": "x" is not a decimal number.',
    );
    const scores = written('z.csv', 'a,b\n1,2\n3,1\n');
    const labels = written('y.csv', '0\n7\n');
    expect(await refusal(loadCsvPair(scores, labels))).toMatch(/^E_LABEL_RANGE: y\.csv line 2/);
    expect(await refusal(loadCsvPair(scores, written('y.csv', '0\n')))).toBe(
      'E_ROWS: z.csv has 2 rows, y.csv has 1.',
    );
  });

  test.for<[string, string | Uint8Array, RegExp]>([
    ['a zip archive', 'PK\u0003\u0004rest', /^E_ZIP: val\.csv: it has no directory at its end/],
    [
      'a NumPy array',
      Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0),
      /^E_NPY_HEADER: val\.csv: the file ends inside its header/,
    ],
    ['Zstandard data', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0), /^E_FORMAT: val\.csv is Zstandard data/],
    ['bzip2 data', 'BZh91AY', /^E_FORMAT: val\.csv is bzip2 data/],
    ['xz data', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0), /^E_FORMAT: val\.csv is xz data/],
    ['a Parquet file', 'PAR1rest', /^E_FORMAT: val\.csv is a Parquet file/],
    [
      'an array in gzip',
      gzipSync(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)),
      /^E_NPY_HEADER: val\.csv: the file ends inside its header/,
    ],
    ['nothing', '', /^E_EMPTY: val\.csv has no rows\.$/],
    ['nothing in gzip', gzipSync(''), /^E_EMPTY: val\.csv has no rows\.$/],
  ])('that holds %s is refused', async ([, contents, line]) => {
    expect(await refusal(loadCsv(written('val.csv', contents)))).toMatch(line);
  });

  test('that is missing is told before anything is read, also when it is the one of labels', async () => {
    const scores = written('z.csv', 'a,b\n1,not a number\n');
    expect(await refusal(loadCsvPair(scores, join(folder, 'y.csv')))).toBe(
      'E_IN_MISSING: there is no file "y.csv"; did you mean "z.csv"?',
    );
  });

  test('that is damaged in gzip is said to be, though its text looks wrong first', async () => {
    const wrong = Uint8Array.from(gzipMember('a,b,label\n1,2,0\n1,x,0\n'));
    wrong[wrong.length - 8]! ^= 1;
    expect(await refusal(loadCsv(written('val.csv.gz', wrong)))).toMatch(
      /^E_GZIP_CRC: val\.csv\.gz: checksum does not match at byte \d+; the file is damaged\.$/,
    );
    const sound = written('val.csv.gz', gzipMember('a,b,label\n1,2,0\n1,x,0\n'));
    expect(await refusal(loadCsv(sound))).toMatch(/^E_NUM: val\.csv\.gz line 3/);
  });

  test('with a wrong option is refused for that', async () => {
    const path = written('val.csv.gz', gzipSync(text));
    expect(await refusal(loadCsv(path, { labels: 'y' } as object))).toBe(
      'E_OPTION: unknown option "labels"; did you mean "label"?',
    );
  });

  test('stops being read on request', async () => {
    expect(await refusal(loadCsv(written('val.csv', text), { signal: AbortSignal.abort() }))).toContain(
      'E_ABORTED: ',
    );
  });

  test('and one of labels tell progress together', async () => {
    const scores = written('z.csv', 'a,b\n1,2\n3,1\n');
    const labels = written('y.csv', '0\n1\n');
    const seen: (number | undefined)[][] = [];
    await loadCsvPair(scores, labels, { onProgress: (...told) => seen.push(told) });
    expect(seen).toEqual([
      [12, 16],
      [16, 16],
    ]);
  });
});

describe('standard input', () => {
  test('is read for - and called by its name', async () => {
    const stdin = (): AsyncIterable<Uint8Array> => piecesOf(Buffer.from('a,b,label\n1,2,0\n1,x,0\n'), 3);
    expect(await refusal(loadCsv('-', { stdin: stdin() }))).toBe(
      'E_NUM: standard input line 3, column "b": "x" is not a decimal number.',
    );
  });

  test('may give the labels of a file, with no total for progress', async () => {
    const seen: (number | undefined)[][] = [];
    const set = await loadCsvPair(written('z.csv', 'a,b\n1,2\n3,1\n'), '-', {
      stdin: piecesOf(gzipSync('1\n0\n')),
      onProgress: (...told) => seen.push(told),
    });
    expect([...set.labels]).toEqual([1, 0]);
    expect(seen.every(([, total]) => total === undefined)).toBe(true);
  });

  test('cannot give both', async () => {
    expect(await refusal(loadCsvPair('-', '-'))).toBe(
      'E_USAGE: scores and labels cannot both come from standard input.',
    );
  });
});
