import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../../src/index.ts';
import { spaceCollapser } from '../../../src/io/collapse-spaces.ts';

const text = '  1   2 0  \r\n\n"a  b"  3  "c ""d"\n   4 5\n';
const collapsed = '1 2 0\r\n\n"a  b" 3 "c ""d"\n4 5\n';

describe('spaceCollapser', () => {
  test.each([1, 2, 3, 7, 100])('makes one space of runs outside quotes, in pieces of %i bytes', (size) => {
    const collapse = spaceCollapser();
    const bytes = new TextEncoder().encode(text);
    let out = '';
    for (let from = 0; from < bytes.length; from += size) {
      out += new TextDecoder().decode(collapse(bytes.subarray(from, from + size)));
    }
    expect(out).toBe(collapsed);
  });

  test('lets aligned columns be read, with the lines of the text', () => {
    const set = parseCsv('  1.5  -2.25 0\n\n -0.5   3.00 1\n', { delimiter: 'space' });
    expect([...set.scores.data]).toEqual([1.5, -2.25, -0.5, 3]);
    expect([...set.labels]).toEqual([0, 1]);
    expect([...set.lines]).toEqual([1, 3]);
  });
});
