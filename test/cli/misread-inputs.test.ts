import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIn, testFolder } from './run-command.ts';
import { overconfidentCsv } from './sample-files.ts';

/** A file of hard predictions, all of them right. */
function certainCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? '1.0,1' : '0.0,0'));
  return `p,label\n${lines.join('\n')}\n`;
}

const certain =
  'E_FIT_SEPARABLE: every one of the 60 rows is right with certainty: its true class has probability 1, which no temperature changes. Use the scores as they are, and check that they are not made from the labels.';

test('fit refuses rows that are right with certainty by that name, with bounds as well', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'val.csv'), certainCsv(60));
  for (const further of [[], ['--bounds', '0.05,20']]) {
    const { status, stderr } = await runIn(folder, ['fit', '@val.csv', '--input', 'probs', ...further]);
    expect(status).toBe(5);
    expect(stderr.trim().split('\n').at(-1)).toBe(certain);
    expect(stderr).toContain(
      'W_ALL_RIGHT: val.csv: every one of the 60 rows is predicted correctly with certainty',
    );
  }
});

test('report shows such rows all the same, and says why there is no temperature', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'val.csv'), certainCsv(60));
  const args = ['report', '@val.csv', '--input', 'probs', '-o', '@report.json'];
  const { status, stderr } = await runIn(folder, args);
  expect(status).toBe(0);
  expect(stderr).toContain(
    `W_NO_TEMPERATURE: no temperature was fitted, so the scores are reported uncalibrated: ${certain}\n`,
  );
  const report = readFileSync(join(folder, 'report.json'), 'utf8');
  expect(report).toContain('W_NO_TEMPERATURE');
  expect(report).toContain('W_ALL_RIGHT');
  const refused = await runIn(folder, [...args, '--force', '--calibrator', '@calibrator.json']);
  expect(refused.status).toBe(5);
});

test('fit, evaluate and report warn of shuffled labels as doctor does', async () => {
  const folder = testFolder();
  const [header, ...rows] = overconfidentCsv(200, 3).trim().split('\n');
  // Labels of the rows 77 places on, of an unrelated sequence.
  const mixed = rows.map((row, i) =>
    row.replace(/[^,]*$/, rows[(i + 77) % rows.length]!.replace(/^.*,/, '')),
  );
  writeFileSync(join(folder, 'val.csv'), [header, ...mixed, ''].join('\n'));
  for (const command of ['doctor', 'evaluate', 'report', 'fit']) {
    const out = command === 'report' ? ['-o', '@report.md'] : [];
    const { stdout, stderr } = await runIn(folder, [command, '@val.csv', ...out]);
    expect(stdout + stderr).toMatch(/W_CHANCE_LEVEL: val\.csv: accuracy is \d\d\.\d%, at chance level/);
  }
});

test('apply warns of scores of another kind as evaluate does', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'val.csv'), overconfidentCsv(200, 3));
  await runIn(folder, ['fit', '@val.csv', '-o', '@c.json']);
  const rows = overconfidentCsv(50, 3).trim().split('\n');
  const table = (scale: number): string =>
    rows
      .map((row, i) => {
        if (i === 0) return row.replace(/,[^,]*$/, '');
        const weights = row.split(',').slice(0, 3).map(Number).map(Math.exp);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return weights.map((weight) => (scale * weight) / total).join(',');
      })
      .join('\n');
  for (const [scale, code] of [
    [1, 'W_LOOKS_LIKE_PROBS'],
    [100, 'W_LOOKS_LIKE_PERCENT'],
    [20, 'W_CONSTANT_SUM'],
  ] as const) {
    writeFileSync(join(folder, 'new.csv'), table(scale));
    const { status, stderr } = await runIn(folder, ['apply', '@c.json', '@new.csv']);
    expect(status).toBe(0);
    expect(stderr).toContain(`${code}: new.csv: all 50 rows`);
  }
});
