import type { Channel } from './channel.ts';

/** A thread that is one user's until it is released or closed. */
export interface PooledThread extends Pick<Channel, 'post' | 'close'> {
  /** Says who hears its messages and its end from now on. What has happened before is told at once. */
  readonly use: (onMessage: (message: unknown) => void, onEnd: (reason: unknown) => void) => void;
  /** Gives it back, nothing being asked of it any more, so that the next user need not start one. */
  readonly release: () => void;
}

/** Threads that outlive their work for a while, as starting one takes some 30 ms. */
export interface ThreadPool {
  /** How many are started and have nothing to do. */
  readonly idle: () => number;
  /** A thread that is idle, else a new one. May throw where none can be started. */
  readonly take: () => PooledThread;
}

/** How threads are kept. */
export interface PoolOptions {
  readonly start: () => Channel;
  /** Milliseconds after which an idle thread is ended. Default one minute. */
  readonly idleFor?: number;
}

/** A pool of threads, all of one kind. One that ends, or speaks without being asked, is not kept. */
export function threadPool({ start, idleFor = 60_000 }: PoolOptions): ThreadPool {
  const idle: PooledThread[] = [];

  const started = (): PooledThread => {
    const channel = start();
    let hear: ((message: unknown) => void) | undefined;
    let end: ((reason: unknown) => void) | undefined;
    let ended: { readonly reason: unknown } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = (): void => {
      clearTimeout(timer);
      const at = idle.indexOf(thread);
      if (at >= 0) idle.splice(at, 1);
    };
    const close = (): void => {
      ended ??= { reason: undefined };
      [hear, end] = [undefined, undefined];
      forget();
      channel.close();
    };
    const thread: PooledThread = {
      post: channel.post,
      close,
      use: (onMessage, onEnd) => {
        forget();
        [hear, end] = [onMessage, onEnd];
        if (ended !== undefined) onEnd(ended.reason);
      },
      release: () => {
        [hear, end] = [undefined, undefined];
        if (ended !== undefined) return;
        idle.push(thread);
        timer = setTimeout(close, idleFor);
        letEnd(timer);
      },
    };
    channel.onMessage((message) => {
      if (hear === undefined) close();
      else hear(message);
    });
    channel.onEnd((reason) => {
      ended ??= { reason };
      forget();
      end?.(reason);
    });
    return thread;
  };

  return {
    idle: () => idle.length,
    take: () => idle.pop() ?? started(),
  };
}

/** Node waits for timers unless told not to; elsewhere a timer is a number. */
function letEnd(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref();
}
