import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../src/core/errors.ts';
import { seededRandom } from '../../src/core/random.ts';
import { parseCsv, parseCsvPair, parseScores } from '../../src/io/index.ts';

interface Saved {
  readonly name: string;
  readonly base64: string;
  readonly rows: readonly (readonly string[])[];
  readonly code: string;
}

const { valid, damaged }: { valid: Saved[]; damaged: Saved[] } = JSON.parse(
  readFileSync(new URL('./npy.json', import.meta.url), 'utf8'),
);

const bytesOf = ({ base64 }: Saved): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const named = (saved: readonly Saved[]) => saved.map((one) => [one.name, one] as const);
const truth: Readonly<Record<string, number>> = { True: 1, False: 0 };

/** The numbers of a matrix as they stand in an array of so many columns; a single column was made two. */
function numbersOf(data: ArrayLike<number>, columns: number): number[] {
  return Array.from(data).filter((_, at) => columns > 1 || at % 2 === 1);
}

describe('an array as NumPy saved it', () => {
  test.each(named(valid))('%s: is read number by number', (_, saved) => {
    const { scores } = parseScores(bytesOf(saved), { classes: saved.rows[0]!.length });
    const wanted = saved.rows.flat().map((text) => truth[text] ?? Number(text));
    // Half precision is written by NumPy with fewer digits than the number has.
    const found = numbersOf(scores.data, saved.rows[0]!.length);
    expect(found).toHaveLength(wanted.length);
    for (const [at, value] of found.entries()) {
      const room = saved.name.includes('half')
        ? 6e-4 * Math.abs(wanted[at]!)
        : saved.name.includes('float32')
          ? 1e-7 * Math.abs(wanted[at]!)
          : 0;
      expect(Math.abs(value - wanted[at]!)).toBeLessThanOrEqual(room);
      expect(Object.is(value, -0)).toBe(Object.is(wanted[at]!, -0));
    }
  });

  test('covers every reason to refuse one', () => {
    const codes = new Set(damaged.map(({ code }) => code));
    expect([...codes].sort()).toEqual(['E_NPY_HEADER', 'E_NPY_PICKLE', 'E_NPY_SIZE', 'E_NPY_TYPE']);
  });

  test.each(named(damaged))('%s: is refused', (_, saved) => {
    expect(() => parseScores(bytesOf(saved), { file: 'a.npy' })).toThrow(
      expect.objectContaining({
        code: saved.code,
        message: expect.stringMatching(/^E_NPY_\w+: a\.npy: [^\n]+$/),
      }),
    );
  });

  test('gives the set that its numbers give as text', () => {
    const logits = valid.find(({ name }) => name === 'usual logits')!;
    const text = logits.rows.map((row) => row.join(',')).join('\n');
    const labels = logits.rows.map((_, i) => i % 7).join('\n');
    const fromText = parseCsvPair(text, labels, { header: 'absent' });
    const fromArray = parseCsvPair(bytesOf(logits), labels);
    expect(fromArray.scores).toEqual(fromText.scores);
    expect(fromArray.dataHash).toBe(fromText.dataHash);
    expect(fromArray.lines).toEqual(fromText.lines);
  });

  test('may hold the labels in its last column, and labels in an array of their own', () => {
    const table = valid.find(({ name }) => name === 'labels in the last column')!;
    const labels = valid.find(({ name }) => name === 'labels alone')!;
    const set = parseCsv(bytesOf(table));
    expect([...set.scores.data]).toEqual([0.5, 1.5, 2.5, -1]);
    expect([...set.labels]).toEqual([1, 0]);
    const pair = parseCsvPair('0.5,1.5\n2.5,-1\n', bytesOf(labels));
    expect([pair.dataHash, ...pair.labels]).toEqual([set.dataHash, 1, 0]);
  });

  test('is read the same however its bytes arrive, and refused the same however it is damaged', async () => {
    const { streamScores } = await import('../../src/io/index.ts');
    for (const saved of [...valid, ...damaged]) {
      const bytes = bytesOf(saved);
      if (bytes.length > 2000) continue;
      const whole = outcome(() => parseScores(bytes, { classes: 9 }));
      for (const piece of [1, 7, 64]) {
        async function* pieces() {
          for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
        }
        expect(await streamScores(pieces(), { classes: 9 }).then(shown, shown)).toBe(whole);
      }
    }
  });

  test('never makes the reader stumble, whatever bytes are changed', () => {
    const random = seededRandom(5);
    const runs = process.env['CALIBRANT_FULL'] === '1' ? 200_000 : 4000;
    for (let run = 0; run < runs; run += 1) {
      const bytes = bytesOf(valid[random.below(valid.length)]!).slice(0, 2000);
      for (let change = 0; change <= random.below(4); change += 1) {
        const until = random.below(2) === 0 ? Math.min(bytes.length, 140) : bytes.length;
        bytes[random.below(until)] = random.below(256);
      }
      const cut = random.below(8) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      outcome(() => parseScores(cut, { classes: 9 }));
    }
  });
});

function shown(result: unknown): string {
  if (result instanceof CalibrationError) return `${result.code} ${result.message}`;
  if (result instanceof Error) throw result;
  const { scores } = result as { scores: { data: Float64Array } };
  return Buffer.from(scores.data.buffer, scores.data.byteOffset, scores.data.byteLength).toString('hex');
}

/** What became of it; anything thrown that is not ours is the test's failure. */
function outcome(work: () => unknown): string {
  try {
    return shown(work());
  } catch (error) {
    return shown(error);
  }
}
