import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { compiledSource } from '../compiled-source.ts';

const folder = compiledSource();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = (name: string): string =>
  fileURLToPath(new URL(`../../datasets/letters/${name}.csv`, import.meta.url));

/** A table of so many classes with ties, masked classes and far-off logits among the usual. */
function odd(rows: number, columns: number): string {
  const random = seededRandom(columns);
  const lines = Array.from({ length: rows }, () => {
    const label = random.below(columns);
    const cells = Array.from({ length: columns }, (_, k) => {
      if (k !== label && random.below(9) === 0) return '-inf';
      return String(
        random.below(20) === 0 ? 900 * random.uniform() : random.below(6) / 2 + (k === label ? 1.5 : 0),
      );
    });
    return [...cells, label].join(',');
  });
  const path = join(folder, `odd-${columns}.csv`);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const commands: readonly (readonly string[])[] = [
  ['fit', letters('validation'), '--test', letters('test')],
  ['fit', letters('validation')],
  ['evaluate', letters('test'), '--scheme', 'equal-mass', '--resamples', '100', '--draws', '19'],
  ['fit', odd(9000, 2), '--allow-neg-inf'],
  ['fit', odd(5000, 7), '--allow-neg-inf', '--edges', 'left'],
];

/** Every version of Node takes this; options of V8 come and go. */
const withoutWasm = ['--import', 'data:text/javascript,delete globalThis.WebAssembly'];

describe('every figure has the same bits', () => {
  test.each(commands.map((args) => [args.map((arg) => arg.split('/').at(-1)).join(' '), args] as const))(
    '%s: with WebAssembly and without',
    (_, args) => {
      const hashes = [[], withoutWasm].map((flags) => {
        const printed = execFileSync(
          process.execPath,
          [...flags, join(folder, 'dist/cli/main.js'), ...args, '--json'],
          {
            stdio: ['ignore', 'pipe', 'ignore'],
          },
        );
        expect(JSON.parse(printed.toString()).status).toBe('done');
        return createHash('sha256').update(printed).digest('hex');
      });
      expect(hashes[1]).toBe(hashes[0]);
    },
  );
});
