import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { threadPool } from '../../../src/workers/thread-pool.ts';
import { type SimulatedThread, simulatedThread } from './simulated-thread.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pool with all threads that it has started. */
function watched(idleFor = 1000) {
  const started: SimulatedThread[] = [];
  const start = (): SimulatedThread => {
    const thread = simulatedThread('none');
    started.push(thread);
    return thread;
  };
  return { started, pool: threadPool({ start, idleFor }) };
}

const ignore = (): void => undefined;

test('hands out a thread again that was given back', () => {
  const { pool, started } = watched();
  const thread = pool.take();
  thread.use(ignore, ignore);
  expect(pool.idle()).toBe(0);
  thread.release();
  expect(pool.idle()).toBe(1);
  expect(pool.take()).toBe(thread);
  expect(pool.take()).not.toBe(thread);
  expect(started).toHaveLength(2);
});

test('ends a thread that nobody has wanted for a while, but none that is in use', () => {
  const { pool, started } = watched(1000);
  const [idle, used] = [pool.take(), pool.take()];
  idle.release();
  vi.advanceTimersByTime(999);
  expect(started[0]!.isClosed()).toBe(false);
  expect(pool.take()).toBe(idle);
  idle.use(ignore, ignore);
  vi.advanceTimersByTime(10_000);
  expect(started.some((thread) => thread.isClosed())).toBe(false);
  used.release();
  vi.advanceTimersByTime(1000);
  expect(started.map((thread) => thread.isClosed())).toEqual([false, true]);
  expect(pool.idle()).toBe(0);
});

test('does not hand out a thread that has ended or was closed', () => {
  const { pool, started } = watched();
  const [ended, closed, endedInUse] = [pool.take(), pool.take(), pool.take()];
  ended.release();
  started[0]!.end(1);
  closed.close();
  closed.release();
  endedInUse.use(ignore, ignore);
  started[2]!.end(1);
  endedInUse.release();
  expect(pool.idle()).toBe(0);
  expect(started[1]!.isClosed()).toBe(true);
});

test('ends an idle thread that speaks without being asked', () => {
  const { pool, started } = watched();
  pool.take().release();
  started[0]!.say('hello');
  expect(started[0]!.isClosed()).toBe(true);
  expect(pool.idle()).toBe(0);
});

test('tells each user what the thread says and how it ends, and nobody else', () => {
  const { pool, started } = watched();
  const told: unknown[] = [];
  const thread = pool.take();
  thread.use(
    (message) => told.push(['first', message]),
    (reason) => told.push(['first', reason]),
  );
  started[0]!.say(1);
  thread.release();
  pool.take().use(
    (message) => told.push(['second', message]),
    (reason) => told.push(['second', reason]),
  );
  started[0]!.say(2);
  started[0]!.end('why');
  expect(told).toEqual([
    ['first', 1],
    ['second', 2],
    ['second', 'why'],
  ]);
});

test('tells a user that comes late how the thread has ended', () => {
  const { pool, started } = watched();
  const thread = pool.take();
  started[0]!.end('why');
  const told: unknown[] = [];
  thread.use(ignore, (reason) => told.push(reason));
  expect(told).toEqual(['why']);
});

test('passes on that no thread can be started', () => {
  const pool = threadPool({
    start: () => {
      throw new Error('forbidden');
    },
  });
  expect(() => pool.take()).toThrow('forbidden');
  expect(pool.idle()).toBe(0);
});
