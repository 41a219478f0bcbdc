#!/usr/bin/env node
import { removeTemporaries } from '../node/index.ts';
import { exitCodes } from './exit-codes.ts';
import { processIo } from './process-io.ts';
import { run } from './run.ts';

const stop = new AbortController();

for (const [signal, status] of [
  ['SIGINT', exitCodes.interrupted],
  ['SIGTERM', exitCodes.terminated],
] as const) {
  process.once(signal, () => {
    stop.abort();
    removeTemporaries();
    if (signal === 'SIGINT') process.stderr.write('interrupted; nothing was written\n');
    process.exit(status);
  });
}

const status = await run(process.argv.slice(2), processIo(stop.signal));
process.exitCode = status === exitCodes.done ? (process.exitCode ?? status) : status;
