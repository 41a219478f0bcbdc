import { describe, expect, test } from 'vitest';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import type { DoctorContext } from '../../../src/doctor/patient.ts';
import { type CsvOptions, parseCsv } from '../../../src/index.ts';
import { plainSoftmax, setOf, simulatedLogits } from './simulated-sets.ts';

const messages = (set: ScoredSet, context?: DoctorContext): string[] =>
  diagnose(set, context).map(({ message }) => message);

const { logits, labels } = simulatedLogits(200, 5, 4);
const probabilities = logits.map(plainSoftmax);

describe('a healthy set', () => {
  test.each([2, 3, 5, 26])('genuine logits of %i classes raise nothing', (classes) => {
    const genuine = simulatedLogits(300, classes, 3);
    expect(messages(setOf('logits', genuine.logits, genuine.labels))).toEqual([]);
  });

  test.each([2, 3, 5, 26])('genuine probabilities of %i classes raise nothing', (classes) => {
    const genuine = simulatedLogits(300, classes, 3);
    expect(messages(setOf('probabilities', genuine.logits.map(plainSoftmax), genuine.labels))).toEqual([]);
  });

  test('masked classes, as -Infinity or probability 0, raise nothing', () => {
    const masked = logits.map((row, i) =>
      row.map((z, k) => (k === (labels[i]! + 1) % 5 ? Number.NEGATIVE_INFINITY : z)),
    );
    expect(messages(setOf('logits', masked, labels))).toEqual([]);
    expect(messages(setOf('probabilities', masked.map(plainSoftmax), labels))).toEqual([]);
  });

  test('row-centred logits raise nothing', () => {
    const centred = logits.map((row) => {
      const mean = row.reduce((sum, z) => sum + z, 0) / row.length;
      return row.map((z) => z - mean);
    });
    expect(messages(setOf('logits', centred, labels))).toEqual([]);
  });

  test('float32 storage raises nothing', () => {
    const set = setOf('probabilities', probabilities, labels);
    const scores = { ...set.scores, data: Float32Array.from(set.scores.data) };
    expect(messages({ ...set, scores })).toEqual([]);
  });
});

describe('the other kind', () => {
  test('probabilities declared as logits are named', () => {
    expect(messages(setOf('logits', probabilities, labels))).toEqual([
      'W_LOOKS_LIKE_PROBS: all 200 rows lie in 0..1 and sum to 1; pass --input probs if these are probabilities.',
    ]);
  });

  test('most rows are enough, and the first of them are named by file line', () => {
    const mixed = [...logits.slice(0, 3), ...probabilities.slice(3, 10)];
    const lines = mixed.map((_, i) => i + 2);
    expect(messages(setOf('logits', mixed, labels.slice(0, 10)), { file: 'val.csv', lines })).toEqual([
      'W_LOOKS_LIKE_PROBS: val.csv: 7 of 10 rows (first: lines 5, 6, 7, 8, 9) lie in 0..1 and sum to 1; pass --input probs if these are probabilities.',
    ]);
  });

  test('one logit row that happens to sum to 1 raises nothing', () => {
    expect(
      messages(
        setOf('logits', [[0.2, 0.8], ...logits.map((z) => z.slice(0, 2))], [1, ...labels.map((y) => y % 2)]),
      ),
    ).toEqual([]);
  });

  test('logits declared as probabilities are named, rows by index when lines are unknown', () => {
    const mixed = [...probabilities.slice(0, 8), [3, -1, 0.2, 0, 0.4], [0.2, 0.2, 0.2, 0.5, -0.1]];
    expect(messages(setOf('probabilities', mixed, labels.slice(0, 10)))).toEqual([
      'W_LOOKS_LIKE_LOGITS: values outside 0..1 in 2 of 10 rows (row indices 8, 9); pass --input logits if these are logits.',
    ]);
  });

  test.each(['logits', 'probabilities'] as const)('percentages declared as %s are named', (kind) => {
    const percent = probabilities.map((row) => row.map((p) => 100 * p));
    expect(messages(setOf(kind, percent, labels))).toEqual([
      'W_LOOKS_LIKE_PERCENT: all 200 rows lie in 0..100 and sum to 100; if these are percentages, pass --input probs --scale percent.',
    ]);
  });

  test('whole percentages are recognised although their rows sum to 99..101', () => {
    const percent = probabilities.map((row) => row.map((p) => Math.round(100 * p)));
    expect(diagnose(setOf('logits', percent, labels)).map(({ code }) => code)).toContain(
      'W_LOOKS_LIKE_PERCENT',
    );
  });

  test('log-probabilities are harmless and said to be so', () => {
    const logs = probabilities.map((row) => row.map(Math.log));
    expect(messages(setOf('logits', logs, labels))).toEqual([
      'W_LOOKS_LIKE_LOG_PROBS: all 200 rows look like log-probabilities (none above 0, exponentials summing to 1); nothing to do: a temperature acts on them as on logits.',
    ]);
  });
});

describe('softmax applied twice', () => {
  test.each([2, 3, 10, 100])('is found among %i classes', (classes) => {
    const genuine = simulatedLogits(300, classes, 6);
    const twice = genuine.logits.map((z) => plainSoftmax(plainSoftmax(z)));
    expect(diagnose(setOf('probabilities', twice, genuine.labels)).map(({ code }) => code)).toEqual([
      'W_DOUBLE_SOFTMAX',
    ]);
  });

  test('is named beside the kind when the rows are declared logits', () => {
    const twice = logits.map((z) => plainSoftmax(plainSoftmax(z)));
    const right = labels.filter((y, i) => twice[i]!.indexOf(Math.max(...twice[i]!)) === y).length;
    const share = ((100 * right) / 200).toFixed(1);
    expect(messages(setOf('logits', twice, labels))).toEqual([
      'W_LOOKS_LIKE_PROBS: all 200 rows lie in 0..1 and sum to 1; pass --input probs if these are probabilities.',
      `W_DOUBLE_SOFTMAX: all 200 rows look like softmax applied twice: none exceeds 0.405, the most it can give for 5 classes, yet ${share} % are right. Export the logits, or the probabilities of one softmax.`,
    ]);
  });

  test('a cautious binary classifier that is right as often as it says raises nothing', () => {
    // Confidences 0.52..0.72, all within the range of a double softmax, and labels that agree with them.
    const rows = Array.from({ length: 400 }, (_, i) => 0.52 + (0.2 * i) / 400).map((p) => [1 - p, p]);
    const agreeing = rows.map(([, p], i) => ((i * 0.6180339887) % 1 < p! ? 1 : 0));
    expect(messages(setOf('probabilities', rows, agreeing))).toEqual([]);
  });

  test('one row beyond the bound acquits the set', () => {
    const twice = logits.map((z) => plainSoftmax(plainSoftmax(z)));
    const acquitted = [...twice.slice(0, 199), probabilities[199]!.map((p) => 0.5 * p + 0.1)];
    const bold = [0.7, 0.1, 0.1, 0.06, 0.04];
    expect(diagnose(setOf('probabilities', [...acquitted, bold], [...labels, 0]))).toEqual([]);
  });
});

describe('labels and shapes', () => {
  test('labels that start at 1 are found by their agreement with the predictions', () => {
    const kept = logits.map((z, i) => ({ z, y: labels[i]! })).filter(({ y }) => y < 4);
    const shifted = setOf(
      'logits',
      kept.map(({ z }) => z),
      kept.map(({ y }) => y + 1),
    );
    expect(messages(shifted)).toEqual([
      expect.stringMatching(
        /^W_LABEL_ONE_BASED: no row has label 0, and predictions agree with label - 1 on \d+\.\d % of rows, with the label on \d+\.\d %; pass --label-base 1 if the first class is 1\.$/,
      ),
    ]);
  });

  test('a set that merely lacks class 0 raises nothing', () => {
    const kept = logits.map((z, i) => ({ z, y: labels[i]! })).filter(({ y }) => y > 0);
    expect(
      messages(
        setOf(
          'logits',
          kept.map(({ z }) => z),
          kept.map(({ y }) => y),
        ),
      ),
    ).toEqual([]);
  });

  test('a matrix far wider than tall looks transposed', () => {
    const wide = Array.from({ length: 5 }, (_, k) => logits.map((row) => row[k]!));
    expect(messages(setOf('logits', wide, [0, 1, 2, 3, 4]))).toEqual([
      'W_LOOKS_TRANSPOSED: scores are 5 x 200: more columns than rows; if each column is one case, pass --transpose, with the labels in a separate file.',
    ]);
  });

  test('a square matrix whose columns are the distributions looks transposed', () => {
    const square = Array.from({ length: 5 }, (_, k) => probabilities.slice(0, 5).map((row) => row[k]!));
    expect(messages(setOf('logits', square, [0, 1, 2, 3, 4]))).toEqual([
      'W_LOOKS_TRANSPOSED: scores are 5 x 5: the 5 columns lie in 0..1 and sum to 1, the rows do not; if each column is one case, pass --transpose, with the labels in a separate file.',
    ]);
  });

  test('a single binary column is said to have been expanded', () => {
    const binary = simulatedLogits(100, 2, 3);
    const expanded = binary.logits.map((z) => [0, z[1]! - z[0]!]);
    expect(messages(setOf('logits', expanded, binary.labels), { oneColumn: true })).toEqual([
      'W_BINARY_ONE_COLUMN: one score column s was read as the logits (0, s), so p = sigmoid(s/T); a tool that uses (-s, s) reports twice this temperature.',
    ]);
    expect(
      messages(setOf('probabilities', expanded.map(plainSoftmax), binary.labels), { oneColumn: true }),
    ).toEqual([
      'W_BINARY_ONE_COLUMN: one probability column p was read as (1 - p, p): it must be the probability of class 1.',
    ]);
  });
});

describe('a single column of probabilities', () => {
  const columnOf = (values: readonly number[]): readonly string[] =>
    messages(
      setOf(
        'logits',
        values.map((value) => [0, value]),
        values.map((value) => (value > 0.5 ? 1 : 0)),
      ),
      { oneColumn: true },
    );
  const shares = Array.from({ length: 12 }, (_, i) => (i + 0.123456) / 12);
  const warning =
    'W_LOOKS_LIKE_PROBS: all 12 values lie in 0..1; pass --input probs if these are probabilities of class 1.';

  test('declared as logits is named', () => {
    expect(columnOf(shares)).toContain(warning);
  });

  test('is none where one value lies outside, or there are few', () => {
    for (const values of [[...shares.slice(1), 1.01], [...shares.slice(1), -0.01], shares.slice(0, 9)]) {
      expect(columnOf(values).filter((line) => line.startsWith('W_LOOKS_LIKE_PROBS'))).toEqual([]);
    }
  });
});

describe('lost digits', () => {
  test('probabilities of two decimals are named, and still recognised as probabilities', () => {
    const coarse = probabilities.map((row) => row.map((p) => Math.round(100 * p) / 100));
    const told = messages(setOf('probabilities', coarse, labels));
    expect(told[0]).toBe(
      'W_ROUNDED: all 200 rows hold at most 2 decimals, so small probabilities become 0 and confidences tie; export the scores with more digits.',
    );
    expect(diagnose(setOf('logits', coarse, labels))[0]?.code).toBe('W_LOOKS_LIKE_PROBS');
  });

  test('are those of the file, whatever was done to its numbers', () => {
    const told = (write: (p: number) => string, options: CsvOptions): readonly string[] => {
      const rows = probabilities.map((row, i) => [...row.map(write), labels[i]].join(','));
      const header = probabilities[0]!.map((_, k) => `p_${k}`).join(',');
      const set = parseCsv(`${header},label\n${rows.join('\n')}\n`, options);
      return messages(set).filter((line) => line.startsWith('W_ROUNDED'));
    };
    const coarse = 'so small probabilities become 0 and confidences tie; export the scores with more digits.';
    const percent = (decimals: number) => (p: number) => `${(100 * p).toFixed(decimals)}%`;
    const floor = 0.000123;
    for (const options of [{ scale: 'percent' }, { scale: 'percent', floor }] as const) {
      expect(told(percent(1), options)).toEqual([
        `W_ROUNDED: all 200 rows hold at most 1 decimal of a percentage, ${coarse}`,
      ]);
      expect(told(percent(0), options)).toEqual([
        `W_ROUNDED: all 200 rows hold whole percentages, ${coarse}`,
      ]);
      expect(told(percent(2), options)).toEqual([]);
    }
    expect(told((p) => p.toFixed(3), { input: 'probabilities', floor })).toEqual([
      `W_ROUNDED: all 200 rows hold at most 3 decimals, ${coarse}`,
    ]);
  });

  test('two decimals are seen in float32 storage too', () => {
    const coarse = probabilities.map((row) => row.map((p) => Math.round(100 * p) / 100));
    const set = setOf('probabilities', coarse, labels);
    const scores = { ...set.scores, data: Float32Array.from(set.scores.data) };
    expect(diagnose({ ...set, scores })[0]?.code).toBe('W_ROUNDED');
  });

  test('logits of one decimal are named, of two are not', () => {
    const to = (scale: number): ScoredSet =>
      setOf(
        'logits',
        logits.map((row) => row.map((z) => Math.round(z * scale) / scale)),
        labels,
      );
    expect(diagnose(to(10))[0]?.code).toBe('W_ROUNDED');
    expect(diagnose(to(100)).map(({ code }) => code)).not.toContain('W_ROUNDED');
  });

  test('ties for the largest score are counted and named', () => {
    const tied = [...logits];
    tied[4] = [1, 3.5, 0, 3.5, 0.25];
    const lines = tied.map((_, i) => i + 2);
    expect(messages(setOf('logits', tied, labels), { lines })).toEqual([
      'W_TIES: two or more classes share the largest score in 1 of 200 rows (line 6); the first of them counts as the prediction.',
    ]);
  });
});

test('sigmoid outputs declared as logits are named', () => {
  const rows = Array.from({ length: 12 }, (_, i) => [0.1 + i / 100, 0.8 - i / 100, 0.3 + i / 50]);
  const set = setOf(
    'logits',
    rows,
    rows.map((_, i) => i % 3),
  );
  expect(diagnose(set).map(({ message }) => message)).toContain(
    'W_LOOKS_LIKE_PROBS: all values of 12 rows lie in 0..1 but do not sum to 1, as sigmoid outputs do; export the logits, or probabilities of classes that exclude each other.',
  );
});
