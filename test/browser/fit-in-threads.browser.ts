import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as calibrators from '../../src/calibrators/index.ts';
import { openInChromium } from './chromium.ts';
import { columns, drawSample, rows } from './drawn-sample.ts';
import type { PageReport } from './page.ts';
import { type Serving, servePages } from './serve-pages.ts';

const compiled = new URL('../../dist/', import.meta.url);
const { fitTemperature }: typeof calibrators = await import(new URL('calibrators/index.js', compiled).href);

let pages: Awaited<ReturnType<typeof servePages>>;
let wanted = '';
beforeAll(async () => {
  pages = await servePages();
  const data = new Float32Array(rows * columns);
  const labels = new Int32Array(rows);
  drawSample(data, labels);
  wanted = JSON.stringify(fitTemperature({ data, rows, columns }, labels));
});
afterAll(() => pages.close());

const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const copied =
  'W_NO_SAB: the page is not cross-origin isolated; threads get copies of rows (results are identical)';

/** What the page reports when it is served so and asked for this. */
async function reportOf(serving: Partial<Serving>, query: Record<string, string> = {}): Promise<PageReport> {
  const asked = new URLSearchParams({ module: '/dist/browser/index.js', ...query });
  const report = pages.serve({ headers: {}, missing: [], made: new Map(), ...serving });
  const browser = openInChromium(`${pages.origin}/?${asked}`);
  try {
    return JSON.parse(await Promise.race([report, browser.ended]));
  } finally {
    browser.ended.catch(() => undefined);
    await browser.close();
  }
}

test('a page that is not isolated copies rows to a worker, and finds the bits that Node finds', async () => {
  expect(await reportOf({})).toEqual({ isIsolated: false, started: 1, notices: [copied], model: wanted });
});

test('an isolated page shares its memory with a worker', async () => {
  const report = await reportOf({ headers: isolated }, { shared: '' });
  expect(report).toEqual({ isIsolated: true, started: 1, notices: [], model: wanted });
});

test('an isolated page may leave its logits where they are', async () => {
  const report = await reportOf({ headers: isolated });
  expect(report).toEqual({ isIsolated: true, started: 1, notices: [], model: wanted });
});

test('a policy that forbids workers leaves the work to the page', async () => {
  const policy = "default-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
  const { notices, ...rest } = await reportOf({ headers: { 'content-security-policy': policy } });
  expect(rest).toMatchObject({ isIsolated: false, model: wanted });
  expect(notices).toEqual([
    copied,
    expect.stringMatching(/^W_WORKER: a thread (could not be started|ended)/),
  ]);
});

test('a policy that forbids WebAssembly leaves the work to JavaScript', async () => {
  const report = await reportOf({ headers: { 'content-security-policy': "default-src 'self'" } });
  const javascript =
    'W_NO_WASM: WebAssembly with SIMD cannot run; using the JavaScript kernels (results are identical)';
  expect(report).toEqual({ isIsolated: false, started: 1, notices: [javascript, copied], model: wanted });
});

test('a script of the worker that is not found leaves the work to the page', async () => {
  const report = await reportOf({ missing: ['/dist/browser/thread-entry.js'] });
  const lost = 'W_WORKER: a thread ended; the others did its share (results are identical)';
  expect(report).toEqual({ isIsolated: false, started: 1, notices: [copied, lost], model: wanted });
});

test('a bundle with the worker as a further entry point starts it', async () => {
  const { outputFiles } = buildSync({
    entryPoints: ['index.js', 'thread-entry.js'].map((name) =>
      fileURLToPath(new URL(`browser/${name}`, compiled)),
    ),
    bundle: true,
    format: 'esm',
    write: false,
    outdir: '/bundle',
  });
  const made = new Map(outputFiles.map(({ path, text }) => [path.replaceAll('\\', '/'), text]));
  const missing = ['/dist/browser/index.js', '/dist/browser/thread-entry.js'];
  const report = await reportOf({ made, missing }, { module: '/bundle/index.js' });
  expect(report).toEqual({ isIsolated: false, started: 1, notices: [copied], model: wanted });
});

test('a signal that fires stops the fit', async () => {
  const { error } = await reportOf({}, { abort: '0' });
  expect(error).toMatch(/^CalibrationError: E_ABORTED/);
});
