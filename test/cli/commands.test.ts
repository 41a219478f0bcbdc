import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { applyTemperature } from '../../src/calibrators/index.ts';
import { evaluate } from '../../src/evaluation/index.ts';
import { parseCsv, readCalibrator } from '../../src/io/index.ts';
import { runIn, testFolder } from './run-command.ts';
import { overconfidentCsv, writeSamples } from './sample-files.ts';

let folder: string;
beforeEach(() => {
  folder = testFolder();
  writeSamples(folder);
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const fitted = async (...args: string[]): Promise<void> => {
  const { status } = await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--quiet', ...args]);
  expect(status).toBe(0);
};

describe('fit', () => {
  test('prints the temperature and the cross-fitted figures, and saves what it found', async () => {
    const { status, stdout, stderr } = await runIn(folder, ['fit', '@val.csv', '-o', '@c.json']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    const { model, provenance } = readCalibrator(read('c.json'));
    expect(stdout).toContain(` T = ${model.temperature}\n`);
    expect(stdout).toContain('evaluated by cross-fitting');
    expect(stdout).toContain(' Calibrator: c.json\n');
    expect(provenance).toMatchObject({
      classNames: ['cat', 'dog', 'fox'],
      namedClasses: true,
      file: 'val.csv',
    });
  });

  test.for([60, 80])('breaks what it says of the temperature at %i columns', async (columns) => {
    const { stdout } = await runIn(folder, ['fit', '@val.csv'], { terminal: true, columns });
    const said = stdout.slice(0, stdout.indexOf('\n\n')).split('\n');
    expect(said.filter((line) => line.length > columns)).toEqual([]);
    expect(said.join(' ').replaceAll(/ +/g, ' ')).toMatch(
      / T = .* standard error [\d.]+ likelihood-ratio test .* optimum certified: slope (0|-?\de-\d+), curvature/,
    );
  });

  test('judges on the test file where there is one', async () => {
    const { stdout } = await runIn(folder, ['fit', '@val.csv', '--test', '@test.csv']);
    expect(stdout).toContain('evaluated on a set other than the one fitted');
  });

  test('says when the test rows are the fitted rows', async () => {
    const { stdout, stderr } = await runIn(folder, ['fit', '@val.csv', '--test', '@val.csv']);
    expect(stderr).toMatch(/^W_SAME_DATA: .*optimistic\.$/m);
    expect(stdout).toContain('evaluated on the rows it was fitted on');
  });

  test('writes the calibrator to standard output and nothing beside it', async () => {
    const { stdout } = await runIn(folder, ['fit', '@val.csv', '-o', '-']);
    expect(readCalibrator(stdout).model.status).toBe('converged');
  });

  test('reads gzip, standard input, and labels in a file of their own to the same temperature', async () => {
    const { stdout: plain } = await runIn(folder, ['fit', '@val.csv', '--quiet']);
    writeFileSync(join(folder, 'val.csv.gz'), gzipSync(read('val.csv')));
    const lines = read('val.csv').trimEnd().split('\n');
    writeFileSync(join(folder, 'z.csv'), lines.map((line) => line.replace(/,[^,]*$/, '')).join('\n'));
    writeFileSync(
      join(folder, 'y.csv'),
      lines
        .slice(1)
        .map((line) => line.replace(/.*,/, ''))
        .join('\n'),
    );
    const others = [
      await runIn(folder, ['fit', '@val.csv.gz', '--quiet']),
      await runIn(folder, ['fit', '-', '--quiet'], { stdin: read('val.csv') }),
      await runIn(folder, ['fit', '-', '--quiet'], { stdin: gzipSync(read('val.csv')) }),
      await runIn(folder, ['fit', '@z.csv', '--labels', '@y.csv', '--quiet']),
      await runIn(folder, ['fit', '@z.csv', '--labels', '-', '--quiet'], { stdin: read('y.csv') }),
    ];
    expect(others.map(({ stdout }) => stdout)).toEqual(others.map(() => plain));
    expect(Number(plain)).toBeGreaterThan(1);
  });

  test('reads semicolons with a decimal comma, tabs, and tables without a header alike', async () => {
    const { stdout: plain } = await runIn(folder, ['fit', '@val.csv', '--quiet']);
    const [header = '', ...rows] = read('val.csv').trimEnd().split('\n');
    const german = [header, ...rows].map((line) => line.replaceAll(',', ';').replaceAll('.', ','));
    writeFileSync(join(folder, 'val.tsv'), [header, ...rows].join('\n').replaceAll(',', '\t'));
    writeFileSync(join(folder, 'german.csv'), german.join('\n'));
    const numbered = rows.map((row) =>
      row.replace(/[a-z]+$/, (name) => String(['cat', 'dog', 'fox'].indexOf(name))),
    );
    writeFileSync(join(folder, 'bare.csv'), numbered.join('\n'));
    const others = [
      await runIn(folder, ['fit', '@val.tsv', '--quiet']),
      await runIn(folder, ['fit', '@german.csv', '--decimal', ',', '--quiet']),
      await runIn(folder, ['fit', '@german.csv', '--decimal', ',', '--delimiter', 'semicolon', '--quiet']),
      await runIn(folder, ['fit', '@bare.csv', '--no-header', '--quiet']),
    ];
    expect(others.map(({ stdout }) => stdout)).toEqual(others.map(() => plain));
  });

  test('accepts the edge of --bounds and says that it is one', async () => {
    const { status, stdout, stderr } = await runIn(folder, [
      'fit',
      '@val.csv',
      '--bounds',
      '0.05,1.5',
      '--quiet',
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe('1.5\n');
    const loud = await runIn(folder, ['fit', '@val.csv', '--bounds', '0.05,1.5']);
    expect(loud.stderr).toMatch(/^W_AT_BOUND: .*1\.5 is the nearer bound\.$/m);
    expect(stderr).toBe(loud.stderr);
  });

  test('names the line of a row it cannot fit', async () => {
    writeFileSync(join(folder, 'p.csv'), 'a,b,label\n0.9,0.1,0\n0,1,0\n0.4,0.6,0\n');
    const { status, stderr } = await runIn(folder, ['fit', '@p.csv', '--input', 'probs']);
    expect(status).toBe(3);
    expect(stderr).toContain('E_PROB_ZERO_TRUE: p.csv line 3: ');
    expect(stderr).not.toContain('W_PROB_ZERO_TRUE');
  });
});

describe('apply', () => {
  test('writes the probabilities that the library computes, to the last digit', async () => {
    await fitted();
    const { stdout, stderr } = await runIn(folder, ['apply', '@c.json', '@test.csv']);
    const { model } = readCalibrator(read('c.json'));
    const { data } = applyTemperature(model, parseCsv(read('test.csv')).scores);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(stderr).toBe('');
    expect(header).toBe('cat,dog,fox');
    expect(rows.flatMap((row) => row.split(',').map(Number))).toEqual([...data]);
  });

  test('adds the predicted class on request, and needs no labels', async () => {
    await fitted();
    writeFileSync(join(folder, 'new.csv'), 'cat,dog,fox\n1,5,2\n9,1,1\n');
    const { status, stdout } = await runIn(folder, [
      'apply',
      '@c.json',
      '@new.csv',
      '--prediction',
      '-o',
      '@p.csv',
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe(' Probabilities: p.csv (2 rows)\n');
    expect(read('p.csv')).toMatch(/^cat,dog,fox,prediction\n.*,dog\n.*,cat\n$/);
  });

  test('refuses classes in another order, and another number of them', async () => {
    await fitted();
    writeFileSync(join(folder, 'turned.csv'), 'dog,cat,fox\n1,5,2\n');
    writeFileSync(join(folder, 'four.csv'), 'cat,dog,fox,owl\n1,5,2,3.5\n');
    const turned = await runIn(folder, ['apply', '@c.json', '@turned.csv']);
    const four = await runIn(folder, ['apply', '@c.json', '@four.csv']);
    expect([turned.status, four.status]).toEqual([3, 3]);
    expect(turned.stderr).toBe('E_MODEL_ORDER: class 1 is "cat" in the model and "dog" in the data.\n');
    expect(four.stderr).toBe('E_MODEL_CLASSES: model has 3 classes, the data has 4 columns.\n');
  });

  test('warns when only the model names its classes', async () => {
    await fitted();
    writeFileSync(join(folder, 'bare.csv'), '1,5,2\n9,1,1\n');
    const { status, stderr } = await runIn(folder, ['apply', '@c.json', '@bare.csv']);
    expect(status).toBe(0);
    expect(stderr).toContain('W_MODEL_UNNAMED_CLASSES: ');
  });

  test('writes a table that evaluate reads, whether classes have names or numbers', async () => {
    const numbered = (name: string): string => String(['cat', 'dog', 'fox'].indexOf(name));
    for (const part of ['val', 'test']) {
      const rows = read(`${part}.csv`).trimEnd().split('\n').slice(1);
      const text = rows.map((row) => row.replace(/[a-z]+$/, numbered)).join('\n');
      writeFileSync(join(folder, `${part}-bare.csv`), text);
    }
    writeFileSync(join(folder, 'y.csv'), read('test-bare.csv').replaceAll(/^.*,/gm, ''));
    await runIn(folder, ['fit', '@val-bare.csv', '-o', '@bare.json', '--quiet']);
    await runIn(folder, ['apply', '@bare.json', '@test-bare.csv', '-o', '@p.csv', '--quiet']);
    expect(read('p.csv')).toMatch(/^p_0,p_1,p_2\n/);
    const applied = await runIn(folder, [
      'evaluate',
      '@p.csv',
      '--labels',
      '@y.csv',
      '--input',
      'probs',
      '--json',
    ]);
    const direct = await runIn(folder, [
      'evaluate',
      '@test-bare.csv',
      '--calibrator',
      '@bare.json',
      '--json',
    ]);
    const { before } = JSON.parse(applied.stdout).result.evaluation;
    const { after } = JSON.parse(direct.stdout).result.evaluation;
    expect(before.ece).toBeCloseTo(after.ece, 12);
    expect(before.nll).toBeCloseTo(after.nll, 12);
  });

  test('refuses a file that is no calibrator', async () => {
    const { status, stderr } = await runIn(folder, ['apply', '@val.csv', '@test.csv']);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^E_MODEL_JSON: val\.csv is not whole JSON.*\n$/);
  });
});

describe('evaluate', () => {
  test('gives the figures of the library as JSON', async () => {
    await fitted();
    const { stdout } = await runIn(folder, ['evaluate', '@test.csv', '--calibrator', '@c.json', '--json']);
    const { model } = readCalibrator(read('c.json'));
    const { before, after } = evaluate(parseCsv(read('test.csv')), { model });
    const { status, result } = JSON.parse(stdout);
    expect(status).toBe('done');
    expect(result.evaluation.before.nll).toBe(before.nll);
    expect(result.evaluation.after.ece).toBe(after?.ece);
    expect(result.evaluation.judgement).toBe('held-out');
  });

  test('takes the bins asked for', async () => {
    const args = [
      'evaluate',
      '@test.csv',
      '--bins',
      '7',
      '--scheme',
      'equal-mass',
      '--edges',
      'left',
      '--json',
    ];
    const { stdout } = await runIn(folder, args);
    expect(JSON.parse(stdout).result.evaluation.before.reliability.rule).toEqual({
      scheme: 'equal-mass',
      closure: 'left-closed',
      requested: 7,
    });
  });

  test('reads probabilities only when they are declared, and warns when they are not', async () => {
    await fitted();
    await runIn(folder, ['apply', '@c.json', '@test.csv', '-o', '@p.csv']);
    writeFileSync(join(folder, 'y.csv'), read('test.csv').replaceAll(/^.*,/gm, ''));
    const args = ['evaluate', '@p.csv', '--labels', '@y.csv'];
    const declared = await runIn(folder, [...args, '--input', 'probs']);
    const undeclared = await runIn(folder, args);
    expect(declared.stderr).toBe('');
    expect(undeclared.stderr).toMatch(/^W_LOOKS_LIKE_PROBS: p\.csv: all 300 rows .*--input probs.*$/m);
  });
});

describe('report', () => {
  test('writes a page and a calibrator, and prints where they are', async () => {
    const { status, stdout } = await runIn(folder, [
      'report',
      '@val.csv',
      '--test',
      '@test.csv',
      '-o',
      '@out/report.html',
      '--calibrator',
      '@out/c.json',
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain(' Report:     out/report.html\n Calibrator: out/c.json\n');
    expect(read('out/report.html')).toMatch(/^<!doctype html>/i);
    expect(readCalibrator(read('out/c.json')).model.temperature).toBeGreaterThan(1);
  });

  test.for([
    ['r.md', /^# /],
    ['r.json', /^\{\n {2}"format": "calibrant-report"/],
    ['r.svg', /^<svg /],
  ] as const)('takes the format from the ending of %s', async ([name, start]) => {
    const { status } = await runIn(folder, ['report', '@val.csv', '-o', `@${name}`]);
    expect(status).toBe(0);
    expect(read(name)).toMatch(start);
  });

  test('is the same to the last byte when it is made again', async () => {
    await runIn(folder, ['report', '@val.csv', '-o', '@a.html']);
    await runIn(folder, ['report', '@val.csv', '-o', '@b.html']);
    expect(read('a.html')).toBe(read('b.html'));
  });
});

describe('doctor', () => {
  test('says how the file was understood', async () => {
    const { status, stdout, stderr } = await runIn(folder, ['doctor', '@val.csv']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('val.csv: 400 rows, 3 classes, read as logits');
    expect(stdout).toContain('3 of 3 classes occur among the labels');
    expect(stdout).toContain('Nothing looks odd.');
  });

  test('lists what looks odd, once', async () => {
    writeFileSync(join(folder, 'one.csv'), 'score,label\n1.5,1\n-0.3,0\n0.2,1\n');
    const { stdout } = await runIn(folder, ['doctor', '@one.csv', '--json']);
    const { findings, classes, labelCounts } = JSON.parse(stdout).result;
    expect(findings.map(({ code }: { code: string }) => code)).toEqual(['W_BINARY_ONE_COLUMN', 'W_FEW_ROWS']);
    expect([classes, labelCounts]).toEqual([2, [1, 2]]);
  });
});

describe('reading options', () => {
  test('leave out bad rows, a label to ignore, and count both', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'a,b,label\n1,2,0\nNaN,1,1\n2,1,-100\n3,1,0\n0,1,1\n');
    const args = ['doctor', '@bad.csv', '--drop-bad', '--ignore-label', '-100'];
    const { status, stdout } = await runIn(folder, args);
    expect(status).toBe(0);
    expect(stdout.match(/W_ROWS_DROPPED: bad\.csv: 1 of 5 rows was left out/g)).toHaveLength(2);
  });

  test('count numbers too small, probabilities raised and sums off by rounding', async () => {
    writeFileSync(join(folder, 'tiny.csv'), 'a,b,label\n1e-400,2,0\n3,1,0\n');
    writeFileSync(join(folder, 'p.csv'), 'a,b,label\n0,1,1\n0.3333,0.6667,1\n0.60001,0.4,0\n');
    const tiny = await runIn(folder, ['doctor', '@tiny.csv']);
    const floored = await runIn(folder, ['doctor', '@p.csv', '--input', 'probs', '--floor', '1e-12']);
    expect(tiny.stdout).toContain('W_NUM_UNDERFLOW: tiny.csv: 1 cell was rounded to 0 (first: line 2).');
    expect(floored.stdout).toContain('W_FLOORED: ');
    expect(floored.stdout).toContain('W_PROB_SUM: ');
  });

  test('choose columns by name, by number and by range', async () => {
    writeFileSync(join(folder, 'wide.csv'), 'id,a,b,c,truth\n1,3,1,0,0\n2,0,2,1,1\n3,1,0,2,0\n');
    const of = async (...args: string[]): Promise<string> => {
      const { stdout } = await runIn(folder, ['doctor', '@wide.csv', '--json', ...args]);
      return JSON.parse(stdout).result.dataHash;
    };
    const named = await of('--label', 'truth', '--scores', 'a,b,c');
    expect(await of('--label', '5', '--scores', '2..4')).toBe(named);
    expect(await of('--label', 'truth', '--ignore', 'id')).toBe(named);
  });

  test('transpose a table of one row per class', async () => {
    writeFileSync(join(folder, 'k.csv'), '3,0,1,2\n1,2,0,0\n');
    writeFileSync(join(folder, 'y.csv'), '0\n1\n0\n0\n');
    const { status, stdout } = await runIn(folder, ['doctor', '@k.csv', '--labels', '@y.csv', '--transpose']);
    expect(status).toBe(0);
    expect(stdout).toContain('4 rows, 2 classes');
  });
});

describe('outputs', () => {
  test('are never written over without --force, and never over an input', async () => {
    writeFileSync(join(folder, 'c.json'), 'mine');
    const exists = await runIn(folder, ['fit', '@val.csv', '-o', '@c.json']);
    const same = await runIn(folder, ['fit', '@val.csv', '-o', '@val.csv', '--force']);
    expect([exists.status, same.status]).toEqual([4, 4]);
    expect(exists.stderr).toBe('E_OUT_EXISTS: c.json exists; pass --force.\n');
    expect(same.stderr).toBe('E_OUT_SAME: val.csv is also the input.\n');
    expect(read('c.json')).toBe('mine');
    const forced = await runIn(folder, ['fit', '@val.csv', '-o', '@c.json', '--force']);
    expect(forced.status).toBe(0);
    expect(readCalibrator(read('c.json')).model.status).toBe('converged');
  });

  test('need a folder whose own folder is there', async () => {
    const deep = await runIn(folder, ['fit', '@val.csv', '-o', '@x/y/c.json']);
    const onto = await runIn(folder, ['report', '@val.csv', '-o', folder, '--format', 'html']);
    expect([deep.status, onto.status]).toEqual([4, 4]);
    expect(deep.stderr).toBe('E_OUT_DIR: the folder x does not exist.\n');
    expect(onto.stderr).toMatch(/^E_OUT_DIR: .* is a folder\.\n$/);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('leave no trace of a fit that was refused', async () => {
    writeFileSync(join(folder, 'sure.csv'), 'a,b,label\n3,1,0\n0,2,1\n');
    const before = readdirSync(folder);
    const { status } = await runIn(folder, [
      'report',
      '@sure.csv',
      '-o',
      '@r/r.html',
      '--calibrator',
      '@c.json',
    ]);
    expect(status).toBe(5);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('stop on request with nothing written', async () => {
    const signal = AbortSignal.abort();
    const { status, stderr } = await runIn(folder, ['fit', '@val.csv', '-o', '@c.json'], { signal });
    expect(status).toBe(130);
    expect(stderr).toBe('E_ABORTED: stopped on request; nothing was written.\n');
    expect(existsSync(join(folder, 'c.json'))).toBe(false);
  });
});

describe('a missing file', () => {
  test('is named with the nearest one', async () => {
    const { status, stderr } = await runIn(folder, ['evaluate', '@tset.csv']);
    expect(status).toBe(3);
    expect(stderr).toBe('E_IN_MISSING: there is no file "tset.csv"; did you mean "test.csv"?\n');
  });
});

describe('a file of many rows', () => {
  test('shows progress with rate and time left on a terminal only', async () => {
    writeFileSync(join(folder, 'big.csv'), overconfidentCsv(60_000, 3));
    const wipe = '\r\u001b[K';
    let clock = 0;
    const now = (): number => {
      clock += 400;
      return clock;
    };
    const args = ['doctor', '@big.csv'];
    const { stderr } = await runIn(folder, args, { terminal: true, columns: 80, now });
    expect(stderr).toContain(`${wipe}reading big.csv: `);
    expect(stderr).toMatch(/: \d+ %, \d+ MB\/s, \d+ s left/);
    expect(stderr.endsWith(wipe)).toBe(true);
    expect((await runIn(folder, args, { now })).stderr).toBe('');
    expect((await runIn(folder, [...args, '--quiet'], { terminal: true, now })).stderr).toBe('');
  });
});

describe('few rows', () => {
  test('are too few for the doctor to tell, and one row has no interval in any format', async () => {
    writeFileSync(join(folder, 'one.csv'), 'a,b,label\n2,1,a\n');
    writeFileSync(join(folder, 'three.csv'), 'a,b,label\n2,1,a\n1,2,b\n0,1,a\n');
    const few = await runIn(folder, ['doctor', '@three.csv', '--json']);
    const codes = (stdout: string): string[] =>
      JSON.parse(stdout).result.findings.map(({ code }: { code: string }) => code);
    expect(codes(few.stdout)).toEqual(['W_FEW_ROWS']);
    expect((await runIn(folder, ['doctor', '@three.csv'])).stdout).not.toContain('Nothing looks odd');
    // Labels beside scores: a table of one row is not transposed.
    expect(codes((await runIn(folder, ['doctor', '@one.csv', '--json'])).stdout)).toEqual([
      'W_FEW_ROWS',
      'W_ONE_CLASS',
    ]);
    const json = await runIn(folder, ['evaluate', '@one.csv', '--json']);
    const { measures } = JSON.parse(json.stdout).result;
    expect(measures.list.length).toBeGreaterThan(5);
    for (const { interval, reason, standardError } of measures.list) {
      expect([interval, standardError, reason]).toEqual([null, null, 'too-few-rows']);
    }
    const text = await runIn(folder, ['evaluate', '@one.csv']);
    expect(text.stdout).not.toContain('100.00 to 100.00');
    const why = 'they take at least 2 rows with weight, as one row shows no spread';
    expect(text.stdout.replaceAll(/\s+/g, ' ')).toContain(`No intervals: ${why}.`);
    writeFileSync(join(folder, 'fit.csv'), `a,b,label\n${'2,1,a\n1,2,b\n0,1,a\n'.repeat(40)}`);
    for (const format of ['md', 'html']) {
      const output = join(folder, `one.${format}`);
      await runIn(folder, ['report', '@fit.csv', '--test', '@one.csv', '-o', output]);
      const report = readFileSync(output, 'utf8');
      expect(report).toContain(`Of a change: none; ${why}.`);
      expect(report).not.toContain('“within noise”');
    }
    const compared = await runIn(folder, ['fit', '@fit.csv', '--test', '@one.csv']);
    expect(compared.stdout.replaceAll(/\s+/g, ' ')).toContain(`no intervals: ${why}`);
  });
});
