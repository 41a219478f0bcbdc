import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { parseCsvPair } from '../../../src/io/index.ts';
import type { CsvOptions } from '../../../src/io/scored-set-input.ts';

const scores = ['0.5,1.5,2.5', '3.5,1.25,0.5', '0.25,4.5,1.5', '1.5,0.5,0.25'];
const labels = [2, 0, 1, 0];

function lines(header: string, rows: readonly unknown[]): string {
  return [...(header === '-' ? [] : [header]), ...rows].join('\n');
}

function refusal(scoreText: string, labelText: string, options: CsvOptions = {}): CalibrationError {
  try {
    parseCsvPair(scoreText, labelText, options);
  } catch (error) {
    if (error instanceof CalibrationError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('labels of a second source', () => {
  test.each([
    ['-', '-'],
    ['0,1,2', '0'],
    ['0,1,2', '-'],
    ['0,1,2', 'label'],
    ['logit_0,logit_1,logit_2', 'truth'],
    ['logit_0,logit_1,logit_2', '-'],
  ])('under %s and %s are those of the rows without header', (header, labelHeader) => {
    const set = parseCsvPair(lines(header, scores), lines(labelHeader, labels));
    expect([...set.scores.data]).toEqual(scores.flatMap((row) => row.split(',').map(Number)));
    expect([...set.labels]).toEqual(labels);
  });

  test.each([
    [',0', (k: number, i: number) => `${i},${k}`],
    ['id,target', (k: number, i: number) => `${i},${k}`],
    ['prediction,truth', (k: number) => `0,${k}`],
    ['0,1,2', (k: number) => [0, 1, 2].map((c) => Number(c === k)).join(',')],
    ['-', (k: number) => [0, 1, 2].map((c) => Number(c === k)).join(',')],
    ['y_0,y_1,y_2', (k: number) => [0, 1, 2].map((c) => Number(c === k)).join(',')],
  ])('may be a table: %s', (header, row) => {
    const set = parseCsvPair(lines('-', scores), lines(header, labels.map(row)));
    expect([...set.labels]).toEqual(labels);
  });

  test('with one row more or less say which header option helps, and it does', () => {
    const error = refusal(lines('-', scores), lines('0', labels));
    expect(error.code).toBe('E_ROWS');
    expect(error.suggestions).toMatchObject([{ labelsHeader: 'present' }]);
    const set = parseCsvPair(lines('-', scores), lines('0', labels), { labelsHeader: 'present' });
    expect([...set.labels]).toEqual(labels);
    const missing = refusal(lines('0,1,2', scores), lines('-', [1, ...labels]));
    expect(missing.suggestions).toMatchObject([{ header: 'absent', labelsHeader: 'absent' }]);
    const whole = parseCsvPair(lines('0,1,2', scores), lines('-', [1, ...labels]), { header: 'absent' });
    expect([...whole.labels]).toEqual([1, ...labels]);
  });

  test('are not shifted where a text label is one too many', () => {
    const error = refusal(lines('cat,dog,fox', scores), lines('-', ['fox', 'fox', 'cat', 'dog', 'cat']));
    expect(error.code).toBe('E_ROWS');
  });

  test('that cannot be told apart are refused with their columns', () => {
    const error = refusal(
      lines('-', scores),
      lines(
        '-',
        labels.map((k, i) => `${i},${k}`),
      ),
    );
    expect(error.code).toBe('E_LABEL_COLUMN');
    expect(error.suggestions).toMatchObject([{ label: 1 }, { label: 2 }]);
  });
});

describe('a column of ids in both sources', () => {
  const ids = ['a7', 'b', '3', 'x'];
  const withIds = (header: string, order: readonly number[], rows: readonly unknown[]): string =>
    lines(
      header,
      order.map((i) => `${ids[i]},${rows[i]}`),
    );

  test('in the same order lets rows be paired, and is said', () => {
    const set = parseCsvPair(
      withIds('image_id,cat,dog,fox', [0, 1, 2, 3], scores),
      withIds('Image ID,label', [0, 1, 2, 3], labels),
    );
    expect([...set.labels]).toEqual(labels);
    expect(set.notices.map(({ code }) => code)).toContain('W_ROWS_PAIRED');
  });

  test('in another order stops the reading', () => {
    const error = refusal(
      withIds('image_id,cat,dog,fox', [0, 1, 2, 3], scores),
      withIds('image_id,label', [0, 2, 1, 3], labels),
    );
    expect(error.code).toBe('E_ROW_ORDER');
    expect(error.message).toContain('first in row 2');
  });

  test('counts without a name too', () => {
    const error = refusal(
      withIds(',cat,dog,fox', [0, 1, 2, 3], scores),
      withIds('Unnamed: 0,label', [3, 2, 1, 0], labels),
    );
    expect(error.code).toBe('E_ROW_ORDER');
  });

  test.each([
    ['of one unknown header', 'sku,cat,dog,fox', 'sku,label'],
    ['of two headers', 'image_id,cat,dog,fox', 'file,label'],
    ['of an unknown and a known header', 'sku,cat,dog,fox', 'id,label'],
  ])('%s may not differ either', (_, header, labelHeader) => {
    const error = refusal(withIds(header, [0, 1, 2, 3], scores), withIds(labelHeader, [0, 2, 1, 3], labels));
    expect(error.code).toBe('E_ROW_ORDER');
    expect(error.message).toMatch(/(?:first in|from) row 2/);
    const set = parseCsvPair(
      withIds(header, [0, 1, 2, 3], scores),
      withIds(labelHeader, [0, 1, 2, 3], labels),
    );
    expect([...set.labels]).toEqual(labels);
    expect(set.notices.map(({ code }) => code)).toContain('W_ROWS_PAIRED');
  });

  /** Rows whose first column numbers them, without a header. */
  const numbered = (order: readonly number[], rows: readonly unknown[]): string =>
    lines(
      '-',
      order.map((i) => `${i + 11},${rows[i]}`),
    );

  test('without a header may not differ either', () => {
    const left = numbered([0, 1, 2, 3], scores);
    expect(refusal(left, numbered([3, 1, 2, 0], labels), { label: 2 }).code).toBe('E_ROW_ORDER');
    const set = parseCsvPair(left, numbered([0, 1, 2, 3], labels), { label: 2 });
    expect([...set.labels]).toEqual(labels);
  });

  test('of texts without a header may not differ either', () => {
    const named = (order: readonly number[], rows: readonly unknown[]): string =>
      withIds('-', order, rows).replaceAll(/^/gm, 'row ');
    const left = named([0, 1, 2, 3], scores);
    expect(refusal(left, named([3, 1, 2, 0], labels), { label: 2 }).code).toBe('E_ROW_ORDER');
    const set = parseCsvPair(left, named([0, 1, 2, 3], labels), { label: 2 });
    expect([...set.labels]).toEqual(labels);
  });

  test('that count the rows of one file alone do not matter where the ids agree', () => {
    const order = [2, 0, 3, 1];
    const set = parseCsvPair(
      lines(
        ',nr,cat,dog,fox',
        order.map((i, row) => `${row},${i},${scores[i]}`),
      ),
      lines(
        'nr,label',
        order.map((i) => `${i},${labels[i]}`),
      ),
    );
    expect([...set.labels]).toEqual(order.map((i) => labels[i]));
  });

  test('must tell the rows apart to be compared under two headers', () => {
    const set = parseCsvPair(
      lines(
        'split,cat,dog,fox',
        scores.map((row, i) => `${i % 2},${row}`),
      ),
      lines(
        'half,label',
        labels.map((k, i) => `${i < 2 ? 0 : 1},${k}`),
      ),
    );
    expect(set.notices.map(({ code }) => code)).not.toContain('W_ROWS_PAIRED');
    expect(set.notices.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('1 column is left out: "half" (not the label column).'),
    );
  });
});

test('one column of zeros and ones beside an id holds the labels of a single score', () => {
  const single = lines(
    'id,score',
    [5, 6, 7, 8].map((id, i) => `${id},${scores[i]!.split(',')[0]}`),
  );
  const truth = lines(
    'id,Survived',
    [5, 6, 7, 8].map((id, i) => `${id},${i % 2}`),
  );
  expect([...parseCsvPair(single, truth).labels]).toEqual([0, 1, 0, 1]);
  const oneHot = lines('no,yes', ['1,0', '0,1', '0,1', '1,0']);
  expect([
    ...parseCsvPair(lines('score', [1.5, 2.5, 0.5, 0.25]), oneHot, { classNames: ['no', 'yes'] }).labels,
  ]).toEqual([0, 1, 1, 0]);
});
