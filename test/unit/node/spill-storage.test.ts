import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryStorage } from '../../../src/core/memory-storage.ts';
import type { NumberStorage } from '../../../src/core/number-store.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { type SpillStorage, spillStorage } from '../../../src/node/spill-storage.ts';

let folder: string;
let storage: SpillStorage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calibrant-spill-'));
});
afterEach(() => {
  storage.release();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** Stores numbers one by one, many at once and with some taken back, and reads them at places all over. */
function exercise(into: NumberStorage): readonly number[][] {
  const random = seededRandom(7);
  const floats = into.floats();
  const counts = into.counts();
  const bytes = into.bytes(10);
  for (let round = 0; round < 40; round += 1) {
    const many = Float64Array.from({ length: random.below(20_000) }, () => random.uniform());
    floats.pushAll(many);
    for (let k = 0; k < 50; k += 1) floats.push(k / 8);
    if (round % 3 === 0) floats.truncate(floats.length() - random.below(40));
    counts.push(round * 2 ** 25);
    bytes.pushAll([round, 255]);
  }
  const stored = floats.finish();
  const places = Array.from({ length: 60 }, () => random.below(stored.length));
  return [
    [...stored.read(0, stored.length)],
    ...places.map((from) => [...stored.read(from, Math.min(from + random.below(90_000), stored.length))]),
    [...counts.finish().read(0, 40)],
    [...bytes.finish().read(5, 80)],
  ];
}

describe('storage that spills', () => {
  const expected = exercise(memoryStorage);

  test.each([0, 10_000, 300_000, 2_000_000, 1e9])('at %i bytes gives back what it took', (limit) => {
    storage = spillStorage(limit, folder);
    expect(exercise(storage)).toEqual(expected);
  });

  test('takes what comes later to files too, and lets what was finished stay', () => {
    storage = spillStorage(100_000, folder);
    const early = storage.floats();
    early.pushAll([1, 2, 3]);
    const stays = early.finish();
    const late = storage.floats(1e6);
    late.pushAll([4]);
    const single = storage.singles();
    single.pushAll([0.1]);
    expect([...stays.read(0, 3)]).toEqual([1, 2, 3]);
    const [there, small] = [late.finish(), single.finish()];
    expect([there.whole, small.whole, stays.whole === undefined]).toEqual([undefined, undefined, false]);
    expect([...there.read(0, 1), ...small.read(0, 1)]).toEqual([4, Math.fround(0.1)]);
  });

  test('asks for no file where nothing is stored', () => {
    storage = spillStorage(0, join(folder, 'missing'));
    const { length, read } = storage.wholes().finish();
    expect([length, ...read(0, 0)]).toEqual([0]);
  });

  test('says so where the folder will not have it', () => {
    storage = spillStorage(0, join(folder, 'missing'));
    expect(() => storage.floats().push(1)).toThrow(
      /^E_TEMP_FILE: what does not fit into memory cannot be kept in .*missing: there is no such file or folder\. /,
    );
  });
});
