import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibratedPieces } from '../../../src/calibrators/apply-temperature.ts';
import { nllCurve, nllCurveOfSet } from '../../../src/calibrators/nll-curve.ts';
import { fitTemperature, temperatureScaling } from '../../../src/calibrators/temperature.ts';
import { fitTemperatureOfSet } from '../../../src/calibrators/temperature-of-set.ts';
import type { AnySet, StoredSet } from '../../../src/core/stored-set.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { evaluate } from '../../../src/evaluation/evaluate.ts';
import { evaluateCrossFitted } from '../../../src/evaluation/evaluate-cross-fitted.ts';
import { formatNpy } from '../../../src/io/format-npy.ts';
import { parseCsv, parseCsvPair } from '../../../src/io/parse-csv.ts';
import type { CsvOptions, LoadedStoredSet } from '../../../src/io/scored-set-input.ts';
import { storeCsv, storeCsvPair } from '../../../src/io/stream-csv.ts';
import { loadStored, loadStoredScores } from '../../../src/node/load-stored.ts';
import { spillStorage } from '../../../src/node/spill-storage.ts';
import { sampleTables } from './stored-sets.ts';

/** Bytes of numbers in memory: none, some, all but the last. */
const limits = [0, 20_000, 400_000];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'calibrant-stored-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Works on a set whose numbers are in files beyond a limit. */
async function withStored<Result>(
  text: string,
  options: CsvOptions,
  limit: number,
  work: (set: LoadedStoredSet) => Result,
): Promise<Result> {
  const storage = spillStorage(limit, folder);
  try {
    return work(await storeCsv(pieces(text, 30_000), options, storage));
  } finally {
    storage.release();
  }
}

describe.each(sampleTables)('a set of $name in files', ({ text, options }) => {
  const held = parseCsv(text, options);
  const { scores, labels, kind, weights } = held;
  const fitOptions = { input: kind, ...(weights === undefined ? {} : { weights }) };
  const model = fitTemperature(scores, labels, fitOptions);

  test.each(limits)('of which %i bytes are in memory is judged to the same bits', async (limit) => {
    const judge = (set: Parameters<typeof evaluate>[0]): string =>
      JSON.stringify([
        evaluate(set),
        evaluate(set, { model, resamples: 100, bins: 7, edges: 'left-closed' }),
      ]);
    const told = await withStored(text, options, limit, (set) => [set.dataHash, set.notices, judge(set)]);
    expect(told).toEqual([held.dataHash, held.notices, judge(held)]);
  });

  test('is judged to the same bits on bins of equal mass', async () => {
    const judge = (set: Parameters<typeof evaluate>[0]): string =>
      JSON.stringify(evaluate(set, { scheme: 'equal-mass', bins: 12 }));
    expect(await withStored(text, options, 0, judge)).toBe(judge(held));
  });

  test('looks to the doctor as in memory', async () => {
    const seen = await withStored(text, options, 0, (set) => diagnose(set, { lines: set.lines }));
    expect(seen).toEqual(diagnose(held, { lines: held.lines }));
  });

  test('gets the same temperature to the last bit', async () => {
    const found = await withStored(text, options, 0, (set) => JSON.stringify(fitTemperatureOfSet(set)));
    expect(found).toBe(JSON.stringify(model));
  });

  test.each(limits)('of which %i bytes are in memory is cross-fitted to the same bits', async (limit) => {
    const judge = (set: AnySet): string =>
      JSON.stringify(evaluateCrossFitted(set, temperatureScaling, { folds: 3, resamples: 100 }));
    expect(await withStored(text, options, limit, judge)).toBe(judge(held));
  });

  test('has the same NLL at every temperature', async () => {
    const curve = (set: AnySet): string => JSON.stringify(nllCurveOfSet(set, { points: 5, around: 2 }));
    expect(await withStored(text, options, 0, curve)).toBe(curve(held));
    expect(curve(held)).toBe(
      JSON.stringify(nllCurve(scores, labels, { ...fitOptions, points: 5, around: 2 })),
    );
  });

  test('is calibrated to the same bits', async () => {
    const calibrated = (set: StoredSet): number[] =>
      [...calibratedPieces(model, set.scores)].flatMap(({ data }) => [...data]);
    const found = await withStored(text, options, 0, calibrated);
    expect(found).toEqual([...temperatureScaling.predict(model, scores).data]);
  });
});

describe('a fit of a set in files', () => {
  test.each([
    ['separable', '3,0,0\n0,2,1\n4,1,0\n'],
    ['constant', '1,1,0\n2,2,1\n'],
    ['no-signal', '3,0,1\n0,2,0\n1,0,0\n'],
    ['converged', '1e300,0,0\n0,1e300,0\n1e300,0,0\n'],
    ['converged', '1,0,0\n0,1,0\n1,0,0\n0,1,1\n'],
  ])('that ends %s says the same', async (status, rows) => {
    const text = `a,b,label\n${rows}`;
    const { scores, labels } = parseCsv(text);
    const expected = fitTemperature(scores, labels);
    expect(expected.status).toBe(status);
    const found = await withStored(text, {}, 0, (set) => JSON.stringify(fitTemperatureOfSet(set)));
    expect(found).toBe(JSON.stringify(expected));
  });

  test('refuses a true class of probability 0 at its row, and less than two rows', async () => {
    const fitting = (set: StoredSet) => () => fitTemperatureOfSet(set);
    const zero = 'a,b,label\n0.5,0.5,0\n1,0,1\n';
    await withStored(zero, { input: 'probabilities' }, 0, (set) =>
      expect(fitting(set)).toThrow(/^E_PROB_ZERO_TRUE: row index 1: /),
    );
    await withStored('a,b,label\n1,2,0\n', {}, 0, (set) =>
      expect(fitting(set)).toThrow(/^E_TOO_FEW: 1 row; /),
    );
  });
});

describe('the loaders of sets of any size', () => {
  test('join labels of a second source, rows left out on either side', async () => {
    const scores = 'a,b\n1,2\nnan,1\n3,4\n5,7\n0,2\n';
    const labels = 'label\n0\n1\nnan\n1\n-100\n';
    const options = { dropBad: true, ignoreLabel: '-100' };
    const held = parseCsvPair(scores, labels, options);
    const storage = spillStorage(0, folder);
    const set = await storeCsvPair(pieces(scores, 3), pieces(labels, 3), options, storage);
    expect([set.dataHash, set.notices]).toEqual([held.dataHash, held.notices]);
    expect([...set.lines.read(0, set.lines.length)]).toEqual([...held.lines]);
    expect(JSON.stringify(evaluate(set))).toBe(JSON.stringify(evaluate(held)));
    storage.release();
  });

  test('read arrays row by row, in their precision', async () => {
    const data = Float32Array.from(
      { length: 60_000 },
      (_, j) => (j % 3 === 2 ? (j / 3) % 2 : Math.sin(j)) | 0,
    );
    const path = join(folder, 'scores.npy');
    writeFileSync(path, Buffer.concat([...formatNpy({ data, rows: 20_000, columns: 3 })]));
    const set = await loadStored(path, { temporaryFolder: folder });
    const held = parseCsv(Buffer.concat([...formatNpy({ data, rows: 20_000, columns: 3 })]));
    expect(set.scores.read(0, 1)).toBeInstanceOf(Float32Array);
    expect(JSON.stringify(evaluate(set))).toBe(JSON.stringify(evaluate(held)));
    set.release();
  });

  test('leave no file behind, whatever the end', async () => {
    const before = readdirSync(folder);
    const path = join(folder, 'bad.csv');
    writeFileSync(path, 'a,b,label\n1,2,0\n3,x,1\n');
    await expect(loadStored(path, { temporaryFolder: folder })).rejects.toThrow(/^E_NUM: .*bad\.csv line 3/);
    writeFileSync(path, 'a,b\n1,2\n');
    const set = await loadStoredScores(path, { maxMemory: 128e6, temporaryFolder: folder });
    expect([...set.scores.read(0, 1)]).toEqual([1, 2]);
    set.release();
    rmSync(path);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('refuse too little memory', async () => {
    await expect(loadStored('x.csv', { maxMemory: 1000 })).rejects.toThrow(
      /^E_OPTION: option "maxMemory" must be a whole number 128000000\.\./,
    );
  });
});

describe('an array in Fortran order', () => {
  const [rows, columns] = [3000, 60];
  /** More than a block of rows, every number another. */
  const valueAt = (i: number, k: number): number => ((i * 7 + k * 13) % 1009 === 0 ? -0.5 : i + k / 64);

  function fortran(): Uint8Array {
    const text = `{'descr': '<f8', 'fortran_order': True, 'shape': (${rows}, ${columns}), }`;
    const header = Buffer.from(
      `\x93NUMPY\x01\x00${String.fromCharCode(118, 0)}${text.padEnd(117)}\n`,
      'latin1',
    );
    const data = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i += 1) for (let k = 0; k < columns; k += 1) data[k * rows + i] = valueAt(i, k);
    return Buffer.concat([header, new Uint8Array(data.buffer)]);
  }

  async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 70_001) yield bytes.slice(at, at + 70_001);
  }

  test.each([0, 1e9])('has its rows put together with %i bytes in memory', async (limit) => {
    const storage = spillStorage(limit, folder);
    try {
      const labels = Array.from({ length: rows }, (_, i) => `${i % columns}\n`).join('');
      const set = await storeCsvPair(cut(fortran()), cut(Buffer.from(labels)), {}, storage);
      expect([set.scores.rows, set.scores.columns]).toEqual([rows, columns]);
      const read = set.scores.read(0, rows);
      const wrong = Array.from(read).filter(
        (value, at) => value !== valueAt(Math.floor(at / columns), at % columns),
      );
      expect(wrong).toEqual([]);
    } finally {
      storage.release();
    }
  });
});
