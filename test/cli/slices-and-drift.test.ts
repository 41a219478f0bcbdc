import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { measureGroups } from '../../src/evaluation/index.ts';
import { parseCsv } from '../../src/io/index.ts';
import { runIn, testFolder } from './run-command.ts';
import { overconfidentCsv, writeSamples } from './sample-files.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  writeSamples(folder);
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const few = ['--metrics', 'ece,accuracy', '--resamples', '100', '--draws', '19'];

/** The test file with a column more. */
function withColumn(name: string, textOf: (row: number) => string): void {
  const [header, ...rows] = read('test.csv').trimEnd().split('\n');
  writeFileSync(
    join(folder, 'by.csv'),
    [`${header},${name}`, ...rows.map((row, i) => `${row},${textOf(i)}`)].join('\n'),
  );
}

async function resultOf(...args: string[]) {
  const { stdout } = await runIn(folder, [...args, '--json']);
  expect(stdout).not.toMatch(/NaN|Infinity/);
  return JSON.parse(stdout).result;
}

describe('evaluate --by', () => {
  const regionOf = (i: number): string => (i < 12 ? '' : i % 3 === 0 ? 'north' : 'south');

  test('gives every slice as the library does, and its table', async () => {
    withColumn('region', regionOf);
    const { groups } = await resultOf('evaluate', '@by.csv', '--by', 'region', ...few);
    const { scores, labels } = parseCsv(read('test.csv'));
    const wanted = measureGroups(
      scores,
      labels,
      Array.from(labels, (_, i) => regionOf(i)),
      {
        input: 'logits',
        measures: ['expected-calibration-error', 'accuracy'],
        resamples: 100,
        draws: 19,
      },
    );
    expect(groups).toMatchObject({ column: 'region', draws: 19, leastRows: 30 });
    expect(groups.list).toHaveLength(3);
    for (const [g, { name, rows, isSmall, measures }] of wanted.entries()) {
      expect(groups.list[g]).toMatchObject({ name, rows, fewRows: isSmall });
      for (const [m, { value, interval, rest, expected, pValue, adjusted }] of measures.entries()) {
        expect(groups.list[g].measures[m]).toMatchObject({
          value,
          interval,
          rest,
          expected,
          pValue,
          adjustedPValue: adjusted,
        });
      }
    }
    const { stdout } = await runIn(folder, ['evaluate', '@by.csv', '--by', 'region', ...few]);
    expect(stdout).toMatch(/^ By region$/m);
    expect(stdout).toMatch(/^ south +192 /m);
    expect(stdout).toMatch(/^ \(empty\) +12 .*few rows$/m);
  });

  test('shows the largest of many slices and counts the others', async () => {
    withColumn('site', (i) => `site ${i % 25}`);
    const args = ['evaluate', '@by.csv', '--by', 'site', ...few];
    const { stdout } = await runIn(folder, args);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '5 smaller slices of 60 rows are not shown; --json has them.',
    );
    expect(stdout).toContain('No slice is tested against the rest');
    expect((await resultOf(...args)).groups.list).toHaveLength(25);
  });

  test('says that clusters leave slices untested', async () => {
    withColumn('region', (i) => (i % 2 === 0 ? 'north' : 'south'));
    const args = ['evaluate', '@by.csv', '--by', 'region', '--clusters', 'region', ...few];
    const untested = 'No slice is tested against the rest, which takes independent rows and not clusters.';
    expect((await runIn(folder, args)).stdout.replaceAll(/\s+/g, ' ')).toContain(untested);
  });

  test('slices by the label too, and keeps names of any kind on one line', async () => {
    const { groups } = await resultOf('evaluate', '@test.csv', '--by', 'label', ...few);
    expect(groups.list.map(({ name }: { name: string }) => name).toSorted()).toEqual(['cat', 'dog', 'fox']);
    withColumn('note', (i) =>
      i % 2 === 0 ? '"a, ""b"" \u202e and a name that is longer than any table"' : '東京',
    );
    const { stdout } = await runIn(folder, ['evaluate', '@by.csv', '--by', 'note', ...few], { columns: 80 });
    expect(stdout).not.toContain('\u202e');
    expect(stdout).toMatch(/^ 東京 +150 /m);
  });

  test('refuses a column of identifiers', async () => {
    writeFileSync(join(folder, 'test.csv'), overconfidentCsv(1001, 5));
    withColumn('patient', (i) => `p${i}`);
    const { status, stderr } = await runIn(folder, ['evaluate', '@by.csv', '--by', 'patient', ...few]);
    expect(status).toBe(3);
    expect(stderr).toBe(
      'E_COLUMN: column "patient": 1001 different texts make as many slices, expected at most 1000. If rows of one text belong together, such as those of a patient, pass --clusters.\n',
    );
  });
});

describe('evaluate --baseline', () => {
  const baseline = async (...args: string[]): Promise<void> => {
    const { stdout } = await runIn(folder, ['evaluate', '@test.csv', '--json', ...few, ...args]);
    writeFileSync(join(folder, 'old.json'), stdout);
  };

  test('refuses a baseline without any of the measures, and names those it has not', async () => {
    await baseline('--metrics', 'nll');
    const args = ['evaluate', '@test.csv', '--baseline', '@old.json', '--fail-on-drift', ...few];
    const none = await runIn(folder, [...args, '--metrics', 'ece']);
    expect([none.status, none.stdout, none.stderr]).toEqual([
      3,
      '',
      'E_BASELINE: old.json has none of the requested measures. Request the same measures in both runs, with --metrics or --all.\n',
    ]);
    const some = await runIn(folder, [...args, '--metrics', 'nll,ece']);
    expect(some.status).toBe(0);
    expect(some.stderr).toContain(
      'W_BASELINE: the baseline has no expected-calibration-error, so drift in these is not tested.\n',
    );
    expect(some.stdout.replaceAll(/\s+/g, ' ')).toContain('corrected for 1 measure (Holm)');
  });

  test('finds nothing where nothing drifted, and says so of the same rows', async () => {
    await baseline();
    const args = ['evaluate', '@test.csv', '--baseline', '@old.json', '--fail-on-drift', ...few];
    const { status, stderr, stdout } = await runIn(folder, args);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^W_BASELINE: .*same rows.*\n$/);
    expect(stdout).toMatch(/^ ECE .* 0\.00 .*within noise$/m);
  });

  test('finds what got worse beyond noise, and fails where that is asked for', async () => {
    const sharp = overconfidentCsv(1200, 9);
    const softer = sharp.replaceAll(/\d+\.\d+/g, (z) => String(0.5 * Number(z)));
    writeFileSync(join(folder, 'now.csv'), sharp);
    writeFileSync(join(folder, 'test.csv'), softer);
    await baseline();
    const args = ['evaluate', '@now.csv', '--baseline', '@old.json', ...few];
    const { drift } = await resultOf(...args);
    const [ece, accuracy] = drift.list;
    expect(ece).toMatchObject({ name: 'expected-calibration-error', mark: 'worse' });
    expect(ece.after - ece.before).toBe(ece.difference);
    expect(accuracy).toMatchObject({ difference: 0, pValue: 1, mark: 'within noise' });
    expect((await runIn(folder, args)).status).toBe(0);
    const failed = await runIn(folder, [...args, '--fail-on-drift', '--quiet']);
    expect(failed.status).toBe(6);
    expect(failed.stdout).toMatch(
      /^ DRIFTED {2}ECE \d+\.\d\d % → \d+\.\d\d %, worse beyond noise \(adjusted p [<\d. ]+\)$/m,
    );
    const { checks, drift: found } = await resultOf(...args, '--fail-on-drift');
    expect(found).toMatchObject({ failOnDrift: true, worse: expect.arrayContaining([ece.name]) });
    expect(checks.passed).toBe(false);
  });

  test.for([
    [['--bins', '10'], 'bins 15 then and bins 10 now'],
    [['--scheme', 'equal-mass'], 'scheme equal-width then and scheme equal-mass now'],
    [['--edges', 'left'], 'edges right-closed then and edges left-closed now'],
    [['--calibrator', '@c.json'], /no calibrator then and calibrator [0-9a-f]{12} now/],
  ] as const)('refuses what was measured otherwise: %s', async ([args, finding]) => {
    await runIn(folder, ['fit', '@test.csv', '-o', '@c.json']);
    await baseline();
    const compare = ['evaluate', '@test.csv', '--baseline', '@old.json', ...few];
    const { status, stdout, stderr } = await runIn(folder, [...compare, ...args]);
    expect(status).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /E_BASELINE: old\.json does not compare with this run: .*\. Use the same settings/,
    );
    if (typeof finding === 'string') expect(stderr).toContain(finding);
    else expect(stderr).toMatch(finding);
  });

  test('refuses another floor and another treatment of sums', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? '0.7,0.3,b' : '0.6,0.4,a'));
    writeFileSync(join(folder, 'test.csv'), `a,b,label\n${rows.join('\n')}\n`);
    await baseline('--input', 'probs', '--floor', '0.001');
    const compare = ['evaluate', '@test.csv', '--input', 'probs', '--baseline', '@old.json', ...few];
    const { stderr } = await runIn(folder, [...compare, '--renormalize']);
    expect(stderr).toContain(
      'floor 0.001 then and no floor now; no --renormalize then and --renormalize now',
    );
    expect((await runIn(folder, [...compare, '--floor', '0.001'])).status).toBe(0);
  });

  test('refuses clusters where rows were independent', async () => {
    await baseline();
    withColumn('patient', (i) => `p${i % 50}`);
    const args = ['evaluate', '@by.csv', '--clusters', 'patient', '--baseline', '@old.json', ...few];
    expect((await runIn(folder, args)).stderr).toContain('no --clusters then and --clusters now');
  });

  test('refuses weights where there were none', async () => {
    await baseline();
    withColumn('w', (i) => String(1 + (i % 3)));
    const { stderr } = await runIn(folder, [
      'evaluate',
      '@by.csv',
      '--weight',
      'w',
      '--baseline',
      '@old.json',
      ...few,
    ]);
    expect(stderr).toContain('no weights then and weights importance now');
  });

  test('tells one calibrator from another, and knows its own again', async () => {
    await runIn(folder, ['fit', '@test.csv', '-o', '@c.json']);
    await runIn(folder, ['fit', '@test.csv', '--bounds', '3,4', '-o', '@other.json']);
    await baseline('--calibrator', '@c.json');
    const compare = ['evaluate', '@test.csv', '--baseline', '@old.json', ...few, '--calibrator'];
    expect((await runIn(folder, [...compare, '@c.json'])).status).toBe(0);
    const { stderr } = await runIn(folder, [...compare, '@other.json']);
    expect(stderr).toMatch(/calibrator [0-9a-f]{12} then and calibrator [0-9a-f]{12} now/);
  });

  test('refuses other classes, and a measure that is defined anew', async () => {
    await baseline('--metrics', 'ece,smece');
    writeFileSync(join(folder, 'birds.csv'), overconfidentCsv(200, 8, ['cat', 'dog', 'owl']));
    const compare = ['--baseline', '@old.json', ...few, '--metrics', 'ece,smece'];
    const birds = await runIn(folder, ['evaluate', '@birds.csv', ...compare]);
    expect(birds.stderr).toContain('classes cat, dog, fox then and classes cat, dog, owl now');
    writeFileSync(join(folder, 'old.json'), read('old.json').replace('"definition": 2', '"definition": 1'));
    const { status, stderr } = await runIn(folder, ['evaluate', '@test.csv', ...compare]);
    expect(status).toBe(3);
    expect(stderr).toContain('another definition of smooth-calibration-error');
    const without = await runIn(folder, ['evaluate', '@test.csv', ...compare.slice(0, -1), 'ece']);
    expect(without.status).toBe(0);
  });

  test('says what a baseline of an older version does not record', async () => {
    await baseline();
    const { result, ...rest } = JSON.parse(read('old.json'));
    const { basis, list, ...measures } = result.measures;
    expect(basis).toEqual({ calibrator: null, weights: 'none', floor: null, renormalized: false });
    const old = list.map(({ definition: _, ...figure }: { definition: number }) => figure);
    const text = JSON.stringify({ ...rest, result: { ...result, measures: { ...measures, list: old } } });
    writeFileSync(join(folder, 'old.json'), text);
    const args = ['evaluate', '@test.csv', '--baseline', '@old.json', ...few];
    expect((await runIn(folder, args)).stderr).toContain(
      'W_BASELINE: the baseline is of an older version and does not record weights, floor, renormalized;',
    );
    const bins = await runIn(folder, [...args, '--bins', '10']);
    expect(bins.stderr).toContain('bins 15 then and bins 10 now');
  });

  test.for([
    ['', 'is not whole JSON'],
    ['{"tool":"calibrant"}', 'is not what "calibrant evaluate --json" writes'],
    ['[1, 2]', 'is not what "calibrant evaluate --json" writes'],
    ['null', 'is not what "calibrant evaluate --json" writes'],
  ] as const)('refuses another file: %s', async ([text, finding]) => {
    writeFileSync(join(folder, 'old.json'), text);
    const { status, stderr } = await runIn(folder, ['evaluate', '@test.csv', '--baseline', '@old.json']);
    expect(status).toBe(3);
    expect(stderr).toBe(
      `E_BASELINE: old.json ${finding}. Save the output of "calibrant evaluate --json" and name that file.\n`,
    );
  });

  test('refuses figures that cannot be, and a missing file', async () => {
    await baseline();
    const whole = JSON.parse(read('old.json'));
    const broken = async (change: (measures: typeof whole) => void): Promise<string> => {
      const copy = structuredClone(whole);
      change(copy);
      // Deeper than the reader of JSON writes, and a key that every object inherits.
      const text = JSON.stringify(copy).replace('"deep"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`);
      writeFileSync(join(folder, 'old.json'), text.replace('"proto"', '"__proto__"'));
      const { status, stderr } = await runIn(folder, ['evaluate', '@test.csv', '--baseline', '@old.json']);
      expect(status).toBe(3);
      return stderr;
    };
    const is = 'E_BASELINE: old.json is no baseline: "result.';
    const hint = 'Save the output of "calibrant evaluate --json" and name that file.\n';
    for (const [field, value, finding] of [
      [
        'standardError',
        'x',
        '"result.measures.list[0].standardError" must be a number of 0 or more, got "x"',
      ],
      [
        'value',
        1e308,
        '"result.measures.list[0].value" must be a value that expected-calibration-error can have, got 1e+308',
      ],
      ['standardError', 1e308, '"result.measures.list[0].standardError" must be a number of 0 or more'],
      ['name', 'toString', '"result.measures.list[0].name" must be the name of a measure, got "toString"'],
      ['floor', -1, '"result.measures.list[0].floor" must be a value'],
      ['definition', 0, '"result.measures.list[0].definition" must be a whole number of 1 or more'],
    ] as const) {
      const stderr = await broken(({ result }) => {
        result.measures.list[0][field] = value;
      });
      expect(stderr).toContain(`E_BASELINE: old.json is no baseline: ${finding}`);
      expect(stderr).toContain(hint);
    }
    expect(
      await broken(({ result }) => {
        result.measures.bins = { toString: 1 };
      }),
    ).toContain(`${is}measures.bins" must be a whole number`);
    expect(
      await broken(({ result }) => {
        result.evaluation.classNames = ['deep'];
      }),
    ).toContain(`${is}evaluation.classNames[0]" must be a text, got a list of 1`);
    expect(
      await broken(({ result }) => {
        result.measures.basis.proto = 1;
      }),
    ).toContain('unknown field "result.measures.basis.__proto__"');
    expect(
      await broken(({ result }) => {
        result.measures.list.push(result.measures.list[0]);
      }),
    ).toContain('"result.measures.list" holds expected-calibration-error twice');
    const missing = await runIn(folder, ['evaluate', '@test.csv', '--baseline', '@none.json']);
    expect([missing.status, missing.stderr]).toEqual([3, expect.stringMatching(/^E_IN_MISSING/)]);
    const alone = await runIn(folder, ['evaluate', '@test.csv', '--fail-on-drift']);
    expect([alone.status, alone.stderr]).toEqual([
      2,
      'E_USAGE: --fail-on-drift requires --baseline. Pass --baseline FILE.\n',
    ]);
  });
});
