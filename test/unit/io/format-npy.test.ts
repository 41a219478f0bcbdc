import { describe, expect, test } from 'vitest';
import { formatNpy, parseScores } from '../../../src/io/index.ts';

describe('an array that is written', () => {
  // As numpy.save writes it, NumPy 2.4.6: numpy.array([[0.5, -1.25], [3, 1e-300]]).
  const saved =
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=';

  test('has the header that NumPy writes', () => {
    const data = Float64Array.of(0.5, -1.25, 3, 1e-300);
    const [header] = formatNpy({ data, rows: 2, columns: 2 });
    expect(Buffer.from(header!).toString('base64')).toBe(saved);
  });

  test('reads back to the same bits and in the same storage, in either precision and any size', () => {
    for (const Storage of [Float32Array, Float64Array]) {
      for (const [rows, columns] of [
        [1, 2],
        [3, 5],
        [50_000, 3],
      ] as const) {
        const data = new Storage(rows * columns);
        for (let at = 0; at < data.length; at += 1) data[at] = Math.sin(at) * 10 ** ((at % 30) - 15);
        const bytes = Buffer.concat([...formatNpy({ data, rows, columns })]);
        expect(bytes.length).toBe(128 + data.byteLength);
        const { scores } = parseScores(bytes, { classes: columns });
        expect([scores.rows, scores.columns]).toEqual([rows, columns]);
        expect(scores.data).toEqual(data);
      }
    }
  });
});
