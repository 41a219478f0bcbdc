import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProbabilities, parseScores } from '../../../src/io/index.ts';

const matrix = (...data: number[]): { data: Float64Array; rows: number; columns: number } => ({
  data: Float64Array.from(data),
  rows: data.length / 2,
  columns: 2,
});
const joined = (pieces: Iterable<string>): string => [...pieces].join('');

describe('a table of probabilities', () => {
  test('reads back to the same bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (ps) => {
          const written = joined(
            formatProbabilities(matrix(...ps.flatMap((p) => [p, 1 - p])), { classNames: ['a', 'b'] }),
          );
          const { scores } = parseScores(written);
          expect([...scores.data]).toEqual(ps.flatMap((p) => [p + 0, 1 - p]));
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  test('comes in pieces, none of them large', () => {
    const rows = 20_000;
    const pieces = [
      ...formatProbabilities({ data: new Float64Array(2 * rows).fill(1 / 3), rows, columns: 2 }),
    ];
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(piece.length).toBeLessThan(70_000);
    expect(joined(pieces).match(/\n/g)).toHaveLength(rows + 1);
  });

  test.for([
    ['=cmd|x', "'=cmd|x"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['＝1', "'＝1"],
    [' =1', "' =1"],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain name', 'plain name'],
    ['', '""'],
  ] as const)('writes the name %j as %j', ([name, cell]) => {
    const text = joined(formatProbabilities(matrix(0.25, 0.75), { classNames: [name, 'z'], predicted: [0] }));
    expect(text).toBe(`${cell},z,prediction\n0.25,0.75,${cell}\n`);
  });

  test('leaves names as they are on request, and puts a prefix before them', () => {
    const options = { classNames: ['=a', 'b'], formulas: 'raw', prefix: 'p_', delimiter: ';' } as const;
    expect(joined(formatProbabilities(matrix(0.5, 0.5), options))).toBe('p_=a;p_b\n0.5;0.5\n');
  });

  test('refuses what does not fit, and what is no number', () => {
    const table = matrix(0.5, 0.5);
    expect(() => joined(formatProbabilities(table, { classNames: ['a'] }))).toThrow(
      'E_SHAPE: 1 class names for 2 columns.',
    );
    expect(() => joined(formatProbabilities(table, { predicted: [0, 1] }))).toThrow(
      'E_SHAPE: 2 predictions for 1 rows.',
    );
    for (const stranger of [2, -1, 0.5, Number.NaN]) {
      expect(() => joined(formatProbabilities(table, { predicted: [stranger] }))).toThrow(
        `E_LABEL_RANGE: row index 0: prediction ${stranger} is no class of 0..1.`,
      );
    }
    expect(() => joined(formatProbabilities(table, { delimiter: '.' as ',' }))).toThrow(/^E_OPTION: /);
    expect(() => joined(formatProbabilities(matrix(Number.NaN, 1)))).toThrow(
      'E_PROB_RANGE: row index 0: probability NaN of class 0 is not a finite number.',
    );
  });
});
