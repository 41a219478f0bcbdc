import { describe, expect, test } from 'vitest';
import { memoryStorage } from '../../../src/core/memory-storage.ts';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { rowCopies, writtenOut } from '../../../src/core/row-copies.ts';
import { matrixRows } from '../../../src/core/score-rows.ts';
import { setInMemory } from '../../../src/core/stored-set.ts';

const random = seededRandom(3);
/** More than two blocks of rows, one block of them without any. */
const counts = Float64Array.from({ length: 9000 }, (_, i) =>
  i >= 4096 && i < 8192 ? 0 : random.below(3) * random.below(4),
);
const sources = [...counts].flatMap((times, row) => Array<number>(times).fill(row));

function copiesOf(weights: Float64Array) {
  return rowCopies(storedNumbers(weights), 2, memoryStorage);
}

describe('rows written out by their counts', () => {
  const copies = copiesOf(counts);
  const numbers = copies.numbers(storedNumbers(Int32Array.from(counts, (_, row) => row)));
  const scores = copies.scores(
    matrixRows({ data: Float64Array.from({ length: 18_000 }, (_, at) => at), rows: 9000, columns: 2 }),
  );

  test('stand as often as they count, in order', () => {
    expect(copies.rows).toBe(sources.length);
    expect([...numbers.read(0, copies.rows)]).toEqual(sources);
  });

  test.for([
    [0, 0],
    [0, 1],
    [1, 4],
    [3000, 7000],
    [7380, 7392],
  ])('are read from %d to %d alone', ([from, to]) => {
    expect([...numbers.read(from!, to!)]).toEqual(sources.slice(from, to));
    const cells = sources.slice(from, to).flatMap((row) => [2 * row, 2 * row + 1]);
    expect([...scores.read(from!, to!)]).toEqual(cells);
  });

  test('are refused where they are too many', () => {
    expect(() => copiesOf(Float64Array.of(1, 2 ** 40))).toThrow(
      /^E_WEIGHT: the counts add up to 1099511627777/,
    );
  });
});

test('a set is written out where its weights are counts', () => {
  const set = {
    kind: 'logits',
    scores: { data: Float64Array.of(1, 0, 0, 2, 3, 0), rows: 3, columns: 2 },
    labels: Int32Array.of(0, 1, 1),
    weights: Float64Array.of(2, 0, 1),
    classNames: ['no', 'yes'],
    namedClasses: true,
  } as const;
  expect(writtenOut(set)).toBe(set);
  expect(setInMemory(writtenOut({ ...set, weightKind: 'counts' }))).toEqual({
    kind: 'logits',
    scores: { data: Float64Array.of(1, 0, 1, 0, 3, 0), rows: 3, columns: 2 },
    labels: Int32Array.of(0, 0, 1),
    classNames: ['no', 'yes'],
    namedClasses: true,
  });
});
