import { describe, expect, test } from 'vitest';
import { parseCsv, parseCsvPair, streamCsv } from '../../../src/io/index.ts';

const text = 'a,b,label,region,age\n1,2,0,north,30\n2,1,1, south ,40\nNaN,1,1,east,50\n0,1,0,north,\n';

/** The texts of the rows of each kept column. */
function textsOf({ kept = [] }: ReturnType<typeof parseCsv>): (string | undefined)[][] {
  return kept.map(({ ids, texts }) => Array.from(ids, (id) => texts[id]));
}

describe('columns that are kept', () => {
  test('come beside the set, row by row, without those left out, and are no scores', () => {
    const set = parseCsv(text, { keep: ['region', 5], dropBad: true });
    expect(set.scores).toMatchObject({ rows: 3, columns: 2 });
    expect(set.kept!.map(({ name }) => name)).toEqual(['region', 'age']);
    expect(textsOf(set)).toEqual([
      ['north', 'south', 'north'],
      ['30', '40', ''],
    ]);
    expect(set.columns).toContain('"region" kept as texts');
  });

  test('may be the labels, which are found all the same', () => {
    const set = parseCsv('a,b,label\n1,2,0\n3,1,1\n', { keep: ['label'] });
    expect([...set.labels]).toEqual([0, 1]);
    expect(textsOf(set)).toEqual([['0', '1']]);
  });

  test('are not asked for by default, and change nothing else', () => {
    const plain = parseCsv('a,b,label\n1,2,0\n3,1,1\n');
    const wide = parseCsv('a,b,label,who\n1,2,0,x\n3,1,1,y\n', { keep: ['who'] });
    expect(plain.kept).toBeUndefined();
    expect(wide.dataHash).toBe(plain.dataHash);
  });

  test('lose the rows whose labels of another source are ignored', () => {
    const set = parseCsvPair('a,b,who\n1,2,x\n3,1,y\n0,1,x\n', '0\n-100\n1\n', {
      keep: ['who'],
      ignoreLabel: '-100',
    });
    expect(textsOf(set)).toEqual([['x', 'x']]);
  });

  test('are the same from a stream', async () => {
    const bytes = new TextEncoder().encode(text);
    const body = new Blob([bytes.slice(0, 30), bytes.slice(30)]).stream();
    const set = await streamCsv(body, { keep: ['region'], ignore: ['age'], dropBad: true });
    expect(textsOf(set)).toEqual([['north', 'south', 'north']]);
  });

  test('must exist', () => {
    expect(() => parseCsv(text, { keep: ['regoin'] })).toThrow('E_COLUMN: there is no column "regoin"');
  });
});
