import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../src/core/errors.ts';
import { assemblePair } from '../../src/io/assemble-pair.ts';
import { assembleSet } from '../../src/io/assemble-set.ts';
import { csvSettings } from '../../src/io/csv-settings.ts';
import { heldSet } from '../../src/io/held-set.ts';
import { labelsOf, parseCsv } from '../../src/io/parse-csv.ts';
import type { LoadedSet } from '../../src/io/scored-set-input.ts';
import { streamCsv, streamCsvPair } from '../../src/io/stream-csv.ts';
import { labelReader, scoreReader, type TableReader } from '../../src/io/table-reader.ts';
import { type CsvFixture, csvFixtures, outcomeOf, readFixture } from '../unit/io/csv-fixtures.ts';

const fixtures = csvFixtures();

function feed<Result>(reader: TableReader<Result>, pieces: readonly Uint8Array[]): Result {
  for (const piece of pieces) reader.push(piece);
  return reader.end();
}

/** Reads a fixture whose bytes arrive as `cut` makes them. */
function readInPieces(fixture: CsvFixture, cut: (bytes: Uint8Array) => readonly Uint8Array[]): LoadedSet {
  const settings = csvSettings(fixture.options);
  if (fixture.labels === undefined) {
    const raw = feed(scoreReader(settings, 'here'), cut(fixture.bytes));
    return heldSet(assembleSet(raw, labelsOf(raw, settings.file), settings));
  }
  const table = feed(scoreReader(settings, 'elsewhere'), cut(fixture.bytes));
  return heldSet(assemblePair(table, feed(labelReader(settings, table), cut(fixture.labels)), settings));
}

const inPieces = (length: number) => (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, k) =>
    bytes.subarray(k * length, (k + 1) * length),
  );

const splitAt = (at: number) => (bytes: Uint8Array) => [bytes.subarray(0, at), bytes.subarray(at)];

async function* trickle(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (const piece of inPieces(length)(bytes)) yield piece;
}

describe('the outcome does not depend on how the bytes arrive', () => {
  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    '%s, at every split point',
    (_, fixture) => {
      const whole = outcomeOf(() => readFixture(fixture));
      const longest = Math.max(fixture.bytes.length, fixture.labels?.length ?? 0);
      for (let at = 0; at <= longest; at += 1) {
        expect(outcomeOf(() => readInPieces(fixture, splitAt(at)))).toEqual(whole);
      }
    },
  );

  test.each([1, 2, 3, 7])('in pieces of %i bytes', (length) => {
    for (const fixture of fixtures) {
      const whole = outcomeOf(() => readFixture(fixture));
      expect(outcomeOf(() => readInPieces(fixture, inPieces(length)))).toEqual(whole);
    }
  });

  test('through the streaming functions, data hash included', async () => {
    for (const fixture of fixtures) {
      const { bytes, labels, options } = fixture;
      // Only the streaming functions open archives.
      if (fixture.name === 'zip.csv') continue;
      const streamed =
        labels === undefined
          ? streamCsv(trickle(bytes, 5), options)
          : streamCsvPair(trickle(bytes, 5), trickle(labels, 3), options);
      const outcome = await streamed.then(
        (set) => set,
        (error: unknown) => error,
      );
      if (outcome instanceof CalibrationError) expect(outcome.message).toBe(fixture.expected);
      else expect(outcome).toEqual(readFixture(fixture));
    }
  });

  test('when blocks end anywhere in a large file with quotes, lines of all ends and wide characters', () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => {
      const cells = [`${i}`, `"${i / 8}"`, i % 3 === 0 ? '"é""x"' : 'dog'];
      return (i % 4 === 0 ? cells : cells.map((cell) => cell.replace(/^"([0-9.]*)"$/, '$1'))).join(',');
    });
    const ends = ['\n', '\r\n', '\r'];
    const text = `"é""x",dog,label\n${lines.map((line, i) => line + ends[i % 3]).join('')}`;
    const bytes = new TextEncoder().encode(text);
    const settings = csvSettings({});
    const read = (length: number): LoadedSet => {
      const raw = feed(scoreReader(settings, 'here'), inPieces(length)(bytes));
      return heldSet(assembleSet(raw, labelsOf(raw, undefined), settings));
    };
    const expected = parseCsv(text);
    expect(expected.scores.data).toEqual(
      Float64Array.from({ length: 60_000 }, (_, j) => (j % 2 === 0 ? j / 2 : (j - 1) / 16)),
    );
    expect(expected.labels).toEqual(Int32Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? 0 : 1)));
    expect(expected.lines).toEqual(Uint32Array.from({ length: 30_000 }, (_, i) => i + 2));
    for (const length of [977, 65_535, 65_536, 65_537, 200_000])
      expect(read(length).dataHash).toBe(expected.dataHash);
  });
});
