import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { measureAliases } from '../../src/cli/measure-names.ts';
import {
  calibrationTests,
  compareMeasures,
  consistencyTest,
  measureIntervals,
} from '../../src/evaluation/index.ts';
import { parseCsv, readCalibrator } from '../../src/io/index.ts';
import { compatCalibrationError, measures } from '../../src/metrics/index.ts';
import { measureLabels } from '../../src/report/measure-labels.ts';
import { runIn, testFolder } from './run-command.ts';
import { overconfidentCsv, writeSamples } from './sample-files.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  writeSamples(folder);
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const chosen = ['expected-calibration-error', 'negative-log-likelihood', 'accuracy'] as const;
const few = ['--resamples', '100', '--draws', '19'];

/** What a call gives under `--json`. */
async function resultOf(...args: string[]) {
  const { stdout } = await runIn(folder, [...args, '--json']);
  expect(stdout).not.toMatch(/NaN|Infinity/);
  return JSON.parse(stdout).result;
}

describe('evaluate', () => {
  test('gives the value, the interval and the floor that the library gives', async () => {
    const { measures: found } = await resultOf(
      'evaluate',
      '@test.csv',
      '--metrics',
      'ece,NLL,accuracy',
      ...few,
    );
    const { scores, labels } = parseCsv(read('test.csv'));
    const options = { input: 'logits', measures: chosen } as const;
    const intervals = measureIntervals(scores, labels, { ...options, resamples: 100 });
    const floors = consistencyTest(scores, labels, { ...options, draws: 19 });
    for (const [at, record] of found.list.entries()) {
      const { value, interval, standardError, bias } = intervals[at]!;
      const { floor, range, pValue } = floors[at]!;
      expect(record).toMatchObject({ name: chosen[at], value, interval, standardError, bias });
      expect(record).toMatchObject({ floor, floorRange: range, pValue, reason: null });
    }
    expect(found).toMatchObject({ level: 0.95, intervals: 'centred', resamples: 100, draws: 19, seed: 1 });
  });

  test('judges what the calibrator makes of the scores, beside the paired change', async () => {
    await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--quiet']);
    const calls = ['--calibrator', '@c.json', '--metrics', 'ece,nll,accuracy', ...few];
    const { measures: found, evaluation } = await resultOf('evaluate', '@test.csv', ...calls);
    const { scores, labels } = parseCsv(read('test.csv'));
    const { temperature } = readCalibrator(read('c.json')).model as { temperature: number };
    const cooled = { ...scores, data: scores.data.map((z) => z / temperature) };
    const wanted = compareMeasures(scores, { cooled }, labels, {
      input: 'logits',
      measures: chosen,
      resamples: 100,
    });
    expect(found.list[0].value).toBe(evaluation.after.ece);
    expect(found.changes[0].after).toBe(evaluation.after.ece);
    for (const [at, { difference }] of wanted.entries()) {
      // Dividing before the softmax and within it round differently.
      expect(found.changes[at].difference).toBeCloseTo(difference!, 12);
    }
    expect(found.changes[1].mark).toBe('better');
    expect(found.changes[2]).toMatchObject({ difference: 0, mark: 'within noise' });
  });

  test('shows all measures by family and notion, each with a reason where it says less', async () => {
    const { stdout } = await runIn(folder, [
      'evaluate',
      '@test.csv',
      '--all',
      '--resamples',
      '100',
      '--draws',
      '19',
    ]);
    for (const { name } of measures) expect(stdout).toContain(` ${measureLabels[name]} `);
    expect(stdout).toContain(' Binned, classwise:\n');
    expect(stdout).toContain(' Proper scores:\n');
  }, 120_000);

  test('tells an infinite loss from a figure that does not exist', async () => {
    writeFileSync(join(folder, 'p.csv'), 'a,b,label\n0.9,0.1,0\n0,1,0\n0.4,0.6,1\n');
    const { measures: found } = await resultOf(
      'evaluate',
      '@p.csv',
      '--input',
      'probs',
      '--metrics',
      'nll,confidence-auroc,calibration-slope',
      ...few,
    );
    expect(found.list[0]).toMatchObject({ value: null, interval: null, reason: 'infinite' });
    const { stdout } = await runIn(folder, [
      'evaluate',
      '@p.csv',
      '--input',
      'probs',
      '--metrics',
      'nll',
      ...few,
    ]);
    expect(stdout).toMatch(/ NLL +infinite +—/);
  });

  test('draws clusters of a column that is no score', async () => {
    const [header, ...rows] = read('test.csv').trimEnd().split('\n');
    const patients = rows.map((row, i) => `${row},p${i % 40}`);
    writeFileSync(join(folder, 'c.csv'), [`${header},patient`, ...patients].join('\n'));
    const { measures: found } = await resultOf(
      'evaluate',
      '@c.csv',
      '--clusters',
      'patient',
      '--metrics',
      'ece',
      '--intervals',
      'bca',
      ...few,
    );
    const { scores, labels } = parseCsv(read('test.csv'));
    const [wanted] = measureIntervals(scores, labels, {
      input: 'logits',
      measures: ['expected-calibration-error'],
      resamples: 100,
      method: 'bca',
      clusters: rows.map((_, i) => `p${i % 40}`),
    });
    expect(found.list[0]).toMatchObject({ value: wanted!.value, interval: wanted!.interval });
    expect(found.clusters).toBe('patient');
  });

  test('prints what another library prints, beside ours', async () => {
    const args = ['evaluate', '@test.csv', '--compat', 'netcal', '--metrics', 'ece', ...few];
    const { compat } = await resultOf(...args);
    const { scores, labels } = parseCsv(read('test.csv'));
    expect(compat.figures).toHaveLength(6);
    for (const { measure, scheme, value } of compat.figures) {
      expect(value).toBe(
        compatCalibrationError(scores, labels, { input: 'logits', preset: 'netcal', measure, scheme }).value,
      );
    }
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain(' As printed by netcal 1.4.0, ECE, ACE and MCE\n');
    expect(stdout).toContain(' Where they differ: left-closed bins');
    const quiet = await runIn(folder, [...args, '--quiet']);
    const [, ...lines] = quiet.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(`netcal expected, 10 equal-width: ${compat.figures[0].value.toFixed(6)}`);
  });

  test('says why a measure has no interval, and counts a single row as one', async () => {
    const named = await runIn(folder, ['evaluate', '@test.csv', '--metrics', 'skce', ...few]);
    expect(named.stdout.replaceAll(/\s+/g, ' ')).toContain(
      '—: too costly to draw again for this number of rows.',
    );
    expect(named.stdout).not.toContain('name it with --metrics');
    const single = await runIn(folder, ['evaluate', '-', ...few], { stdin: 'a,b,label\n1,2,b\n' });
    expect(single.stdout).toContain(' 1 row, 2 classes, logits');
    expect(single.stdout).toContain('No calibrator was applied to this 1 row.');
    expect(`${single.stdout}${single.stderr}`).not.toMatch(/\b1 rows/);
  });

  test('says which of two classes it measures, and where the rows came from', async () => {
    const text = 'p,label\n0.9,1\n0.2,0\n0.6,0\n0.7,1\n';
    const args = ['evaluate', '-', '--input', 'probs', '--binary', 'positive', '--metrics', 'ece', ...few];
    const { stdout } = await runIn(folder, args, { stdin: text });
    expect(stdout).toContain(' Calibration of standard input\n');
    expect(stdout).toMatch(/are of the probability of class 1 \(--binary\s+positive\)/);
  });

  test.for([40, 60, 80, 120])('keeps to %i columns', async (columns) => {
    const { stdout } = await runIn(
      folder,
      ['evaluate', '@test.csv', '--compat', 'mapie', '--max-ece', '1', ...few],
      {
        columns,
      },
    );
    const table = stdout.split('\n').filter((line) => / (Measure|NLL|ECE) /.test(line));
    expect(table.length).toBeGreaterThan(2);
    for (const line of table.slice(0, 3)) expect(line.length).toBeLessThanOrEqual(columns);
  });
});

describe('a check', () => {
  const calls = ['evaluate', '@test.csv', '--metrics', 'accuracy', ...few];

  test('that fails ends in a status of its own, and says by how much', async () => {
    const failed = await runIn(folder, [...calls, '--max-ece', '0.01', '--min-accuracy', '0.5', '--quiet']);
    expect(failed.status).toBe(6);
    expect(failed.stdout).toMatch(/^ FAILED {2}ECE \d+\.\d\d % is above 1\.00 %$/m);
    expect(failed.stdout).toMatch(/^ passed {2}Accuracy \d+\.\d\d % is not below 50\.00 %$/m);
    const passed = await runIn(folder, [
      ...calls,
      '--max',
      'ece=0.9',
      '--max',
      'smece=1',
      '--min',
      'accuracy=0',
    ]);
    expect(passed.status).toBe(0);
    expect(passed.stdout.match(/^ passed /gm)).toHaveLength(3);
  });

  test('holds the end of the interval that is asked for against the limit', async () => {
    const { checks, measures: found } = await resultOf(...calls, '--max-ece', '0.5', '--bound', 'upper');
    const ece = found.list.find(({ name }: { name: string }) => name === 'expected-calibration-error');
    expect(checks.list).toEqual([
      {
        name: 'expected-calibration-error',
        side: 'max',
        limit: 0.5,
        bound: 'upper',
        value: ece.value,
        compared: ece.interval[1],
        passed: true,
      },
    ]);
    const between = String((ece.value + ece.interval[1]) / 2);
    expect((await runIn(folder, [...calls, '--max-ece', between])).status).toBe(0);
    expect((await runIn(folder, [...calls, '--max-ece', between, '--bound', 'upper'])).status).toBe(6);
  });

  test.for([
    [
      '--max-ece',
      '3',
      '--max-ece of ECE must be inside its range, 0..1, got "3". Write limits as fractions, 0.03 for 3%.',
    ],
    [
      '--min-accuracy',
      '95',
      '--min-accuracy of Accuracy must be inside its range, 0..1, got "95". Write limits as fractions, 0.03 for 3%.',
    ],
    ['--max', 'nll=-1', '--max of NLL must be inside its range, 0 or more, got "-1".'],
    ['--max', 'brier=2.5', '--max of Brier score must be inside its range, 0..2, got "2.5".'],
  ])('outside the range of its measure is refused: %s %s', async ([option, limit, message]) => {
    const { status, stdout, stderr } = await runIn(folder, [...calls, option!, limit!]);
    expect([status, stdout, stderr]).toEqual([2, '', `E_USAGE: the limit ${message}\n`]);
  });

  test('at the ends of a range is taken, as is any of a measure without ends', async () => {
    const atEnds = ['--max', 'ece=1', '--min', 'accuracy=0', '--max', 'calibration-slope=-7', '--quiet'];
    const { status, stdout } = await runIn(folder, [...calls, ...atEnds]);
    expect(status).toBe(6);
    expect(stdout.match(/^ passed /gm)).toHaveLength(2);
    expect(stdout).toMatch(/^ FAILED {2}Calibration slope .* is above −7\.0000$/m);
  });

  test('cannot be kept by a figure that does not exist', async () => {
    writeFileSync(join(folder, 'p.csv'), 'a,b,label\n0.9,0.1,0\n0,1,0\n0.4,0.6,1\n');
    const args = ['evaluate', '@p.csv', '--input', 'probs', '--quiet', ...few];
    const infinite = await runIn(folder, [...args, '--max-nll', '5']);
    expect([infinite.status, infinite.stdout]).toEqual([
      6,
      expect.stringContaining('NLL infinite is above 5.0000'),
    ]);
    const without = await runIn(folder, [...args, '--max-nll', '5', '--bound', 'upper']);
    expect(without.stdout).toContain('there is no interval, so it cannot keep the limit 5.0000');
  });
});

describe('the record of evaluate', () => {
  test('has no field that docs/json.md does not name', async () => {
    await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--quiet']);
    writeFileSync(
      join(folder, 'by.csv'),
      read('test.csv')
        .replaceAll(/^(.*),(\w+)$/gm, '$1,$2,$2')
        .replace('label,label', 'label,kind'),
    );
    const args = [
      'evaluate',
      '@by.csv',
      '--by',
      'kind',
      '--calibrator',
      '@c.json',
      '--compat',
      'gpleiss',
      '--max-ece',
      '1',
    ];
    const first = await runIn(folder, [...args, ...few, '--metrics', 'ece', '--json']);
    writeFileSync(join(folder, 'old.json'), first.stdout);
    const found = await resultOf(...args, '--baseline', '@old.json', '--metrics', 'ece', ...few);
    const page = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
    const { measures: own, groups, compat, drift, checks } = found;
    const records = [
      own,
      own.list[0],
      own.changes[0],
      groups,
      groups.list[0],
      groups.list[0].measures[0],
      compat,
      compat.figures[0],
      drift,
      drift.list[0],
      checks,
      checks.list[0],
    ];
    const { before, changes, bootstrap } = found.evaluation;
    records.push(before, before.reliability, before.reliability.rule, before.reliability.bins[0]);
    const { calibrator } = await resultOf('fit', '@test.csv');
    records.push(changes, changes.nll, bootstrap, calibrator, calibrator.certificate, calibrator.uncertainty);
    for (const name of records.flatMap((record) => Object.keys(record)))
      expect(page).toMatch(new RegExp(`\\b${name}\\b`));
    const record = JSON.parse(first.stdout);
    for (const name of Object.keys(record)) expect(page).toContain(`\`${name}\``);
    const tested = await resultOf('test', '@test.csv', '--draws', '19');
    for (const name of [...Object.keys(tested), ...Object.keys(tested.tests[0])]) {
      expect(page).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });
});

describe('the names of measures', () => {
  test('are those of the registry, and abbreviations that mean one of them', async () => {
    const known = measures.map(({ name }) => name);
    for (const name of Object.values(measureAliases)) expect(known).toContain(name);
    for (const alias of Object.keys(measureAliases)) expect(known).not.toContain(alias);
    const list = await resultOf('measures');
    expect(list.map(({ name }: { name: string }) => name)).toEqual(known);
    const { stdout } = await runIn(folder, ['measures', '--quiet']);
    expect(stdout.trimEnd().split('\n')).toEqual(known);
  });

  test('are listed by evaluate --metrics list too, with or without a file', async () => {
    const wanted = await runIn(folder, ['measures']);
    for (const args of [
      ['evaluate', '--metrics', 'list'],
      ['evaluate', '@test.csv', '--metrics', 'List'],
    ]) {
      expect(await runIn(folder, args)).toEqual(wanted);
    }
    expect(await resultOf('evaluate', '--metrics', 'list')).toHaveLength(measures.length);
    const missing = await runIn(folder, ['evaluate', '--metrics', 'list', '--metrics', 'ece']);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain('E_USAGE: missing required argument "test.csv".');
  });

  test('fit into a table', () => {
    for (const label of Object.values(measureLabels)) expect(label.length).toBeLessThanOrEqual(25);
    expect(new Set(Object.values(measureLabels)).size).toBe(measures.length);
  });

  test.for([
    [
      '--metrics',
      'ecee',
      'names "ecee", which is no measure. Did you mean "ece"? "calibrant measures" lists them all.',
    ],
    [
      '--metrics',
      'ace',
      'names "ace", which is no measure. It may mean adaptive-calibration-error or average-calibration-error.',
    ],
    ['--metrics', 'smooth-calibration-eror', 'Did you mean "smooth-calibration-error"?'],
    ['--metrics', ',', 'option --metrics names no measure. Run "calibrant measures" to see them all.'],
    ['--max', 'ece', 'option --max must be a measure and its limit, such as ece=0.03, got "ece".'],
    ['--max', 'ece=x', 'option --max ece must be a number, got "x".'],
    ['--bound', 'upper', '--bound selects the figure to compare with a limit, and no limit is given.'],
    ['--compat', 'netkal', 'option --compat must be one of gpleiss, torchmetrics, netcal,'],
    ['--by', 'region', 'E_COLUMN: test.csv: there is no column "region"'],
  ] as const)('are refused in one line: %s %s', async ([option, value, line]) => {
    const { status, stdout, stderr } = await runIn(folder, ['evaluate', '@test.csv', option, value]);
    const lines = stderr.split('\n').filter((one) => /^[EW]_/.test(one));
    expect([stdout, lines.length]).toEqual(['', 1]);
    expect(stderr).toContain(line);
    expect(status).toBe(option === '--by' ? 3 : 2);
  });

  test('are not both chosen and all', async () => {
    const { status, stderr } = await runIn(folder, ['evaluate', '@test.csv', '--all', '--metrics', 'ece']);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'E_USAGE: --all and --metrics both select the measures to show. Leave one of them out.\n',
    );
  });
});

describe('test', () => {
  test('says of how many rows the kernel test is, where those are not all', async () => {
    const args = ['test', '-', '--draws', '19'];
    const large = await runIn(folder, args, { stdin: overconfidentCsv(1010, 5) });
    expect(large.stdout).toContain('Kernel (SKCE): of 1,000 of the rows.');
    const small = await runIn(folder, args, { stdin: overconfidentCsv(200, 5) });
    expect(small.stdout).not.toContain('of the rows.');
  });

  test('gives the tests of the library, and a rejection is no error unless asked for', async () => {
    const found = await resultOf('test', '@test.csv', '--draws', '99', '--seed', '3');
    const { scores, labels } = parseCsv(read('test.csv'));
    const wanted = calibrationTests(scores, labels, { input: 'logits', draws: 99, seed: 3 });
    expect(found.tests).toEqual(
      wanted.map(({ adjusted, ...rest }) => ({
        ...rest,
        adjustedPValue: adjusted,
        rejected: adjusted! <= 0.05,
      })),
    );
    expect(found.rejected).toBeGreaterThan(0);
    const quiet = await runIn(folder, ['test', '@test.csv', '--draws', '99', '--quiet', '--fail-on-reject']);
    expect([quiet.status, quiet.stdout]).toEqual([
      6,
      expect.stringMatching(/^\d+ of 10 tests rejects? calibr/),
    ]);
    const strict = await runIn(folder, [
      'test',
      '@test.csv',
      '--draws',
      '19',
      '--alpha',
      '0.000001',
      '--quiet',
    ]);
    expect(strict.status).toBe(0);
  });

  test('warns where the draws cannot reject, and the draws it names can', async () => {
    const few = await runIn(folder, ['test', '@test.csv', '--draws', '99']);
    expect(few.stderr).toContain(
      'W_FEW_DRAWS: no resampling test can reject at 0.05 by itself: with 99 draws',
    );
    const [, needed] = few.stderr.match(/pass --draws (\d+) or more/)!;
    const enough = await runIn(folder, ['test', '@test.csv', '--draws', needed!]);
    expect(enough.stderr).toBe('');
    const found = await resultOf('test', '@test.csv', '--draws', needed!);
    const ece = found.tests.find(({ name }: { name: string }) => name === 'expected-calibration-error');
    expect([ece.pValue, ece.rejected]).toEqual([ece.leastPValue, true]);
    expect((await runIn(folder, ['test', '@test.csv'])).stderr).toBe('');
    const strict = ['test', '@test.csv', '--alpha', '0.000001', '--draws', '19'];
    expect((await runIn(folder, strict)).stderr).toContain('draws would be needed, more than the 100,000');
  });

  test('takes rows of one cluster to depend on one another', async () => {
    const lines = read('test.csv').trimEnd().split('\n');
    const rows = lines.slice(1).flatMap((line, i) => [`${line},p${i}`, `${line},p${i}`]);
    const csv = [`${lines[0]},patient`, ...rows].join('\n');
    const plain = await runIn(folder, ['test', '-', '--ignore', 'patient', '--json'], { stdin: csv });
    const clustered = await runIn(folder, ['test', '-', '--clusters', 'patient', '--json'], { stdin: csv });
    const resultsOf = ({ stdout }: typeof plain) => JSON.parse(stdout).result;
    expect(resultsOf(clustered).clusters).toEqual({ column: 'patient', count: rows.length / 2 });
    expect(resultsOf(plain).clusters).toBeNull();
    const coxOf = (of: typeof plain) =>
      resultsOf(of).tests.find(({ name }: { name: string }) => name === 'cox').statistic;
    expect(coxOf(clustered)).toBeLessThan(0.8 * coxOf(plain));
    const shown = await runIn(folder, ['test', '-', '--clusters', 'patient'], { stdin: csv });
    expect(shown.stdout).toMatch(/every\s+test\s+compares\s+\d+\s+clusters/);
  });

  test('says the size of the error beside the p-values', async () => {
    const { stdout, status } = await runIn(folder, ['test', '@test.csv', '--draws', '19']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/The\s+ECE\s+is \d+\.\d\d %/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('tests what a calibrator makes of the scores', async () => {
    await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--quiet']);
    const before = await resultOf('test', '@test.csv', '--draws', '19');
    const after = await resultOf('test', '@test.csv', '--draws', '19', '--calibrator', '@c.json');
    const statistic = ({ tests }: typeof before) =>
      tests.find(({ name }: { name: string }) => name === 'kuiper').statistic;
    expect(statistic(after)).toBeLessThan(statistic(before));
    expect(after.calibrator).toMatch(/c\.json$/);
  });
});
