import { existsSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { checkText, checkWhole } from '../core/checks.ts';
import { type SpillStorage, spillStorage } from './spill-storage.ts';

/** How much memory reading and judging may take, and where the rest goes. */
export interface MemoryOptions {
  /**
   * Bytes that the process may take, a whole number from 128 MB (128e6) on. What does not fit goes to temporary files. Default: a
   * quarter of the machine's memory, 512 MB at least and 4 GB at most.
   */
  readonly maxMemory?: number;
  /** Folder of the temporary files. Default: `TMPDIR`, else `/var/tmp` where there is one, else the system's. */
  readonly temporaryFolder?: string;
}

/** Less than this Node itself may need. */
export const leastMemory = 128e6;

/** What the process takes before it holds any numbers: the engine, code, and the blocks it reads and works on. */
const overhead = 112e6;

/** Numbers take at most this share of the rest, as what is worked out of them, the drawing of rows above all, takes more. */
const share = 0.15;

/**
 * Storage within the limits of the options. It does not change what is stored or worked out, only where it stands.
 *
 * @throws CalibrationError `E_OPTION`.
 */
export function limitedStorage({ maxMemory, temporaryFolder }: MemoryOptions): SpillStorage {
  if (maxMemory !== undefined) checkWhole('maxMemory', maxMemory, leastMemory, Number.MAX_SAFE_INTEGER);
  if (temporaryFolder !== undefined) checkText('temporaryFolder', temporaryFolder);
  return spillStorage(share * workingMemory(maxMemory), temporaryFolder ?? usualFolder());
}

/** Bytes that the measures of rows in storage may take: what the process itself and its storage leave. */
export function measuringMemory(maxMemory: number | undefined): number {
  return (1 - share) * workingMemory(maxMemory);
}

function workingMemory(maxMemory: number | undefined): number {
  const limit = maxMemory ?? Math.min(Math.max(totalmem() / 4, 512e6), 4e9);
  return Math.max(limit - overhead, 0);
}

/** The system's folder for temporary files is in memory on many machines; `/var/tmp` is not. */
function usualFolder(): string {
  const { TMPDIR } = process.env;
  if (TMPDIR !== undefined && TMPDIR !== '') return TMPDIR;
  return process.platform !== 'win32' && existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
}
