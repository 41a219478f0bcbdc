import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { type PackedLogits, packLogits } from '../../../src/kernels/packed-logits.ts';
import { surveyLogits } from '../../../src/kernels/survey.ts';
import { blockSums } from '../../../src/kernels/temperature-loss.ts';
import { lossCrew } from '../../../src/workers/loss-crew.ts';
import { piecesOf, sharesOf } from '../../../src/workers/shares.ts';
import { threadPool } from '../../../src/workers/thread-pool.ts';
import { type Fault, type SimulatedThread, simulatedThread } from './simulated-thread.ts';

/** Blocks of rows by the number of columns, so that there are several shares; of 300 classes each is sent in two pieces. */
const blocksOf: Readonly<Record<number, number>> = { 2: 60, 5: 40, 300: 5 };

/** The last block is short. */
function packedRows(columns: number, isWeighted: boolean): PackedLogits {
  const random = seededRandom(columns);
  const rows = blocksOf[columns]! * 4096 + 17;
  const data = new Float32Array(rows * columns).map((_, at) => ((at * 7919) % 1021) * 0.008);
  const labels = Int32Array.from({ length: rows }, () => random.below(columns));
  const weights = isWeighted ? Float64Array.from(labels, (label) => (label % 3) + 0.25) : undefined;
  const scores = { data, rows, columns };
  return packLogits(scores, surveyLogits(scores), labels, weights);
}

/** A pool of these threads, in their order. */
function poolOf(threads: readonly SimulatedThread[]) {
  const left = [...threads];
  return threadPool({ start: () => left.shift()! });
}

function taken(threads: readonly SimulatedThread[]) {
  const { take } = poolOf(threads);
  return threads.map(() => take());
}

test('the shares of these sets are several, and some come in pieces', () => {
  const cut = Object.entries(blocksOf).map(([columns, blocks]) => {
    const packed = packedRows(Number(columns), false);
    const shares = sharesOf(packed);
    const rows = shares.map((share) => [...piecesOf(packed, share)].map((piece) => piece.rows.rows));
    // Every row is in one piece.
    expect(rows.flat().reduce((sum, count) => sum + count, 0)).toBe(blocks * 4096 + 17);
    return [shares.length, rows[0]!.length];
  });
  expect(cut).toEqual([
    [5, 1],
    [5, 1],
    [6, 2],
  ]);
});

describe('a crew', () => {
  test.each([1, 2, 3, 7, 30])(
    'of %d threads besides this one makes the sums that one thread makes',
    async (count) => {
      for (const columns of [2, 5, 300]) {
        for (const isWeighted of [false, true]) {
          const packed = packedRows(columns, isWeighted);
          const threads = Array.from({ length: count }, () => simulatedThread('none'));
          const crew = lossCrew(packed, taken(threads), { nextTurn });
          for (const wanted of ['derivatives', 'value', 'slopes'] as const) {
            expect(await crew.pass(1.25, wanted)).toEqual(blockSums(packed, 1.25, wanted));
          }
          crew.close();
          // Whoever can have a share has one.
          const sharers = Math.min(count, sharesOf(packed).length);
          expect(threads.filter((thread) => thread.heard() >= 3).length).toBeGreaterThanOrEqual(sharers);
          expect(threads.some((thread) => thread.isClosed())).toBe(false);
        }
      }
    },
  );

  test('works on logits in shared memory where they are', async () => {
    const copied = packedRows(5, true);
    const cells = new Float32Array(new SharedArrayBuffer(copied.cells.byteLength) as unknown as ArrayBuffer);
    cells.set(copied.cells);
    const thread = simulatedThread('none');
    const crew = lossCrew({ ...copied, cells }, taken([thread]), { nextTurn });
    expect(await crew.pass(1.5, 'derivatives')).toEqual(blockSums(copied, 1.5, 'derivatives'));
    crew.close();
    expect(thread.heard()).toBeGreaterThan(0);
    expect(thread.lent()).toBe(0);
  });

  test('lends a thread no more memory than three pieces take', async () => {
    const packed = packedRows(300, false);
    const thread = simulatedThread('none');
    const crew = lossCrew(packed, taken([thread]), { nextTurn });
    for (const beta of [0.5, 1, 2]) await crew.pass(beta, 'value');
    crew.close();
    expect(thread.heard()).toBeGreaterThan(6);
    expect(thread.mostUnderWay()).toBe(3);
  });

  test('does work that need not wait while a thread has its own, and hears it in the pauses', async () => {
    const packed = packedRows(300, false);
    const thread = simulatedThread('none');
    const crew = lossCrew(packed, taken([thread]), { nextTurn });
    const ahead = 3;
    const heard: number[] = [];
    const sums = await crew.pass(1, 'value', async () => {
      heard.push(thread.heard());
      // Its answers take a millisecond each.
      for (let turn = 0; turn < 1e6 && thread.heard() === ahead; turn += 1) await nextTurn();
      heard.push(thread.heard());
    });
    crew.close();
    expect(sums).toEqual(blockSums(packed, 1, 'value'));
    expect(heard[0]).toBe(ahead);
    expect(heard[1]).toBeGreaterThan(ahead);
  });

  const lost = 'could not be sent its work (no room for a copy)';
  const faults: readonly (readonly [Fault, string])[] = [
    ['ends at once', 'ended (out of memory)'],
    ['ends at the second piece', 'ended (exit code 1)'],
    ['never answers', 'did not answer'],
    ['answers another question', 'sent what is no answer'],
    ['answers nothing that could be sums', 'sent what is no answer'],
    ['keeps the memory', 'sent what is no answer'],
    ['answers twice', 'sent what is no answer'],
    ['takes no piece', lost],
    ['takes no second piece', lost],
  ];
  test.each(faults)('makes the same sums when a thread %s, and says that it %s', async (fault, reason) => {
    for (const columns of [5, 300]) {
      const packed = packedRows(columns, false);
      const dismissals: string[] = [];
      const faulty = simulatedThread(fault);
      const crew = lossCrew(packed, taken([simulatedThread('none'), faulty]), {
        nextTurn,
        // Only silence needs waiting for.
        patience: reason === 'did not answer' ? 20 : 60_000,
        onDismissal: (why) => dismissals.push(why),
      });
      for (const beta of [0.5, 1, 2]) {
        expect(await crew.pass(beta, 'derivatives')).toEqual(blockSums(packed, beta, 'derivatives'));
      }
      crew.close();
      expect(dismissals).toEqual([reason]);
      expect(faulty.isClosed()).toBe(true);
    }
  });

  test('hears its threads between any two pieces of its own', async () => {
    const packed = packedRows(300, false);
    let turns = 0;
    const crew = lossCrew(packed, [], {
      nextTurn: () => {
        turns += 1;
        return nextTurn();
      },
    });
    expect(await crew.pass(1, 'value')).toEqual(blockSums(packed, 1, 'value'));
    const pieces = sharesOf(packed).flatMap((share) => [...piecesOf(packed, share)]);
    expect(turns).toBe(pieces.length);
  });

  test('makes the sums alone when every thread ends', async () => {
    const packed = packedRows(5, false);
    const crew = lossCrew(
      packed,
      taken([simulatedThread('ends at once'), simulatedThread('takes no piece')]),
      { nextTurn },
    );
    expect(await crew.pass(1, 'slopes')).toEqual(blockSums(packed, 1, 'slopes'));
    crew.close();
  });

  test('gives back the threads that have nothing left to do, and ends the others', async () => {
    const threads = [simulatedThread('none'), simulatedThread('never answers')];
    const pool = poolOf(threads);
    const controller = new AbortController();
    const crew = lossCrew(packedRows(5, false), [pool.take(), pool.take()], {
      nextTurn,
      signal: controller.signal,
      patience: 60_000,
    });
    const pass = crew.pass(1, 'value');
    setTimeout(() => controller.abort(), 50);
    await expect(pass).rejects.toThrow(/E_ABORTED: stopped on request/);
    crew.close();
    expect(threads.map((thread) => thread.isClosed())).toEqual([false, true]);
    expect(pool.idle()).toBe(1);
  });

  test('stops at once when asked to, though a thread never answers', async () => {
    const controller = new AbortController();
    const crew = lossCrew(packedRows(5, false), taken([simulatedThread('never answers')]), {
      nextTurn,
      signal: controller.signal,
      patience: 60_000,
    });
    const pass = crew.pass(1, 'value');
    controller.abort();
    await expect(pass).rejects.toThrow(/E_ABORTED: stopped on request/);
    await expect(crew.pass(2, 'value')).rejects.toThrow(/E_ABORTED/);
    crew.close();
  });
});
