import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkFlag, checkList, checkOptionNames } from '../core/checks.ts';
import { checkPath } from './check-path.ts';
import { outputError, sameError } from './output-errors.ts';
import { outputPlace } from './output-place.ts';

/** What is agreed about an output. */
export interface OutputOptions {
  /** Whether a file that is there may be replaced. Default false. */
  readonly force?: boolean;
}

/**
 * Checks, before any work is done for it, that an output can be written: it is no input, no folder, not there already
 * unless `force`, and its folder can be written to, or made in one that exists.
 *
 * @param options `inputs` are paths being read, none of which may be the output, under whatever name.
 * @throws CalibrationError `E_OUT_SAME`, `E_OUT_EXISTS`, `E_OUT_DIR`, `E_OUT_WRITE`.
 *
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { checkOutput } from 'calibrant/node';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'calibrant-')), 'val.csv');
 * await checkOutput(path);
 * await writeFile(path, 'a,b,label\n');
 * await assert.rejects(checkOutput(path, { force: true, inputs: [path] }), /E_OUT_SAME/);
 * ```
 */
export async function checkOutput(
  path: string,
  options: OutputOptions & { readonly inputs?: readonly string[] } = {},
): Promise<void> {
  checkPath(path);
  checkOptionNames(options, ['force', 'inputs']);
  const { inputs = [], force = false } = options;
  checkFlag('force', force);
  checkList('inputs', inputs, 'paths', (input) => typeof input === 'string');
  for (const input of inputs) if (await isSameFile(path, input)) throw sameError(path);
  const { folder, folderMissing } = await outputPlace(path, force);
  await access(folderMissing ? dirname(folder) : folder, constants.W_OK).catch((cause) => {
    throw outputError(path, cause);
  });
}

/** By what the system knows them by, as a file may have many names. Devices and pipes may be both. */
async function isSameFile(output: string, input: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [output, input].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return a?.isFile() === true && a.ino === b?.ino && a.dev === b.dev;
}

/**
 * Whether two paths name one file, there already or still to be made: through symbolic and hard links, dots in the path, and on Windows and macOS in any
 * case of letters. Devices and pipes may be written to twice.
 */
export async function areSameOutput(first: string, second: string): Promise<boolean> {
  const [a, b] = await Promise.all([first, second].map((path) => outputPlace(path, true)));
  if (a!.existing !== undefined || b!.existing !== undefined) return isSameFile(first, second);
  const isFolded = process.platform === 'win32' || process.platform === 'darwin';
  const [x, y] = [a!.target, b!.target].map((path) => (isFolded ? path.toLowerCase() : path));
  return x === y;
}
