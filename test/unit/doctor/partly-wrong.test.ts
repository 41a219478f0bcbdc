import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import { plainSoftmax, setOf, simulatedLogits } from './simulated-sets.ts';

const { logits, labels } = simulatedLogits(400, 3, 4);
const messages = (rows: readonly (readonly number[])[], truth: readonly number[]): string[] =>
  diagnose(setOf('logits', rows, truth)).map(({ message }) => message);
const codes = (rows: readonly (readonly number[])[], truth: readonly number[]): string[] =>
  diagnose(setOf('logits', rows, truth)).map(({ code }) => code);
const predicted = (row: readonly number[]): number => row.indexOf(Math.max(...row));
const accuracy = (truth: readonly number[], from: number, to: number): string => {
  const right = truth.slice(from, to).filter((y, i) => y === predicted(logits[from + i]!)).length;
  return `${((100 * right) / (to - from)).toFixed(1)}%`;
};

describe('accuracy at chance level in some rows', () => {
  test('is said where a row is missing in the middle', () => {
    const shifted = [...labels.slice(0, 200), ...labels.slice(201), 0];
    const rest = shifted.slice(200).filter((y, i) => y === predicted(logits[201 + i] ?? [])).length;
    expect(messages(logits, shifted)).toEqual([
      `W_PART_AT_CHANCE: accuracy is ${accuracy(shifted, 200, 400)}, at chance level, in about the rows 201 to 400 of 400, and ${accuracy(shifted, 0, 200)} in the others; there the labels agree with the scores of the row after on ${((100 * rest) / 200).toFixed(1)}%, so a row is missing or too many.`,
    ]);
  });

  test('is said where labels are another order, at the start, too', () => {
    const mixed = [...labels.slice(0, 160).reverse(), ...labels.slice(160)];
    expect(messages(logits, mixed)[0]).toMatch(
      /^W_PART_AT_CHANCE: accuracy is .* 1 to 160 of 400, and .*belong together there\.$/,
    );
  });

  test('is not said of sorted labels, harder rows, few rows and rows that are all at chance', () => {
    const order = [...labels.keys()].sort((a, b) => labels[a]! - labels[b]!);
    const sorted = codes(
      order.map((i) => logits[i]!),
      order.map((i) => labels[i]!),
    );
    const hard = simulatedLogits(200, 3, 1.5, 3);
    const harder = codes([...logits, ...hard.logits], [...labels, ...hard.labels]);
    const few = codes(logits.slice(0, 110), [...labels.slice(0, 55), ...labels.slice(56, 111)]);
    const none = codes(logits, [...labels.slice(7), ...labels.slice(0, 7)]);
    for (const found of [sorted, harder, few, none]) expect(found).not.toContain('W_PART_AT_CHANCE');
    expect(none).toContain('W_CHANCE_LEVEL');
  });

  test('false alarms on sets of one accuracy are fewer than 1 in 200', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const set = simulatedLogits(150 + seed, 2 + (seed % 4), 2, seed);
      alarms += codes(set.logits, set.labels).includes('W_PART_AT_CHANCE') ? 1 : 0;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe('labels that come again', () => {
  const twice = [...logits, ...logits.map((row) => row.map((z) => 2 * z))];

  test('in the same order are named', () => {
    expect(messages(twice, [...labels, ...labels])).toEqual([
      'W_REPEATED_LABELS: the labels of rows 1 to 400 come again in the same order in all others, so the rows may be 400 cases scored 2 times, by several models or epochs or with other inputs; give the rows of one model, or pass --clusters with a column that names the cases.',
    ]);
    expect(messages([...twice, ...logits], [...labels, ...labels, ...labels])[0]).toContain(
      'come again in the same order 2 times',
    );
  });

  test('side by side are named', () => {
    const pairs = logits.flatMap((row) => [row, row.map((z) => z + 0.5)]);
    expect(
      messages(
        pairs,
        labels.flatMap((y) => [y, y]),
      )[0],
    ).toMatch(
      /^W_REPEATED_LABELS: labels change only after every 2 rows, so the rows may be 400 cases scored 2 times/,
    );
  });

  test('are not, if they are sorted, go round in a short circle, or differ in one row', () => {
    const round = Array.from({ length: 400 }, (_, i) => i % 3);
    const sorted = Array.from({ length: 400 }, (_, i) => Math.floor(i / 134));
    const scores = (truth: readonly number[]): number[][] =>
      truth.map((y, i) => logits[i % 400]!.map((z, k) => z + (k === y ? 9 : 0)));
    for (const truth of [round, sorted, [...sorted, ...sorted], sorted.flatMap((y) => [y, y])]) {
      expect(codes(scores(truth), truth)).not.toContain('W_REPEATED_LABELS');
    }
    const but = [...labels, ...labels];
    but[500] = (but[500]! + 1) % 3;
    expect(codes(twice, but)).not.toContain('W_REPEATED_LABELS');
  });
});

describe('scores on another scale', () => {
  test.each([
    ['2', Math.LN2, '0.6931'],
    ['10', Math.LN10, '2.3026'],
  ] as const)('that are logarithms to base %s are named', (base, unit, factor) => {
    const rows = logits.map((row) => plainSoftmax(row).map((p) => Math.log(p) / unit));
    expect(messages(rows, labels)).toEqual([
      `W_LOG_BASE: all 400 rows look like log-probabilities to base ${base} (none above 0, powers of ${base} summing to 1), expected natural logarithms; multiply them by ln ${base}, ${factor}.`,
    ]);
  });

  test('that are natural logarithms are log-probabilities', () => {
    const rows = logits.map((row) => plainSoftmax(row).map(Math.log));
    expect(codes(rows, labels)).toEqual(['W_LOOKS_LIKE_LOG_PROBS']);
  });

  test('that are 2p - 1 in one column are named, and logits of any scale are not', () => {
    const two = simulatedLogits(300, 2, 3, 11);
    const margins = two.logits.map(([a, b]) => b! - a!);
    const of = (scores: readonly number[], oneColumn = true): string[] =>
      diagnose(
        setOf(
          'logits',
          scores.map((s) => [0, s]),
          two.labels,
        ),
        { oneColumn },
      ).map(({ code }) => code);
    const signed = margins.map((m) => Math.tanh(m / 2));
    expect(of(signed)).toEqual(['W_SIGNED_SHARES', 'W_BINARY_ONE_COLUMN']);
    expect(of(signed, false)).not.toContain('W_SIGNED_SHARES');
    const widest = Math.max(...margins.map(Math.abs));
    for (const scale of [1, 1 / widest, 0.1 / widest]) {
      expect(of(margins.map((m) => scale * m))).not.toContain('W_SIGNED_SHARES');
    }
    expect(of(signed.map(Math.abs))).not.toContain('W_SIGNED_SHARES');
  });
});

describe('copies of rows', () => {
  const copied = (times: number): [number[][], number[]] => {
    const order = Array.from({ length: times * 400 }, (_, i) => (i * 173) % 400);
    return [order.map((i) => logits[i]!), order.map((i) => labels[i]!)];
  };

  test('are named wherever they are', () => {
    const [rows, truth] = copied(3);
    expect(messages(rows, truth)).toContain(
      'W_REPEATED_ROWS: 66.7% of the rows are copies of others, label included, so intervals and p-values are too narrow unless --clusters names the cases; leave the copies out.',
    );
  });

  test('are looked for among some rows of a large set', () => {
    const large = simulatedLogits(50_000, 3, 4, 9);
    const twice = codes([...large.logits, ...large.logits], [...large.labels, ...large.labels]);
    expect(twice).toContain('W_REPEATED_ROWS');
    expect(codes(large.logits, large.labels)).not.toContain('W_REPEATED_ROWS');
  });

  test('are other cases where a label differs, scores are rounded, or few rows come twice', () => {
    const [rows, truth] = copied(2);
    truth[700] = (truth[700]! + 1) % 3;
    expect(codes(rows, truth)).not.toContain('W_REPEATED_ROWS');
    const few = [...logits, ...logits.slice(0, 30)];
    expect(codes(few, [...labels, ...labels.slice(0, 30)])).not.toContain('W_REPEATED_ROWS');
    // Sure of themselves and right: equal scores with equal labels are no wonder.
    const sure = labels.map((y) => [0, 1, 2].map((k) => (k === y ? 12 : 0)));
    expect(codes(sure, labels)).not.toContain('W_REPEATED_ROWS');
  });

  test('are no wonder among rounded probabilities: fewer than 1 alarm in 200 sets', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const p = Array.from({ length: 300 }, () => Math.round(20 * random.uniform()) / 20);
      const truth = p.map((share) => Number(random.uniform() < share));
      const found = diagnose(
        setOf(
          'probabilities',
          p.map((share) => [1 - share, share]),
          truth,
        ),
      );
      alarms += found.some(({ code }) => code === 'W_REPEATED_ROWS') ? 1 : 0;
    }
    expect(alarms).toBe(0);
  });
});
