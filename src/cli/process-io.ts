import pc from 'picocolors';
import { outputError } from '../node/output-errors.ts';
import type { CommandIo, TextSink } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';

/** This process, as a command sees it. */
export function processIo(): CommandIo {
  return {
    // Opened when first read from.
    get stdin() {
      return process.stdin;
    },
    stdout: sink(process.stdout, (cause) => {
      process.stderr.write(`${outputError('standard output', cause).message}\n`);
    }),
    stderr: sink(process.stderr, () => undefined),
    // A signal ends the process itself, whatever it is doing.
    signal: new AbortController().signal,
    now: () => performance.now(),
  };
}

/**
 * A reader that has seen enough, such as `head`, is no error: what can no longer be told is let go, and the work goes on,
 * as it may have files to write.
 */
function sink(stream: NodeJS.WriteStream, tell: (cause: Error) => void): TextSink {
  const isTerminal = stream.isTTY === true;
  const { FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== '';
  let isOpen = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false;
    if (error.code === 'EPIPE') return;
    process.exitCode = exitCodes.output;
    tell(error);
  });
  return {
    write: (piece) =>
      isOpen ? new Promise((resolve) => stream.write(piece, () => resolve())) : Promise.resolve(),
    isOpen: () => isOpen,
    isTerminal,
    columns: isTerminal ? stream.columns : undefined,
    colours: pc.isColorSupported && (isTerminal || forced),
    unicode: TERM !== 'dumb' && TERM !== 'linux',
  };
}
