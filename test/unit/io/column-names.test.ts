import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  columnNames,
  type KnownRole,
  otherAffixes,
  scoreAffixes,
  truthAffixes,
} from '../../../src/io/column-names.ts';
import { knownRole, nameKey } from '../../../src/io/known-column.ts';

const page = readFileSync(new URL('../../../docs/columns.md', import.meta.url), 'utf8');

/** The code words in the last cell of the row that begins with a word. */
function rowOf(first: string): readonly string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${first} |`)) ?? '';
  return [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
}

const roles = Object.keys(columnNames) as KnownRole[];

describe('the table of column names', () => {
  test.each(roles)('is printed in docs/columns.md: %s', (role) => {
    expect(rowOf(role)).toEqual(columnNames[role]);
  });

  test('is printed with its affixes', () => {
    const of = (kind: string): string[] =>
      Object.keys(scoreAffixes).filter((affix) => scoreAffixes[affix] === kind);
    expect(rowOf('probabilities')).toEqual(of('probabilities'));
    expect(rowOf('logits')).toEqual(of('logits'));
    expect(rowOf('scores of either kind')).toEqual(of('either'));
    expect(rowOf('a one-hot truth')).toEqual(truthAffixes);
    expect(rowOf('no scores')).toEqual(otherAffixes);
  });

  test('gives each name one role', () => {
    const keys = roles.flatMap((role) => columnNames[role]).map(nameKey);
    expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([]);
  });
});

describe('a known header', () => {
  test.each([
    ['Y_true', 'label'],
    ['y-true', 'label'],
    ['yTrue', 'label'],
    ['Ground Truth', 'label'],
    ['Predicted Label', 'prediction'],
    ['.pred_class', 'prediction'],
    ['isCorrect', 'right or wrong'],
    ['Max Prob', 'confidence'],
    ['Unique ID', 'id'],
    ['__index_level_0__', 'id'],
    ['Unnamed: 0.1', 'id'],
    ['', 'id'],
    ['questionId', 'id'],
    ['Sample Weight', 'weight'],
    ['Time', 'other'],
  ] as const)('%j has the role %s', (header, role) => {
    expect(knownRole(header)).toBe(role);
  });

  test.each(['cat', 'kid', 'squid', 'my kid', 'prob_cat', '0', 'humanoid'])('is not %j', (header) => {
    expect(knownRole(header)).toBeUndefined();
  });
});
