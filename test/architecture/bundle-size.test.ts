import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

/** Bytes, minified and gzipped: a little above what the checks, the error texts, the decoding of tensors and the own exp and log take. */
const limit = 7600;

test('a page pays for what it imports: softmax and a temperature need no kernels', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { softmax, applyTemperature } from './src/index.ts';
        globalThis.used = [softmax, applyTemperature];`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  });
  const [bundle] = outputFiles;
  expect(bundle!.text).toContain('E_LOGIT_NEGINF');
  expect(bundle!.text).not.toContain('WebAssembly');
  expect(gzipSync(bundle!.contents, { level: 9 }).length).toBeLessThan(limit);
});
