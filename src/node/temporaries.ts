import { randomBytes } from 'node:crypto';
import { openSync, rmdirSync, rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { processPlace } from './process-place.ts';

/** Temporaries of this process, each with the folder that was made for it. */
const living = new Map<string, string | undefined>();

/** Characters of the output's name that its temporary repeats, so that no name grows too long. */
const repeated = 40;

/** A temporary, and the descriptor that made it. */
export interface Temporary {
  readonly path: string;
  readonly descriptor: number;
}

/**
 * Creates a file in the output's own folder for its unfinished contents, which nobody else may read; its name says whose it is. It does not
 * wait, so that no signal comes between the file and the record of it.
 *
 * @param made The folder, where it was made for this output.
 */
export function createTemporary(target: string, folder: string, made: string | undefined): Temporary {
  const name = [...basename(target)].slice(0, repeated).join('');
  const own = `calibrant-${processPlace()}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const path = join(folder, `.${name}.${own}.tmp`);
  living.set(path, made);
  try {
    return { path, descriptor: openSync(path, 'wx+', 0o600) };
  } catch (cause) {
    dropTemporary(path);
    throw cause;
  }
}

/** Whether a temporary is still to become an output. */
export function isLiving(path: string): boolean {
  return living.has(path);
}

/** Forgets a temporary that has become the output. */
export function forgetTemporary(path: string): void {
  living.delete(path);
}

/** Deletes a temporary, and the folder that was made for it if nothing else is in it. */
export function dropTemporary(path: string): void {
  const made = living.get(path);
  living.delete(path);
  attempt(() => rmSync(path, { force: true }));
  if (made !== undefined) attempt(() => rmdirSync(made));
}

/**
 * Deletes the unfinished contents of every output now being written. It does not wait, so that it can be called when the
 * process is about to end.
 *
 * @example
 * ```ts
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openOutput, removeTemporaries } from 'calibrant/node';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'calibrant-'));
 * const output = await openOutput(join(folder, 'probs.csv'));
 * await output.write('p_0,p_1');
 * removeTemporaries();
 * assert.deepEqual(await readdir(folder), []);
 * await assert.rejects(output.commit(), /E_ABORTED/);
 * ```
 */
export function removeTemporaries(): void {
  for (const path of [...living.keys()]) dropTemporary(path);
}

/**
 * Deletes what processes that were killed have left in a folder, if they ran where this one does. Of any other, in another container or on another
 * computer that shares the folder, nobody here knows whether it still runs.
 */
export async function sweepTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, place = '', pid = ''] =
      /^\..*\.calibrant-([A-Za-z0-9]+)-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
    const path = join(folder, name);
    if (place !== processPlace() || living.has(path) || isRunning(Number(pid))) continue;
    await rm(path, { force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What cannot be deleted now is swept later. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {}
}
