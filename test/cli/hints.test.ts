import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { proposedOptions } from './proposed-options.ts';
import { runIn, testFolder } from './run-command.ts';

/** Files by name, and what the command is given besides `val.csv`. */
interface Input {
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A file that is refused or warned of, and the same data written cleanly. */
interface HintCase {
  readonly code: string;
  readonly name: string;
  readonly seen: Input;
  readonly clean: Input;
  /** Which of the proposals is meant; the first by default. */
  readonly proposal?: number;
}

/** Temperatures agree to this where division by 100 or by a sum rounds the scores anew. */
const rounding = 1e-9;

const random = seededRandom(41);
const classes = 3;
const rows = Array.from({ length: 160 }, () => {
  const label = random.below(classes);
  const scores = Array.from({ length: classes }, (_, k) =>
    Number((4 * random.uniform() + (k === label ? 1.75 : 0) - 2).toFixed(4)),
  );
  return { label, scores };
});
const probabilities = rows.map(({ scores, label }) => {
  const weights = scores.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { label, scores: weights.map((weight) => weight / total) };
});
type Rows = typeof rows;

/** The probabilities to four decimals, that of the first row's true class being `p`. */
function withFirst(p: number): Rows {
  return probabilities.map(({ label, scores }, i) => ({
    label,
    scores: scores.map((value, k) =>
      i > 0 ? Number(value.toFixed(4)) : k === label ? p : k === (label + 1) % 3 ? 0.625 : 0.375,
    ),
  }));
}

/** A table of rows; `cell` and `label` say how these are written. */
function table(
  of: Rows,
  {
    cell = String,
    label = (y: number) => String(y),
    header = 'a,b,c',
    separator = ',',
  }: {
    readonly cell?: (value: number, k: number, row: number) => string;
    readonly label?: (y: number, row: number) => string;
    readonly header?: string | undefined;
    readonly separator?: string;
  } = {},
): string {
  const lines = of.map(({ scores, label: y }, i) =>
    [...scores.map((value, k) => cell(value, k, i)), label(y, i)].join(separator),
  );
  return [header === '' ? undefined : `${header},label`.replaceAll(',', separator), ...lines, '']
    .filter((line) => line !== undefined)
    .join('\n');
}

/** A single score column of class 1 with two labels. */
function column(write: (p: number) => string, label: (y: number) => string = String): string {
  const lines = probabilities.map(
    ({ scores: [, p] }, i) => `${write(p!)},${label(i % 8 < 7 === p! > 0.5 ? 1 : 0)}`,
  );
  return `p,label\n${lines.join('\n')}\n`;
}

const val = (text: string): Input => ({ files: { 'val.csv': text } });
const probs = (text: string): Input => ({ ...val(text), args: ['--input', 'probs'] });
const logits = val(table(rows));
const shares = probs(table(probabilities));
const named = ['cat', 'dog', 'fox'];
const one = probs(column(String));
const transposed = {
  'val.csv': `${[0, 1, 2].map((k) => rows.map(({ scores }) => scores[k]).join(',')).join('\n')}\n`,
  'y.csv': `${rows.map(({ label }) => label).join('\n')}\n`,
};

const cases: readonly HintCase[] = [
  {
    code: 'E_LABEL_BASE',
    name: 'labels 1..K',
    seen: val(table(rows, { label: (y) => String(y + 1) })),
    clean: logits,
  },
  {
    code: 'E_LABEL_BASE',
    name: 'labels 1 and 2 of one column',
    seen: probs(column(String, (y) => String(y + 1))),
    clean: one,
  },
  {
    code: 'E_LABEL_INT',
    name: 'labels -1 and 1',
    seen: probs(column(String, (y) => String(2 * y - 1))),
    clean: one,
  },
  {
    code: 'E_LABEL_INT',
    name: 'labels -1, 0 and 1 of three columns',
    seen: val(table(rows, { label: (y) => String(y - 1) })),
    clean: logits,
  },
  {
    code: 'E_LABEL_INT',
    name: 'rows marked by -100',
    seen: val(table(rows, { label: (y, i) => (i < 20 ? '-100' : `${y}.0`) })),
    clean: val(table(rows.slice(20))),
  },
  {
    code: 'E_LABEL_INT',
    name: 'rows marked by NA',
    seen: val(table(rows, { label: (y, i) => (i < 20 ? 'NA' : String(y)) })),
    clean: val(table(rows.slice(20))),
  },
  {
    code: 'E_LABEL_RANGE',
    name: 'rows marked by 255',
    seen: val(table(rows, { label: (y, i) => (i < 20 ? '255' : String(y)) })),
    clean: val(table(rows.slice(20))),
  },
  {
    code: 'E_LABEL_RANGE',
    name: 'labels 2, 4 and 6',
    seen: val(table(rows, { label: (y) => String(2 * y + 2) })),
    clean: logits,
  },
  {
    code: 'E_LABEL_UNKNOWN',
    name: 'names of columns without names',
    seen: val(table(rows, { label: (y) => named[y]!, header: 'logit_0,logit_1,logit_2' })),
    clean: logits,
    proposal: 1,
  },
  {
    code: 'E_LABEL_UNKNOWN',
    name: 'names in other case',
    seen: val(table(rows, { label: (y) => named[y]!.toUpperCase(), header: 'cat,dog,fox' })),
    clean: logits,
  },
  {
    code: 'E_LABEL_UNKNOWN',
    name: 'yes and no of one column',
    seen: probs(column(String, (y) => (y === 1 ? 'yes' : 'no'))),
    clean: one,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas behind semicolons',
    seen: val(table(rows, { cell: (z) => String(z).replace('.', ','), separator: ';' })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas behind tabs',
    seen: val(table(rows, { cell: (z) => String(z).replace('.', ','), separator: '\t' })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'quoted decimal commas between commas',
    seen: val(table(rows, { cell: (z) => `"${String(z).replace('.', ',')}"` })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas behind semicolons without a header',
    seen: val(table(rows, { cell: (z) => z.toFixed(4).replace('.', ','), separator: ';', header: '' })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas behind tabs without a header',
    seen: val(table(rows, { cell: (z) => z.toFixed(4).replace('.', ','), separator: '\t', header: '' })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas before percent signs',
    seen: val(
      table(probabilities, { cell: (p) => `${String(100 * p).replace('.', ',')} %`, separator: ';' }),
    ),
    clean: shares,
  },
  {
    code: 'E_NUM',
    name: 'decimal commas before percent signs without a header',
    seen: val(
      table(probabilities, {
        cell: (p) => `${String(100 * p).replace('.', ',')}%`,
        separator: ';',
        header: '',
      }),
    ),
    clean: shares,
  },
  {
    code: 'E_QUOTE',
    name: 'quoted headers between spaces',
    seen: val(table(rows, { separator: ' ', header: '"a","b","c"' })),
    clean: logits,
  },
  {
    code: 'E_LABEL_COLUMN',
    name: 'cells between spaces',
    seen: val(table(rows, { separator: ' ', header: '' })),
    clean: logits,
  },
  {
    code: 'E_NUM',
    name: 'percent signs',
    seen: val(table(probabilities, { cell: (p) => `${100 * p}%` })),
    clean: shares,
  },
  {
    code: 'E_NUM_EMPTY',
    name: 'an empty cell',
    seen: val(table(rows, { cell: (z, k, i) => (i === 0 && k === 1 ? '' : String(z)) })),
    clean: val(table(rows.slice(1))),
  },
  {
    code: 'E_LOGIT_NAN',
    name: 'a NaN',
    seen: val(table(rows, { cell: (z, k, i) => (i === 0 && k === 1 ? 'nan' : String(z)) })),
    clean: val(table(rows.slice(1))),
  },
  {
    code: 'E_LOGIT_NEGINF',
    name: 'a masked class',
    seen: val(table(rows, { cell: (z, k, i) => (rows[i]!.label === 0 && k === 1 ? '-inf' : String(z)) })),
    clean: val(table(rows, { cell: (z, k, i) => (rows[i]!.label === 0 && k === 1 ? '-1e12' : String(z)) })),
  },
  {
    code: 'E_LOGIT_NEGINF',
    name: 'rows to skip',
    seen: val(table(rows, { cell: (z, k, i) => (i === 0 && k === 1 ? '-inf' : String(z)) })),
    clean: val(table(rows.slice(1))),
    proposal: 1,
  },
  {
    code: 'E_PROB_RANGE',
    name: 'percentages declared as probabilities',
    seen: probs(table(probabilities, { cell: (p) => String(100 * p) })),
    clean: shares,
  },
  {
    code: 'E_PROB_RANGE',
    name: 'percentages of one column',
    seen: probs(column((p) => String(100 * p))),
    clean: one,
  },
  {
    code: 'E_PROB_RANGE',
    name: 'logits declared as probabilities',
    seen: { ...logits, args: ['--input', 'probs'] },
    clean: logits,
  },
  {
    code: 'E_PROB_SUM',
    name: 'rows that sum to 0.98',
    seen: probs(table(probabilities, { cell: (p) => String(0.98 * p) })),
    clean: shares,
  },
  {
    code: 'E_PROB_ZERO_TRUE',
    name: 'a true class of probability 0',
    seen: probs(table(withFirst(0))),
    // Half of the smallest step of four decimals.
    clean: probs(table(withFirst(0.00005))),
  },
  {
    code: 'E_TRANSPOSED',
    name: 'a row for each class',
    seen: { files: transposed, args: ['--labels', '@y.csv'] },
    clean: logits,
  },
  {
    code: 'E_CSV',
    name: 'two delimiters',
    seen: val(table(rows).replace('a,b,c,label', 'a;1,b,c,label')),
    clean: logits,
  },
  {
    code: 'W_LOOKS_LIKE_PROBS',
    name: 'probabilities declared as logits',
    seen: val(table(probabilities)),
    clean: shares,
  },
  { code: 'W_LOOKS_LIKE_PROBS', name: 'one column of probabilities', seen: val(column(String)), clean: one },
  {
    code: 'W_LOOKS_LIKE_PROBS',
    name: 'probabilities of coarse sums',
    seen: val(table(probabilities, { cell: (p) => String(0.99 * p) })),
    clean: shares,
  },
  {
    code: 'W_LOOKS_LIKE_PERCENT',
    name: 'percentages declared as logits',
    seen: val(table(probabilities, { cell: (p) => String(100 * p) })),
    clean: shares,
  },
  {
    code: 'W_LOOKS_LIKE_PERCENT',
    name: 'one column of percentages',
    seen: val(column((p) => String(100 * p))),
    clean: one,
  },
  {
    code: 'W_LABEL_ONE_BASED',
    name: 'labels from 1 without the last class',
    seen: val(
      table(
        rows.filter(({ label }) => label < 2),
        { label: (y) => String(y + 1) },
      ),
    ),
    clean: val(table(rows.filter(({ label }) => label < 2))),
  },
  {
    code: 'W_CHANCE_LEVEL',
    name: 'classes in another order',
    seen: val(table(rows, { label: (y) => String((y + 1) % 3) })),
    clean: logits,
  },
  {
    code: 'W_CHANCE_LEVEL',
    name: 'a score of class 0',
    seen: probs(column((p) => String(1 - p))),
    clean: one,
  },
];

async function temperatureOf(input: Input, options: readonly string[]): Promise<number> {
  const folder = testFolder();
  for (const [name, text] of Object.entries(input.files)) writeFileSync(join(folder, name), text);
  const { status, stdout, stderr } = await runIn(folder, ['fit', '@val.csv', '--quiet', ...options]);
  expect(`${status} ${status === 0 ? '' : stderr}`).toBe('0 ');
  return Number(stdout);
}

async function messageOf(input: Input, code: string): Promise<string> {
  const folder = testFolder();
  for (const [name, text] of Object.entries(input.files)) writeFileSync(join(folder, name), text);
  const { stderr } = await runIn(folder, ['fit', '@val.csv', '--quiet', ...(input.args ?? [])]);
  const message = stderr.split('\n').find((line) => line.startsWith(`${code}: `));
  expect(message, stderr).toBeDefined();
  return message!;
}

/** The arguments with the proposed options in place of those of the same name. */
function replaced(args: readonly string[], proposed: readonly string[]): string[] {
  const given = args
    .map((arg, i) => (arg.startsWith('--') ? [arg, args[i + 1]!] : []))
    .filter((pair) => pair.length > 0);
  const kept = given.filter(([option]) => !proposed.some((other) => other.startsWith(`${option}=`)));
  return [...kept.flat(), ...proposed];
}

describe('the options that a message proposes give the result of the clean file', () => {
  test.each(cases.map((one) => [one.code, one.name, one] as const))(
    '%s: %s',
    async (_, __, { code, seen, clean, proposal = 0 }) => {
      const proposals = proposedOptions(await messageOf(seen, code));
      const options = replaced(seen.args ?? [], proposals[proposal] ?? []);
      expect(proposals.length).toBeGreaterThan(proposal);
      const expected = await temperatureOf(clean, clean.args ?? []);
      expect(Math.abs((await temperatureOf(seen, options)) / expected - 1)).toBeLessThan(rounding);
    },
  );

  test('a set that is all right takes the bound that the refusal proposes', async () => {
    const right = val(
      table(
        rows.map(({ label }) => ({ label, scores: [0, 1, 2].map((k) => (k === label ? 2.5 : 0.25 * k)) })),
      ),
    );
    const [options] = proposedOptions(await messageOf(right, 'E_FIT_SEPARABLE'));
    expect(await temperatureOf(right, options!)).toBe(0.05);
  });

  test('a marker replaced as the warning says gives the temperature without it', async () => {
    const marked = (marker: string): Input =>
      val(
        table(rows, {
          cell: (z, k, i) => (i % 4 === 0 && k === (rows[i]!.label + 1) % 3 ? marker : String(z)),
        }),
      );
    const message = await messageOf(marked('-9999'), 'W_SENTINEL');
    expect(message).toContain('write -inf and pass --allow-neg-inf');
    const masked = await temperatureOf(marked('-inf'), ['--allow-neg-inf']);
    expect(Math.abs(masked / (await temperatureOf(marked('-1e12'), [])) - 1)).toBeLessThan(rounding);
  });
});

describe('proposedOptions', () => {
  test('reads values with = and without, in quotes, and leaves the sentence out', () => {
    expect(proposedOptions('Pass --decimal=, to read decimal commas.')).toEqual([['--decimal=,']]);
    expect(proposedOptions('pass --input probs --scale percent.')).toEqual([
      ['--input=probs', '--scale=percent'],
    ]);
    expect(proposedOptions('Pass --class-names="red dog,cat" if so, or --ignore-label=-1 if not.')).toEqual([
      ['--class-names=red dog,cat'],
      ['--ignore-label=-1'],
    ]);
    expect(proposedOptions('Pass --drop-bad to skip such rows.')).toEqual([['--drop-bad']]);
  });
});
