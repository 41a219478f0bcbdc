/**
 * Trains the classifiers whose logits are in this folder, from the raw sets as their publishers hand them out:
 *
 *     npm run datasets -- --letters letter-recognition.data --images images-idx3-ubyte.gz --labels labels-idx1-ubyte.gz
 *
 * Everything is seeded; equal raw sets give equal files.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../src/core/random.ts';
import { logitsTable } from './training/logits-table.ts';
import type { Examples } from './training/multilayer-perceptron.ts';
import { pick, readDigits, readLetters } from './training/raw-sets.ts';
import { shuffled } from './training/shuffle.ts';
import { logitsOf, trainPerceptron } from './training/train-perceptron.ts';

interface Recipe {
  readonly name: string;
  readonly seed: number;
  readonly rows: {
    readonly train: number;
    readonly tuning: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly header: readonly string[];
  readonly labelName: (label: number) => string;
  /** Writes the one score z₁ − z₀ in place of two logits. */
  readonly oneColumn?: boolean;
}

const { values: paths } = parseArgs({
  options: {
    letters: { type: 'string' },
    images: { type: 'string' },
    labels: { type: 'string' },
    only: { type: 'string' },
  },
});
if (paths.letters === undefined || paths.images === undefined || paths.labels === undefined) {
  process.stderr.write(
    'usage: npm run datasets -- --letters FILE --images FILE --labels FILE [--only NAME]\n',
  );
  process.exit(2);
}

const letters = readLetters(paths.letters);
const digits = readDigits(paths.images, paths.labels);

make(letters.examples, {
  name: 'letters',
  seed: 1,
  rows: { train: 2500, tuning: 0, validation: 4000, test: 4000 },
  hidden: 256,
  epochs: 300,
  batch: 50,
  learningRate: 0.002,
  header: [...letters.classNames, 'label'],
  labelName: (label) => letters.classNames[label]!,
});

make(digits.examples, {
  name: 'mnist',
  seed: 2,
  rows: { train: 1000, tuning: 0, validation: 3000, test: 4000 },
  hidden: 128,
  epochs: 80,
  batch: 50,
  learningRate: 0.002,
  header: [...digits.classNames.map((name) => `logit_${name}`), 'label'],
  labelName: String,
});

make(twoLetters(letters.examples, 'O', 'Q'), {
  name: 'binary',
  seed: 3,
  rows: { train: 100, tuning: 0, validation: 500, test: 800 },
  hidden: 64,
  epochs: 300,
  batch: 25,
  learningRate: 0.002,
  header: ['score', 'label'],
  labelName: String,
  oneColumn: true,
});

make(digits.examples, {
  name: 'calibrated',
  seed: 4,
  rows: { train: 3500, tuning: 1500, validation: 2500, test: 2500 },
  hidden: 32,
  epochs: 30,
  batch: 50,
  learningRate: 0.001,
  header: [...digits.classNames.map((name) => `logit_${name}`), 'label'],
  labelName: String,
});

/** Trains one classifier and writes its logits on rows it has not seen. */
function make(examples: Examples, recipe: Recipe): void {
  if (paths.only !== undefined && paths.only !== recipe.name) return;
  const random = seededRandom(recipe.seed);
  const order = shuffled(examples.labels.length, random);
  let start = 0;
  const take = (count: number): Examples => {
    start += count;
    if (start > order.length)
      throw new Error(`${recipe.name} needs ${start} rows, the raw set has ${order.length}`);
    return pick(examples, order.slice(start - count, start));
  };
  const train = take(recipe.rows.train);
  const tuning = take(recipe.rows.tuning);
  const classes = Math.max(...examples.labels) + 1;
  const { perceptron, epoch } = trainPerceptron(train, {
    hidden: recipe.hidden,
    classes,
    epochs: recipe.epochs,
    batch: recipe.batch,
    learningRate: recipe.learningRate,
    random,
    ...(recipe.rows.tuning > 0 ? { tuning } : {}),
    onEpoch: (number, loss) => {
      if (number % 20 === 0)
        process.stderr.write(`${recipe.name}: epoch ${number}, loss ${loss.toFixed(6)}\n`);
    },
  });
  const folder = fileURLToPath(new URL(`./${recipe.name}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const part of ['validation', 'test'] as const) {
    const seen = take(recipe.rows[part]);
    const logits = logitsOf(perceptron, seen);
    const scores = recipe.oneColumn ? margins(logits) : logits;
    const text = logitsTable(scores, seen.labels, recipe.header, recipe.labelName);
    writeFileSync(`${folder}${part}.csv`, text);
    const sum = createHash('sha256').update(text).digest('hex');
    process.stdout.write(
      `${recipe.name}/${part}.csv  ${seen.labels.length} rows  epoch ${epoch}  sha256 ${sum}\n`,
    );
  }
}

function margins(logits: Float64Array): Float64Array {
  return Float64Array.from({ length: logits.length / 2 }, (_, i) => logits[2 * i + 1]! - logits[2 * i]!);
}

/** The rows of two letters, as classes 0 and 1. */
function twoLetters(examples: Examples, zero: string, one: string): Examples {
  const codes = [zero, one].map((letter) => letters.classNames.indexOf(letter));
  const rows = Int32Array.from(examples.labels.keys()).filter((row) => codes.includes(examples.labels[row]!));
  const picked = pick(examples, rows);
  return { ...picked, labels: picked.labels.map((label) => codes.indexOf(label)) };
}

for (const path of [paths.letters, paths.images, paths.labels]) {
  process.stdout.write(
    `raw ${path.split(/[\\/]/).at(-1)}  sha256 ${createHash('sha256').update(readFileSync(path)).digest('hex')}\n`,
  );
}
