import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../../src/io/index.ts';

const rows = ['3,0,cat,p', '0,2,dog,q', '1,0,dog,p'];
const table = (weights: readonly string[]): string =>
  `cat,dog,label,patient,w\n${rows.map((row, i) => `${row},${weights[i]}\n`).join('')}`;
const options = { scores: ['cat', 'dog'], label: 'label', keep: ['patient'], weight: 'w' } as const;

describe('weights that count rows', () => {
  test('give the set with its rows written out', () => {
    const { columns, columnFindings, treatment, lines, weightKind, ...counted } = parseCsv(
      table(['2', '0', '3']),
      {
        ...options,
        weightKind: 'counts',
      },
    );
    const written = `cat,dog,label,patient\n${[0, 0, 2, 2, 2].map((i) => `${rows[i]}\n`).join('')}`;
    const { weight: _, ...unweighted } = options;
    const { columns: __, columnFindings: ____, lines: ___, kept, ...wanted } = parseCsv(written, unweighted);
    expect(columnFindings.at(-1)).toMatchObject({ name: 'w', role: 'weight' });
    expect(treatment).toEqual({ weight: 'w' });
    expect({ ...counted, kept: undefined }).toEqual({ ...wanted, kept: undefined });
    expect([...counted.kept![0]!.ids].map((id) => counted.kept![0]!.texts[id])).toEqual(
      [...kept![0]!.ids].map((id) => kept![0]!.texts[id]),
    );
    expect([...lines]).toEqual([2, 2, 4, 4, 4]);
    expect(weightKind).toBe('counts');
    expect(columns).toContain('weights as counts (2 rows written out as 5)');
  });

  test('are whole numbers', () => {
    const parse = () =>
      parseCsv(table(['2', '1.5', '3']), { ...options, weightKind: 'counts', file: 'v.csv' });
    expect(parse).toThrow(
      /^E_WEIGHT: v\.csv line 3: weight 1\.5 is not a whole number, so it does not count rows\. .*--weight-kind importance/,
    );
  });

  test('are refused where they add up to too many rows', () => {
    const parse = () =>
      parseCsv(table(['2', '1e15', '3']), { ...options, weightKind: 'counts', file: 'v.csv' });
    expect(parse).toThrow(/^E_WEIGHT: v\.csv: the counts add up to 1000000000000005 rows/);
  });
});

test('importance weights are described with their effective rows', () => {
  const { columns, weights } = parseCsv(table(['2', '0', '1']), options);
  // (2 + 1)²/(4 + 1) = 1.8.
  expect(columns).toContain('weights as importance weights (effective rows 2 of 2)');
  expect([...weights!]).toEqual([2, 0, 1]);
});
