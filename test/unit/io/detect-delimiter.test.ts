import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../../src/index.ts';
import { detectDelimiter } from '../../../src/io/detect-delimiter.ts';

const detected = (record: string, decimal: '.' | ','): string =>
  String.fromCharCode(detectDelimiter(new TextEncoder().encode(record), decimal, { row: 1 }));

describe('a comma beside decimal commas', () => {
  test('separates headers and quoted numbers', () => {
    expect(detected('a,b,label', ',')).toBe(',');
    expect(detected('"0,25","0,75",a', ',')).toBe(',');
    const set = parseCsv('a,b,label\n"0,25","-1,5",b\n2,"0,5",a\n', { decimal: ',' });
    expect([...set.scores.data]).toEqual([0.25, -1.5, 2, 0.5]);
  });

  test('separates nothing in numbers or beside another separator', () => {
    expect(detected('0,25', ',')).toBe('\t');
    expect(detected('a,b;c', ',')).toBe(';');
    expect(detected('0,25;0,75;a', ',')).toBe(';');
  });

  test('separates as the option says', () => {
    const options = { decimal: ',', delimiter: ',', header: 'absent' } as const;
    const set = parseCsv('1,"0,5",1\n1,2,0\n', options);
    expect([...set.scores.data]).toEqual([1, 0.5, 1, 2]);
    expect([...set.labels]).toEqual([1, 0]);
  });
});
