import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';

const rowCount = 60;

/** Logits of three classes that favour the label, from a linear congruence. */
function sample(): readonly { readonly logits: string; readonly label: number }[] {
  let state = 7;
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return Array.from({ length: rowCount }, (_, i) => {
    const label = i % 3;
    const logits = [0, 1, 2].map((k) => (4 * next() - 2 + (k === label ? 1.25 : 0.1)).toFixed(4));
    return { logits: logits.join(','), label };
  });
}

const rows = sample();
const names = ['cat', 'dog', 'fox'];

function table(header: string, row: (logits: string, label: number, i: number) => string): string {
  const lines = rows.map(({ logits, label }, i) => row(logits, label, i));
  return `${[...(header === '' ? [] : [header]), ...lines].join('\n')}\n`;
}

/** The words of a command line as a POSIX shell reads them, without the comment behind. */
function shellWords(line: string): readonly string[] {
  const [command = ''] = line.split('  # ');
  return [...command.trim().matchAll(/((?:'[^']*'|\\'|[^\s'])+)/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\'/g, (whole, inside?: string) => (whole === "\\'" ? "'" : inside!)),
  );
}

async function temperature(folder: string, args: readonly string[]): Promise<number> {
  const { status, stdout, stderr } = await runIn(folder, [...args, '--json']);
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(stdout).result.calibrator.temperature;
}

/** A file that is refused; `clean` is the same data written cleanly, by default the logits with names as labels. */
interface Refused {
  readonly text: string;
  readonly args?: readonly string[];
  readonly clean?: string;
}

/** The logits as whole numbers. */
const wholes = (logits: string): string =>
  logits
    .split(',')
    .map((value) => String(Math.round(2 * Number(value))))
    .join(',');

/** The softmax of the logits in whole percents that sum to 100. */
function shares(logits: string): string {
  const weights = logits.split(',').map((value) => Math.exp(Number(value)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [first = 0, second = 0] = weights.map((weight) => Math.max(Math.round((98 * weight) / total), 1));
  return [first, second, 100 - first - second].join(',');
}

/** The class of the largest logit. */
function predicted(logits: string): number {
  const numbers = logits.split(',').map(Number);
  return numbers.indexOf(Math.max(...numbers));
}

/** The score of class 1 of two. */
const second = (logits: string): string => logits.split(',')[1]!;

const files: Readonly<Record<string, Refused>> = {
  'a prediction in place of a label': {
    text: table('zero,one,two,prediction', (logits, label) => `${logits},${label}`),
  },
  'a label of unknown name': {
    text: table('logit_0,logit_1,logit_2,the kind', (logits, label) => `${logits},${label}`),
  },
  'a column beside classes that are names': {
    text: table('cat,width,dog,fox,label', (logits, label) =>
      logits.replace(',', ',0.5,').concat(`,${names[label]}`),
    ),
  },
  'a column before classes that are numbered': {
    text: table('width,cat,dog,fox,label', (logits, label, i) => `${(i % 7) + 0.5},${logits},${label}`),
  },
  'whole numbers without a header': { text: table('', (logits, label, i) => `${i % 4},${logits},${label}`) },
  'an index in the last place without a header': {
    text: table('', (logits, label, i) => `${logits},${label},${i}`),
  },
  'labels that differ': {
    text: table(
      'label,target,cat,dog,fox',
      (logits, label, i) => `${names[label]},${i % 3 === 0 ? 1 : 0},${logits}`,
    ),
  },
  'two families': {
    text: table(
      'score_0,score_1,score_2,pred_0,pred_1,pred_2,label',
      (logits, label) => `${logits},0.5,1.5,2.5,${label}`,
    ),
  },
  'scores alone without a header': { text: table('', (logits) => logits) },
  'two label columns of one name': {
    text: table('cat,dog,fox,label,label', (logits, label, i) => `${logits},${names[label]},${names[i % 2]}`),
  },
  'two score columns of one name': {
    text: table('logit_0,logit_1,logit_2,logit_2,label', (logits, label) => `${logits},9.5,${label}`),
  },
  'two classes of one name': {
    text: table('cat,dog,fox,fox,label', (logits, label) => `${logits},9.5,${names[label]}`),
  },
  'texts and numbers that may both be the labels': {
    text: table(
      'cat,dog,fox,decided,final',
      (logits, label, i) => `${logits},${names[label]},${(label + (i % 2)) % 3}`,
    ),
  },
  'texts beside a family and numbers that may be the labels': {
    text: table(
      'logit_cat,logit_dog,logit_fox,reviewer,outcome_code',
      (logits, label, i) => `${logits},${names[label]},${(label + (i % 2)) % 3}`,
    ),
  },
  'whole-number logits behind the labels without a header': {
    text: table('', (logits, label) => `${label},${wholes(logits)}`),
    clean: table('a,b,c,label', (logits, label) => `${wholes(logits)},${label}`),
  },
  'whole percentages behind labels from 1 without a header': {
    text: table('', (logits, label) => `${label + 1},${shares(logits)}`),
    args: ['--scale', 'percent', '--label-base', '1'],
    clean: table('a,b,c,label', (logits, label) => `${shares(logits)},${label + 1}`),
  },
  'labels before fractions and ids without a header': {
    text: table('', (logits, label, i) => `${label},${logits},${(i * 37) % 1009}`),
  },
  'one score behind the labels without a header': {
    text: table('', (logits, label) => `${label === 1 ? 1 : 0},${second(logits)}`),
    clean: table('score,label', (logits, label) => `${second(logits)},${label === 1 ? 1 : 0}`),
  },
  'one score behind labels -1 and 1 without a header': {
    text: table('', (logits, label) => `${label === 1 ? 1 : -1},${second(logits)}`),
    args: ['--class-names=-1,1'],
    clean: table('score,label', (logits, label) => `${second(logits)},${label === 1 ? 1 : -1}`),
  },
  'one score beside features': {
    text: table(
      'V1,V2,Amount,Class,prob',
      (logits, label, i) =>
        `${i / 8 - 2},${(i % 7) + 0.5},${(i % 11) + 0.25},${label === 1 ? 1 : 0},${second(logits)}`,
    ),
    clean: table('score,label', (logits, label) => `${second(logits)},${label === 1 ? 1 : 0}`),
  },
  'labels of unknown name behind a column of many values': {
    text: table(
      'income,logit_0,logit_1,logit_2,kind',
      (logits, label, i) => `${1000 + 7 * i},${logits},${label}`,
    ),
  },
  'cells between spaces': {
    text: table('', (logits, label) => `  ${logits.replaceAll(',', '   ')} ${label}.000e+00 `),
  },
  'cells between spaces below a header': {
    text: table('cat dog fox label', (logits, label) => `${logits.replaceAll(',', ' ')} ${names[label]}`),
  },
  'two columns of class numbers without a header': {
    text: table('', (logits, label, i) => `${(label + (i % 2)) % 3},${logits},${label}`),
  },
  'a prediction behind the labels without a header': {
    text: table('', (logits, label) => `${logits},${label},${predicted(logits)}`),
  },
  'a prediction of one score behind the labels without a header': {
    text: table(
      '',
      (logits, label) => `${second(logits)},${label % 2},${Number(second(logits)) > 0 ? 1 : 0}`,
    ),
    clean: table('score,label', (logits, label) => `${second(logits)},${label % 2}`),
  },
  'texts of a prediction behind those of the labels without a header': {
    text: table('', (logits, label) => `${names[label]},${logits},${names[predicted(logits)]}`),
    args: ['--class-names', 'cat,dog,fox'],
  },
  'two columns of texts without a header': {
    text: table('', (logits, label, i) => `${names[i % 2]},${logits},${names[label]}`),
    args: ['--class-names', 'cat,dog,fox'],
  },
  'an option that is given another way': {
    text: table('logit_0,logit_1,logit_2,truth', (logits, label) => `${logits},${label}`),
    args: ['--label=truht'],
  },
  'a misspelled option': {
    text: table('logit_0,logit_1,logit_2,truth', (logits, label) => `${logits},${label}`),
    args: ['--label', 'truht'],
  },
};

describe('a refusal about columns', () => {
  test.each(Object.entries(files))(
    'prints a command that reads the file: %s',
    async (_, { text, args = [], clean }) => {
      const folder = testFolder();
      writeFileSync(join(folder, "it's.csv"), text);
      writeFileSync(
        join(folder, 'clean.csv'),
        clean ?? table('cat,dog,fox,label', (logits, label) => `${logits},${names[label]}`),
      );
      const wanted = await temperature(folder, ['fit', '@clean.csv', ...(clean === undefined ? [] : args)]);
      const refused = await runIn(folder, ['fit', "@it's.csv", ...args]);
      expect(refused.status).toBe(3);
      const [line = '', ...below] = refused.stderr.trimEnd().split('\n');
      expect(line).toMatch(/^E_(?:COLUMN|LABEL_COLUMN|HEADER_DUP|CLASS_DUP): /);
      expect(below[0]).toMatch(/^ {2}column .*role .*why$/);
      const [first = ''] = below.slice(below.indexOf('  Run next:') + 1);
      writeFileSync(join(folder, 'LABELS.csv'), rows.map(({ label }) => label).join('\n'));
      const words = shellWords(first).map((word) =>
        /^(?:it's|LABELS)\.csv$/.test(word) ? `@${word}` : word,
      );
      expect(words[0]).toBe('calibrant');
      expect(await temperature(folder, words.slice(1))).toBe(wanted);
      expect(readFileSync(join(folder, "it's.csv"), 'utf8')).toBe(text);
    },
  );

  test('prints one for each of two columns that may be the labels', async () => {
    const folder = testFolder();
    const other = (label: number, i: number): number => (label + (i % 2)) % 3;
    const text = table('logit_cat,logit_dog,logit_fox,reviewer,final', (logits, label, i) =>
      [logits, names[other(label, i)], label].join(','),
    );
    writeFileSync(join(folder, 'val.csv'), text);
    writeFileSync(
      join(folder, 'clean.csv'),
      table('cat,dog,fox,label', (logits, label) => `${logits},${label}`),
    );
    const { stderr } = await runIn(folder, ['fit', '@val.csv']);
    expect(stderr).toContain('4       reviewer              unclear  texts that may be the labels');
    const [, second = ''] = stderr.split('Run next:\n')[1]!.split('\n');
    const words = shellWords(second).map((word) => (word === 'val.csv' ? '@val.csv' : word));
    expect(words).toContain('final');
    expect(await temperature(folder, words.slice(1))).toBe(await temperature(folder, ['fit', '@clean.csv']));
  });

  test('prints options once', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'val.csv'), files['a label of unknown name']!.text);
    const { stderr } = await runIn(folder, ['fit', '@val.csv', '--label', 'the kin', '--input=logits']);
    const [command = ''] = stderr.split('Run next:\n')[1]!.split('\n');
    expect(command.trim()).toBe("calibrant fit val.csv --input=logits --label 'the kind'");
  });

  test('prints one for labels in the first of many rows without a header', async () => {
    const folder = testFolder();
    // So many different numbers in the last column that it is refused before all is read.
    const lines = Array.from({ length: 20 }, (_, k) =>
      rows.map(({ logits, label }, i) => ({ logits: `${logits}${String(1000 + 60 * k + i)}`, label })),
    ).flat();
    const wide = (write: (logits: string, label: number) => string) =>
      lines.map(({ logits, label }) => write(logits, label)).join('\n');
    writeFileSync(
      join(folder, 'val.csv'),
      wide((logits, label) => `${label},${logits}`),
    );
    writeFileSync(join(folder, 'clean.csv'), `a,b,c,label\n${wide((logits, label) => `${logits},${label}`)}`);
    const { stderr } = await runIn(folder, ['fit', '@val.csv']);
    expect(stderr).toMatch(/^E_LABEL_COLUMN: val.csv, column "4": \d+ different labels/);
    const [first = ''] = stderr.split('Run next:\n')[1]!.split('\n');
    const words = shellWords(first).map((word) => (word === 'val.csv' ? '@val.csv' : word));
    expect(await temperature(folder, words.slice(1))).toBe(await temperature(folder, ['fit', '@clean.csv']));
  });

  test('gives columns and suggestions to machines', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'val.csv'), files['a label of unknown name']!.text);
    const { stdout, stderr } = await runIn(folder, ['fit', '@val.csv', '--json', '--quiet']);
    const { error } = JSON.parse(stdout);
    expect(error.columns[3]).toEqual({
      number: 4,
      name: 'the kind',
      role: 'left out',
      why: 'whole numbers; not one of the family logit_*',
    });
    expect(error.suggestions[0]).toMatchObject({ label: 'the kind' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

test('doctor prints every column with its role, neighbours together', async () => {
  const folder = testFolder();
  writeFileSync(
    join(folder, 'val.csv'),
    table('id,logit_0,logit_1,logit_2,gold,pred', (logits, label, i) => `${i},${logits},${label},0`),
  );
  const { stdout } = await runIn(folder, ['doctor', '@val.csv']);
  expect(stdout).toContain('2..4    logit_0..logit_2  score       one of the family logit_*');
  expect(stdout).toContain('5       gold              label       its header names a label');
});

test('--ignore adds up', async () => {
  const folder = testFolder();
  const text = table(
    'logit_0,logit_1,logit_2,target,label',
    (logits, label, i) => `${logits},${i % 2},${label}`,
  );
  writeFileSync(join(folder, 'val.csv'), text);
  const { stdout, status } = await runIn(folder, [
    'doctor',
    '@val.csv',
    '--ignore',
    'target',
    '--ignore',
    'logit_2',
    '--label',
    'label',
    '--ignore-label',
    '2',
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain('2 logit columns logit_0..logit_1');
});

test('the command that shows the columns reads the file as the refused one did', async () => {
  const folder = testFolder();
  const text = [
    'pred,prob,label',
    ...rows.map((_, i) => `${i % 2},${(0.5 + (i % 7) / 15).toFixed(4)},${i % 2}`),
  ].join('\n');
  writeFileSync(join(folder, 'val.csv'), text);
  const { stderr } = await runIn(folder, [
    'fit',
    '@val.csv',
    '--input',
    'probs',
    '--label=label',
    '-o',
    '@c.json',
    '--folds',
    '3',
  ]);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(
    '    calibrant doctor val.csv --input probs --label=label',
  );
  const again = await runIn(folder, ['doctor', '@val.csv', '--input', 'probs']);
  expect(again.stderr).not.toContain('Run next');
});
