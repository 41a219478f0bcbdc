import { describe, expect, test } from 'vitest';
import { parseCsv, parseScores, streamCsv } from '../../../src/io/index.ts';

const probs = { input: 'probabilities' } as const;

/** The cells of a table of probabilities and what was done to them. */
function treated(text: string, options: Parameters<typeof parseCsv>[1] = {}) {
  const { scores, treatment, notices } = parseCsv(text, { ...probs, ...options });
  return { cells: [...scores.data], treatment, codes: notices.map(({ code }) => code), notices };
}

function refusal(text: string, options: Parameters<typeof parseCsv>[1] = {}): string {
  try {
    parseCsv(text, { ...probs, ...options });
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
}

/** NPY bytes of a 2x3 matrix of one float type, whose last column is the label. */
function npy(type: '<f4' | '<f8', values: readonly number[]): Uint8Array {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (2, 3), }`;
  const padded = `${header.padEnd(117)}\n`;
  const head = new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, padded.length, 0]);
  const data = type === '<f4' ? Float32Array.from(values) : Float64Array.from(values);
  return Uint8Array.from([...head, ...new TextEncoder().encode(padded), ...new Uint8Array(data.buffer)]);
}

describe('probabilities outside 0..1 by rounding', () => {
  test('below 0 become 0, are counted and reported; above 1 they stay as they are', () => {
    const { cells, treatment, notices } = treated('a,b,label\n1.0000000000000002,-2e-16,a\n0.25,0.75,b\n');
    expect(cells).toEqual([1.0000000000000002, 0, 0.25, 0.75]);
    expect(treatment).toEqual({ clipped: { cells: 1, rows: 1, largest: 2e-16 } });
    expect(notices.map(({ message }) => message)).toEqual([
      'W_PROB_CLIPPED: 1 probability below 0 by rounding was set to 0 (off by up to 2e-16, first: line 2).',
    ]);
  });

  test('are accepted alike on both sides, up to 1e-3', () => {
    expect(treated('a,b,label\n1.0009,-0.0009,0\n').cells).toEqual([1.0009, 0]);
    expect(refusal('a,b,label\n1.0011,0,0\n')).toMatch(
      /^E_PROB_RANGE: line 2, column "a": 1\.0011 is outside/,
    );
    expect(refusal('a,b,label\n1,-0.0011,0\n')).toMatch(
      /^E_PROB_RANGE: line 2, column "b": -0\.0011 is outside/,
    );
  });

  test('of a single column become 0 or 1 before it is made two', () => {
    const text = 'p,label\n1.0000001,1\n-1e-7,0\n';
    expect(treated(text).cells).toEqual([0, 1, 1, 0]);
    expect([...parseScores('p\n1.0000001\n-1e-7\n', probs).scores.data]).toEqual([0, 1, 1, 0]);
  });

  test('are the same numbers from text, arrays of both precisions and streams', async () => {
    const values = [1 + 2 ** -23, -(2 ** -24), 0, 0.25, 0.75, 1];
    const text = `${values.slice(0, 3).join()}\n${values.slice(3).join()}\n`;
    const expected = [1 + 2 ** -23, 0, 0.25, 0.75];
    expect(treated(text).cells).toEqual(expected);
    for (const type of ['<f4', '<f8'] as const) {
      expect([...parseCsv(npy(type, values), probs).scores.data]).toEqual(expected);
      const streamed = await streamCsv(new Blob([npy(type, values) as BlobPart]).stream(), probs);
      expect([...streamed.scores.data]).toEqual(expected);
      expect(streamed.treatment?.clipped?.cells).toBe(1);
    }
  });
});

describe('rows that do not sum to 1', () => {
  test('are divided by their sum where that is asked for, and counted', () => {
    const { cells, treatment, notices } = treated('a,b,label\n0.75,0.75,0\n0.5,0.5,1\n0.3,0.3,1\n', {
      renormalize: true,
    });
    expect(cells).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(treatment).toEqual({ renormalized: { rows: 2, largest: 0.5 } });
    expect(notices[0]?.message).toBe(
      'W_RENORMALIZED: 2 of 3 rows did not sum to 1 (off by up to 0.5, first: line 2) and were divided by their sum.',
    );
  });

  test('keep a record of the option where nothing was off', () => {
    const { treatment, codes } = treated('a,b,label\n0.5,0.5,0\n', { renormalize: true });
    expect(treatment).toEqual({ renormalized: { rows: 0, largest: 0 } });
    expect(codes).toEqual([]);
  });

  test('are refused with the option that rescales them, unless the sum makes no sense', () => {
    expect(refusal('a,b,label\n0.6,0.398,0\n')).toBe(
      'E_PROB_SUM: line 2: probabilities sum to 0.998, expected 1. Pass --renormalize to divide such rows by their sum, if all classes are there.',
    );
    expect(refusal('a,b,label\n0.2,0.2,0\n', { renormalize: true })).toBe(
      'E_PROB_SUM: line 2: probabilities sum to 0.4, expected 0.5 to 2, within which rows are rescaled.',
    );
    expect(refusal('a,b,label\n0,0,0\n', { renormalize: true })).toMatch(/^E_PROB_SUM: line 2: /);
    expect(refusal('a,b,label\n5,3,0\n', { renormalize: true })).toMatch(
      /^E_PROB_RANGE: line 2, column "a": /,
    );
  });

  test('may hold more than 1 where they are divided', () => {
    expect(treated('a,b,label\n1.2,0.3,0\n', { renormalize: true }).cells).toEqual([1.2 / 1.5, 0.3 / 1.5]);
  });
});

describe('percentages', () => {
  test('are divided by 100, with or without a percent sign', () => {
    const { cells, treatment, codes } = treated('a,b,label\n87.5,12.5,0\n50.5%,49.5 %,1\n', {
      scale: 'percent',
    });
    expect(cells).toEqual([0.875, 0.125, 50.5 / 100, 49.5 / 100]);
    expect(treatment).toEqual({ scale: 'percent' });
    expect(codes).toEqual(['W_SCALED']);
  });

  test('are probabilities without a word, and no logits', () => {
    expect(parseCsv('a,b,label\n87.5,12.5,0\n', { scale: 'percent' }).kind).toBe('probabilities');
    expect(() => parseCsv('a,b,label\n87.5,12.5,0\n', { scale: 'percent', input: 'logits' })).toThrow(
      'E_OPTION: option "scale" is for probabilities, and the scores are read as logits. Pass --input probabilities if that is what they are.',
    );
  });

  test('may be rounded in their digits', () => {
    const text = 'a,b,c,label\n33.3,33.3,33.3,0\n';
    expect(treated(text, { scale: 'percent' }).codes).toEqual(['W_SCALED', 'W_PROB_SUM']);
  });

  test('with a decimal comma, in one column and without a header are read', () => {
    expect(treated('p;label\n50,5%;0\n', { scale: 'percent', decimal: ',' }).cells).toEqual([
      1 - 0.505,
      0.505,
    ]);
    expect(treated('50.5%,49.5%,0\n25%,75%,1\n', { scale: 'percent' }).cells).toHaveLength(4);
  });

  test('that were not declared lead to the option', () => {
    expect(refusal('a,b,label\n50.5%,49.5%,0\n')).toBe(
      'E_NUM: line 2, column "a": "50.5%" is a percentage, not a decimal number. Pass --input probabilities --scale percent.',
    );
    expect(refusal('a,b,label\n87.5,12.5,0\n')).toBe(
      'E_PROB_RANGE: line 2, column "a": 87.5 is outside 0..1, so it is not a probability. The row sums to 100: pass --scale percent.',
    );
    expect(refusal('a,b,label\n87.42,12.5,0\n')).toContain('The row sums to 99.92: pass --scale percent.');
    expect(refusal('p,label\n99.5,0\n')).toBe(
      'E_PROB_RANGE: line 2, column "p": 99.5 is outside 0..1, so it is not a probability. Pass --scale percent if the column holds percentages, --input logits if it holds logits.',
    );
    expect(refusal('a,b,label\n130,-30,0\n', { scale: 'percent' })).toBe(
      'E_PROB_RANGE: line 2, column "a": 130 is outside 0..100, so it is not a percentage. Pass --input logits if these are logits.',
    );
    expect(refusal('a,b,label\n80,12.5,0\n', { scale: 'percent' })).toBe(
      'E_PROB_SUM: line 2: percentages sum to 92.5, expected 100. Pass --renormalize to divide such rows by their sum, if all classes are there.',
    );
    expect(refusal('a,b,label\n0.9,0.1,0\n', { scale: 'percent' })).toBe(
      'E_PROB_SUM: line 2: percentages sum to 1, expected 100. These are not percentages: pass --scale unit.',
    );
  });
});

describe('a floor', () => {
  const text = 'a,b,label\n1,0,b\n0.97,0.03,a\n0,1,b\n';

  test('raises what is below, and counts the true classes among it', () => {
    const set = parseCsv(text, { ...probs, floor: 0.005 });
    expect([...set.scores.data]).toEqual([1, 0.005, 0.97, 0.03, 0.005, 1]);
    expect([...set.unfloored!.data]).toEqual([1, 0, 0.97, 0.03, 0, 1]);
    expect(set.treatment).toEqual({ floor: { value: 0.005, cells: 2, rows: 2, trueCells: 1 } });
    expect(set.notices.map(({ message }) => message)).toEqual([
      'W_FLOORED: 2 probabilities below it were raised to the floor 0.005 (first: line 2); the true class of 1 row is among them, so the NLL and the temperature depend on the floor.',
    ]);
  });

  test('far from what the digits suggest is told the better one', () => {
    const { notices } = parseCsv(text, { ...probs, floor: 1e-12 });
    expect(notices[0]?.message).toContain('; the digits of the data suggest --floor 0.005.');
  });

  test('that raises nothing is kept on record', () => {
    const set = parseCsv('a,b,label\n0.5,0.5,a\n', { ...probs, floor: 0.005 });
    expect(set.treatment).toEqual({ floor: { value: 0.005, cells: 0, rows: 0, trueCells: 0 } });
    expect(set.unfloored).toBeUndefined();
  });

  test('is refused for logits, as the other treatments are', () => {
    expect(() => parseCsv('a,b,label\n1,2,0\n', { floor: 0.1 })).toThrow(
      /^E_OPTION: option "floor" is for probabilities/,
    );
    expect(() => parseCsv('a,b,label\n1,2,0\n', { renormalize: true })).toThrow(
      /^E_OPTION: option "renormalize"/,
    );
  });
});

test('rows left out, names, label base, weights and one column are on the record of the set', () => {
  const set = parseCsv('s,w,label\n2,1,1\nNaN,1,2\n1,2,2\n-1,1,9\n', {
    dropBad: true,
    ignoreLabel: 9,
    labelBase: 1,
    weight: 'w',
    classNames: ['no', 'yes'],
  });
  expect(set.treatment).toEqual({
    dropped: { rows: 1 },
    ignored: { label: '9', rows: 1 },
    classNames: 'given',
    labelBase: 1,
    weight: 'w',
    expanded: 'one-column',
  });
  expect(parseCsv('a,b,label\n1,2,0\n').treatment).toBeUndefined();
});
