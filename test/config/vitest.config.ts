import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: {
    alias: [
      { find: /^calibrant$/, replacement: source('index.ts') },
      { find: /^calibrant\/ml-matrix$/, replacement: source('interop/index.ts') },
      { find: /^calibrant\/(node|browser|report|plots)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // One worker for each core: half of the tests' time is spent in processes that wait for each other.
    maxWorkers: '100%',
    // No test is timed; a limit so long only ends one that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
});
