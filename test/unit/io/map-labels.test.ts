import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { parseCsv, parseCsvPair } from '../../../src/io/parse-csv.ts';
import type { CsvOptions } from '../../../src/io/scored-set-input.ts';

/** A column of scores, or three, with these labels. */
function table(labels: readonly string[], header = 'p'): string {
  const width = header.split(',').length;
  const scores = (i: number): string =>
    Array.from({ length: width }, (_, k) => `0.${i + 1}${k + 1}`).join(',');
  return [`${header},label`, ...labels.map((label, i) => `${scores(i)},${label}`), ''].join('\n');
}

const labelsOf = (text: string, options: CsvOptions = {}): number[] => [...parseCsv(text, options).labels];

function hintOf(text: string, options: CsvOptions = {}): string | undefined {
  try {
    parseCsv(text, options);
  } catch (error) {
    if (error instanceof CalibrationError) return error.hint;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('label texts that are read', () => {
  test.each([
    [['1.000000000000000000e+00', '0.000000000000000000e+00']],
    [['1.0', '0.0']],
    [['+1', '0']],
    [['True', 'False']],
    [['TRUE', 'FALSE']],
    [['true', 'False']],
  ])('%j are classes 1 and 0, in one file and in two', (texts) => {
    expect(labelsOf(table(texts))).toEqual([1, 0]);
    const apart = parseCsvPair('p\n0.25\n0.5\n', `label\n${texts.join('\n')}\n`);
    expect([...apart.labels]).toEqual([1, 0]);
  });

  test('a whole number in any form is the class of that name', () => {
    expect(labelsOf(table(['7.0', '3', '1.2e+01'], 'p_3,p_7,p_12'))).toEqual([1, 0, 2]);
    expect(labelsOf(table(['1.0', '-1', '+1']), { classNames: ['-1', '1'] })).toEqual([1, 0, 1]);
  });

  test('counting from 1 works for one column, two, and labels as floats', () => {
    expect(labelsOf(table(['2', '1']), { labelBase: 1 })).toEqual([1, 0]);
    expect(labelsOf(table(['2.0', '1.0'], 'a,b'), { labelBase: 1 })).toEqual([1, 0]);
  });

  test('a label to ignore is found in every form of its number', () => {
    const texts = ['1.0', '-100.0', '-1.000e+02', '0.0'];
    expect(labelsOf(table(texts), { ignoreLabel: -100 })).toEqual([1, 0]);
    const apart = parseCsvPair('p\n0.2\n0.3\n0.4\n0.5\n', texts.join('\n'), { ignoreLabel: '-100' });
    expect([...apart.labels]).toEqual([1, 0]);
  });

  test('True and False are not guessed for columns with names of their own', () => {
    expect(hintOf(table(['True', 'False'], 'yes,no'))).toBe(
      'Pass --class-names=False,True if column "no" is that of "True", --class-names=True,False if it is that of "False".',
    );
  });
});

describe('hints', () => {
  test.each<[string, readonly string[], string, CsvOptions, string | undefined]>([
    ['two classes', ['1', '-1'], 'p', {}, 'Pass --class-names=-1,1 if the score is that of class 1.'],
    [
      'two classes as floats',
      ['1.0', '-1.0'],
      'p',
      {},
      'Pass --class-names=-1,1 if the score is that of class 1.',
    ],
    ['two columns', ['1', '-1'], 'neg,pos', {}, 'Pass --class-names=-1,1 if the columns are in that order.'],
    ['2 and 4', ['2', '4'], 'a,b', {}, 'Pass --class-names=2,4 if the columns are in that order.'],
    ['counted from 1', ['2', '1'], 'p', {}, 'Pass --label-base 1 if the first class is 1.'],
    ['the last of K', ['2', '2.0'], 'a,b', {}, 'Pass --label-base 1 if the first class is 1.'],
    [
      'counted from 0 after all',
      ['1', '0'],
      'a,b',
      { labelBase: 1 },
      'Leave out --label-base 1: the labels start at 0.',
    ],
    ['a marker', ['1', '0', '-1'], 'p', {}, 'Pass --ignore-label=-1 if -1 marks rows without a label.'],
    [
      '255',
      ['1', '0', '2', '255'],
      'a,b,c',
      {},
      'Pass --ignore-label=255 if 255 marks rows without a label.',
    ],
    [
      'a marker beside 1..K',
      ['1', '3', '2', '-100'],
      'a,b,c',
      {},
      'Pass --ignore-label=-100 --label-base 1 if -100 marks rows without a label.',
    ],
    [
      'a marker or a class',
      ['1', '0', '-1'],
      'a,b,c',
      {},
      'Pass --class-names=-1,0,1 if the columns are in that order, or --ignore-label=-1 if -1 marks rows without a label.',
    ],
    ['one too many', ['1', '0', '2'], 'a,b', {}, undefined],
    ['missing', ['1', 'NA', '0'], 'a,b', {}, 'Pass --ignore-label=NA to leave out rows without a label.'],
    [
      'yes and no',
      ['yes', 'no'],
      'p',
      {},
      'Pass --class-names=no,yes if the score is that of "yes", --class-names=yes,no if it is that of "no".',
    ],
    [
      'case',
      ['Cat', 'DOG'],
      'cat,dog,fox',
      {},
      'Pass --class-names=Cat,DOG,fox to spell the classes as the labels do.',
    ],
    [
      'names without columns',
      ['fox', 'cat', 'red dog'],
      'logit_0,logit_1,logit_2',
      {},
      'Pass --class-names with the names in column order, --class-names="cat,fox,red dog" if the columns are sorted by name.',
    ],
  ])('for %s', (_, texts, header, options, hint) => {
    expect(hintOf(table(texts, header), options)).toBe(hint);
  });

  test('labels from 1 beside one column are said to need 0 and 1', () => {
    expect(() => parseCsv(table(['2', '1']))).toThrow(
      'E_LABEL_BASE: labels run 1..2 but one logit column needs 0 and 1. Pass --label-base 1 if the first class is 1.',
    );
  });
});
