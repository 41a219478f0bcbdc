import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { runIn, testFolder } from './run-command.ts';

/** Two classes, of which the rare one is given too high a probability. */
function rareCsv(rows = 300): string {
  const random = seededRandom(17);
  const lines = Array.from({ length: rows }, () => {
    const truth = random.uniform() ** 3;
    const label = random.uniform() < truth ? 'yes' : 'no';
    const p = Math.min(0.95, 0.08 + truth);
    return `${(1 - p).toFixed(6)},${p.toFixed(6)},${label}`;
  });
  return `no,yes,label\n${lines.join('\n')}\n`;
}

describe('--binary positive', () => {
  const options = ['--input', 'probabilities', '--binary', 'positive', '--resamples', '100'];
  const json = async (folder: string, args: readonly string[]) =>
    JSON.parse((await runIn(folder, [...args, '--json'])).stdout).result;

  test('is one view in verdict, bins, measures, gate and curve of evaluate', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), rareCsv());
    const gate = ['--curve', '--draws', '19', '--max-ece', '0.9'];
    const result = await json(folder, ['evaluate', '@p.csv', ...options, ...gate]);
    const ece = result.measures.list.find(
      ({ name }: { name: string }) => name === 'expected-calibration-error',
    );
    expect(result.evaluation.binary).toBe('positive');
    expect(result.evaluation.before.ece).toBe(ece.value);
    expect(result.checks.list[0].value).toBe(ece.value);
    expect(result.evaluation.before.reliability.rule.binary).toBe('positive');
    expect(result.curve.binary).toBe('positive');
    expect(result.verdict.headline).toMatch(/probabilities of yes are too high by/i);
  });

  test('names the gap of the class in tables, checks and records', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), rareCsv());
    const gap = ['--metrics', 'calibration-gap', '--draws', '19', '--max', 'calibration-gap=-0.5'];
    const shown = await runIn(folder, ['evaluate', '@p.csv', ...options, ...gap]);
    expect(shown.stdout).toMatch(/^ Freq\. − prob\. +−\d/m);
    expect(shown.stdout).toMatch(/^ FAILED {2}Freq\. − prob\. /m);
    expect(shown.stdout).not.toContain('Acc. − conf.');
    const { measures } = await json(folder, ['evaluate', '@p.csv', ...options, ...gap]);
    expect(measures.list[0].label).toBe('Freq. − prob.');
  });

  test.each(['fit', 'report'])('is an option of %s', async (command) => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), rareCsv());
    const out = command === 'report' ? ['-o', '@r.html'] : [];
    const result = await json(folder, [command, '@p.csv', ...options, ...out]);
    expect(result.evaluation.before.frequency).toBeLessThan(0.5);
    expect(result.evaluation.before.accuracy).toBeGreaterThan(0.5);
    if (command === 'fit') return;
    const page = readFileSync(join(folder, 'r.html'), 'utf8');
    expect(page).toContain('Frequency of yes');
    expect(page).not.toContain('overconfident by');
  });

  test('is refused of more than two classes', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'three.csv'), 'a,b,c,label\n2,1,0,a\n0,2,1,b\n');
    const { status, stderr } = await runIn(folder, ['evaluate', '@three.csv', '--binary', 'positive']);
    expect(status).toBe(2);
    expect(stderr).toContain('needs 2 classes; there are 3');
  });
});
