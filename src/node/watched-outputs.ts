/** Outputs of this process: those being written, and those that have been. */
export interface Outputs {
  readonly writing: readonly string[];
  readonly written: readonly string[];
}

/** Told when the first output is begun, and when none is being written any more. */
export interface OutputWatcher {
  readonly begun: () => void;
  readonly ended: () => void;
}

const writing: string[] = [];
const written: string[] = [];
let watcher: OutputWatcher | undefined;

/** Has one watcher told of the outputs of this process, in place of the one before. */
export function watchOutputs(next: OutputWatcher): void {
  watcher = next;
}

/** The outputs as they are now. */
export function outputsNow(): Outputs {
  return { writing: [...writing], written: [...written] };
}

/** Notes that an output is about to be written. */
export function beginOutput(path: string): void {
  writing.push(path);
  if (writing.length === 1) watcher?.begun();
}

/** Notes that an output is in its place, or was given up. */
export function endOutput(path: string, isWritten: boolean): void {
  writing.splice(writing.indexOf(path), 1);
  if (isWritten) written.push(path);
  if (writing.length === 0) watcher?.ended();
}
