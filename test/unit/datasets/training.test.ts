import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { logitsTable } from '../../../datasets/training/logits-table.ts';
import {
  accumulateGradient,
  createPerceptron,
  type Examples,
  forward,
  scratchFor,
} from '../../../datasets/training/multilayer-perceptron.ts';
import { pick, readDigits, readLetters } from '../../../datasets/training/raw-sets.ts';
import { shuffled } from '../../../datasets/training/shuffle.ts';
import { logitsOf, meanLoss, trainPerceptron } from '../../../datasets/training/train-perceptron.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { checkGradient } from '../../../src/optimize/index.ts';
import { testFolder } from '../../cli/run-command.ts';

function examplesOf(rows: number, inputs: number, classes: number, seed: number): Examples {
  const random = seededRandom(seed);
  return {
    features: Float64Array.from({ length: rows * inputs }, () => 2 * random.uniform() - 1),
    labels: Int32Array.from({ length: rows }, () => random.below(classes)),
    inputs,
  };
}

describe('the perceptron', () => {
  test('has the gradient of its loss', () => {
    const examples = examplesOf(6, 5, 3, 1);
    const perceptron = createPerceptron(5, 4, 3, seededRandom(2));
    // Biases off 0, so that no hidden unit sits at its kink.
    perceptron.parameters.forEach((value, i) => {
      perceptron.parameters[i] = value === 0 ? 0.1 + 0.01 * i : value;
    });
    const { discrepancy } = checkGradient((parameters, gradient) => {
      const moved = { ...perceptron, parameters: Float64Array.from(parameters) };
      gradient.fill(0);
      let loss = 0;
      const sums = new Float64Array(gradient.length);
      for (let row = 0; row < 6; row += 1) {
        loss += accumulateGradient(moved, examples, row, sums, scratchFor(moved));
      }
      gradient.set(sums);
      return loss;
    }, perceptron.parameters);
    // Extrapolated differences are right to about the fifth part of the digits of a double.
    expect(discrepancy).toBeLessThan(1e-7);
  });

  test('gives the logits of its definition', () => {
    const perceptron = { inputs: 2, hidden: 2, classes: 2, parameters: new Float64Array(12) };
    // W1 = [[1, 2], [-1, 1]], b1 = [0.5, -1], W2 = [[1, 3], [2, -1]], b2 = [0.25, 0].
    perceptron.parameters.set([1, 2, -1, 1, 0.5, -1, 1, 3, 2, -1, 0.25, 0]);
    const logits = new Float64Array(2);
    forward(perceptron, Float64Array.of(1, -0.5), 0, new Float64Array(2), logits);
    // Hidden: max(0, 1 − 1 + 0.5) = 0.5 and max(0, −1 − 0.5 − 1) = 0.
    expect([...logits]).toEqual([0.75, 1]);
  });

  test('trained twice from one seed has the same bits, and another from another', () => {
    const examples = examplesOf(40, 4, 3, 3);
    const trained = (seed: number): Float64Array =>
      logitsOf(
        trainPerceptron(examples, {
          hidden: 8,
          classes: 3,
          epochs: 5,
          batch: 7,
          learningRate: 0.01,
          random: seededRandom(seed),
        }).perceptron,
        examples,
      );
    expect(trained(1)).toEqual(trained(1));
    expect(trained(1)).not.toEqual(trained(2));
  });

  test('learns, and stops early at the best epoch on tuning rows', () => {
    const examples = examplesOf(60, 4, 2, 4);
    const plan = { hidden: 16, classes: 2, epochs: 200, batch: 10, learningRate: 0.02 };
    const long = trainPerceptron(examples, { ...plan, random: seededRandom(5) });
    const start = createPerceptron(4, 16, 2, seededRandom(5));
    expect(meanLoss(long.perceptron, examples)).toBeLessThan(meanLoss(start, examples) / 2);
    const tuning = examplesOf(60, 4, 2, 6);
    const early = trainPerceptron(examples, { ...plan, random: seededRandom(5), tuning });
    expect(early.epoch).toBeLessThan(200);
    expect(meanLoss(early.perceptron, tuning)).toBeLessThan(meanLoss(long.perceptron, tuning));
  });
});

describe('raw sets', () => {
  test('of letters are read with or without header, plain or packed', () => {
    const folder = testFolder();
    const lines = ['Z,0,15,3,3,3,3,3,3,3,3,3,3,3,3,3,3', 'A,15,0,3,3,3,3,3,3,3,3,3,3,3,3,3,3'].join('\n');
    const header = `lettr,${Array.from({ length: 16 }, (_, d) => `f${d}`).join(',')}\n`;
    writeFileSync(join(folder, 'plain'), lines);
    writeFileSync(join(folder, 'packed'), gzipSync(header + lines));
    const { examples, classNames } = readLetters(join(folder, 'plain'));
    expect([...examples.labels]).toEqual([25, 0]);
    expect([...examples.features.subarray(0, 2)]).toEqual([-1, 1]);
    expect(classNames).toHaveLength(26);
    expect(readLetters(join(folder, 'packed'))).toEqual({ examples, classNames });
    writeFileSync(join(folder, 'short'), 'A,1,2,3\n');
    expect(() => readLetters(join(folder, 'short'))).toThrow('row 1 has 3 features, not 16');
  });

  test('of digits are read as published or without their headers', () => {
    const folder = testFolder();
    const pixels = Buffer.alloc(2 * 784, 51);
    const imageHeader = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]);
    const labelHeader = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2]);
    writeFileSync(join(folder, 'images'), gzipSync(Buffer.concat([imageHeader, pixels])));
    writeFileSync(join(folder, 'labels'), Buffer.concat([labelHeader, Buffer.from([7, 3])]));
    writeFileSync(join(folder, 'bare-images'), pixels);
    writeFileSync(join(folder, 'bare-labels'), Buffer.from([7, 3]));
    const { examples } = readDigits(join(folder, 'images'), join(folder, 'labels'));
    expect([...examples.labels]).toEqual([7, 3]);
    expect(examples.features[0]).toBe(0.2);
    expect(readDigits(join(folder, 'bare-images'), join(folder, 'bare-labels')).examples).toEqual(examples);
    writeFileSync(join(folder, 'three'), Buffer.from([1, 2, 3]));
    expect(() => readDigits(join(folder, 'images'), join(folder, 'three'))).toThrow(
      /holds 2 images, .* 3 labels/,
    );
  });
});

describe('what the script shares out and writes', () => {
  test('is every row once, in an order that depends on the seed', () => {
    const order = shuffled(100, seededRandom(1));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...order]).not.toEqual([...shuffled(100, seededRandom(2))]);
    const { features, labels } = pick(examplesOf(5, 2, 3, 1), Int32Array.of(4, 0));
    expect([features.length, labels.length]).toEqual([4, 2]);
  });

  test('is a table with six decimals', () => {
    const text = logitsTable(Float64Array.of(1, -2 / 3), Int32Array.of(1), ['a', 'b', 'label'], String);
    expect(text).toBe('a,b,label\n1.000000,-0.666667,1\n');
  });
});
