import { seededRandom } from '../../../src/core/random.ts';

/** A table of scores and how to read it. */
export interface SampleTable {
  readonly name: string;
  readonly text: string;
  readonly options: Readonly<Record<string, string | boolean>>;
}

interface Kind {
  readonly rows: number;
  readonly classes: number;
  /** How a row of scores is written, the truth being class y. */
  readonly cells: (scores: number[], y: number, draw: () => number) => readonly (number | string)[];
  readonly options?: SampleTable['options'];
  readonly columns?: readonly string[];
}

const softmax = (scores: number[]): number[] => {
  const powers = scores.map((z) => Math.exp(z - Math.max(...scores)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

const kinds: Readonly<Record<string, Kind>> = {
  logits: { rows: 9000, classes: 5, cells: (z) => z },
  'logits of many rows': { rows: 24_000, classes: 3, cells: (z) => z },
  'logits that tie': { rows: 9000, classes: 3, cells: (z) => z.map((value) => value.toFixed(0)) },
  'logits of two classes': { rows: 9000, classes: 2, cells: (z) => z },
  'one column': { rows: 9000, classes: 2, cells: ([z0 = 0, z1 = 0]) => [z1 - z0], columns: ['z'] },
  'many classes': { rows: 600, classes: 700, cells: (z) => z.map((value) => value.toFixed(3)) },
  probabilities: { rows: 9000, classes: 4, cells: softmax, options: { input: 'probabilities' } },
  'rounded probabilities': {
    rows: 5000,
    classes: 3,
    cells: (z) => softmax(z).map((p) => p.toFixed(2)),
    options: { input: 'probabilities' },
  },
  'weighted logits': {
    rows: 9000,
    classes: 3,
    cells: (z, _, draw) => [...z, Math.floor(4 * draw()) / 3],
    columns: ['a', 'b', 'c', 'w'],
    options: { weight: 'w' },
  },
  'masked logits': {
    rows: 9000,
    classes: 4,
    cells: (z, y, draw) => z.map((value, k) => (k !== y && draw() < 0.1 ? '-inf' : value)),
    options: { allowNegInf: true },
  },
};

/** Tables of every kind of set, each of an overconfident classifier, the same at every call. */
export const sampleTables: readonly SampleTable[] = Object.entries(kinds).map(([name, kind]) => {
  const { rows, classes, cells, options = {} } = kind;
  const random = seededRandom(11);
  const columns = kind.columns ?? Array.from({ length: classes }, (_, k) => `class_${k}`);
  const lines = [[...columns, 'label'].join(',')];
  for (let i = 0; i < rows; i += 1) {
    const y = random.below(classes);
    const scores = Array.from({ length: classes }, (_, k) => 6 * random.uniform() + (k === y ? 3 : 0));
    lines.push([...cells(scores, y, () => random.uniform()), y].join(','));
  }
  return { name, text: `${lines.join('\n')}\n`, options };
});
