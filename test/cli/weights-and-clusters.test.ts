import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';

let folder: string;

/** Rows of three margins, one in four of them wrong, with a count, a weight and a patient each. */
const rows = Array.from({ length: 120 }, (_, i) => ({
  cells: `${1 + (i % 3)},0,${i % 4 === 0 ? 'b' : 'a'}`,
  count: i % 3,
  weight: 1 + ((7 * i) % 5),
  patient: `p${i % 40}`,
}));

beforeEach(() => {
  folder = testFolder();
  const put = (name: string, header: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, name), `${header}\n${lines.join('\n')}\n`);
  put(
    'counted.csv',
    'a,b,label,w',
    rows.map(({ cells, count }) => `${cells},${count}`),
  );
  put(
    'written.csv',
    'a,b,label',
    rows.flatMap(({ cells, count }) => Array<string>(count).fill(cells)),
  );
  put(
    'weighted.csv',
    'a,b,label,w,patient',
    rows.map(({ cells, weight, patient }) => `${cells},${weight},${patient}`),
  );
});

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('--weight-kind', () => {
  test.for(['fit', 'evaluate'])('counts give what %s finds in the rows written out', async (command) => {
    const counted = ['@counted.csv', '--weight', 'w', '--weight-kind', 'counts'];
    const { evaluation, calibrator } = JSON.parse(
      (await runIn(folder, [command, ...counted, '--json'])).stdout,
    ).result;
    const wanted = JSON.parse((await runIn(folder, [command, '@written.csv', '--json'])).stdout).result;
    const { notices: _, ...found } = evaluation;
    expect(found).toEqual({ ...wanted.evaluation, notices: undefined });
    const { weightKind, ...model } = calibrator ?? {};
    expect(model).toEqual(wanted.calibrator ?? {});
    expect(weightKind).toBe(command === 'fit' ? 'counts' : undefined);
  });

  test('counts are whole numbers, named by their line', async () => {
    writeFileSync(join(folder, 'half.csv'), 'a,b,label,w\n1,0,a,2\n2,0,b,0.5\n');
    const args = ['fit', '@half.csv', '--weight', 'w', '--weight-kind', 'counts'];
    const { stderr } = await runIn(folder, args);
    expect(stderr).toMatch(/E_WEIGHT: \S*half\.csv line 3: weight 0\.5 is not a whole number/);
  });

  test('importance weights are named with their effective rows and the robust test', async () => {
    const args = ['fit', '@weighted.csv', '--weight', 'w', '--ignore', 'patient'];
    const { stdout, stderr } = await runIn(folder, args);
    // Weights 1 to 5 alike: (Σw)²/Σw² = 120·9/11.
    expect(oneLine(stdout)).toContain('importance weights: 98 effective rows of 120');
    expect(oneLine(stdout)).toContain('profile likelihood scaled to the robust variance');
    expect(oneLine(stdout)).toContain('robust likelihood-ratio test of T = 1');
    expect(stderr).toContain('W_EFFECTIVE_ROWS');
  });
});

describe('fit --clusters', () => {
  const args = ['fit', '@weighted.csv', '--ignore', 'w', '--clusters', 'patient'];

  test('takes clusters to be independent, and says so', async () => {
    const { stdout } = await runIn(folder, args);
    expect(oneLine(stdout)).toContain('40 clusters are taken to be independent');
    // The noise of the ECE is known for independent rows only.
    expect(stdout).not.toContain('by noise alone');
    expect(oneLine(stdout)).toContain('robust likelihood-ratio test of T = 1');
  });

  test('records their number', async () => {
    const { calibrator } = JSON.parse((await runIn(folder, [...args, '--json'])).stdout).result;
    expect(calibrator.clusters).toBe(40);
    expect(calibrator.uncertainty.variance).toBe('robust');
  });
});

test('test says that its rows are those the calibrator was fitted on', async () => {
  await runIn(folder, ['fit', '@written.csv', '-o', '@c.json']);
  const args = ['--calibrator', '@c.json', '--draws', '19'];
  const { stderr } = await runIn(folder, ['test', '@written.csv', ...args]);
  expect(stderr).toContain(
    'W_SAME_DATA: fit and evaluation use the same rows (sha256 equal); the tests reject',
  );
  expect((await runIn(folder, ['test', '@counted.csv', '--ignore', 'w', ...args])).stderr).not.toContain(
    'SAME',
  );
});
