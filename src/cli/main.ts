#!/usr/bin/env node
import { exitCodes } from './exit-codes.ts';
import { processIo } from './process-io.ts';
import { run } from './run.ts';
import { endOnSignals } from './signals.ts';

endOnSignals();

// Not awaited: the command is bundled as CommonJS, which starts sooner and knows no await out here.
void run(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = status === exitCodes.done ? (process.exitCode ?? status) : status;
});
