import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { parseCsv, parseScores, streamCsv } from '../../../src/io/index.ts';
import type { CsvOptions } from '../../../src/io/scored-set-input.ts';

/** Three logits a row, none of them whole, with the class that is the label. */
const rows: readonly (readonly [string, number])[] = [
  ['1.5,-0.25,0.75', 0],
  ['0.125,2.5,-1.5', 1],
  ['-2.25,0.5,3.5', 2],
  ['0.375,0.625,0.875', 0],
  ['4.5,-4.5,0.25', 0],
  ['-0.75,1.75,1.25', 1],
  ['2.125,0.375,-0.5', 2],
  ['0.5,1.5,2.25', 2],
  ['3.5,0.25,-1.25', 0],
];
const names = ['cat', 'dog', 'fox'];
const values = rows.map(([text]) => text.split(',').map(Number));

/** A table of the logits with what a template puts around them: `S` are the scores, `L` the label, `T` its text, `N` the row. */
function table(header: string, template: string, label = (k: number) => String(k)): string {
  const lines = rows.map(([scores, k], i) =>
    template
      .replace('S', scores)
      .replaceAll('L', label(k))
      .replaceAll('T', names[k]!)
      .replaceAll('N', String(i))
      .replaceAll('F', String(i % 5))
      .replaceAll('H', [0, 1, 2].map((c) => (c === k ? 1 : 0)).join(',')),
  );
  return `${header === '' ? '' : `${header}\n`}${lines.join('\n')}\n`;
}

function expectClean(text: string, options: CsvOptions = {}): ReturnType<typeof parseCsv> {
  const set = parseCsv(text, options);
  expect(set.scores).toMatchObject({ rows: rows.length, columns: 3 });
  expect([...set.scores.data]).toEqual(values.flat());
  expect([...set.labels]).toEqual(rows.map(([, k]) => k));
  return set;
}

function refusal(text: string, options: CsvOptions = {}): CalibrationError {
  try {
    parseCsv(text, options);
  } catch (error) {
    if (error instanceof CalibrationError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('columns that are no scores', () => {
  test.each([
    ['fold', 'fold,cat,dog,fox,label', 'F,S,T'],
    ['fold', 'fold,cat,dog,fox,label', 'F,S,L'],
    ['Pred', 'cat,dog,fox,Pred,label', 'S,F,T'],
    ['y_hat', 'cat,dog,fox,y_hat,label', 'S,L,L'],
    ['Max Prob', 'cat,dog,fox,Max Prob,label', 'S,0.7,T'],
    ['loss', 'label,loss,cat,dog,fox', 'T,0.25,S'],
    ['image_id', 'image_id,cat,dog,fox,label', 'N,S,T'],
    ['userID', 'logit_0,logit_1,logit_2,userID,y_true', 'S,N,L'],
    ['logit_max', 'logit_0,logit_1,logit_2,logit_max,gold', 'S,0.5,L'],
    ['whatever', 'logit_0,logit_1,logit_2,whatever,obs', 'S,0.5,L'],
    ['whatever', 'whatever,P(0),P(1),P(2),actual', '0.5,S,L'],
    ['hours_old', 'cat,dog,fox,hours_old,label', 'S,F,T'],
    ['x', '0,1,2,x,label', 'S,0.5,L'],
    ['emb_0', 'logit_0,logit_1,logit_2,emb_0,emb_1,label', 'S,0.5,0.5,L'],
    ['note', 'cat,dog,fox,note,label', 'S,good,T'],
  ])('%s is left out of %s, which is said', (name, header, template) => {
    const set = expectClean(table(header, template));
    const notice = set.notices.find(({ code }) => code === 'W_COLUMNS_LEFT_OUT');
    expect(notice?.message).toContain(`"${name}"`);
    expect(set.columnFindings.find((finding) => finding.name === name)?.role).not.toBe('score');
  });

  test('have cells of any kind where no class is called so', () => {
    const text = table('cat,dog,fox,loss,label', 'S,0.25,T')
      .replace(/0\.25,dog/, 'NaN,dog')
      .replace(/0\.25,fox/, ',fox');
    expectClean(text);
  });

  test.each([
    [',cat,dog,fox,label', 'N,S,T'],
    [',Unnamed: 0,cat,dog,fox,label', 'N,N,S,T'],
    ['Unnamed: 0.1,Unnamed: 0,cat,dog,fox,label', 'N,N,S,L'],
    ['cat,dog,fox,label,__index_level_0__', 'S,L,N'],
    ['cat,dog,fox,label,', 'S,L,N'],
    ['', 'N,S,L'],
  ])('are indices, in whatever place: %s', (header, template) => {
    const set = expectClean(table(header, template));
    expect(set.notices.map(({ code }) => code)).toContain('W_COLUMNS_LEFT_OUT');
  });

  test('are not left beside one score', () => {
    const set = parseCsv(',score,label\n0,0.5,1\n1,-1.5,0\n');
    expect([...set.scores.data]).toEqual([0, 0.5, 0, -1.5]);
  });

  test('are classes where labels are called so', () => {
    const text = 'time,loss,group,label\n1.5,2.5,0.5,loss\n0.5,1.5,2.5,time\n1,2,3,group\n';
    expect(parseCsv(text).classNames).toEqual(['time', 'loss', 'group']);
    expect(parseCsv(text).notices).toEqual([]);
  });

  test('that may be classes stop the reading, with commands to go on', () => {
    const error = refusal(table('cat,dog,fox,margin1,label', 'S,0.5,T'));
    expect(error.code).toBe('E_COLUMN');
    expect(error.suggestions?.map(({ scores }) => scores)).toEqual([['cat', 'dog', 'fox', 'margin1'], names]);
    const numbered = refusal(table('cat,dog,fox,margin1,label', 'S,0.5,L'));
    expect(numbered.suggestions?.map(({ scores }) => scores)).toContainEqual(names);
    expectClean(table('cat,dog,fox,margin1,label', 'S,0.5,T'), { scores: names });
  });

  test('are told from probabilities by the sums of rows', () => {
    const text = 'cat,dog,size,label\n0.25,0.75,0.5,dog\n0.5,0.5,0.25,cat\n';
    const set = parseCsv(text, { input: 'probabilities' });
    expect(set.classNames).toEqual(['cat', 'dog']);
  });

  test('are refused in a table without header where they hold whole numbers', () => {
    const error = refusal(table('', 'F,S,L'));
    expect(error.message).toContain('column 1 holds whole numbers beside fractional scores');
    expect(error.suggestions?.[0]).toMatchObject({ scores: [2, 3, 4], label: 5 });
    expectClean(table('', 'F,S,L'), { scores: [2, 3, 4], label: 5 });
  });

  test('are the labels of a table without header whose last column holds fractions', () => {
    const error = refusal(table('', 'L,S'));
    expect(error.message).toContain('the last column, 4, holds fractions');
    expect(error.suggestions).toEqual([{ label: 1, when: 'if column 1 holds the labels' }]);
    expectClean(table('', 'L,S'), { label: 1 });
  });
});

describe('the confidence of a prediction alone', () => {
  test.each([
    ['inst#,actual,predicted,error,prediction\n1,1:no,1:no,,0.997\n2,2:yes,1:no,+,0.75\n', 'prediction'],
    ['inst#,actual,predicted,error,prediction\n1,1:no,1:no,,1\n2,2:yes,1:no,+,0.75\n', 'prediction'],
    ['pred,confidence,truth\n0,0.75,1\n1,0.5,1\n', 'confidence'],
    ['max_prob,y_pred,label\n1.0,cat,cat\n0.5,dog,cat\n', 'max_prob'],
  ])('is refused without a command: %j', (text, name) => {
    const error = refusal(text);
    expect(error.message).toContain(`column "${name}" holds the confidence of the prediction`);
    expect(error.message).toContain('Export the scores of all classes');
    expect(error.suggestions).toEqual([]);
    expect(error.columns?.find((column) => column.name === name)?.role).toBe('confidence');
  });
});

describe('figures of the row under the affix of a family', () => {
  const reasons = (text: string, input: 'logits' | 'probabilities' = 'probabilities') =>
    Object.fromEntries(
      parseCsv(text, { input }).columnFindings.flatMap(({ name, role, why }) =>
        role === 'left out' ? [[name, why]] : [],
      ),
    );
  const figure = 'its header names a figure of the row, not a class';

  test('are left out as such beside numbers, names and a single score', () => {
    expect(
      reasons('prob_0,prob_1,prob_std,prob_entropy,label\n0.25,0.75,0.1,0.5,1\n0.5,0.5,0.2,0.6,0\n'),
    ).toEqual({
      prob_std: figure,
      prob_entropy: figure,
    });
    expect(reasons('prob_a,prob_b,prob_std,label\n0.25,0.75,0.1,b\n0.5,0.5,0.2,a\n')).toEqual({
      prob_std: figure,
    });
    expect(reasons('prob,prob_std,label\n0.25,0.1,1\n0.5,0.2,0\n')).toEqual({ prob_std: figure });
  });

  test('are told from a name beside numbers', () => {
    expect(reasons('p_0,p_1,p_other,label\n0.25,0.75,0.1,1\n0.5,0.5,0.2,0\n')).toEqual({
      p_other: 'numbers; its header has no number, unlike those of the family p_*',
    });
  });
});

describe('one column headed as a score beside features', () => {
  const features = 'V1,V2,V3,Amount,Class,prob\n';

  test.each([
    ['numbers', '0.5,-0.25,1.5,74.05,0,0.25\n0.75,-0.5,2.5,8.5,1,0.5\n'],
    ['names', '0.5,-0.25,1.5,74.05,ok,0.25\n0.75,-0.5,2.5,8.5,fraud,0.5\n'],
  ])('is proposed first where the labels are %s', (_, rows) => {
    const error = refusal(features + rows);
    expect(error.suggestions?.[0]).toMatchObject({ scores: ['prob'] });
    expect(error.columns?.[0]?.why).toBe('numbers under a header that may name a class');
    expect(error.columns?.[5]?.why).toBe('numbers, a score only if a label has this name');
  });
});

test('columns of texts are no scores in a table of columns', () => {
  const error = refusal('Kraft,Konfidenz,Weite\na,0.75,a\nb,0.5,a\n');
  expect(error.columns?.map(({ role }) => role)).toEqual(['unclear', 'score', 'unclear']);
});

describe('classes -1 and 1', () => {
  const rows = '0.25,0.75,1\n0.5,0.5,-1\n';

  test.each(['-1,1,y', 'prob_-1,prob_1,y', 'score--1,score-1,y'])('are named by the headers %s', (header) => {
    const set = parseCsv(`${header}\n${rows}`, { input: 'probabilities' });
    expect(set.scores.columns).toBe(2);
    expect([...set.labels]).toEqual([1, 0]);
  });

  test('are a family with 0', () => {
    const set = parseCsv('-1,0,1,other,y\n0.25,0.5,0.25,9,-1\n0.5,0.25,0.25,8,1\n', {
      input: 'probabilities',
    });
    expect([...set.labels]).toEqual([0, 2]);
    expect(set.classNames).toEqual(['-1', '0', '1']);
  });

  test('are data between numbers and names', () => {
    expect(parseCsv('-3,2,cat\n1,-2,dog\n', { classNames: ['cat', 'dog'] }).scores.rows).toBe(2);
  });
});

describe('labels', () => {
  test.each([
    'label',
    'Y_true',
    'truth',
    'gold',
    'Ground Truth',
    'actual',
    'obs',
    'true_label',
    'correct answer',
    'target',
    'Class',
  ])('are under %s, first or last, beside a prediction', (header) => {
    expectClean(table(`${header},logit_0,logit_1,logit_2,y_pred`, 'L,S,F'));
    expectClean(table(`prediction,logit_0,logit_1,logit_2,${header}`, 'F,S,L'));
    expectClean(table(`prediction,cat,dog,fox,correct,${header}`, 'F,S,1,T'));
  });

  test('are never a prediction, nor right or wrong', () => {
    for (const header of ['prediction', 'pred', 'y_hat', 'correct', 'is_correct', 'acc']) {
      const error = refusal(table(`zero,one,two,${header}`, 'S,L'));
      expect(error.code).toBe('E_LABEL_COLUMN');
      expect(error.columns?.map(({ role }) => role)).not.toContain('label');
      expect(error.suggestions?.at(-1)).toMatchObject({ labelsFile: true });
    }
    expect(refusal(table('zero,one,two,prediction', 'S,T')).code).toBe('E_LABEL_COLUMN');
  });

  test('are never a score', () => {
    expect(refusal('logit_0,logit_1,logit_2\n7,-3,0\n-2,5,1\n').code).toBe('E_LABEL_COLUMN');
    expect(refusal('cat,dog,fox\n7,-3,0\n-2,5,1\n').code).toBe('E_LABEL_COLUMN');
    expect(refusal('confidence,correct\n0.5,1\n0.75,0\n').message).toContain(
      'the confidence of a prediction',
    );
  });

  test('in a column of unknown name are suggested', () => {
    const text = table('logit_0,logit_1,logit_2,digit', 'S,L');
    const error = refusal(text);
    expect(error.suggestions?.[0]).toMatchObject({ label: 'digit' });
    expectClean(text, { label: 'digit' });
  });

  test('may be twice where both columns say the same', () => {
    const set = expectClean(table('cat,dog,fox,y_true,label', 'S,L,T'));
    expect(set.notices.map(({ code }) => code)).toEqual(['W_LABEL_COLUMNS']);
    const error = refusal(table('cat,dog,fox,target,label', 'S,F,L'));
    expect(error.message).toContain('are both headed as labels and differ');
    expect(error.suggestions).toHaveLength(2);
  });

  test('are read from one-hot columns, whatever their order', () => {
    expectClean(table('logit_0,logit_1,logit_2,true_0,true_1,true_2', 'S,H'));
    expectClean(table('cat,dog,fox,label_cat,label_dog,label_fox', 'S,H'));
    expectClean(table('true_0,true_1,true_2,p_0,p_1,p_2', 'H,S'));
    const swapped = 'logit_0,logit_1,true_1,true_0\n1.5,0.5,0,1\n0.5,2.5,1,0\n';
    expect([...parseCsv(swapped).labels]).toEqual([0, 1]);
    const several = 'logit_0,logit_1,true_0,true_1\n1.5,0.5,0,1\n0.5,2.5,1,1\n';
    expect(refusal(several).message).toContain('line 3: 2 of the truth columns');
  });
});

describe('headers of numbers', () => {
  test.each([
    ['0,1,2,3', 'S,L'],
    ['0,1,2,label', 'S,L'],
    ['3,7,12,label', 'S,L'],
    [',0,1,2,label', 'N,S,L'],
  ])('%s is a header', (header, template) => {
    const text = table(header, template);
    const labels = header.startsWith('3')
      ? text.replaceAll(/,0$/gm, ',3').replaceAll(/,1$/gm, ',7').replaceAll(/,2$/gm, ',12')
      : text;
    expectClean(labels);
  });

  test('two columns are a probability and its label', () => {
    const set = parseCsv('0,1\n0.25,0.0\n0.75,1.0\n0.5,1.0\n', { input: 'probabilities' });
    expect(set.scores.rows).toBe(3);
    expect(set.notices.map(({ code }) => code)).toContain('W_HEADER_NUMBERS');
  });

  test('one column or more without labels', () => {
    expect(parseScores('0\n0.5\n1.5\n').scores.rows).toBe(2);
    expect(parseScores('0,1,2\n0.5,1,2\n1,2,3\n', { classes: 3 }).scores.rows).toBe(2);
    expect(parseScores('0,1,2\n5,1,2\n1,2,3\n', { classes: 3 }).scores.rows).toBe(3);
  });

  test('a first row of data is none', () => {
    expect(parseCsv('0,1\n3,0\n-2,1\n').scores.rows).toBe(3);
    expect(parseCsv('1,2,0\n3,4,1\n').scores.rows).toBe(2);
    expect(parseCsv('1,2,true\n4,3,false\n', { classNames: ['false', 'true'] }).scores.rows).toBe(2);
  });
});

test('a class without rows is named with its column', () => {
  const set = parseCsv('logit_0,logit_1,logit_2,label\n1,2,3,0\n3,2,1,1\n1,1,2,0\n');
  expect(set.notices.map(({ message }) => message)).toEqual([
    'W_CLASS_ABSENT: 1 of 3 classes occurs in no label: "2" (column 3, "logit_2").',
  ]);
});

test('one score beside another that may be one is refused', () => {
  const error = refusal('score,score2,label\n1.5,0.25,1\n-0.5,0.75,0\n');
  expect(error.suggestions?.map(({ scores }) => scores)).toEqual([
    ['score'],
    ['score2'],
    ['score', 'score2'],
  ]);
});

test('two families of scores are refused unless one is declared', async () => {
  const text = 'logit_0,logit_1,prob_0,prob_1,label\n1.5,0.5,0.75,0.25,0\n-0.5,1.5,0.125,0.875,1\n';
  expect([...parseCsv(text).scores.data]).toEqual([1.5, 0.5, -0.5, 1.5]);
  expect([...parseCsv(text, { input: 'probabilities' }).scores.data]).toEqual([0.75, 0.25, 0.125, 0.875]);
  const unclear = text.replaceAll('logit_', 'score_').replaceAll('prob_', 'pred_');
  expect(refusal(unclear).suggestions?.map(({ scores }) => scores)).toEqual([
    ['score_0', 'score_1'],
    ['pred_0', 'pred_1'],
  ]);
  const streamed = await streamCsv(new Blob([text]).stream());
  expect(streamed.dataHash).toBe(parseCsv(text).dataHash);
});

describe('versions of the weights', () => {
  test('are left out beside scores that count up, whichever is used', () => {
    const text = table('c0,c1,c2,label,w,w10,w01', 'S,L,0.5,5.5,0.25');
    for (const weight of ['w', 'w10', 'w01']) expectClean(text, { weight });
    expect(expectClean(text).weights).toBeUndefined();
  });

  test('are classes where they count up themselves', () => {
    expectClean(table('w0,w1,w2,label', 'S,L'));
    expectClean(table('count_1,count_2,count_3,label', 'S,L'));
  });
});

describe('figures that are no scores of classes', () => {
  const binary = (header: string, line: (p: number, label: number, i: number) => string): string => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const p = Number((((i * 37) % 100) / 100 + 0.004).toFixed(3));
      return line(p, (i * 7) % 3 === 0 ? 1 : 0, i);
    });
    return `${header}\n${lines.join('\n')}\n`;
  };
  const asProbabilities = { input: 'probabilities' } as const;

  test('the confidence of a prediction is not the probability of class 1', () => {
    const confident = binary(
      'pred,score,label',
      (p, label) => `${p > 0.5 ? 1 : 0},${Math.max(p, 1 - p)},${label}`,
    );
    expect(() => parseCsv(confident, asProbabilities)).toThrow(
      /^E_COLUMN: column "score" is 0.5 or more in every row, beside a prediction \("pred"\)/,
    );
    // Named by the user, or with values below 0.5, it is what it is said to be.
    expect(parseCsv(confident, { ...asProbabilities, scores: ['score'] }).scores.columns).toBe(2);
    const ofClass1 = binary('pred,score,label', (p, label) => `${p > 0.5 ? 1 : 0},${p},${label}`);
    expect(parseCsv(ofClass1, asProbabilities).scores.data[1]).toBe(0.004);
  });

  test('a column of unknown name does not take the place of one headed as a score', () => {
    const text = binary(
      'gender,utility,prob,label',
      (p, label, i) => `${i % 2},${(i % 9) / 9},${p},${label}`,
    );
    const error = refusal(text, asProbabilities);
    expect(error.message).toMatch(/^E_COLUMN: the score columns cannot be identified: "prob" or "utility"/);
    expect(error.suggestions?.[0]).toMatchObject({ scores: ['prob'] });
    expect(parseCsv(text, { ...asProbabilities, scores: ['prob'] }).scores.data[1]).toBe(0.004);
  });

  test('a column that counts the rows is left out under any header', () => {
    const text = binary('Folge,risk,label', (p, label, i) => `${i + 1},${p - 0.5},${label}`);
    const { scores, columnFindings } = parseCsv(text);
    expect([scores.columns, scores.data[1]]).toEqual([2, 0.004 - 0.5]);
    expect(columnFindings[0]).toMatchObject({ role: 'id', why: 'counts the rows' });
  });
});

describe('two columns without the headers of a family', () => {
  /** 40 rows whose second column goes with the label, and a first column as given. */
  const pair = (header: string, first: (z: number, i: number) => number): string => {
    const lines = Array.from({ length: 40 }, (_, i) => {
      const label = i % 2;
      const z = Math.sin(7 * i) + (label === 1 ? 1 : -1);
      return `${first(z, i).toFixed(4)},${z.toFixed(4)},${label}`;
    });
    return `${header}\n${lines.join('\n')}\n`;
  };

  test('are the scores of two classes where one falls as the other rises', () => {
    expect(parseCsv(pair('no,yes,label', (z, i) => -z + 0.3 * Math.cos(3 * i))).scores.columns).toBe(2);
    // A class whose logit is always 0: as one score column is read.
    expect(parseCsv(pair('no,yes,label', () => 0)).scores.columns).toBe(2);
    expect(() => parseCsv(pair('no,yes,label', () => 0.5))).toThrow('"no" does not fall');
  });

  test.each([
    ['of two models', (z: number, i: number) => z + 0.3 * Math.cos(3 * i)],
    ['a feature', (_: number, i: number) => Math.cos(5 * Math.floor(i / 2) + 1)],
  ])('are refused where they do not: %s', (_, first) => {
    const error = refusal(pair('x,risk,label', first));
    expect(error.code).toBe('E_COLUMN');
    expect(error.suggestions?.map(({ scores }) => scores)).toContainEqual(['risk']);
    expect(error.suggestions?.map(({ scores }) => scores)).toContainEqual(['x', 'risk']);
    const named = parseCsv(pair('x,risk,label', first), { scores: ['risk'] });
    expect(named.scores.columns).toBe(2);
  });

  test('called by opposite words are a family, also where one alone is a known name', () => {
    const text = pair('p_neg,p_pos,decided,code', (z) => -z).replaceAll(/,([01])\n/g, (_, y) =>
      y === '1' ? ',pos,1\n' : ',neg,1\n',
    );
    const set = parseCsv(text);
    expect(set.columns).toBe('2 logit columns p_neg..p_pos, label column "decided"');
  });
});

describe('a single column of log-probabilities', () => {
  const lines = (header: string, write: (p: number) => number): string =>
    `${header},label\n${values.map(([a, b], i) => `${write(1 / (1 + Math.exp(a! - b!)))},${i % 2}`).join('\n')}\n`;

  test.each(['logprob', 'log_prob', 'log-probability', 'Log Softmax', 'log_p'])('%s is refused', (header) => {
    const error = refusal(lines(header, Math.log));
    expect(error.code).toBe('E_COLUMN');
    expect(error.message).toContain(`column "${header}" holds log-probabilities of one class`);
    // As the hint says.
    expect(
      parseCsv(
        lines('p', (p) => p),
        { input: 'probabilities' },
      ).scores.columns,
    ).toBe(2);
  });

  test('is one of logits where some are above 0, or where the header says so', () => {
    const logit = (p: number): number => Math.log(p / (1 - p));
    expect(parseCsv(lines('logprob', logit)).scores.columns).toBe(2);
    expect(parseCsv(lines('logit_p', logit)).scores.columns).toBe(2);
    expect(parseCsv(lines('logits', Math.log)).scores.columns).toBe(2);
  });
});
