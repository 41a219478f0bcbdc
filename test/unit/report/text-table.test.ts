import { describe, expect, test } from 'vitest';
import { asciiText, bar, padLeft, padRight, textWidth, wrapped } from '../../../src/report/text-table.ts';

describe('text in cells', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['−0.5', 4],
    ['e\u0301', 1],
    ['日本', 4],
    ['😀', 2],
    ['한글', 4],
  ])('%j takes %i cells of a terminal', (text, cells) => expect(textWidth(text)).toBe(cells));

  test('is padded to its width in cells', () => {
    expect(padLeft('日', 4)).toBe('  日');
    expect(padRight('日', 4)).toBe('日  ');
    expect(padRight('longer', 3)).toBe('longer');
  });
});

describe('wrapping', () => {
  test('breaks between words, and words that are longer than a line', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrapped('日本語の名前', 5)).toEqual(['日本', '語の', '名前']);
    expect(wrapped('', 10)).toEqual([]);
  });

  test('keeps a number with its unit and T with its value', () => {
    expect(wrapped('rises to 7.9 % now', 14)).toEqual(['rises to 7.9 %', 'now']);
    expect(wrapped('rises to 7.9 % now', 13)).toEqual(['rises to', '7.9 % now']);
    expect(wrapped('then T = 1.83', 8)).toEqual(['then', 'T = 1.83']);
  });

  test('loses no word', () => {
    const text = 'Each word of this sentence stands in some line of every width there is.';
    for (let width = 12; width < 90; width += 1) {
      const lines = wrapped(text, width);
      expect(lines.join(' ')).toBe(text);
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
    }
  });
});

describe('a bar', () => {
  test('fills its share in eighths of a cell', () => {
    expect(bar(0, 4, true)).toBe('');
    expect(bar(1, 4, true)).toBe('████');
    expect(bar(0.5, 4, true)).toBe('██');
    expect(bar(1 / 32, 4, true)).toBe('▏');
    expect(bar(31 / 32, 4, true)).toBe('███▉');
  });

  test('fills its share in halves of a cell in ASCII', () => {
    expect([0, 0.124, 0.125, 0.25, 0.375, 1].map((share) => bar(share, 4, false))).toEqual([
      '',
      '',
      '-',
      '#',
      '#-',
      '####',
    ]);
  });

  test('stays within its width', () => {
    expect(bar(7, 4, true)).toBe('████');
    expect(bar(-1, 4, true)).toBe('');
  });
});

test('text in ASCII keeps the likeness of our typography and numbers the rest', () => {
  expect(asciiText('“−0.5” ± 2 · Σ → … – ●')).toBe('"-0.5" +/- 2 | sum -> ... - *');
  expect(asciiText('Größe 😀')).toBe('Gr\\u00F6\\u00DFe \\u1F600');
});
