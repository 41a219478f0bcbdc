import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from '../../cli/run-command.ts';

/** A folder of a test's own, with what tests of inputs do in it. */
export interface TestInput {
  readonly folder: string;
  /** Writes a file and returns its path. */
  readonly written: (name: string, contents: string | Uint8Array) => string;
  /** The message of a refusal, paths in the folder without it. */
  readonly refusal: (work: Promise<unknown>) => Promise<string>;
}

export function testInput(): TestInput {
  const folder = testFolder();
  return {
    folder,
    written: (name, contents) => {
      const path = join(folder, name);
      writeFileSync(path, contents);
      return path;
    },
    refusal: async (work) => {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : 'no error';
    },
  };
}
