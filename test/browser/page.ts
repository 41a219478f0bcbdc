import type * as browser from '../../src/browser/index.ts';
import { columns, drawSample, rows } from './drawn-sample.ts';

/** What the page tells the test. */
export interface PageReport {
  readonly isIsolated: boolean;
  readonly started: number;
  readonly notices: readonly string[];
  /** The model as JSON, or what the fit threw. */
  readonly model?: string;
  readonly error?: string;
}

const query = new URLSearchParams(location.search);

let started = 0;
globalThis.Worker = class extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    started += 1;
  }
};

async function report(): Promise<PageReport> {
  const notices: string[] = [];
  const told = (): Omit<PageReport, 'model' | 'error'> => ({
    isIsolated: crossOriginIsolated,
    started,
    notices,
  });
  try {
    const { fitTemperatureInThreads }: typeof browser = await import(query.get('module')!);
    const bytes = 4 * rows * columns;
    const data = new Float32Array(
      query.has('shared') ? (new SharedArrayBuffer(bytes) as unknown as ArrayBuffer) : new ArrayBuffer(bytes),
    );
    const labels = new Int32Array(rows);
    drawSample(data, labels);
    const controller = new AbortController();
    if (query.has('abort')) setTimeout(() => controller.abort(), Number(query.get('abort')));
    const model = await fitTemperatureInThreads({ data, rows, columns }, labels, {
      threads: 2,
      signal: controller.signal,
      onNotice: ({ message }) => notices.push(message),
    });
    return { ...told(), model: JSON.stringify(model) };
  } catch (reason) {
    return { ...told(), error: String(reason) };
  }
}

await fetch('/report', { method: 'POST', body: JSON.stringify(await report()) });
