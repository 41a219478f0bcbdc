import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { diagnose } from '../../../src/doctor/diagnose.ts';
import type { DoctorContext } from '../../../src/doctor/patient.ts';
import { plainSoftmax, setOf, simulatedLogits } from './simulated-sets.ts';

const codes = (set: ScoredSet): string[] => diagnose(set).map(({ code }) => code);
const messages = (set: ScoredSet, context?: DoctorContext): string[] =>
  diagnose(set, context).map(({ message }) => message);

function shuffled(labels: readonly number[], seed = 5): number[] {
  const random = seededRandom(seed);
  const mixed = [...labels];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

describe('accuracy at chance level', () => {
  test.each([2, 3, 10, 200])('is said of shuffled labels of %i classes', (classes) => {
    const { logits, labels } = simulatedLogits(300, classes, 6);
    const [message, ...others] = messages(setOf('logits', logits, shuffled(labels)));
    expect(message).toMatch(
      /^W_CHANCE_LEVEL: accuracy is \d+\.\d%, at chance level \(\d+\.\d% if scores and labels were unrelated\); check that scores and labels belong together and are in the same order of rows\.$/,
    );
    expect(others).toEqual([]);
  });

  test('is not said of a few rows, or of a rare class that is never predicted', () => {
    const { logits, labels } = simulatedLogits(20, 3, 6);
    expect(codes(setOf('logits', logits, shuffled(labels)))).toEqual([]);
    // One row in 50 is positive; its probability is higher, but never above a half.
    const rare = Array.from({ length: 1000 }, (_, i) => (i % 50 === 0 ? 1 : 0));
    const rows = rare.map((y, i) => 0.02 + 0.2 * y + 0.3 * ((i * Math.SQRT2) % 1)).map((p) => [1 - p, p]);
    expect(codes(setOf('probabilities', rows, rare))).toEqual([]);
  });

  test('false alarms on classifiers of 70% to 80% accuracy are fewer than 1 in 200 sets', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const { logits, labels } = simulatedLogits(100 + seed, 2, 2, seed);
      alarms += codes(setOf('logits', logits, labels)).includes('W_CHANCE_LEVEL') ? 1 : 0;
    }
    expect(alarms).toBe(0);
  });

  test('names classes in another order, and the option that gives it', () => {
    const { logits, labels } = simulatedLogits(300, 3, 6);
    const moved = labels.map((y) => (y + 1) % 3);
    expect(messages(setOf('logits', logits, moved))[0]).toMatch(
      /^W_CHANCE_LEVEL: accuracy is \d+\.\d%, below chance .*; with the classes in another order they agree on \d\d\.\d%, so the columns may be in the order 1,2,0: correct their names, or the labels, if they are\.$/,
    );
  });

  test('names labels that are shifted by one row', () => {
    const { logits, labels } = simulatedLogits(300, 4, 6);
    const late = [0, ...labels.slice(0, -1)];
    expect(messages(setOf('logits', logits, late))[0]).toMatch(
      /; the labels agree with the scores of the row before on \d\d\.\d%: they are shifted by one row\.$/,
    );
    const early = [...labels.slice(1), 0];
    expect(messages(setOf('logits', logits, early))[0]).toMatch(/of the row after on/);
  });

  test('names an array that was reshaped where it should have been transposed, either way', () => {
    const { logits, labels } = simulatedLogits(300, 3, 6);
    const byClass = [0, 1, 2].flatMap((k) => logits.map((row) => row[k]!));
    const byRow = logits.flat();
    const rowsOf = (cells: readonly number[]): number[][] =>
      logits.map((_, i) => [cells[3 * i]!, cells[3 * i + 1]!, cells[3 * i + 2]!]);
    const columnsOf = (cells: readonly number[]): number[][] =>
      logits.map((_, i) => [cells[i]!, cells[300 + i]!, cells[600 + i]!]);
    for (const rows of [rowsOf(byClass), columnsOf(byRow)]) {
      expect(messages(setOf('logits', rows, labels))[0]).toMatch(
        /; the same numbers reshaped agree with the labels on \d\d\.\d%: the array was reshaped where it should have been transposed, so export scores\.T\.$/,
      );
    }
  });
});

describe('a set without a mistake', () => {
  const { labels } = simulatedLogits(50, 3, 1);
  const oneHot = labels.map((y) => [0, 1, 2].map((k) => (k === y ? 1 : 0)));

  test('is named, and certainty beside it', () => {
    const vague = oneHot.map((row, i) => row.map((z, k) => 2.125 * z + 0.25 * k + (2 * i + 1) / 64));
    expect(messages(setOf('logits', vague, labels))).toEqual([
      'W_ALL_RIGHT: every one of the 50 rows is predicted correctly, so no finite temperature is best; check that these are not training rows, and that the scores are not made from the labels.',
    ]);
    const certain =
      'W_ALL_RIGHT: every one of the 50 rows is predicted correctly with certainty, so there is nothing to calibrate; check that these are not training rows, and that the scores are not made from the labels.';
    expect(messages(setOf('probabilities', oneHot, labels))[0]).toBe(certain);
    const margins = oneHot.map((row, i) => row.map((z, k) => 90.125 * z + 0.25 * k + (2 * i + 1) / 64));
    expect(messages(setOf('logits', margins, labels))).toEqual([certain]);
  });

  test('is not named for one mistake, or a handful of rows', () => {
    const vague = oneHot.map((row, i) => row.map((z, k) => 2.125 * z + 0.25 * k + (2 * i + 1) / 64));
    const one = [(labels[0]! + 1) % 3, ...labels.slice(1)];
    expect(codes(setOf('logits', vague, one))).toEqual([]);
    expect(codes(setOf('logits', vague.slice(0, 10), labels.slice(0, 10)))).toEqual([]);
  });
});

describe('markers and rows that carry the loss', () => {
  const { logits, labels } = simulatedLogits(200, 4, 4);
  const lines = logits.map((_, i) => i + 2);
  const largest = Math.max(...logits.flat().map(Math.abs));
  const withMarker = (marker: number, at: number, k: number): number[][] =>
    logits.map((row, i) => (i === at ? row.map((z, j) => (j === k ? marker : z)) : row));

  test.each([-9999, 9999, -999, -99999, 1e30, -65504, -3.4028234663852886e38, 123_456])(
    '%d beside ordinary logits is a marker',
    (marker) => {
      const found = messages(setOf('logits', withMarker(marker, 7, (labels[7]! + 1) % 4), labels), { lines });
      expect(found[0]).toBe(
        `W_SENTINEL: a logit of ${marker} in 1 of 200 rows (line 9), where no other exceeds ${Number(largest.toPrecision(4))} in size: a marker for a missing or masked score is read as a number; ${
          marker < 0
            ? 'if it masks a class, write -inf and pass --allow-neg-inf; if a score is missing, leave the row out'
            : 'correct it, or leave the row out'
        }.`,
      );
    },
  );

  test('a masked class in every row is one, and large logits are none', () => {
    const masked = logits.map((row) => [...row, -1e9]);
    expect(messages(setOf('logits', masked, labels))[0]).toMatch(
      /^W_SENTINEL: a logit of -1000000000 in all 200 rows/,
    );
    for (const scale of [1e6, 1e-6, 100]) {
      const scaled = logits.map((row) => row.map((z) => scale * z));
      expect(codes(setOf('logits', scaled, labels))).toEqual([]);
    }
  });

  test('one row with most of the loss is named with its share and its value', () => {
    const set = setOf('logits', withMarker(-9999, 7, labels[7]!), labels);
    const loss = (row: readonly number[], y: number): number => -Math.log(plainSoftmax(row)[y]!);
    const rest = logits.reduce((sum, row, i) => sum + (i === 7 ? 0 : loss(row, labels[i]!)), 0);
    const own = Math.max(...logits[7]!.filter((_, k) => k !== labels[7]!)) + 9999;
    const share = ((100 * own) / (own + rest)).toFixed(1);
    expect(messages(set, { lines })).toContain(
      `W_LOSS_CONCENTRATED: 1 of 200 rows (line 9) carries ${share}% of the loss: the true class has logit -9999 there; temperature and NLL depend on this row, so check whether that is a real score.`,
    );
  });

  test('two rows with most of it are named together, by probabilities too', () => {
    const probabilities = logits.map(plainSoftmax);
    const broken = probabilities.map((row, i) =>
      i === 3 || i === 90
        ? row.map((_, k) => (k === labels[i]! ? 1e-200 : k === (labels[i]! + 1) % 4 ? 0.4 : 0.3))
        : row,
    );
    expect(messages(setOf('probabilities', broken, labels), { lines })).toEqual([
      expect.stringMatching(
        /^W_LOSS_CONCENTRATED: 2 of 200 rows \(lines 5, 92\) carry \d\d\.\d% of the loss: the true class has probability 1e-200 in the first of them; temperature and NLL depend on these rows, so check whether that is a real score\.$/,
      ),
    ]);
  });

  test('a weight counts, and ordinary mistakes of a good classifier are none', () => {
    const set = setOf('logits', withMarker(-9999, 7, labels[7]!), labels);
    const weights = Float64Array.from(labels, (_, i) => (i === 7 ? 1e-9 : 1));
    expect(codes({ ...set, weights })).not.toContain('W_LOSS_CONCENTRATED');
    const sure = simulatedLogits(300, 3, 7);
    expect(codes(setOf('logits', sure.logits, sure.labels))).toEqual([]);
  });
});

describe('sums of 1', () => {
  const { logits, labels } = simulatedLogits(120, 2, 3);
  const margins = logits.map(([a, b]) => (b! - a!) / 2);

  test('outside 0..1 are named', () => {
    const pairs = margins.map((m) => [1 - m, m]);
    const outside = pairs.filter(([a, b]) => Math.min(a!, b!) < -0.001).length;
    expect(messages(setOf('logits', pairs, labels))).toEqual([
      `W_SUM_ONE: all 120 rows sum to 1, with values outside 0..1 in ${outside}: a margin m beside 1 - m, or a correction of probabilities, is not a logit, and its temperature has no meaning. Export the logits, or the margin alone as one column.`,
    ]);
  });

  test('are none for m and -m, nor for half of the rows', () => {
    const signed = margins.map((m) => [-m, m]);
    expect(codes(setOf('logits', signed, labels))).toEqual([]);
    const mixed = margins.map((m, i) => (i % 2 === 0 ? [1 - m, m] : [-m, m]));
    expect(codes(setOf('logits', mixed, labels))).toEqual([]);
  });

  test('that are coarse are still those of probabilities', () => {
    const off = logits.map((row, i) => plainSoftmax(row).map((p) => p * (i % 2 === 0 ? 0.991 : 0.996)));
    expect(messages(setOf('logits', off, labels))[0]).toBe(
      'W_LOOKS_LIKE_PROBS: all 120 rows lie in 0..1 and sum to 1 but for coarse rounding; pass --input probs --renormalize if these are probabilities.',
    );
  });
});
