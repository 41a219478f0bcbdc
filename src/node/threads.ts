import { Worker } from 'node:worker_threads';
import type { Channel } from '../workers/channel.ts';
import { type ThreadPool, threadPool } from '../workers/thread-pool.ts';

let pool: ThreadPool | undefined;

/** The threads of this process that have been started for work so far. */
export function nodeThreads(): ThreadPool {
  pool ??= threadPool({ start: startThread });
  return pool;
}

function startThread(): Channel {
  // It stands beside this file, compiled or not.
  const name = import.meta.url.endsWith('.ts') ? './thread-entry.ts' : './thread-entry.js';
  const entry = new URL(name, import.meta.url);
  const worker = new Worker(entry);
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      worker.on('message', listener);
      // A thread alone does not keep the process alive; a listener would.
      worker.unref();
    },
    onEnd: (listener) => {
      worker.on('error', listener);
      worker.on('exit', listener);
    },
    close: () => {
      void worker.terminate();
    },
  };
}
