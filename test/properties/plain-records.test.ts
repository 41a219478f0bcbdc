import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../src/core/errors.ts';
import { recordReader } from '../../src/io/csv-records.ts';
import { csvSettings } from '../../src/io/csv-settings.ts';
import { javascriptPlainRecords } from '../../src/io/javascript-plain-records.ts';
import { numberAt, numberEnd } from '../../src/io/plain-number.ts';
import { scoreTable } from '../../src/io/score-table.ts';
import type { CsvOptions } from '../../src/io/scored-set-input.ts';
import { webassemblyPlainRecords } from '../../src/io/webassembly-plain-records.ts';

const thorough = process.env['CALIBRANT_FULL'] === '1';
const encoder = new TextEncoder();

const readers = [
  ['JavaScript', javascriptPlainRecords],
  [
    'WebAssembly',
    (...layout: Parameters<typeof webassemblyPlainRecords>) => webassemblyPlainRecords(...layout)!,
  ],
] as const;

/**
 * What a reader makes of bytes that arrive in pieces: its table, or the error, as one text.
 *
 * @param plainReader Left out, every record goes to the reader for everything.
 */
function outcome(
  bytes: Uint8Array,
  piece: number,
  options: CsvOptions,
  plainReader?: typeof javascriptPlainRecords,
): string {
  try {
    const settings = csvSettings(options);
    const { plain, ...taker } = scoreTable(settings, 'here');
    const reader =
      plainReader === undefined || plain === undefined
        ? recordReader(settings, taker)
        : recordReader(settings, { ...taker, plain }, plainReader);
    for (let from = 0; from < bytes.length; from += piece) reader.push(bytes.subarray(from, from + piece));
    reader.end();
    const { values, lines, labels, weights, leftOut, nameOf: _, ...rest } = taker.finish();
    // Signs of zeros and last digits count, so numbers are compared by their bits.
    const { buffer, byteOffset, byteLength } = values.read(0, values.length);
    const bits = Buffer.from(buffer, byteOffset, byteLength).toString('hex');
    const texts = labels?.texts;
    return JSON.stringify({
      ...rest,
      bits,
      lines: [...lines.read(0, lines.length)],
      texts,
      ids: labels === undefined ? [] : [...labels.ids.read(0, labels.ids.length)],
      weights: weights?.read(0, weights.length),
      left: [...leftOut],
    });
  } catch (error) {
    if (error instanceof CalibrationError) return `${error.code} ${error.message}`;
    throw error;
  }
}

/** A table of `rows` lines, most of them plain, with whatever `odd` gives planted among them. */
const tables = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ' '),
  decimal: fc.constantFrom('.', ','),
  ending: fc.constantFrom('\n', '\r\n', '\r'),
  padding: fc.constantFrom('', '', ' ', '  '),
  columns: fc.integer({ min: 1, max: 5 }),
  numbers: fc.array(
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.double({ min: -30, max: 30, noNaN: true }).map((x) => x.toPrecision(9)),
      fc.double({ min: -30, max: 30, noNaN: true }).map((x) => x.toExponential(18)),
      fc.integer({ min: -9, max: 9 }).map(String),
      fc.constantFrom(
        '0',
        '-0',
        '+1',
        '.5',
        '5.',
        '1e5',
        '1E-3',
        '1e',
        '.',
        '-',
        '1e-400',
        '1e400',
        '12345678901234567890',
      ),
    ),
    { minLength: 20, maxLength: 60 },
  ),
  labels: fc.constantFrom<readonly string[]>(
    ['0', '1'],
    ['cat', 'dog'],
    ['0', '01'],
    ['', '1'],
    ['nan', '1'],
    ['é', '1'],
    ['70000', '1'],
  ),
  odd: fc.array(
    fc.record({
      at: fc.nat(),
      text: fc.constantFrom(
        '"1"',
        'nan',
        '',
        '-inf',
        '\n',
        '\n\n',
        ' ',
        ',',
        '"',
        'é',
        '\u0000',
        '1_0',
        '\r',
        '# note',
        '3',
      ),
    }),
    { maxLength: 2 },
  ),
  piece: fc.constantFrom(1, 2, 3, 7, 16, 61, 1_000_000),
  isHeaded: fc.boolean(),
  dropBad: fc.boolean(),
  ignoreLabel: fc.constantFrom(undefined, '1'),
  maxCell: fc.constantFrom(4096, 12),
});

describe.each(readers)('records of plain numbers, read in %s,', (_, plainReader) => {
  test('are read to the same table, or refused with the same words, as by the reader for everything', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { delimiter, decimal, ending, padding, columns, numbers, labels, odd, piece, isHeaded } = table;
        if (decimal === delimiter) return;
        const lines: string[] = isHeaded ? [[...'abcde'.slice(0, columns), 'label'].join(delimiter)] : [];
        for (let at = 0; at + columns <= numbers.length; at += columns) {
          const cells = numbers.slice(at, at + columns).map((text) => text.replace('.', decimal));
          lines.push([...cells, labels[at % labels.length]].join(delimiter + padding));
        }
        for (const { at, text } of odd) lines.splice(at % (lines.length + 1), 0, text);
        let whole = lines.join(ending) + (numbers.length % 2 === 0 ? ending : '');
        for (const { at, text } of odd)
          whole = whole.slice(0, at % whole.length) + text + whole.slice(at % whole.length);
        const bytes = encoder.encode(whole);
        const { dropBad, ignoreLabel, maxCell } = table;
        const options: CsvOptions = {
          delimiter,
          decimal,
          dropBad,
          maxCell,
          ...(ignoreLabel === undefined ? {} : { ignoreLabel }),
        };
        const wanted = outcome(bytes, 1_000_000, options);
        expect(outcome(bytes, piece, options, plainReader)).toBe(wanted);
      }),
      { numRuns: thorough ? 200_000 : 3000, seed: 7 },
    );
  }, 3_600_000);

  test('are taken up again after odd ones, however many', () => {
    const plain = '1.5,2.25,0\n'.repeat(20_000);
    const text = `a,b,label\n${plain}"1",2,1\n${plain}1, nan ,0\n${plain}\n\n3,4,1\n${plain}`;
    const bytes = encoder.encode(text);
    const options: CsvOptions = { dropBad: true };
    for (const piece of [4096, 65_536, 10_000_000]) {
      expect(outcome(bytes, piece, options, plainReader)).toBe(outcome(bytes, piece, options));
    }
  });
});

describe('plain numbers', () => {
  test('are the nearest double, as the engine reads the same text', () => {
    const float = new Float64Array(1);
    const word = new BigUint64Array(float.buffer);
    let unsure = 0;
    let seen = 0;
    const check = (text: string): void => {
      const bytes = encoder.encode(`${text},`);
      const value = numberAt(bytes, 0, bytes.length);
      seen += 1;
      if (Number.isNaN(value)) unsure += 1;
      else if (!Object.is(value, Number(text)) || numberEnd.at !== text.length)
        expect([text, value]).toEqual([text, Number(text)]);
    };
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: -30, max: 30 }), (pattern, exponent) => {
        word[0] = pattern;
        const any = float[0]!;
        if (Number.isFinite(any))
          for (const text of [String(any), any.toExponential(18), any.toExponential(8)]) check(text);
        const usual = (Number(pattern >> 11n) / 2 ** 53 - 0.5) * 60;
        for (const text of [String(usual), usual.toExponential(18), usual.toPrecision(9), usual.toFixed(6)])
          check(text);
        check(String(Math.fround(usual)));
        // The middle between two doubles, which the rule of ties decides.
        const middle = 2n ** 53n + 2n * (pattern & 0xffffffn) + 1n;
        check(String(middle));
        check(`${middle}e${exponent}`);
      }),
      { numRuns: thorough ? 2_000_000 : 30_000, seed: 11 },
    );
    // Most texts are settled without help; those that are not go to the engine.
    expect(unsure / seen).toBeLessThan(0.2);
  }, 3_600_000);
});
