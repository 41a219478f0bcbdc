import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

const living = new Set<string>();

/** Temporaries older than this belong to nobody, wherever they were made. */
const staleAge = 3_600_000;

const host =
  hostname()
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 24) || 'host';

/** A path in the output's own folder for its unfinished contents; it says whose it is. */
export function temporaryFor(target: string, folder: string): string {
  const name = `.${basename(target).slice(0, 100)}.calibrant-${host}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const path = join(folder, name);
  living.add(path);
  return path;
}

/** Deletes a temporary, or forgets one that was renamed. */
export async function dropTemporary(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
  living.delete(path);
}

/**
 * Deletes the unfinished contents of every output now being written. It does not wait, so that it can be called when the
 * process is about to end.
 */
export function removeTemporaries(): void {
  for (const path of living) rmSync(path, { force: true });
  living.clear();
}

/** Deletes what processes that were killed have left in a folder. */
export async function sweepTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, owner = '', pid = ''] = /\.calibrant-([A-Za-z0-9]+)-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
    if (pid === '') continue;
    const path = join(folder, name);
    const age =
      Date.now() -
      (await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      ));
    const orphaned = owner === host && !isRunning(Number(pid));
    if (orphaned || age > staleAge) await rm(path, { force: true }).catch(() => undefined);
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
