import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';
import { overconfidentCsv, writeSamples } from './sample-files.ts';

const commands = ['report', 'fit', 'apply', 'evaluate', 'test', 'doctor'];

describe('a call that cannot be understood', () => {
  test.for([
    [
      ['fitt', 'val.csv'],
      'E_USAGE: unknown command "fitt"; did you mean fit? Run "calibrant --help" to see what it takes.',
    ],
    [
      ['help', 'fitt'],
      'E_USAGE: unknown command "fitt"; did you mean fit? Run "calibrant --help" to see what it takes.',
    ],
    [
      ['fitt', '--help'],
      'E_USAGE: unknown command "fitt"; did you mean fit? Run "calibrant --help" to see what it takes.',
    ],
    [
      ['apply', 'c.json', 'test.csv', '-o', 'probs.NPZ'],
      'E_USAGE: probabilities are not written packed, as ".NPZ" says. Name a file that ends in .csv or .npy, or pack what goes to standard output.',
    ],
    [
      ['apply', 'c.json', 'test.csv', '-o', 'probs.csv.gz'],
      'E_USAGE: probabilities are not written packed, as ".gz" says. Name a file that ends in .csv or .npy, or pack what goes to standard output.',
    ],
    [
      ['evaluate', 'val.csv', '--max-classwise-ece', '2'],
      'E_USAGE: the limit --max-classwise-ece of Class-wise ECE must be inside its range, 0..1, got "2". Write limits as fractions, 0.03 for 3%.',
    ],
    [
      ['evaluate', 'val.csv', '--min', 'accuracy=-1'],
      'E_USAGE: the limit --min of Accuracy must be inside its range, 0..1, got "-1".',
    ],
    [['evaluate', 'val.csv', '--max', 'ece=few'], 'E_USAGE: option --max ece must be a number, got "few".'],
    [
      ['fit', 'val.csv', '--bin', '5'],
      'E_USAGE: unknown option "--bin"; did you mean --bins? Run "calibrant fit --help" to see what it takes.',
    ],
    [
      ['fit'],
      'E_USAGE: missing required argument "val.csv". Run "calibrant fit --help" to see what it takes.',
    ],
    [
      ['fit', 'a.csv', 'b.csv'],
      'E_USAGE: too many arguments for "fit". Expected 1 argument but got 2. Run "calibrant fit --help" to see what it takes.',
    ],
    [
      ['apply', 'c.json'],
      'E_USAGE: missing required argument "test.csv". Run "calibrant apply --help" to see what it takes.',
    ],
    [
      ['fit', 'val.csv', '--input', 'probz'],
      'E_USAGE: option --input must be one of logits, probabilities, got "probz".',
    ],
    [
      ['fit', 'val.csv', '--seed', 'x'],
      'E_USAGE: option --seed must be a whole number -9007199254740991..9007199254740991, got "x".',
    ],
    [['fit', 'val.csv', '--folds', '1'], 'E_OPTION: option "folds" must be a whole number 2..100, got 1.'],
    [
      ['fit', 'val.csv', '--level', '0x1'],
      'E_USAGE: option --level must be a number in 0.5..0.9999, got "0x1".',
    ],
    [
      ['fit', 'val.csv', '--bounds', '5,1'],
      'E_USAGE: option --bounds must be two temperatures above 0, the lower first, such as 0.05,20, got "5,1".',
    ],
    [
      ['fit', 'val.csv', '--class-names', 'a,"b'],
      'E_USAGE: option --class-names must be a list separated by commas, got "a,"b".',
    ],
    [['fit', '-', '--labels', '-'], 'E_USAGE: scores and labels cannot both come from standard input.'],
    [
      ['fit', 'val.csv', '--transpose'],
      'E_USAGE: --transpose needs the labels in a separate file. Pass --labels FILE.',
    ],
    [['report', 'val.csv', '-o', 'x', '--calibrator', 'x'], 'E_USAGE: two outputs cannot both go to "x".'],
    [
      ['report', 'val.csv', '-o', 'r.docx'],
      'E_USAGE: no report format ends in ".docx"; the formats are html, md, json, svg, png. Pass --format to say which.',
    ],
    [['evaluate', 'val.csv', '--bins', 'many'], 'E_BINS: bins must be a whole number 1..10000, got "many".'],
  ] as const)('ends in one line: %s', async ([args, line]) => {
    const { status, stdout, stderr } = await runIn(testFolder(), args);
    expect(stderr).toBe(`${line}\n`);
    expect([status, stdout]).toEqual([2, '']);
  });

  test('cannot write two outputs to one file, however it is named', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'val.csv'), overconfidentCsv(60, 3));
    symlinkSync('.', join(folder, 'alias'));
    writeFileSync(join(folder, 'there.json'), 'old');
    symlinkSync('later.json', join(folder, 'link.json'));
    linkSync(join(folder, 'there.json'), join(folder, 'twin.json'));
    for (const [first, second] of [
      ['r.json', 'alias/r.json'],
      ['later.json', 'link.json'],
      ['there.json', 'twin.json'],
    ]) {
      const args = ['report', '@val.csv', '--output', `@${first}`, '--calibrator', `@${second}`, '--force'];
      const { status, stderr } = await runIn(folder, args);
      expect([status, stderr]).toEqual([
        2,
        `E_USAGE: two outputs cannot both go to one file, "${first}" and "${second}".\n`,
      ]);
    }
    expect(readFileSync(join(folder, 'there.json'), 'utf8')).toBe('old');
  });

  test('shows nothing that acts on a terminal', async () => {
    const folder = testFolder();
    const red = '\u001b[31m';
    const names = [`red${red}`, 'dog', 'fox'];
    const text = overconfidentCsv(60, 3, names);
    writeFileSync(join(folder, 'val.csv'), text);
    const ran = async (...args: string[]) => runIn(folder, args, { terminal: true });
    await ran('fit', '@val.csv', '-o', `@c${red}.json`);
    const shown = [
      await ran('fit', '@val.csv', '-o', `@d${red}.json`),
      await ran('apply', `@c${red}.json`, '@val.csv', '--ignore', 'label'),
      await ran('report', '@val.csv', '-o', '-', '--format', 'md'),
      await ran('fit', '@val.csv', '--label', `x${red}`),
      await ran(`fi${red}t`),
    ];
    // Progress lines clear themselves.
    for (const { stdout, stderr } of shown) {
      expect(`${stdout}${stderr}`.replaceAll('\r\u001b[K', '')).not.toContain('\u001b');
      expect(`${stdout}${stderr}`).toContain('\\u001B');
    }
    expect(shown[1]!.status).toBe(0);
    const raw = await runIn(folder, ['apply', `@c${red}.json`, '@val.csv', '--ignore', 'label']);
    expect(raw.stdout).toContain(red);
    expect(shown[3]!.stderr).toContain("--label $'x\\u001B[31m'");
  });

  test('is told to machines as a record', async () => {
    const { status, stdout } = await runIn(testFolder(), ['fit', '@no.csv', '--json']);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      tool: 'calibrant',
      command: 'fit',
      status: 'failed',
      error: { code: 'E_IN_MISSING', exitCode: 3 },
    });
  });

  test('cannot ask for two texts on standard output', async () => {
    const { status, stderr } = await runIn(testFolder(), ['fit', 'val.csv', '--json', '-o', '-']);
    expect(status).toBe(2);
    expect(stderr).toBe('E_USAGE: --json and an output of - both need standard output. Name a file.\n');
  });

  test('without any argument shows the help', async () => {
    const { status, stderr, stdout } = await runIn(testFolder(), []);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: calibrant');
  });
});

describe('the help', () => {
  test.for(commands)('of %s names every option and gives examples', async (command) => {
    const { status, stdout } = await runIn(testFolder(), [command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: calibrant ${command}`);
    expect(stdout).toContain('Examples:');
    for (const option of ['--input', '--label', '--json', '--quiet']) expect(stdout).toContain(option);
  });

  test.for([60, 80, 110])('breaks its options at %i columns', async (columns) => {
    for (const command of ['evaluate', 'test']) {
      const { stdout } = await runIn(testFolder(), [command, '--help'], { columns });
      const options = stdout
        .slice(0, stdout.indexOf('Examples:'))
        .split('\n')
        .filter((line) => /^ /.test(line));
      expect(options.length).toBeGreaterThan(20);
      expect(options.filter((line) => line.length > columns)).toEqual([]);
    }
  });

  test('lists the commands and the exit statuses', async () => {
    const { stdout } = await runIn(testFolder(), ['--help']);
    for (const command of commands) expect(stdout).toContain(`  ${command} `);
    expect(stdout).toContain('Exit status: 0 done');
  });

  test.for([40, 60, 80, 110])('of the whole breaks its lines at %i columns', async (columns) => {
    const { stdout } = await runIn(testFolder(), ['--help'], { columns });
    const foot = stdout.slice(stdout.indexOf('Start here:')).split('\n');
    expect(foot.length).toBeGreaterThan(6);
    expect(foot.filter((line) => line.length > Math.max(columns, 44))).toEqual([]);
  });

  test('the examples it gives can be parsed', async () => {
    for (const command of commands) {
      const { stdout } = await runIn(testFolder(), [command, '--help']);
      const lines = stdout.slice(stdout.indexOf('Examples:')).match(/^ {2}.*calibrant .*$/gm) ?? [];
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        const args = line
          .replace(/.*?calibrant /, '')
          .replace(/ [|>].*/, '')
          .trim()
          .split(/ +/);
        const { status } = await runIn(testFolder(), args);
        // The call itself was understood: the files do not exist, or a folder to write to does not.
        expect([3, 4], line).toContain(status);
      }
    }
  });

  test('the version is that of the package', async () => {
    const { status, stdout } = await runIn(testFolder(), ['--version']);
    expect([status, stdout]).toEqual([0, '0.1.0\n']);
  });
});

describe('every command', () => {
  test('speaks JSON and nothing else on standard output', async () => {
    const folder = testFolder();
    writeSamples(folder);
    const calls = [
      ['fit', '@val.csv', '-o', '@c.json'],
      ['apply', '@c.json', '@test.csv', '-o', '@p.csv'],
      ['apply', '@c.json', '@test.csv'],
      ['evaluate', '@test.csv', '--calibrator', '@c.json'],
      ['report', '@val.csv', '-o', '@r.html'],
      ['test', '@test.csv', '--draws', '19'],
      ['measures'],
      ['doctor', '@val.csv'],
    ];
    for (const call of calls) {
      const { status, stdout } = await runIn(folder, [...call, '--json']);
      const record = JSON.parse(stdout);
      expect([status, record.command, record.status]).toEqual([0, call[0], 'done']);
      expect(record).toHaveProperty('result');
      expect(stdout).not.toMatch(/NaN|Infinity/);
    }
  });
});
