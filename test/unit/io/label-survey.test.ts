import { describe, expect, test } from 'vitest';
import { CalibrationError, parseCsv } from '../../../src/index.ts';

/** The label columns that the refusal of a table proposes, in order. */
function proposed(text: string): readonly (string | number | undefined)[] {
  try {
    parseCsv(text);
  } catch (error) {
    if (error instanceof CalibrationError && error.code === 'E_LABEL_COLUMN') {
      return (error.suggestions ?? []).flatMap(({ label }) => (label === undefined ? [] : [label]));
    }
    throw error;
  }
  throw new Error('read');
}

const table = (header: string, row: (i: number) => string, rows = 40): string =>
  `${header}\n${Array.from({ length: rows }, (_, i) => row(i)).join('\n')}\n`;

describe('columns proposed as labels', () => {
  test('leave out those of as many values as rows', () => {
    const text = table('income,default,prob', (i) => `${1000 + 37 * i},${i % 2},0.${i + 10}`);
    expect(proposed(text)).toEqual(['default']);
  });

  test('begin with class numbers of few values, of which three are named', () => {
    const row = (i: number): string => `${i % 5},${20 + (i % 4)},${i % 2},7,${1 + (i % 3)},0.${i + 10}`;
    expect(proposed(table('kids,rooms,bought,year_built,grade_of,risk', row))).toEqual([
      'bought',
      'grade_of',
      'kids',
    ]);
  });

  test('begin with the one that has as many values as there are scores', () => {
    const row = (i: number): string => `${i % 2},0.5,1.5,0.${i + 10},${i % 3}`;
    expect(proposed(table('urban,logit_0,logit_1,logit_2,kind', row))).toEqual(['kind', 'urban']);
  });

  test('of a table without header leave out names of rows', () => {
    const text = Array.from({ length: 40 }, (_, i) => `cat${i}.png,0.${i + 10},1.5,${'ab'[i % 2]}`).join(
      '\n',
    );
    expect(proposed(text)).toEqual([4]);
  });

  test('are all proposed where each has as many values as rows', () => {
    expect(proposed(table('a_n,b_n,risk', (i) => `${1000 + i * i},${5000 - i * i},0.${i + 10}`))).toEqual([
      'a_n',
      'b_n',
    ]);
  });

  test('come before a fault further on in the text', () => {
    const text = table('income,default,prob', (i) => `${1000 + 37 * i},${i % 2},0.${i + 10}`, 12);
    expect(proposed(`${text}"open`)).toEqual(['default']);
  });
});
