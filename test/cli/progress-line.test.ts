import { describe, expect, test } from 'vitest';
import { progressLine, progressText } from '../../src/cli/progress-line.ts';

describe('the text of progress', () => {
  test.for([
    [5e8, 1e9, 4000, 'reading: 50 %, 125 MB/s, 4 s left'],
    [5e8, undefined, 4000, 'reading: 500 MB, 125 MB/s'],
    [1000, 1e12, 1000, 'reading: 0 %, 1 kB/s, 277777.8 h left'],
    [3e9, 6e9, 600_000, 'reading: 50 %, 5 MB/s, 10 min left'],
    [10, 10, 1000, 'reading: 100 %, 0 kB/s'],
    [0, 10, 1000, 'reading: 0 %'],
    [5, 10, 0, 'reading: 50 %'],
  ] as const)('of %d of %d bytes after %d ms', ([done, total, time, text]) => {
    expect(progressText('reading', 'bytes', done, total, time)).toBe(text);
  });

  test('counts resamples in whole numbers', () => {
    expect(progressText('judging', 'resamples', 250, 1000, 500)).toBe(
      'judging: 25 %, 500 resamples/s, 2 s left',
    );
  });
});

describe('the line', () => {
  test('waits half a second, then is written over ten times a second at most, and wiped', () => {
    const written: string[] = [];
    let clock = 0;
    const line = progressLine(
      'reading',
      'bytes',
      (text) => written.push(text),
      () => clock,
    );
    for (clock = 0; clock <= 1000; clock += 10) line.onProgress(clock, 1000);
    line.end();
    line.end();
    expect(written).toHaveLength(7);
    expect(written[0]).toBe('\r\u001b[Kreading: 50 %, 1 kB/s, 1 s left');
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  test('counts the second part of the work from its own start', () => {
    const written: string[] = [];
    let clock = 0;
    const line = progressLine(
      'measuring',
      'resamples',
      (text) => written.push(text),
      () => clock,
    );
    for (clock = 0; clock <= 10_000; clock += 1000) line.onProgress(clock / 10, 1000);
    clock = 11_000;
    line.onProgress(0, 20);
    clock = 12_000;
    line.onProgress(10, 20);
    expect(written.slice(-3)).toEqual([
      '\r\u001b[Kmeasuring: 100 %, 100 resamples/s',
      '\r\u001b[Kmeasuring: 0 %',
      '\r\u001b[Kmeasuring: 50 %, 10 resamples/s, 1 s left',
    ]);
  });
});
