import { writeSync } from 'node:fs';
import { printable } from '../core/errors.ts';
import { removeTemporaries } from '../node/index.ts';
import { type Outputs, outputsNow, watchOutputs } from '../node/watched-outputs.ts';

/** What asks a command to stop. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Lets signals end the process at once, whatever it is doing: a listener would wait until the work pauses, so there is none
 * but while outputs are written. Then their unfinished contents are deleted and it is said which outputs are there, before
 * the process ends by the signal all the same.
 */
export function endOnSignals(): void {
  const stop = (signal: NodeJS.Signals): void => {
    const outputs = outputsNow();
    removeTemporaries();
    unlisten();
    tell(`${stoppedText(signal, outputs)}\n`);
    process.kill(process.pid, signal);
  };
  const unlisten = (): void => {
    for (const signal of signals) process.off(signal, stop);
  };
  watchOutputs({
    begun: () => {
      for (const signal of signals) process.on(signal, stop);
    },
    ended: unlisten,
  });
}

/** `interrupted; report.html was not written, c.json was`. */
function stoppedText(signal: NodeJS.Signals, { writing, written }: Outputs): string {
  const list = (paths: readonly string[]): string => paths.map(printable).join(', ');
  const were = (paths: readonly string[]): string => (paths.length === 1 ? 'was' : 'were');
  const done = written.length === 0 ? '' : `, ${list(written)} ${were(written)}`;
  return `${signal === 'SIGINT' ? 'interrupted' : `stopped by ${signal}`}; ${list(writing)} ${were(writing)} not written${done}`;
}

/** To standard error, if it takes text now. */
function tell(text: string): void {
  try {
    writeSync(process.stderr.fd, text);
  } catch {}
}
