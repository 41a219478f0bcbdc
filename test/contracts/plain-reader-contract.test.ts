import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { javascriptPlainRecords } from '../../src/io/javascript-plain-records.ts';
import { type PlainLayout, plainRoles } from '../../src/io/plain-layout.ts';
import { webassemblyPlainRecords } from '../../src/io/webassembly-plain-records.ts';

const thorough = process.env['CALIBRANT_FULL'] === '1';
const encoder = new TextEncoder();

type Layout = Omit<PlainLayout, 'take'> & { readonly delimiter: number };

/** All that a reader says of bytes: the records with the bits of their numbers, and where it stopped. */
function told(
  readerOf: typeof webassemblyPlainRecords,
  { delimiter, ...layout }: Layout,
  bytes: Uint8Array,
  to: number,
  mostTaken = Number.POSITIVE_INFINITY,
): unknown {
  const records: unknown[] = [];
  const take: PlainLayout['take'] = ({ count, values, labels, weights, lines }) => {
    const taken = Math.min(count, mostTaken - records.length);
    for (let k = 0; k < taken; k += 1) {
      const scores = [...values.subarray(k * layout.scores, (k + 1) * layout.scores)];
      records.push([bitsOf([...scores, weights[k]!]), labels[k], lines[k]]);
    }
    return taken;
  };
  const progress = readerOf({ ...layout, take }, delimiter)!(bytes, to, 7);
  return { records, progress };
}

/** So that the signs of zeros count. */
function bitsOf(numbers: readonly number[]): string {
  return new BigUint64Array(Float64Array.from(numbers).buffer).join(' ');
}

function expectSame(layout: Layout, bytes: Uint8Array, to: number, mostTaken?: number): void {
  const wanted = told(javascriptPlainRecords, layout, bytes, to, mostTaken);
  expect(told(webassemblyPlainRecords, layout, bytes, to, mostTaken)).toEqual(wanted);
}

/** Columns in the order label, scores, weight, skipped; as many of each as asked. */
function layoutOf(label: number, scores: number, weight: number, skipped: number): Layout {
  const roles = [
    ...Array(label).fill(plainRoles.label),
    ...Array.from({ length: scores }, (_, k) => scores - 1 - k),
    ...Array(weight).fill(plainRoles.weight),
    ...Array(skipped).fill(plainRoles.skipped),
  ];
  return { roles: Int32Array.from(roles), scores, decimalMark: 0x2e, maxCell: 4096, delimiter: 0x2c };
}

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...'00123456789'), { minLength: least, maxLength: most })
    .map((list) => list.join(''));

/** Texts that are numbers, and some that are nearly. */
const numberTexts = fc.oneof(
  fc.double({ noNaN: true }).map(String),
  fc.double({ noNaN: true }).map((x) => x.toExponential(18)),
  fc.double({ min: -30, max: 30, noNaN: true }).map((x) => x.toPrecision(9)),
  fc.double({ min: -1e-300, max: 1e-300, noNaN: true }).map(String),
  fc.bigInt(0n, 2n ** 53n).map((n) => String(2n * n + 2n ** 53n + 1n)),
  fc
    .tuple(
      fc.constantFrom('', '', '-', '+', '--'),
      digits(0, 12),
      fc.constantFrom('.', '.', '', ',', '..'),
      digits(0, 22),
      fc.constantFrom('', '', '', 'e5', 'E-7', 'e', 'e+', 'e-300', 'e00012', 'e290', 'e0001', 'e-12.', 'f'),
    )
    .map((parts) => parts.join('')),
);

describe('the two readers of plain records', () => {
  test('take the same texts for numbers, with the same bits', () => {
    fc.assert(
      fc.property(fc.array(numberTexts, { minLength: 1, maxLength: 30 }), (texts) => {
        for (const text of texts) {
          // In the last column, and in one before a delimiter.
          for (const [scores, line] of [
            [1, `${text}\n`],
            [2, `${text};${text}\n`],
          ] as const) {
            const bytes = encoder.encode(line);
            const layout = { ...layoutOf(0, scores, 0, 0), delimiter: 0x3b };
            expectSame(layout, bytes, bytes.length);
            expectSame({ ...layout, decimalMark: 0x2c }, bytes, bytes.length);
          }
        }
      }),
      { numRuns: thorough ? 100_000 : 500, seed: 3 },
    );
  }, 3_600_000);

  test('read a number of any length, at any place in memory', () => {
    const [alone, before] = [layoutOf(0, 1, 0, 0), layoutOf(0, 2, 0, 0)];
    for (let length = 1; length <= 24; length += 1) {
      const figures = '1234567890987654321012345'.slice(0, length);
      for (let point = 0; point <= length; point += 1) {
        const text = `${figures.slice(0, point)}.${figures.slice(point)}`;
        for (const number of [text, figures, `-${text}`, `000${text}`, `${text}e-3`]) {
          // Blank lines move the number along.
          for (const blank of [0, 1, 15]) {
            for (const [layout, line] of [
              [alone, number],
              [before, `${number},1`],
            ] as const) {
              const bytes = encoder.encode(`${'\n'.repeat(blank)}${line}\n`);
              expectSame(layout, bytes, bytes.length);
            }
          }
        }
      }
    }
  });

  test('take the same records and stop at the same place, wherever the bytes end and the table refuses', () => {
    const records = fc.array(
      fc.oneof(
        { weight: 5, arbitrary: numberTexts },
        fc.constantFrom(
          '',
          '7',
          '0',
          '65535',
          '65536',
          '007',
          'cat',
          'a b ',
          ' c',
          '"x"',
          'é',
          '\t',
          '\u0000',
          '\u007f',
          '~',
        ),
      ),
      {
        minLength: 1,
        maxLength: 16,
      },
    );
    const shapes = fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 0, max: 1 }),
    );
    fc.assert(
      fc.property(
        records,
        shapes,
        fc.constantFrom(',', ';', ' ', '\t', '7', 'e', '-'),
        fc.constantFrom('', '', ' ', '   '),
        fc.constantFrom('\n', '\n', '\r\n', '\r', '\n\n', '\r\n\r\n', ' \n'),
        fc.constantFrom(4096, 12, 5),
        (cells, shape, delimiter, padding, ending, maxCell) => {
          const layout = { ...layoutOf(...shape), delimiter: delimiter.charCodeAt(0), maxCell };
          const width = Math.max(layout.roles.length, 1);
          const lines: string[] = [];
          for (let at = 0; at < cells.length; at += width)
            lines.push(cells.slice(at, at + width).join(padding + delimiter + padding));
          const bytes = encoder.encode(lines.join(ending) + ending);
          expectSame(layout, bytes, bytes.length);
          expectSame(layout, bytes, bytes.length >> 1);
          for (const mostTaken of [0, 1, 2]) expectSame(layout, bytes, bytes.length, mostTaken);
        },
      ),
      { numRuns: thorough ? 200_000 : 1500, seed: 5 },
    );
  }, 3_600_000);

  test('hand over as many records as there are, batch after batch', () => {
    const layout = layoutOf(1, 2, 1, 1);
    const lines = Array.from({ length: 5000 }, (_, i) => `${i % 70},${i / 8},-${i / 3},${i % 9},note\n`);
    lines.splice(3333, 0, '\n');
    const bytes = encoder.encode(lines.join(''));
    for (const mostTaken of [undefined, 1023, 1024, 1025, 3333, 4999])
      expectSame(layout, bytes, bytes.length, mostTaken);
    for (let to = 0; to <= 300; to += 1) expectSame(layout, bytes, to);
  });

  test('keep their place when one reader is asked again and again, with texts of all lengths', () => {
    const layout = layoutOf(0, 3, 0, 0);
    const all = [javascriptPlainRecords, webassemblyPlainRecords].map((readerOf) => {
      const seen: number[] = [];
      const take: PlainLayout['take'] = ({ count, values }) => {
        seen.push(...values.subarray(0, 3 * count));
        return count;
      };
      const read = readerOf({ ...layout, take }, layout.delimiter)!;
      for (const rows of [1, 40_000, 2, 200_000, 0, 3]) {
        const bytes = encoder.encode('1.5,2.25e-30,0.3333333333333333\n'.repeat(rows));
        expect(read(bytes, bytes.length, 1)).toEqual({ end: bytes.length, lines: rows, isOdd: false });
      }
      return seen;
    });
    expect(all[0]!.length).toBe(3 * 240_006);
    expect(all[0]!.slice(-3)).toEqual([0.3333333333333333, 2.25e-30, 1.5]);
    expect(all[0]!.every((value, at) => value === all[1]![at])).toBe(true);
  });
});
