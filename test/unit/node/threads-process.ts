/**
 * Fits in one thread and in several, by the compiled source in the folder given, and prints what came of it as JSON.
 */

import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type * as calibrators from '../../../src/calibrators/index.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type * as node from '../../../src/node/index.ts';

const compiled = pathToFileURL(`${process.argv[2]}/dist/`);
const { fitTemperature }: typeof calibrators = await import(new URL('calibrators/index.js', compiled).href);
const { fitTemperatureInThreads }: typeof node = await import(new URL('node/index.js', compiled).href);

const rows = 40_000;
const columns = 650;

function drawn(kind: 'float32' | 'shared float64') {
  const random = seededRandom(3);
  const cells = rows * columns;
  const shared = new SharedArrayBuffer(kind === 'float32' ? 0 : 8 * cells);
  const data =
    kind === 'float32' ? new Float32Array(cells) : new Float64Array(shared as unknown as ArrayBuffer);
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    for (let k = 0; k < columns; k += 1) data[i * columns + k] = 4 * random.uniform();
    const top = random.below(columns);
    labels[i] = random.uniform() < 0.6 ? top : random.below(columns);
    data[i * columns + top]! += 9;
  }
  return { scores: { data, rows, columns }, labels };
}

let [answers, started, ended] = [0, 0, 0];
const { emit } = Worker.prototype;
Worker.prototype.emit = function counting(this: Worker, event: string | symbol, ...rest: unknown[]) {
  if (event === 'message') answers += 1;
  if (event === 'online') started += 1;
  if (event === 'exit') ended += 1;
  return Reflect.apply(emit, this, [event, ...rest]);
} as typeof emit;

const runs: object[] = [];
for (const kind of ['float32', 'shared float64'] as const) {
  const { scores, labels } = drawn(kind);
  const wanted = fitTemperature(scores, labels);
  for (const threads of [1, 2]) {
    [answers, started] = [0, 0];
    const progress: number[] = [];
    const found = await fitTemperatureInThreads(scores, labels, {
      threads,
      onProgress: (done) => progress.push(done / rows),
    });
    runs.push({
      kind,
      threads,
      status: found.status,
      same: JSON.stringify(found) === JSON.stringify(wanted),
      answers,
      progress,
      started,
    });
  }
}
// Nothing keeps the process alive any more; a thread that it had waited for would have ended first.
process.once('beforeExit', () => process.stdout.write(JSON.stringify({ runs, ended })));
