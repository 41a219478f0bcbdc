import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from '../../cli/run-command.ts';

/** A folder of the test with an output in it that is not there yet. */
export interface TestOutput {
  readonly folder: string;
  readonly path: string;
  readonly contents: (name?: string) => string;
  /** Names in the folder, sorted. */
  readonly names: () => string[];
}

/** Makes the folder; it lives as long as the test. */
export function testOutput(): TestOutput {
  const folder = testFolder();
  return {
    folder,
    path: join(folder, 'report.html'),
    contents: (name = 'report.html') => readFileSync(join(folder, name), 'utf8'),
    names: () => readdirSync(folder).sort(),
  };
}

/** The message of a refusal, paths in the folder of the test without it; `no error` where there is none. */
export async function refusal(work: Promise<unknown>, folder: string): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : 'no error';
}
