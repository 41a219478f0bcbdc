import { rmSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { nextTurn } from '../../../src/browser/next-turn.ts';
import { webWorkerChannel } from '../../../src/browser/web-worker-channel.ts';
import { fitTemperature } from '../../../src/calibrators/index.ts';
import type { Matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { packLogits } from '../../../src/kernels/packed-logits.ts';
import { surveyLogits } from '../../../src/kernels/survey.ts';
import { blockSums } from '../../../src/kernels/temperature-loss.ts';
import { fitInThreads, type ThreadedTemperatureOptions } from '../../../src/workers/fit-in-threads.ts';
import { lossCrew } from '../../../src/workers/loss-crew.ts';
import { threadPool } from '../../../src/workers/thread-pool.ts';
import { compiledSource } from '../../compiled-source.ts';
import { type Fault, simulatedWebWorkers } from './simulated-web-worker.ts';

const full = process.env['CALIBRANT_FULL'] === '1';
const folder = compiledSource();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllGlobals());

/** The script that a worker is started with; the simulation runs its compiled twin. */
const script = new URL('../../../src/browser/thread-entry.js', import.meta.url);

interface Set {
  readonly scores: Matrix;
  readonly labels: Int32Array;
}

function drawn(rows: number, columns: number, data: Float64Array | Float32Array): Set {
  const random = seededRandom(3);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const top = random.below(columns);
    labels[i] = random.uniform() < 0.6 ? top : random.below(columns);
    for (let k = 0; k < columns; k += 1) data[i * columns + k] = ((i * 31 + k * 17) % 64) / 16;
    data[i * columns + top]! += 5;
  }
  return { scores: { data, rows, columns }, labels };
}

/** Enough for several shares. */
const rows = 40 * 4096 + 5;
const small = drawn(rows, 3, new Float64Array(3 * rows));

function workerPool(idleFor: number) {
  return threadPool({
    start: () => webWorkerChannel(new Worker(script, { type: 'module' })),
    idleFor,
  });
}

/** A fit that thinks threads worth it for a small set, by workers of its own unless others are given. */
function fitSmall({ scores, labels }: Set, options: ThreadedTemperatureOptions, pool = workerPool(0)) {
  return fitInThreads(scores, labels, options, {
    count: () => 3,
    pool,
    nextTurn,
    repays: { started: 1, idle: 1 },
  });
}

describe('a fit on web workers', () => {
  test('is the fit of one thread to the last bit, and each worker makes each pass', async () => {
    const workers = simulatedWebWorkers(folder);
    vi.stubGlobal('Worker', workers.Worker);
    const shared = new Float64Array(new SharedArrayBuffer(24 * rows) as unknown as ArrayBuffer);
    for (const set of [small, drawn(rows, 3, shared), drawn(rows, 3, new Float32Array(3 * rows))]) {
      const before = workers.answers();
      const passes: number[] = [];
      const notices: unknown[] = [];
      const found = await fitSmall(set, {
        onProgress: (done) => passes.push(done / rows),
        onNotice: (told) => notices.push(told),
      });
      expect(found).toEqual(fitTemperature(set.scores, set.labels));
      expect(notices).toEqual([]);
      // Two workers beside this thread; there are rough passes that are not told, too.
      expect(workers.answers() - before).toBeGreaterThan(2 * passes.length);
    }
    expect(workers.started()).toBe(6);
    await expect.poll(workers.ended).toBe(6);
  });

  test('leaves its workers to the next fit, which starts others in place of those that ended meanwhile', async () => {
    const workers = simulatedWebWorkers(folder);
    vi.stubGlobal('Worker', workers.Worker);
    const pool = workerPool(60_000);
    const wanted = fitTemperature(small.scores, small.labels);
    const notices: unknown[] = [];
    const onNotice = (told: unknown): number => notices.push(told);
    const fitted = async (): Promise<void> => {
      expect(await fitSmall(small, { onNotice }, pool)).toEqual(wanted);
      expect(pool.idle()).toBe(2);
    };
    await fitted();
    await fitted();
    expect(workers.started()).toBe(2);
    workers.fail(0);
    expect(pool.idle()).toBe(1);
    await fitted();
    expect(workers.started()).toBe(3);
    expect(notices).toEqual([]);
  });

  test('gives its workers back when the sample is refused', async () => {
    const workers = simulatedWebWorkers(folder);
    vi.stubGlobal('Worker', workers.Worker);
    const pool = workerPool(60_000);
    const labels = small.labels.slice().fill(7, 1000, 1001);
    await expect(fitSmall({ ...small, labels }, {}, pool)).rejects.toThrow(/E_LABEL_RANGE/);
    expect(pool.idle()).toBe(2);
    expect(await fitSmall(small, {}, pool)).toEqual(fitTemperature(small.scores, small.labels));
    expect(workers.started()).toBe(2);
  });

  test('uses an idle thread for less work than repays starting one', async () => {
    const workers = simulatedWebWorkers(folder);
    vi.stubGlobal('Worker', workers.Worker);
    const pool = workerPool(60_000);
    const work = 11 * rows;
    const answersOf = async (started: number, idle: number): Promise<number> => {
      const before = workers.answers();
      const supply = { count: () => 3, pool, nextTurn, repays: { started, idle } };
      const found = await fitInThreads(small.scores, small.labels, {}, supply);
      expect(found).toEqual(fitTemperature(small.scores, small.labels));
      return workers.answers() - before;
    };
    expect(await answersOf(work / 2 + 1, 1)).toBe(0);
    expect(await answersOf(work / 2, 1)).toBeGreaterThan(0);
    expect(workers.started()).toBe(1);
    expect(await answersOf(work, work / 2 + 1)).toBe(0);
    expect(await answersOf(work, work / 3)).toBeGreaterThan(0);
    expect(workers.started()).toBe(1);
    expect(await answersOf(work / 3, work)).toBeGreaterThan(0);
    expect(workers.started()).toBe(2);
  });

  test('starts as many threads as the browser tells and the set repays', async () => {
    const { fitTemperatureInThreads } = await import('../../../src/browser/index.ts');
    const workers = simulatedWebWorkers(folder);
    vi.stubGlobal('Worker', workers.Worker);
    const large = drawn(8001, 2000, new Float32Array(8001 * 2000));
    const wanted = fitTemperature(large.scores, large.labels);
    for (const [cores, started] of [
      [1, 0],
      [8, 1],
      // The one there is serves again.
      [8, 0],
      [undefined, 0],
    ]) {
      vi.stubGlobal('navigator', { hardwareConcurrency: cores });
      const before = workers.started();
      expect(await fitTemperatureInThreads(large.scores, large.labels)).toEqual(wanted);
      expect(workers.started() - before).toBe(started);
    }
    vi.stubGlobal('navigator', undefined);
    expect(await fitTemperatureInThreads(large.scores, large.labels)).toEqual(wanted);
    expect(workers.ended()).toBe(0);
  }, 60_000);

  test('copies rows where memory cannot be shared, and says so', async () => {
    vi.stubGlobal('Worker', simulatedWebWorkers(folder).Worker);
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const codes: string[] = [];
    const found = await fitSmall(small, { onNotice: ({ code }) => codes.push(code) });
    expect(found).toEqual(fitTemperature(small.scores, small.labels));
    expect(codes).toEqual(['W_NO_SAB']);
  });

  test('is made on this thread where workers are forbidden, missing, or not to be had', async () => {
    const forbidden = class {
      constructor() {
        throw new Error('violates the policy\nworker-src');
      }
    };
    for (const [stub, reason] of [
      [forbidden, 'could not be started (violates the policy\\u000Aworker-src)'],
      [undefined, 'could not be started (Worker is not a constructor)'],
    ]) {
      vi.stubGlobal('Worker', stub);
      const messages: string[] = [];
      const found = await fitSmall(small, { onNotice: ({ message }) => messages.push(message) });
      expect(found).toEqual(fitTemperature(small.scores, small.labels));
      expect(messages).toEqual([
        `W_WORKER: a thread ${reason}; the others did its share (results are identical)`,
      ]);
    }
    const workers = simulatedWebWorkers(folder, () => ({ kind: 'is not found', at: 0 }));
    vi.stubGlobal('Worker', workers.Worker);
    const messages: string[] = [];
    const found = await fitSmall(small, { onNotice: ({ message }) => messages.push(message) });
    expect(found).toEqual(fitTemperature(small.scores, small.labels));
    expect(messages).toEqual(
      Array(2).fill('W_WORKER: a thread ended; the others did its share (results are identical)'),
    );
  });

  test('uses JavaScript where WebAssembly is forbidden, and says so', async () => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', undefined);
    const fresh = await import('../../../src/browser/index.ts');
    const codes: string[] = [];
    const options = { threads: 1, onNotice: ({ code }: { code: string }) => codes.push(code) };
    const found = await fresh.fitTemperatureInThreads(small.scores, small.labels, options);
    vi.unstubAllGlobals();
    expect(found).toEqual(fitTemperature(small.scores, small.labels));
    expect(codes).toEqual(['W_NO_WASM']);
  });

  test('stops when the signal fires, before it begins and while a worker hangs', async () => {
    const workers = simulatedWebWorkers(folder, () => ({ kind: 'hangs', at: 2 }));
    vi.stubGlobal('Worker', workers.Worker);
    await expect(fitSmall(small, { signal: AbortSignal.abort() })).rejects.toThrow(/E_ABORTED/);
    expect(workers.started()).toBe(0);
    const controller = new AbortController();
    const fit = fitSmall(small, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(fit).rejects.toThrow(/E_ABORTED/);
    await expect.poll(workers.ended).toBe(2);
  });
});

describe('a crew of web workers', () => {
  const columns = 4;
  const set = drawn(rows, columns, new Float32Array(columns * rows));
  const packed = packLogits(set.scores, surveyLogits(set.scores), set.labels);
  const passes = [
    [0.5, 'derivatives'],
    [1, 'value'],
    [2, 'slopes'],
    [4, 'derivatives'],
  ] as const;

  /** Told at once, so there is no need for haste; silence is only told by waiting. */
  const faults: readonly (readonly [Fault['kind'], string, number])[] = [
    ['throws', 'ended (planted)', 60_000],
    ['answers nonsense', 'sent what is no answer', 60_000],
    ['cannot be read', 'ended (its message cannot be read)', 60_000],
    ['closes itself', 'did not answer', 300],
    ['hangs', 'did not answer', 300],
  ];
  const points = full ? [1, 2, 3, 4] : [1, 3];
  const places = full ? [0, 1, 2] : [1];
  const cases = faults.flatMap(([kind, reason, patience]) =>
    points.flatMap((at) => places.map((place) => ({ kind, reason, patience, at, place }))),
  );

  test.each(cases)(
    'makes the same sums when worker $place $kind at message $at',
    async ({ kind, reason, patience, at, place }) => {
      const workers = simulatedWebWorkers(folder, (k) => (k === place ? { kind, at } : undefined));
      const { take } = threadPool({
        start: () => webWorkerChannel(new workers.Worker(script, { type: 'module' }) as unknown as Worker),
        idleFor: 0,
      });
      const dismissals: string[] = [];
      const crew = lossCrew(packed, [take(), take(), take()], {
        nextTurn,
        patience,
        onDismissal: (why) => dismissals.push(why),
      });
      for (const [beta, wanted] of passes) {
        expect(await crew.pass(beta, wanted)).toEqual(blockSums(packed, beta, wanted));
      }
      crew.close();
      expect(dismissals).toContain(reason);
      await expect.poll(workers.ended).toBe(3);
    },
  );
});
