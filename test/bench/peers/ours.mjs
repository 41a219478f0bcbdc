/**
 * This project as a contestant, driven as `peer.py` is:
 *
 *     node ours.mjs NAME THREADS logits.npy labels.npy
 *
 * It runs the built package.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { classwiseCalibrationError, expectedCalibrationError, fitTemperature } from '../../../dist/index.js';
import { packLogits } from '../../../dist/kernels/packed-logits.js';
import { surveyLogits } from '../../../dist/kernels/survey.js';
import { temperatureLoss } from '../../../dist/kernels/temperature-loss.js';
import { fitTemperatureInThreads } from '../../../dist/node/index.js';

const [, , name, threadsText, logitsPath, labelsPath] = process.argv;
const threads = Number(threadsText);

/** The numbers of an NPY file of version 1 in the order of this machine. */
function numbersOf(path, Storage) {
  const bytes = readFileSync(path);
  const header = 10 + bytes.readUInt16LE(8);
  const shape = /'shape': \(([^)]*)\)/
    .exec(bytes.toString('latin1', 10, header))[1]
    .split(',')
    .filter(Boolean)
    .map(Number);
  return {
    shape,
    data: new Storage(
      bytes.buffer,
      bytes.byteOffset + header,
      (bytes.length - header) / Storage.BYTES_PER_ELEMENT,
    ),
  };
}

const { shape, data } = numbersOf(logitsPath, Float32Array);
const [rows, columns] = shape;
const scores = { data, rows, columns };
const labels = Int32Array.from(numbersOf(labelsPath, BigInt64Array).data, Number);

/** softmax in the precision of the logits, for the measures of probabilities. */
function shares() {
  const p = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += columns) {
    let most = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let k = at; k < at + columns; k += 1) most = Math.max(most, data[k]);
    for (let k = at; k < at + columns; k += 1) sum += p[k] = Math.exp(data[k] - most);
    for (let k = at; k < at + columns; k += 1) p[k] /= sum;
  }
  return { data: p, rows, columns };
}

const makers = {
  calibrant: () => async () => {
    const model =
      threads === 1
        ? fitTemperature(scores, labels)
        : await fitTemperatureInThreads(scores, labels, { threads });
    return { result: model.temperature, evaluations: model.certificate.evaluations };
  },
  'pass: calibrant': () => {
    const packed = packLogits(scores, surveyLogits(scores), labels);
    return async () => ({ result: temperatureLoss(packed, 1 / 1.7).value });
  },
  'ECE: calibrant': () => {
    const p = shares();
    return async () => ({ result: expectedCalibrationError(p, labels) });
  },
  'class-wise: calibrant': () => {
    const p = shares();
    return async () => ({ result: classwiseCalibrationError(p, labels).mean });
  },
};

const work = makers[name]();
const megabytes = () => process.resourceUsage().maxRSS / 1e3;
const base = process.memoryUsage().rss / 1e6;
process.stdout.write('ready\n');
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const { result, evaluations = null } = await work();
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${JSON.stringify({ seconds, result, evaluations, memory: Math.max(megabytes() - base, 0) })}\n`,
  );
}
