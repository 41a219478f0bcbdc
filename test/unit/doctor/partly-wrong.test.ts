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

describe('accuracy at chance level in some rows', () => {
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

describe('labels shifted by a row', () => {
  test('are named with about the rows', () => {
    const shifted = [...labels.slice(0, 200), ...labels.slice(201), 0];
    const own = (i: number): boolean => shifted[i] === predicted(logits[i]!);
    const next = (i: number): boolean => shifted[i] === predicted(logits[i + 1] ?? []);
    const inside = Array.from({ length: 199 }, (_, i) => i + 200);
    const only = inside.filter((i) => next(i) && !own(i)).length;
    const other = inside.filter((i) => own(i) && !next(i)).length;
    expect(messages(logits, shifted)).toEqual([
      `W_SHIFTED_ROWS: in about the rows 201 to 399 of 400, ${only} labels agree with the scores of the row after and not with their own, and ${other} the other way round, so a row of the scores or the labels is missing or too many.`,
    ]);
  });

  test('are found in a short part of two classes, in either direction', () => {
    const two = simulatedLogits(400, 2, 5, 21);
    const later = [two.labels[0]!, ...two.labels.slice(0, 80), ...two.labels.slice(81)];
    expect(codes(two.logits, later)).toContain('W_SHIFTED_ROWS');
    const earlier = [...two.labels.slice(1, 81), two.labels[0]!, ...two.labels.slice(81)];
    expect(codes(two.logits, earlier)).toContain('W_SHIFTED_ROWS');
  });

  test('are not said to be in sets in order, of sorted labels or wholly at chance', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const set = simulatedLogits(150 + seed, 2 + (seed % 4), 0.5, seed);
      const order = [...set.labels.keys()].sort((i, j) => set.labels[i]! - set.labels[j]!);
      const sorted = codes(
        order.map((i) => set.logits[i]!),
        order.map((i) => set.labels[i]!),
      );
      alarms += [...codes(set.logits, set.labels), ...sorted].includes('W_SHIFTED_ROWS') ? 1 : 0;
    }
    expect(alarms).toBe(0);
    expect(codes(logits, [...labels.slice(1), 0])).toEqual(['W_CHANCE_LEVEL']);
  });
});

describe('one score that is never on the side of class 0', () => {
  const two = simulatedLogits(200, 2, 3, 31);
  const margins = two.logits.map(([a, b]) => b! - a!);
  const of = (scores: readonly number[], kind: 'logits' | 'probabilities'): string[] =>
    diagnose(
      setOf(
        kind,
        scores.map((s) => (kind === 'logits' ? [0, s] : [1 - s, s])),
        two.labels,
      ),
      {
        oneColumn: true,
      },
    ).map(({ code }) => code);

  test('is named as the confidence that it may be', () => {
    const confidence = margins.map((m) => 1 / (1 + Math.exp(-Math.abs(m))));
    expect(of(confidence, 'probabilities')).toContain('W_NEVER_CLASS_0');
    expect(of(margins.map(Math.abs), 'logits')).toContain('W_NEVER_CLASS_0');
  });

  test('is not said of scores of both sides, of few, equal or several ones', () => {
    expect(of(margins, 'logits')).not.toContain('W_NEVER_CLASS_0');
    expect(
      of(
        margins.map(() => 0.75),
        'probabilities',
      ),
    ).not.toContain('W_NEVER_CLASS_0');
    const several = diagnose(
      setOf(
        'logits',
        margins.map((m) => [0, Math.abs(m)]),
        two.labels,
      ),
    );
    expect(several.map(({ code }) => code)).not.toContain('W_NEVER_CLASS_0');
  });
});

describe('two classes that are swapped among many', () => {
  const many = simulatedLogits(600, 12, 5, 41);
  const swapped = (pairs: readonly (readonly [number, number])[]): number[][] =>
    many.logits.map((row) => {
      const other = [...row];
      for (const [a, b] of pairs) [other[a], other[b]] = [row[b]!, row[a]!];
      return other;
    });

  test('are named with the order that is right', () => {
    const [message] = messages(
      swapped([
        [2, 9],
        [4, 5],
      ]),
      many.labels,
    );
    expect(message).toContain('the columns may be in the order 0,1,9,3,5,4,6,7,8,2,10,11');
  });

  test('are named although two rare classes are predicted as one', () => {
    // Class 11 is hardly ever right, and predicted as class 10 for the most part.
    const rows = swapped([[2, 9]]).map((row) => row.map((z, k) => (k === 11 ? row[10]! - 0.01 : z)));
    expect(codes(rows, many.labels)).toContain('W_CLASS_ORDER');
  });

  test('are not, if one of them is often taken for the other', () => {
    const biased = many.logits.map((row) => row.map((z, k) => (k === 3 ? z + 6 : z)));
    expect(codes(biased, many.labels)).not.toContain('W_CLASS_ORDER');
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const set = simulatedLogits(200, 8, 1, seed);
      alarms += codes(set.logits, set.labels).includes('W_CLASS_ORDER') ? 1 : 0;
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
