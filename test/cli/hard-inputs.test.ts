import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';

/** A file that cannot be used, how it is read, and the one line that says so. */
interface HardInput {
  readonly what: string;
  readonly text: string | Uint8Array;
  readonly args?: readonly string[];
  readonly labels?: string;
  readonly status?: number;
  readonly line: string;
}

const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n');
const two = 'a,b,label\n';
const good = '2,1,0\n1,3,1\n4,1,1\n0,2,1\n';

const inputs: readonly HardInput[] = [
  {
    what: 'every row right',
    text: `${two}${rows(4, (i) => (i % 2 === 0 ? '3,1,0' : '0,2,1'))}\n`,
    status: 5,
    line: 'E_FIT_SEPARABLE: every one of the 4 rows is already predicted correctly, so no finite temperature is best (it runs to 0). Use more validation rows, or pass --bounds 0.05,20 to accept the edge.',
  },
  {
    what: 'labels against the scores',
    text: `${two}3,1,1\n0,2,0\n2,1,1\n1,2,1\n`,
    status: 5,
    line: 'E_FIT_NO_SIGNAL: the logits do not favour the true labels (mean margin -0.5), so the temperature runs to infinity. Check that label numbers match the logit columns and that logits are not negated.',
  },
  {
    what: 'equal logits in each row',
    text: `${two}3,3,1\n2,2,0\n`,
    status: 5,
    line: 'E_FIT_CONSTANT: all logits are equal within every row, so temperature has no effect.',
  },
  {
    what: 'one row',
    text: `${two}3,1,1\n`,
    line: 'E_TOO_FEW: 1 row; at least 2 are needed (100 advised).',
  },
  {
    what: 'a label beyond the columns',
    text: `${two}${good}1,2,7\n`,
    line: 'E_LABEL_RANGE: val.csv line 6, column "label": 7 is outside 0..1 (2 logit columns).',
  },
  {
    what: 'labels from 1',
    text: 'a,b,c,label\n3,1,0,1\n0,2,1,2\n2,1,4,3\n1,2,0,1\n',
    line: 'E_LABEL_BASE: val.csv: labels run 1..3 but 3 logit columns need 0..2. Pass --label-base 1 if the first class is 1.',
  },
  {
    what: 'a label with a fraction',
    text: `${two}${good}1,2,1.5\n`,
    line: 'E_LABEL_INT: val.csv line 6: label 1.5 is not a whole number.',
  },
  {
    what: 'a label that is no class name',
    text: 'cat,dog,label\n2,1,cat\n1,3,dog\n4,1,Dog\n',
    line: 'E_LABEL_UNKNOWN: val.csv line 4: "Dog" is not one of cat, dog (names are case-sensitive).',
  },
  {
    what: 'labels of another length',
    text: 'a,b\n2,1\n1,3\n4,1\n',
    labels: 'label\n0\n1\n',
    line: 'E_ROWS: val.csv has 3 rows, labels.csv has 2.',
  },
  {
    what: 'a true class of probability 0',
    text: `${two}0.9,0.1,0\n0,1,0\n0.4,0.6,0\n`,
    args: ['--input', 'probs'],
    line: 'E_PROB_ZERO_TRUE: val.csv line 3: the true class has probability 0, so NLL is infinite. Pass --floor 0.05, half the smallest step or positive value of the data, to raise zeros to it; the result depends on it.',
  },
  {
    what: 'probabilities that do not sum to 1',
    text: `${two}0.9,0.1,0\n0.3,0.2,0\n`,
    args: ['--input', 'probs'],
    line: 'E_PROB_SUM: val.csv line 3: probabilities sum to 0.5, expected 1.',
  },
  {
    what: 'a transposed matrix',
    text: 'a,b,c,d\n2,1,4,0\n1,3,1,2\n',
    labels: '0\n1\n1\n1\n',
    line: 'E_TRANSPOSED: val.csv: logits are 2 x 4 and there are 4 labels; the matrix looks transposed. Pass --transpose.',
  },
  {
    what: 'two classes of one name',
    text: `${two}${good}`,
    args: ['--class-names', 'cat,cat'],
    line: 'E_CLASS_DUP: class name "cat" appears twice (columns 1 and 2).',
  },
  {
    what: 'a NaN logit',
    text: `${two}2,1,0\nNaN,3,1\n`,
    line: 'E_LOGIT_NAN: val.csv line 3, column "a": NaN. Pass --drop-bad to skip those rows.',
  },
  {
    what: 'a masked true class',
    text: `${two}2,1,0\n1,-inf,1\n`,
    args: ['--allow-neg-inf'],
    line: 'E_LOGIT_NEGINF_TRUE: val.csv line 3: the true class has logit -inf.',
  },
  {
    what: 'logits that span more than the doubles',
    text: `${two}2,1,0\n1.7e308,-1.7e308,1\n`,
    line: 'E_LOGIT_RANGE: val.csv line 3: logits span more than 1.8e308.',
  },
  {
    what: 'a number too large',
    text: `${two}1e400,1,0\n`,
    line: 'E_NUM_OVERFLOW: val.csv line 2, column "a": "1e400" does not fit in a float64.',
  },
  {
    what: 'a hexadecimal number',
    text: `${two}1,2,0\n0x10,1,0\n`,
    line: 'E_NUM: val.csv line 3, column "a": "0x10" is not a decimal number.',
  },
  {
    what: 'a column of names',
    text: 'a,b,c,label\n1,2,bob,0\n2,1,ann,1\n',
    line: 'E_NUM: val.csv line 2, column "c": "bob" is not a decimal number. If the column holds no scores, pass --ignore c.',
  },
  {
    what: 'a column of names whose header has a space',
    text: 'logit a,logit b,logit c,label\n1,2,bob,0\n2,1,ann,1\n',
    line: 'E_NUM: val.csv line 2, column "logit c": "bob" is not a decimal number. If the column holds no scores, pass --ignore "logit c".',
  },
  {
    what: 'a decimal comma',
    text: 'a;b;label\n"1,5";2;0\n1;2;1\n',
    line: 'E_NUM: val.csv line 2: "1,5" is not a decimal number. Pass --decimal=, to read decimal commas.',
  },
  {
    what: 'an empty cell',
    text: `${two}1,2,0\n1,,0\n`,
    line: 'E_NUM_EMPTY: val.csv line 3, column "b" is empty. Pass --drop-bad to skip such rows.',
  },
  {
    what: 'a label too large to hold',
    text: `${two}1,2,9007199254740993\n`,
    line: 'E_INT_UNSAFE: val.csv line 2: 9007199254740993 cannot be held exactly.',
  },
  {
    what: 'a cell too long',
    text: `${two}${'1'.repeat(100_001)},2,0\n`,
    line: 'E_CELL_LONG: val.csv line 2, column "a": cell has 100001 characters (limit 4096).',
  },
  {
    what: 'a header twice',
    text: 'a,a,label\n1,2,0\n',
    line: 'E_HEADER_DUP: val.csv: column "a" appears twice (1 and 2). Rename one of them, or leave one out with --scores.',
  },
  {
    what: 'a short row',
    text: `${two}1,2,0\n1,2\n`,
    line: 'E_ROW_SHORT: val.csv line 3 has 2 cells, the header has 3.',
  },
  {
    what: 'a long row',
    text: `${two}1,2,0,9\n`,
    line: 'E_ROW_LONG: val.csv line 2 has 4 cells, the header has 3.',
  },
  {
    what: 'an open quote',
    text: `${two}"1,2,0\n1,2,0\n`,
    line: 'E_QUOTE_OPEN: val.csv: the quote opened at line 2, column 1 never closes.',
  },
  {
    what: 'UTF-16',
    text: Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0),
    line: 'E_ENCODING: val.csv starts with a UTF-16 mark; save it as UTF-8.',
  },
  {
    what: 'a byte that is not UTF-8',
    text: Uint8Array.from([...new TextEncoder().encode(two), 0xff, 0x0a]),
    line: 'E_UTF8: val.csv: invalid byte 0xFF at offset 10 (line 2).',
  },
  {
    what: 'a NUL byte',
    text: `${two}1,\u0000,0\n`,
    line: 'E_NUL: val.csv line 2 contains a NUL byte; is this a text file?',
  },
  { what: 'an empty file', text: '', line: 'E_EMPTY: val.csv has no rows.' },
  { what: 'only a header', text: two, line: 'E_EMPTY: val.csv has a header but no rows.' },
  {
    what: 'more columns than allowed',
    text: `${two}${good}`,
    args: ['--max-columns', '2'],
    line: 'E_LIMIT_COLUMNS: val.csv: 3 columns (limit 2). Raise with --max-columns.',
  },
  {
    what: 'a weight below 0',
    text: 'a,b,label,w\n1,2,0,1\n1,3,1,-0.5\n',
    args: ['--weight', 'w'],
    line: 'E_WEIGHT_NEGATIVE: val.csv line 3: weight -0.5; weights must be 0 or more.',
  },
  {
    what: 'weights of 0',
    text: 'a,b,label,w\n1,2,0,0\n1,3,1,0\n',
    args: ['--weight', 'w'],
    line: 'E_WEIGHT_ZERO: val.csv: the weights sum to 0.',
  },
  {
    what: 'a column that is not there',
    text: `${two}${good}`,
    args: ['--label', 'lable'],
    line: 'E_COLUMN: val.csv: there is no column "lable"; did you mean "label"?',
  },
  {
    what: 'a column that is like none there is',
    text: `${two}${good}`,
    args: ['--label', 'truth'],
    line: 'E_COLUMN: val.csv: there is no column "truth"; the table has 3 columns: a, b, label.',
  },
  {
    what: 'a name where no column has one',
    text: '1,2,0\n2,1,1\n',
    args: ['--label', 'truth'],
    line: 'E_COLUMN: val.csv: there is no column "truth"; the table has 3 columns and no names.',
  },
  {
    what: 'bins that are no number',
    text: `${two}${good}`,
    args: ['--bins', '1.5'],
    status: 2,
    line: 'E_BINS: bins must be a whole number 1..10000, got 1.5.',
  },
  {
    what: 'a NumPy file cut short',
    text: Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]),
    line: 'E_NPY_HEADER: val.csv: the file ends inside its header, after 8 bytes.',
  },
];

describe('an input that cannot be used', () => {
  test.for(inputs)('ends in one line: $what', async ({ text, args = [], labels, status = 3, line }) => {
    const folder = testFolder();
    writeFileSync(join(folder, 'val.csv'), text);
    if (labels !== undefined) writeFileSync(join(folder, 'labels.csv'), labels);
    const given = labels === undefined ? args : [...args, '--labels', '@labels.csv'];
    const outcome = await runIn(folder, ['fit', '@val.csv', '-o', '@calibrator.json', ...given]);
    // Below the line may be the columns and what to run next.
    expect(
      outcome.stderr
        .split('\n')
        .filter((one) => /^[EW]_/.test(one))
        .at(-1),
    ).toBe(line);
    expect(outcome.status).toBe(status);
    expect(outcome.stdout).toBe('');
    expect(readdirSync(folder).sort()).toEqual(
      labels === undefined ? ['val.csv'] : ['labels.csv', 'val.csv'],
    );
  });
});
