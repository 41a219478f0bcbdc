/**
 * Bundles the compiled command in `dist/cli` into the one file that runs it, and removes the parts. It is CommonJS, minified
 * and without the dependencies: what costs the least to load.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../../dist/cli/', import.meta.url));
await build({
  entryPoints: [`${folder}main.js`],
  outfile: `${folder}main.js`,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Of `import.meta` only the way to a thread's file makes use, which the command does not take.
  logOverride: { 'empty-import-meta': 'silent' },
});
if (readFileSync(`${folder}main.js`, 'utf8').includes('thread-entry')) {
  throw new Error('the bundled command cannot start threads: it has no import.meta');
}
for (const name of readdirSync(folder)) if (name !== 'main.js') rmSync(`${folder}${name}`);
writeFileSync(`${folder}package.json`, '{ "type": "commonjs" }\n');
