import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmdirSync, rmSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

/** Temporaries of this process, each with the folder that was made for it. */
const living = new Map<string, string | undefined>();

/** Temporaries not written to for this long belong to nobody, wherever they were made. */
const staleAge = 3_600_000;

/** Characters of the output's name that its temporary repeats, so that no name grows too long. */
const repeated = 40;

const host =
  hostname()
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 24) || 'host';

/**
 * Creates a file in the output's own folder for its unfinished contents; its name says whose it is. It does not wait, so
 * that no signal comes between the file and the record of it.
 *
 * @param made The folder, where it was made for this output.
 */
export function createTemporary(target: string, folder: string, made: string | undefined): string {
  const name = [...basename(target)].slice(0, repeated).join('');
  const own = `calibrant-${host}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const path = join(folder, `.${name}.${own}.tmp`);
  living.set(path, made);
  try {
    closeSync(openSync(path, 'wx'));
  } catch (cause) {
    dropTemporary(path);
    throw cause;
  }
  return path;
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

/** Deletes what processes that were killed have left in a folder. */
export async function sweepTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, owner = '', pid = ''] =
      /^\..*\.calibrant-([A-Za-z0-9]+)-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
    const path = join(folder, name);
    if (pid === '' || living.has(path)) continue;
    const orphaned = owner === host && !isRunning(Number(pid));
    if (orphaned || (await isStale(path))) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function isStale(path: string): Promise<boolean> {
  const written = await lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  return written !== undefined && Date.now() - written > staleAge;
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
