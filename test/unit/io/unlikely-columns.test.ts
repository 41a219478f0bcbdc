import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { parseCsv } from '../../../src/io/index.ts';
import { simulatedLogits } from '../doctor/simulated-sets.ts';

const two = simulatedLogits(200, 2, 2, 3);
const three = simulatedLogits(300, 3, 3, 5);
const predicted = (row: readonly number[]): number => row.indexOf(Math.max(...row));

function csv(header: string, rows: readonly (readonly (string | number)[])[]): string {
  return `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
}

function refusal(text: string): CalibrationError {
  try {
    parseCsv(text);
  } catch (error) {
    if (error instanceof CalibrationError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const scoresProposed = (text: string): unknown => refusal(text).suggestions?.map(({ scores }) => scores);
const labelsProposed = (text: string): unknown => refusal(text).suggestions?.map(({ label }) => label);

describe('two columns of logits', () => {
  const margin = two.logits.map(([a, b]) => b! - a!);
  const other = simulatedLogits(200, 2, 2, 9).logits.map(([, b], i) => b! + 2 * two.labels[i]!);
  const both = margin.map((m, i) => [m, other[i]!, two.labels[i]!]);

  test.each([
    'old_model,new_model,label',
    'logit_resnet,logit_vit,label',
    'score_a,score_b,label',
    'logit_1,logit_2,label',
  ])('that both rise with the label are refused under %s', (header) => {
    const error = refusal(csv(header, both));
    const names = header.split(',');
    expect(error.code).toBe('E_COLUMN');
    expect(error.message).toContain(`"${names[0]}" does not fall where "${names[1]}" rises with the label`);
    expect(scoresProposed(csv(header, both))).toEqual(
      expect.arrayContaining([[names[0]], [names[1]], [names[0], names[1]]]),
    );
  });

  test.each(['no,yes,label', 'logit_no,logit_yes,label', 'logit_0,logit_1,label'])(
    'that oppose one another are read under %s',
    (header) => {
      const set = parseCsv(
        csv(
          header,
          two.logits.map((row, i) => [...row, two.labels[i]!]),
        ),
      );
      expect([...set.scores.data]).toEqual(two.logits.flat());
    },
  );

  test('numbered by class are read although one of them says nothing', () => {
    const noise = seededRandom(1);
    const rows = margin.map((m, i) => [noise.uniform(), m, two.labels[i]!]);
    expect(parseCsv(csv('logit_0,logit_1,label', rows)).scores.columns).toBe(2);
    expect(refusal(csv('logit_x,logit_y,label', rows)).code).toBe('E_COLUMN');
  });
});

describe('columns of unknown header for three classes', () => {
  // Lengths that all grow with the class, as the measures of flowers do.
  const noise = seededRandom(4);
  const features = three.labels.map((y) => [
    5 + y + noise.uniform(),
    2 * y + noise.uniform(),
    y + noise.uniform(),
    y,
  ]);

  test('are refused if one falls with its class', () => {
    const text = csv('sepal,petal,width,kind_no', features).replace('kind_no', 'label');
    expect(refusal(text).message).toContain('"sepal" is lower where the label is 0 than elsewhere');
    expect(scoresProposed(text)).toEqual([['sepal', 'petal', 'width']]);
  });

  test('are read if each rises with its class, some cells hold marks, or the classes are in another order', () => {
    for (const shift of [0, 1, 2]) {
      const rows = three.logits.map((row, i) => [...row, (three.labels[i]! + shift) % 3]);
      rows[0] = [-1e12, 0, 1, 2];
      expect(parseCsv(csv('a1,b1,c1,label', rows)).scores.columns).toBe(3);
    }
  });

  test('are compared whatever the order of rows, ties included', () => {
    const sorted = Array.from({ length: 90 }, (_, i) => [1, i % 2, 0.5, Math.floor(i / 30)]);
    expect(parseCsv(csv('sun,rain,snow,label', sorted)).scores.columns).toBe(3);
  });
});

describe('more columns than classes', () => {
  const quads = two.logits.map(([a, b], i) => [a!, b!, a! + 0.25, b! - 0.25, two.labels[i]!]);

  test.each([
    'logit_0_x,logit_1_x,logit_0_y,logit_1_y,label',
    'V1,V2,V3,V4,label',
    'wide,tall,long,far,label',
  ])('are refused under %s, with both halves proposed', (header) => {
    const names = header.split(',').slice(0, 4);
    expect(scoresProposed(csv(header, quads))).toEqual(
      expect.arrayContaining([names.slice(0, 2), names.slice(2), names]),
    );
  });

  test('are classes that do not occur if the headers number them, or labels leave gaps', () => {
    expect(parseCsv(csv('logit_0,logit_1,logit_2,logit_3,label', quads)).scores.columns).toBe(4);
    const gaps = quads.map((row) => [...row.slice(0, 4), 3 * row[4]!]);
    expect(parseCsv(csv('V1,V2,V3,V4,label', gaps)).scores.columns).toBe(4);
  });
});

describe('a column that may hold the truth beside the labels', () => {
  const names = ['cat', 'dog', 'fox'];
  const rowsWith = (cells: (row: readonly number[], y: number, i: number) => readonly (string | number)[]) =>
    three.logits.map((row, i) => [...row, ...cells(row, three.labels[i]!, i)]);

  test.each([
    ['answer', 'verdict'],
    ['label', 'final'],
    ['class', 'checked'],
  ])('is proposed with %s, as both mostly agree', (headed, other) => {
    const text = csv(
      `cat,dog,fox,${headed},${other}`,
      rowsWith((row, y) => [names[predicted(row)]!, names[y]!]),
    );
    expect(refusal(text).message).toContain(
      `the labels may be column "${headed}" or column "${other}", and they differ`,
    );
    expect(labelsProposed(text)).toEqual([headed, other]);
  });

  test.each(['y_true', 'ground_truth', 'gold', 'target'])('is none beside %s', (headed) => {
    const text = csv(
      `cat,dog,fox,${headed},final`,
      rowsWith((row, y) => [names[y]!, names[predicted(row)]!]),
    );
    expect([...parseCsv(text).labels]).toEqual(three.labels);
  });

  test('is none if it agrees no more often than by chance, or has other values', () => {
    const shuffled = csv(
      'cat,dog,fox,label,room',
      rowsWith((_, y, i) => [names[y]!, names[i % 3]!]),
    );
    expect([...parseCsv(shuffled).labels]).toEqual(three.labels);
    const coarse = csv(
      'cat,dog,fox,label,tame',
      rowsWith((_, y) => [names[y]!, y === 2 ? 'no' : 'yes']),
    );
    expect([...parseCsv(coarse).labels]).toEqual(three.labels);
  });

  test.each(['resnet_pred', 'gptGuess', 'model output', '预测', 'Vorhersage', 'scored_labels'])(
    'is none if it is headed %s, a prediction',
    (header) => {
      const text = csv(
        `cat,dog,fox,${header},kind`,
        rowsWith((row, y) => [names[predicted(row)]!, names[y]!]),
      );
      const set = parseCsv(text);
      expect([...set.labels]).toEqual(three.labels);
      expect(set.classNames).toEqual(names);
    },
  );

  test('is unclear if an answer stands beside what says whether it was right', () => {
    const rows = rowsWith((row, y, i) => [names[predicted(row)]!, Number(predicted(row) === y), `q${i}`]);
    const error = refusal(csv('cat,dog,fox,answer,correct,q', rows));
    expect(error.message).toContain('column "answer" may hold the truth or what the model answered');
    expect(error.suggestions?.[0]?.label).toBe('answer');
    const predictionToo = rows.map((row) => [...row.slice(0, 4), row[3]!, row[4]!]);
    expect(parseCsv(csv('cat,dog,fox,answer,pred,correct', predictionToo)).scores.columns).toBe(3);
  });

  test('is headed correct, if it holds the correct answers', () => {
    const text = csv(
      'cat,dog,fox,chosen,correct',
      rowsWith((row, y) => [names[predicted(row)]!, names[y]!]),
    );
    expect([...parseCsv(text).labels]).toEqual(three.labels);
  });
});

test('zeros with a single 1 under pred_* are no truth', () => {
  const bits = (k: number): number[] => [0, 1, 2].map((c) => Number(c === k));
  const rows = three.logits.map((row, i) => [...row, ...bits(predicted(row)), three.labels[i]!]);
  const text = csv('logit_0,logit_1,logit_2,pred_0,pred_1,pred_2,label', rows);
  expect([...parseCsv(text).scores.data]).toEqual(three.logits.flat());
  const unlabelled = csv(
    'logit_0,logit_1,logit_2,pred_0,pred_1,pred_2',
    rows.map((row) => row.slice(0, 6)),
  );
  expect(() => parseCsv(unlabelled)).toThrow(CalibrationError);
});

describe('a single score', () => {
  const margin = two.logits.map(([a, b]) => b! - a!);

  test.each(['logit_0', 'score_neg', 'false_logit'])(
    'headed %s is refused, unless an option names it',
    (header) => {
      const text = csv(
        `${header},label`,
        margin.map((m, i) => [m, two.labels[i]!]),
      );
      const error = refusal(text);
      expect(error.message).toContain(`column "${header}" is headed as the score of the first class`);
      expect(error.suggestions?.map(({ classNames, scores }) => classNames ?? scores)).toEqual([
        ['1', '0'],
        [header],
      ]);
      expect(parseCsv(text, { scores: [header] }).scores.columns).toBe(2);
      expect(parseCsv(text.replace(header, 'logit_1')).scores.columns).toBe(2);
    },
  );

  test('is that of the class it is headed by, in either order of the names', () => {
    const text = csv(
      'logit_ham,label',
      margin.map((m, i) => [m, two.labels[i] === 1 ? 'ham' : 'spam']),
    );
    const set = parseCsv(text, { classNames: ['spam', 'ham'] });
    expect([...set.labels]).toEqual(two.labels);
    expect(() => parseCsv(text, { classNames: ['ham', 'spam'] })).toThrow(
      'is headed as the score of the first class',
    );
    const words = csv(
      'p_no,label',
      margin.map((m, i) => [m, two.labels[i] === 1 ? 'no' : 'yes']),
    );
    expect(refusal(words).suggestions?.[0]?.classNames).toEqual(['yes', 'no']);
  });

  test('in a row for each class or model is refused', () => {
    const long = three.logits.flatMap((row, i) =>
      row.map((z, k) => [i, k, z, Number(three.labels[i] === k)]),
    );
    for (const header of ['id,class,score,is_true', 'id,option,score,label']) {
      expect(() => parseCsv(csv(header, long), { scores: ['score'], label: header.split(',')[3]! })).toThrow(
        `the table has 3 rows for each value of "id", one for each value of "${header.split(',')[1]}", expected one row for each case`,
      );
    }
    const models = margin.flatMap((m, i) => ['a', 'b'].map((name) => [i, name, m, two.labels[i]!]));
    expect(() => parseCsv(csv('id,model,score,label', models))).toThrow('one for each value of "model"');
  });

  test('of a case and its opposite, or with one row for each id, is read', () => {
    const pairs = margin.map((m, i) => [Math.floor(i / 2), m, i % 2]);
    expect(parseCsv(csv('id,score,label', pairs)).scores.rows).toBe(200);
    const once = margin.map((m, i) => [i, 'abc'[i % 3]!, m, two.labels[i]!]);
    expect(parseCsv(csv('id,site,score,label', once)).scores.rows).toBe(200);
  });
});

describe('a header without a name for the names of rows', () => {
  const quoted = three.logits.map((row, i) => [`"${i + 1}"`, ...row, three.labels[i]!]);

  test('is read as R writes it', () => {
    const text = csv('"p.0","p.1","p.2","label"', quoted);
    const set = parseCsv(text);
    expect([...set.scores.data]).toEqual(three.logits.flat());
    expect(set.columnFindings?.[0]).toMatchObject({ number: 1, name: '', role: 'id' });
    const spaced = text.replaceAll(',', ' ');
    expect([...parseCsv(spaced, { delimiter: 'space' }).labels]).toEqual(three.labels);
  });

  test('is refused where the first cell may be a score, the last is empty, or a later row is longer', () => {
    const bare = three.logits.map((row, i) => [0.5, ...row, three.labels[i]!]);
    expect(refusal(csv('p0,p1,p2,label', bare)).code).toBe('E_ROW_LONG');
    const trailing = three.logits.map((row, i) => [1, ...row.slice(1), three.labels[i]!, '']);
    expect(refusal(csv('p0,p1,p2,label', trailing)).code).toBe('E_ROW_LONG');
    const later = [[...three.logits[0]!, 0], ...quoted.slice(1)];
    expect(refusal(csv('p0,p1,p2,label', later)).code).toBe('E_ROW_LONG');
  });
});

test('columns that end in the numbers of the classes are those classes in any order', () => {
  const rows = two.logits.map(([a, b], i) => [b!, a!, two.labels[i]!]);
  const set = parseCsv(csv('P_BAD1,P_BAD0,BAD', rows), { label: 'BAD' });
  expect(set.classNames).toEqual(['1', '0']);
  expect([...set.labels]).toEqual(two.labels.map((y) => 1 - y));
});

test('the last column is proposed first among those that may be the labels', () => {
  const rows = two.logits.map(([a, b], i) => [i % 2, i % 3 === 0 ? 1 : 0, b! - a!, two.labels[i]!]);
  expect(refusal(csv('Sex_male,Embarked_C,prob,Survived', rows)).suggestions?.[0]?.label).toBe('Survived');
});

describe('ids that come in several rows', () => {
  const rows = three.logits.map((row, i) => [Math.floor(i / 2), ...row, three.labels[i]!]);
  const codesOf = (header: string, some: typeof rows, options = {}): readonly string[] =>
    parseCsv(csv(header, some), options).notices.map(({ code }) => code);

  test('are named with the option that takes account of them', () => {
    const [first] = parseCsv(csv('patient_id,p0,p1,p2,label', rows)).notices;
    expect(first?.message).toBe(
      'W_REPEATED_IDS: column "patient_id" has 150 different values in 300 rows, so rows may not be independent; pass --clusters patient_id if it names cases of several rows, else intervals are too narrow.',
    );
    expect(parseCsv(csv('patient id,p0,p1,p2,label', rows)).notices[0]?.message).toContain(
      'pass --clusters with it if',
    );
  });

  test('are not, if they are kept, are few, or hardly ever come again', () => {
    expect(codesOf('patient_id,p0,p1,p2,label', rows, { keep: ['patient_id'] })).not.toContain(
      'W_REPEATED_IDS',
    );
    expect(codesOf('patient_id,p0,p1,p2,label', rows.slice(0, 19))).not.toContain('W_REPEATED_IDS');
    for (const idOf of [(i: number) => i, (i: number) => i % 4, (i: number) => Math.max(i, 20)]) {
      const other = rows.map((row, i) => [idOf(i), ...row.slice(1)]);
      expect(codesOf('patient_id,p0,p1,p2,label', other)).not.toContain('W_REPEATED_IDS');
    }
  });
});

describe('columns of unknown header', () => {
  const margin = two.logits.map(([a, b]) => b! - a!);

  test('must oppose one another under given class names too', () => {
    const rows = margin.map((m, i) => [m, m + 0.5 * Math.sin(i), two.labels[i] === 1 ? 'yes' : 'no']);
    const text = csv('xgb,lgbm,outcome', rows);
    expect(() => parseCsv(text, { classNames: ['no', 'yes'] })).toThrow(
      '"xgb" does not fall where "lgbm" rises',
    );
    const opposed = csv(
      'xgb,lgbm,outcome',
      margin.map((m, i) => [-m, m, two.labels[i] === 1 ? 'yes' : 'no']),
    );
    expect([...parseCsv(opposed, { classNames: ['no', 'yes'] }).labels]).toEqual(two.labels);
  });

  test.each(['V1,V2,score,Class', 'lab1,lab2,logit,Class'])(
    'are not taken beside a column headed as the score: %s',
    (header) => {
      const noise = seededRandom(6);
      const rows = margin.map((m, i) => [-m + noise.uniform(), m + noise.uniform(), m, two.labels[i]!]);
      const [first, second, score] = header.split(',');
      expect(scoresProposed(csv(header, rows))).toEqual([[score], [first, second]]);
    },
  );
});

describe('class names in headers', () => {
  const shuffled = (header: string, label: (y: number) => string): string =>
    csv(
      header,
      three.logits.map(([a, b, c], i) => [c!, a!, b!, label(three.labels[i]!)]),
    );
  const names = ['cat', 'dog', 'fox'];

  test.each([
    'P (Species=fox),P (Species=cat),P (Species=dog),Species',
    'confidence(fox),confidence(cat),confidence(dog),Species',
    'Prob[fox],Prob[cat],Prob[dog],Species',
    'Probability:Class=fox,Probability:Class=cat,Probability:Class=dog,Species',
  ])('are read out of %s', (header) => {
    const set = parseCsv(shuffled(header, (y) => names[y]!));
    expect(set.classNames).toEqual(['fox', 'cat', 'dog']);
    expect([...set.labels].map((y) => set.classNames[y])).toEqual(three.labels.map((y) => names[y]));
  });

  test('are their numbers, if these are not in order, also where labels are counted from 1', () => {
    for (const options of [{}, { labelBase: 1 as const }]) {
      const set = parseCsv(
        shuffled('p3,p1,p2,label', (y) => String(y + 1)),
        options,
      );
      expect(set.classNames).toEqual(['3', '1', '2']);
      expect([...set.labels].map((y) => Number(set.classNames[y]) - 1)).toEqual(three.labels);
    }
    const inOrder = csv(
      'p1,p2,p3,label',
      three.logits.map((row, i) => [...row, three.labels[i]! + 1]),
    );
    expect([...parseCsv(inOrder, { labelBase: 1 }).labels]).toEqual(three.labels);
    expect(() => parseCsv(inOrder)).toThrow('Pass --label-base 1');
  });

  test.each([' ', ','])('follow the mark that numpy.savetxt puts before them, with %j between', (mark) => {
    const text = csv(
      ['# p0', 'p1', 'p2', 'y'].join(mark),
      three.logits.map((row, i) => [[...row, three.labels[i]!].join(mark)]),
    );
    const set = parseCsv(text, mark === ' ' ? { delimiter: 'space' } : {});
    expect([...set.scores.data]).toEqual(three.logits.flat());
    expect([...set.labels]).toEqual(three.labels);
  });
});

describe('probabilities that do not sum to 1', () => {
  const p = two.logits.map(([a, b]) => 1 / (1 + Math.exp(a! - b!)));

  test('are proposed one by one where there are two classes', () => {
    const text = csv(
      'pred_xgb,pred_lgbm,target',
      p.map((share, i) => [share, 0.9 * share, two.labels[i]!]),
    );
    let error: CalibrationError | undefined;
    try {
      parseCsv(text, { input: 'probabilities' });
    } catch (thrown) {
      error = thrown as CalibrationError;
    }
    expect(error?.code).toBe('E_PROB_SUM');
    expect(error?.columns).toHaveLength(3);
    expect(error?.suggestions?.map(({ scores }) => scores)).toEqual([['pred_xgb'], ['pred_lgbm']]);
    const [proposal] = error!.suggestions!;
    expect(parseCsv(text, { input: 'probabilities', scores: proposal!.scores! }).scores.columns).toBe(2);
  });

  test('are proposed without the columns that are outside 0..1', () => {
    const text = csv(
      'tenure,fitted,y',
      p.map((share, i) => [30 + ((i * 7) % 40), share, two.labels[i]!]),
    );
    let error: CalibrationError | undefined;
    try {
      parseCsv(text, { input: 'probabilities' });
    } catch (thrown) {
      error = thrown as CalibrationError;
    }
    expect(error?.code).toBe('E_PROB_RANGE');
    expect(error?.suggestions?.map(({ scores }) => scores)).toEqual([['fitted']]);
  });
});

describe('tables without a label column', () => {
  test('propose whole numbers as labels beside fractions headed as a prediction', () => {
    const p = two.logits.map(([a, b]) => 1 / (1 + Math.exp(a! - b!)));
    const text = csv(
      'isFraud,TransactionID,pred',
      p.map((share, i) => [two.labels[i]!, 2987000 + i, share]),
    );
    const [proposal] = refusal(text).suggestions!;
    expect(proposal).toMatchObject({ label: 'isFraud', scores: ['pred'] });
    const set = parseCsv(text, {
      input: 'probabilities',
      label: proposal!.label!,
      scores: proposal!.scores!,
    });
    expect([...set.labels]).toEqual(two.labels);
  });

  test('say what they are where they hold one-hot labels, ranks, lists or a line for Excel', () => {
    const bits = (y: number): number[] => [0, 1, 2].map((k) => Number(k === y));
    const oneHot = csv(
      'cat,dog,fox,cat_x,dog_x,fox_x',
      three.logits.map((row, i) => [...row, ...bits(three.labels[i]!)]),
    );
    expect(refusal(oneHot).message).toContain('columns "cat_x" to "fox_x" hold zeros with a single 1');
    const headed = oneHot.replace('cat_x,dog_x,fox_x', 'true_cat,true_dog,true_fox');
    expect([...parseCsv(headed).labels]).toEqual(three.labels);
    const ranks = three.logits.map((row, i) => [...[0, 1, 2].map((k) => (k + i) % 3), ...row]);
    expect(labelsProposed(csv('label_0,label_1,label_2,prob_0,prob_1,prob_2', ranks))).toEqual([undefined]);
    const vectors = csv(
      'label,rawPrediction,prediction',
      three.logits.map((row, i) => [i % 3, `"[${row.join(',')}]"`, i % 3]),
    );
    expect(refusal(vectors).message).toContain(
      'column "rawPrediction" holds texts, such as lists of numbers',
    );
    expect(refusal('sep=;\nprob;label\n0.25;1\n').message).toContain('the first line is for Excel');
  });

  test('propose no figure of the row as the score', () => {
    const rows = two.labels.map((y, i) => [y, (y + (i % 3 === 0 ? 1 : 0)) % 2, 0.25 + (i % 7) / 10]);
    const error = refusal(csv('true,pred,margin', rows));
    expect(error.message).toContain('Export the scores of all classes, one column per class.');
    expect(error.suggestions).toEqual([]);
  });

  test('say how a mark for a missing label is left out', () => {
    const rows = two.logits.map((row, i) => [...row, i === 4 ? 'NA' : ['no', 'yes'][two.labels[i]!]!]);
    const text = csv('logit_no,logit_yes,label', rows);
    expect(refusal(text).message).toContain('Pass --ignore-label=NA if it marks rows without a label.');
    expect(parseCsv(text, { ignoreLabel: 'NA' }).scores.rows).toBe(199);
  });
});

describe('columns that are classes by their order alone', () => {
  const noticesOf = (header: string, label: (y: number) => string, options = {}): readonly string[] =>
    parseCsv(
      csv(
        header,
        three.logits.map((row, i) => [...row, label(three.labels[i]!)]),
      ),
      options,
    ).notices.map(({ message }) => message);

  test('are said to be, if nothing else says so', () => {
    expect(noticesOf('sw,sl,pl,label', String)).toEqual([
      'W_CLASSES_BY_ORDER: columns "sw", "sl", "pl" were read as the scores of classes 0, 1, 2 in this order.',
    ]);
    expect(noticesOf('sw,sl,pl,label', (y) => String(y + 1), { labelBase: 1 })[0]).toContain(
      'of classes 1, 2, 3 in this order',
    );
  });

  test('are not, if headers are labels or count the classes, or the names are given', () => {
    const names = ['cat', 'dog', 'fox'];
    expect(noticesOf('cat,dog,fox,label', (y) => names[y]!)).toEqual([]);
    for (const header of [
      'logit_0,logit_1,logit_2,label',
      'V1,V2,V3,label',
      'A,B,C,label',
      'prob_cat,prob_dog,prob_fox,label',
    ]) {
      expect(noticesOf(header, String)).toEqual([]);
    }
    expect(noticesOf('sw,sl,pl,label', (y) => names[y]!, { classNames: names })).toEqual([]);
  });
});
