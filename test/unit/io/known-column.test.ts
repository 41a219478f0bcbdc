import { describe, expect, test } from 'vitest';
import { knownRole, labelRank } from '../../../src/io/known-column.ts';

describe('knownRole', () => {
  test.each(['y_true', 'Y_TRUE', 'y-true', 'y true', 'yTrue', 'YTrue', 'ytrue'])(
    'reads %s as the name y_true',
    (header) => expect(knownRole(header)).toBe('label'),
  );

  test.each(['p_red', 'pRed', 'p-red', 'Prob. s', 's_core', 'w_eights', 'la_bel'])(
    'does not find a name in %s, whose words are others',
    (header) => expect(knownRole(header)).toBeUndefined(),
  );
});

test('labelRank puts names that mean the label alone before others', () => {
  expect(labelRank('Label')).toBe(0);
  expect(labelRank('y')).toBeGreaterThan(labelRank('target'));
  expect(labelRank('prediction')).toBe(-1);
});
