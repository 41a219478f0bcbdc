import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastingFolder, runIn } from './run-command.ts';
import { overconfidentCsv } from './sample-files.ts';

let folder: string;
beforeAll(() => {
  folder = lastingFolder();
  const names = Array.from({ length: 12 }, (_, k) => `class_${k}`);
  // 360,000 numbers, which the least memory has no room for.
  writeFileSync(join(folder, 'large.csv'), overconfidentCsv(30_000, 7, names));
  writeFileSync(join(folder, 'long.csv'), overconfidentCsv(60_000, 7, names.slice(0, 6)));
  writeFileSync(join(folder, 'middle.csv'), overconfidentCsv(40_000, 7, names));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tight = ['--max-memory', '128MB'];
const few = ['--resamples', '100', '--draws', '19'];
const run = (...args: string[]) => runIn(folder, args);

async function resultOf(...args: string[]) {
  const { stdout } = await run(...args, '--json');
  const { result, warnings } = JSON.parse(stdout);
  const codes = warnings.map(({ code }: { code: string }) => code);
  return { result, messages: warnings.map(({ message }: { message: string }) => message), codes };
}

describe('a file larger than memory', () => {
  test('shows every measure as in memory, but for the interval of what needs tables of every class', async () => {
    const held = await resultOf('evaluate', '@large.csv', ...few);
    const found = await resultOf('evaluate', '@large.csv', ...few, ...tight);
    expect(held.codes).not.toContain('W_MEASURES_LEFT_OUT');
    expect(found.messages).toContain(
      'W_MEASURES_LEFT_OUT: the rows do not fit into memory, so Class-wise ECE is not resampled; raise --max-memory for these.',
    );
    const [last, wanted] = [found, held].map(({ result }) => result.measures.list.pop());
    const left = found.result.notices.shift();
    expect(left.code).toBe('W_MEASURES_LEFT_OUT');
    expect(found.result).toEqual(held.result);
    expect(last).toEqual({
      ...wanted,
      interval: null,
      population: null,
      standardError: null,
      bias: null,
      resamples: 0,
      floor: null,
      floorRange: null,
      pValue: null,
      beyondNoise: null,
      reason: 'not-in-memory',
    });
  });

  test('says in the table what is left out', async () => {
    const names = 'ece,classwise-calibration-error,thresholded-adaptive-calibration-error';
    const longer = await run('evaluate', '@large.csv', ...few, ...tight, '--metrics', names);
    expect(longer.stdout).toMatch(/Class-wise ECE +[\d.]+ % +— +— /);
    expect(longer.stdout.replaceAll(/\n */g, ' ')).toContain(
      'as these are not in memory; raise --max-memory',
    );
  });

  test('keeps to limits and baselines', async () => {
    const gate = ['evaluate', '@large.csv', ...few, '--max-ece', '0.3', '--min-accuracy', '0.99', '--quiet'];
    const held = await run(...gate);
    expect(held.status).toBe(6);
    expect(await run(...gate, ...tight)).toEqual({
      ...held,
      stderr: `${held.stderr}W_MEASURES_LEFT_OUT: the rows do not fit into memory, so Class-wise ECE is not resampled; raise --max-memory for these.\n`,
    });
    const { stdout } = await run('evaluate', '@large.csv', ...few, '--json', '--seed', '3');
    writeFileSync(join(folder, 'old.json'), stdout);
    const drift = ['evaluate', '@large.csv', ...few, '--metrics', 'ece,nll', '--baseline', '@old.json'];
    expect((await resultOf(...drift, ...tight)).result.drift).toEqual(
      (await resultOf(...drift)).result.drift,
    );
  });

  test('cannot be held against a limit that needs more memory', async () => {
    const limit = ['--max', 'classwise-calibration-error=0.5', '--metrics', 'ece'];
    expect((await run('evaluate', '@large.csv', ...few, ...tight, ...limit, '--quiet')).status).toBe(0);
    const { status, stderr } = await run(
      'evaluate',
      '@large.csv',
      ...few,
      ...tight,
      ...limit,
      '--bound',
      'upper',
    );
    expect(status).toBe(2);
    expect(stderr).toContain(
      'E_MEMORY: the rows do not fit into memory, and the interval that a limit applies to (Class-wise ECE) needs tables or probabilities of all classes. Raise --max-memory.\n',
    );
  });

  test('shows the figures of other libraries but for those of every class', async () => {
    const args = ['evaluate', '@middle.csv', ...few, '--metrics', 'ece', '--compat', 'mapie'];
    const held = await resultOf(...args);
    const found = await resultOf(...args, ...tight);
    expect(found.result.compat.figures).toEqual(
      held.result.compat.figures.filter(({ notion }: { notion: string }) => notion !== 'classwise'),
    );
    expect(found.result.compat.figures.length).toBeLessThan(held.result.compat.figures.length);
    expect(found.messages).toContainEqual(
      expect.stringMatching(
        /^W_MEASURES_LEFT_OUT: .* the figures of MAPIE.* are those without the tables of every class; raise /i,
      ),
    );
  });

  test('is tested', async () => {
    const held = await resultOf('test', '@middle.csv', '--draws', '19');
    const found = await resultOf('test', '@middle.csv', '--draws', '19', ...tight);
    const bare = (tests: { readonly name: string }[]) =>
      tests
        .filter(({ name }) => name !== 'classwise-calibration-error')
        .map(
          ({ adjustedPValue: _, rejected: __, ...each }: Record<string, unknown> & { name: string }) => each,
        );
    expect(bare(found.result.tests)).toEqual(bare(held.result.tests));
    expect(found.messages).toContain(
      'W_MEASURES_LEFT_OUT: the rows do not fit into memory, so nothing is tested by the class-wise calibration error; raise --max-memory for these.',
    );
  });

  test('of too many rows shows its figures alone, and refuses what was asked beside them', async () => {
    const { result, messages } = await resultOf('evaluate', '@long.csv', ...few, ...tight);
    expect([result.measures, result.compat, result.checks.passed]).toEqual([null, null, true]);
    expect(messages).toContain(
      'W_MEASURES_LEFT_OUT: the rows do not fit into memory, so the figures are shown without the measures that resample all rows; raise --max-memory for these.',
    );
    for (const asked of [['--metrics', 'ece'], ['--max-ece', '0.1'], ['--all']]) {
      const { status, stderr } = await run('evaluate', '@long.csv', ...few, ...tight, ...asked);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /E_MEMORY: .* needs .* the 60000 rows of 6 classes in long\.csv do not fit into memory\. Raise/,
      );
    }
    expect((await run('test', '@long.csv', ...tight)).status).toBe(2);
  });

  test('draws its calibration curve as in memory', async () => {
    const args = ['evaluate', '@large.csv', ...few, '--metrics', 'ece', '--curve'];
    const [held, found] = [await resultOf(...args), await resultOf(...args, ...tight)];
    expect(found.result).toEqual(held.result);
  });

  test.each([
    ['--by', 'that column of all rows', 'label'],
    ['--clusters', 'that column of all rows', 'label'],
    ['--refinement', 'all rows'],
  ])('has no %s, which needs %s', async (option, needed, ...value) => {
    const { status, stderr } = await run('evaluate', '@large.csv', ...few, ...tight, option, ...value);
    expect(status).toBe(2);
    expect(stderr).toContain(
      `E_MEMORY: ${option} needs ${needed} in memory, and the 30000 rows of 12 classes in large.csv do not fit into memory.`,
    );
  });
});
