#!/usr/bin/env node
import { removeTemporaries } from '../node/index.ts';
import { exitCodes } from './exit-codes.ts';
import { processIo } from './process-io.ts';
import { run } from './run.ts';

const stop = new AbortController();

const handlers = [
  { signal: 'SIGINT', handle: () => end(exitCodes.interrupted, 'interrupted; nothing was written\n') },
  { signal: 'SIGTERM', handle: () => end(exitCodes.terminated, '') },
] as const;

function end(code: number, line: string): void {
  stop.abort();
  removeTemporaries();
  if (line !== '') process.stderr.write(line);
  process.exit(code);
}

/** A handler would wait for the work to pause; without one the system ends the process, with the same status in a shell. */
function endAtOnce<Result>(work: () => Result): Result {
  for (const { signal, handle } of handlers) process.off(signal, handle);
  try {
    return work();
  } finally {
    for (const { signal, handle } of handlers) process.on(signal, handle);
  }
}

for (const { signal, handle } of handlers) process.on(signal, handle);

// Not awaited: the command is bundled as CommonJS, which starts sooner and knows no await out here.
void run(process.argv.slice(2), processIo(stop.signal, endAtOnce)).then((status) => {
  process.exitCode = status === exitCodes.done ? (process.exitCode ?? status) : status;
});
