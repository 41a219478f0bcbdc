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

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  removeTemporaries();
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.output);
});

process.exitCode = await run(process.argv.slice(2), processIo(stop.signal));
