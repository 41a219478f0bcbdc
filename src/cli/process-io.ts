import pc from 'picocolors';
import type { CommandIo, TextSink } from './command-io.ts';

/** This process, as a command sees it. */
export function processIo(signal: AbortSignal): CommandIo {
  return {
    stdin: process.stdin,
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    signal,
    now: () => performance.now(),
  };
}

function sink(stream: NodeJS.WriteStream): TextSink {
  const isTerminal = stream.isTTY === true;
  const { FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== '';
  return {
    write: (piece) =>
      new Promise((resolve) => {
        if (stream.write(piece)) resolve();
        else stream.once('drain', resolve);
      }),
    isTerminal,
    columns: isTerminal ? stream.columns : undefined,
    colours: pc.isColorSupported && (isTerminal || forced) && !process.argv.includes('--no-color'),
    unicode: TERM !== 'dumb' && TERM !== 'linux',
  };
}
