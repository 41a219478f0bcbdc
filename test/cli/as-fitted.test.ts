import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { applyTemperature } from '../../src/calibrators/index.ts';
import { seededRandom } from '../../src/core/random.ts';
import { readCalibrator } from '../../src/io/index.ts';
import { runIn, testFolder } from './run-command.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
});

/** Rows of three probabilities of a classifier that is too sure of itself, with the true class. */
function rowsOf(count: number, seed: number): { readonly p: readonly number[]; readonly label: number }[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const z = [0, 1, 2].map(() => 4 * (random.uniform() + random.uniform() + random.uniform()) - 6);
    const e = z.map((value) => Math.exp(value));
    const sum = e[0]! + e[1]! + e[2]!;
    const soft = z.map((value) => Math.exp(value / 2));
    let draw = random.uniform() * (soft[0]! + soft[1]! + soft[2]!);
    let label = 0;
    while (label < 2 && draw > soft[label]!) draw -= soft[label++]!;
    return { p: e.map((value) => value / sum), label };
  });
}

type Cell = (p: number) => string;

function table(
  seed: number,
  cell: Cell,
  header = 'a,b,c,label',
  extra: (row: number) => string = () => '',
): string {
  const lines = rowsOf(150, seed).map(
    ({ p, label }, row) => `${p.map(cell).join(',')},${'abc'[label]}${extra(row)}`,
  );
  return `${header}\n${lines.join('\n')}\n`;
}

const full: Cell = (p) => String(p);
const twoDecimals: Cell = (p) => p.toFixed(2);
/** Rounded to 8 bits, as bfloat16 is. */
const eightBits: Cell = (p) => {
  const step = 2 ** (Math.floor(Math.log2(p)) - 7);
  return String(Math.round(p / step) * step);
};

/** Writes a validation and a test file; fits with the options, and evaluates with those that name columns and dialect alone. */
async function bothWays(
  files: { readonly val: string; readonly test: string },
  options: readonly string[],
  dialect: readonly string[] = [],
) {
  writeFileSync(join(folder, 'val.csv'), files.val);
  writeFileSync(join(folder, 'test.csv'), files.test);
  const fit = await runIn(folder, [
    'fit',
    '@val.csv',
    '--test',
    '@test.csv',
    '-o',
    '@c.json',
    '--resamples',
    '100',
    '--json',
    ...options,
    ...dialect,
  ]);
  const evaluated = await runIn(folder, [
    'evaluate',
    '@test.csv',
    '--calibrator',
    '@c.json',
    '--resamples',
    '100',
    '--json',
    ...dialect,
  ]);
  expect([fit.status, evaluated.status], fit.stdout + evaluated.stdout).toEqual([0, 0]);
  return { fit: JSON.parse(fit.stdout), evaluated: JSON.parse(evaluated.stdout) };
}

describe('evaluate with a calibrator repeats what was done before its fit', () => {
  const cases: [
    string,
    Cell,
    readonly string[],
    (cell: Cell) => { val: string; test: string },
    (readonly string[])?,
  ][] = [
    [
      'a floor',
      twoDecimals,
      ['--input', 'probs', '--floor', '0.005'],
      (cell) => ({ val: table(1, cell), test: table(2, cell) }),
    ],
    [
      'rescaled rows',
      eightBits,
      ['--input', 'probs', '--renormalize'],
      (cell) => ({ val: table(1, cell), test: table(2, cell) }),
    ],
    [
      'percentages',
      (p) => `${100 * p}%`,
      ['--scale', 'percent'],
      (cell) => ({ val: table(1, cell), test: table(2, cell) }),
    ],
    [
      'percentages, rescaled and floored',
      (p) => (100 * p).toFixed(1),
      ['--scale', 'percent', '--renormalize', '--floor', '0.0005'],
      (cell) => ({ val: table(1, cell), test: table(2, cell) }),
    ],
    [
      'rows left out',
      full,
      ['--input', 'probs', '--drop-bad', '--ignore-label=-100'],
      (cell) => ({
        val: `${table(1, cell)}NaN,0.5,0.5,a\n0.5,0.25,0.25,-100\n`,
        test: `${table(2, cell)}0.5,0.25,0.25,-100\nNaN,0.5,0.5,a\n`,
      }),
    ],
    [
      'class names',
      full,
      ['--input', 'probs', '--class-names', 'a,b,c'],
      (cell) => ({ val: table(1, cell, 's,t,u,label'), test: table(2, cell, 's,t,u,label') }),
    ],
    [
      'weights, which are named in both',
      full,
      ['--input', 'probs'],
      (cell) => ({
        val: table(1, cell, 'a,b,c,label,w', (row) => `,${1 + (row % 3)}`),
        test: table(2, cell, 'a,b,c,label,w', (row) => `,${1 + (row % 4)}`),
      }),
      ['--weight', 'w'],
    ],
    [
      'a decimal comma, which is named in both',
      twoDecimals,
      ['--input', 'probs', '--floor', '0.005'],
      (cell) => {
        const comma = (text: string): string => text.replaceAll(',', ';').replaceAll('.', ',');
        return { val: comma(table(1, cell)), test: comma(table(2, cell)) };
      },
      ['--decimal', ',', '--delimiter', ';'],
    ],
  ];

  test.for(cases)('%s, to the last digit', async ([, cell, options, files, dialect = []]) => {
    const { fit, evaluated } = await bothWays(files(cell), options, dialect);
    const { notices: _, verdict: __, ...figures } = fit.result.evaluation;
    expect(evaluated.result.evaluation).toMatchObject(figures);
    expect(evaluated.result.verdict).toEqual(fit.result.verdict);
    const [, judged] = fit.result.sources;
    expect(evaluated.result.sources[0]).toEqual(judged);
    const [origin] = fit.result.sources;
    expect(evaluated.result.sources[1].treatment).toEqual(origin.treatment ?? {});
  });

  test('one column, whose probabilities may be 0', async () => {
    const column = (seed: number): string =>
      `p,label\n${rowsOf(150, seed)
        .map(({ p, label }) => `${p[1]!.toFixed(2)},${label === 1 ? 1 : 0}`)
        .join('\n')}\n`;
    const { fit, evaluated } = await bothWays({ val: column(1), test: column(2) }, [
      '--input',
      'probs',
      '--floor',
      '0.005',
    ]);
    expect(evaluated.result.evaluation.after).toEqual(fit.result.evaluation.after);
    expect(evaluated.result.sources[0].treatment.expanded).toBe('one-column');
  });

  test('and says what it repeated, or what contradicts it', async () => {
    await bothWays({ val: table(1, twoDecimals), test: table(2, twoDecimals) }, [
      '--input',
      'probs',
      '--floor',
      '0.005',
      '--renormalize',
    ]);
    const evaluate = ['evaluate', '@test.csv', '--calibrator', '@c.json'];
    const { stderr } = await runIn(folder, evaluate);
    expect(stderr).toContain(
      "W_AS_FITTED: read as the calibrator's data were, with --floor 0.005 --renormalize.",
    );
    const other = await runIn(folder, [...evaluate, '--floor', '0.001', '--no-renormalize']);
    expect(other.stderr).toContain(
      "W_NOT_AS_FITTED: read with --floor 0.001, where the fit had --floor 0.005; --no-renormalize, where the fit rescaled rows: the figures are not those of the fit's own --test.",
    );
    expect(other.stderr).not.toContain('W_AS_FITTED');
  });

  test('but never class names over columns in another order', async () => {
    await bothWays({ val: table(1, full), test: table(2, full) }, [
      '--input',
      'probs',
      '--class-names',
      'a,b,c',
    ]);
    writeFileSync(join(folder, 'turned.csv'), table(2, full, 'p_b,p_a,p_c,label'));
    const { status, stderr } = await runIn(folder, ['evaluate', '@turned.csv', '--calibrator', '@c.json']);
    expect(status).not.toBe(0);
    expect(stderr).toContain(
      'E_OPTION: turned.csv: option "classNames" has the names of the columns in another order: score column 1 is "p_b", name 1 is "a". Put the columns into the order of the names.',
    );
  });

  test('the meaning of weights, where they are given', async () => {
    const weighted = (seed: number): string =>
      table(seed, full, 'a,b,c,label,w', (row) => `,${1 + (row % 3)}`);
    const { fit, evaluated } = await bothWays(
      { val: weighted(1), test: weighted(2) },
      ['--input', 'probs', '--weight-kind', 'counts'],
      ['--weight', 'w'],
    );
    // 50 rows each of weight 1, 2 and 3.
    expect(evaluated.result.evaluation.rows).toBe(300);
    expect(evaluated.result.evaluation.before).toEqual(fit.result.evaluation.before);
    const { stderr } = await runIn(folder, [
      'evaluate',
      '@test.csv',
      '--calibrator',
      '@c.json',
      '--weight',
      'w',
    ]);
    expect(stderr).toContain('--weight-kind counts');
  });

  test('but for weights, whose absence it reports', async () => {
    const weighted = (seed: number): string =>
      table(seed, full, 'a,b,c,label,w', (row) => `,${1 + (row % 3)}`);
    await bothWays({ val: weighted(1), test: weighted(2) }, ['--input', 'probs'], ['--weight', 'w']);
    const { stderr } = await runIn(folder, [
      'evaluate',
      '@test.csv',
      '--calibrator',
      '@c.json',
      '--ignore',
      'w',
    ]);
    expect(stderr).toContain('W_NOT_AS_FITTED: read with no weights, where the fit had --weight w: ');
  });

  test('unless the file is of another scale, which is refused by name', async () => {
    await bothWays({ val: table(1, (p) => `${100 * p}`), test: table(2, (p) => `${100 * p}`) }, [
      '--scale',
      'percent',
    ]);
    writeFileSync(join(folder, 'unit.csv'), table(2, full));
    const evaluate = ['evaluate', '@unit.csv', '--calibrator', '@c.json'];
    const refused = await runIn(folder, evaluate);
    expect(refused.stderr).toContain('These are not percentages: pass --scale unit.');
    expect((await runIn(folder, [...evaluate, '--scale', 'unit'])).status).toBe(0);
  });
});

describe('apply', () => {
  test('raises zeros to the floor of the calibrator', async () => {
    await bothWays({ val: table(1, twoDecimals), test: table(2, twoDecimals) }, [
      '--input',
      'probs',
      '--floor',
      '0.005',
    ]);
    const { model, provenance } = readCalibrator(readFileSync(join(folder, 'c.json'), 'utf8'));
    expect(provenance.treatment?.floor?.value).toBe(0.005);
    writeFileSync(join(folder, 'new.csv'), 'a,b,c\n1,0,0\n0.25,0.25,0.5\n');
    const { stdout, stderr } = await runIn(folder, ['apply', '@c.json', '@new.csv']);
    const [, first = ''] = stdout.split('\n');
    // Softmax does not see the scale of a row, so that a row that sums to 1 gives the same.
    const floored = [1, 0.005, 0.005].map((p) => p / 1.01);
    const expected = [...applyTemperature(model, [floored]).data];
    for (const [k, p] of first.split(',').entries()) expect(Number(p)).toBeCloseTo(expected[k]!, 14);
    expect(stderr).toContain('W_AS_FITTED: ');
  });

  test('takes one column of percentages as the fit did, and keeps every row', async () => {
    const column = (seed: number): string =>
      `p,label\n${rowsOf(150, seed)
        .map(({ p, label }) => `${(100 * p[1]!).toFixed(3)}%,${label === 1 ? 'yes' : 'no'}`)
        .join('\n')}\nNaN,no\n`;
    await bothWays({ val: column(1), test: column(2) }, [
      '--scale',
      'percent',
      '--class-names',
      'no,yes',
      '--drop-bad',
      '--floor',
      '0.000005',
    ]);
    writeFileSync(join(folder, 'new.csv'), 'p\n50%\n0%\n');
    const applied = await runIn(folder, ['apply', '@c.json', '@new.csv', '--json', '-o', '@out.csv']);
    expect(applied.status).toBe(0);
    const written = readFileSync(join(folder, 'out.csv'), 'utf8').split('\n');
    expect(written.slice(0, 2)).toEqual(['no,yes', '0.5,0.5']);
    expect(JSON.parse(applied.stdout).result.treatment).toEqual({
      scale: 'percent',
      floor: { value: 0.000005, cells: 1, rows: 1 },
      classNames: 'given',
      expanded: 'one-column',
    });
    writeFileSync(join(folder, 'bad.csv'), 'p\n50%\nNaN\n');
    expect((await runIn(folder, ['apply', '@c.json', '@bad.csv'])).stderr).toContain('E_LOGIT_NAN: ');
  });
});

test('every record of every command holds the treatment', async () => {
  const { fit, evaluated } = await bothWays({ val: table(1, twoDecimals), test: table(2, twoDecimals) }, [
    '--input',
    'probs',
    '--floor',
    '0.005',
  ]);
  const floor = {
    value: 0.005,
    cells: expect.any(Number),
    rows: expect.any(Number),
    trueCells: expect.any(Number),
  };
  expect(fit.result.sources.map(({ treatment }: { treatment: unknown }) => treatment)).toEqual([
    { floor },
    { floor },
  ]);
  expect(evaluated.result.sources[0].treatment).toEqual({ floor });
  for (const args of [
    ['doctor', '@val.csv', '--input', 'probs', '--floor', '0.005'],
    ['test', '@test.csv', '--calibrator', '@c.json', '--draws', '19'],
  ]) {
    const { stdout } = await runIn(folder, [...args, '--json']);
    expect(JSON.parse(stdout).result.treatment).toEqual({ floor });
  }
  const report = await runIn(folder, [
    'report',
    '@val.csv',
    '--input',
    'probs',
    '--floor',
    '0.005',
    '--format',
    'md',
    '-o',
    '-',
  ]);
  expect(report.stdout).toMatch(/floor 0\.005: \d+ cells of \d+ rows raised/);
  const shown = await runIn(folder, ['fit', '@val.csv', '--input', 'probs', '--floor', '0.005']);
  expect(shown.stdout).toMatch(/ Data of val\.csv: floor 0\.005: /);
});
