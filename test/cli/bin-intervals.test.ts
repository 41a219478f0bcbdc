import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ReliabilityBin } from '../../src/metrics/index.ts';
import { runIn, testFolder } from './run-command.ts';

/** A sum of a few powers and one root stays within a few roundings; the interval's own error is smaller still. */
const endError = 1e-12;

let folder: string;

beforeEach(() => {
  folder = testFolder();
  // Twelve rows of one confidence, three of them wrong, and four of another, all right.
  const labels = ['a', 'a', 'a', 'b', 'a', 'a', 'a', 'b', 'a', 'a', 'a', 'b'];
  const rows = [...labels.map((label) => `1,0,${label}`), ...Array.from({ length: 4 }, () => '3,0,a')];
  writeFileSync(join(folder, 'rows.csv'), `a,b,label\n${rows.join('\n')}\n`);
});

const exact = ['--bin-intervals', 'clopper-pearson', '--level', '0.9'];

/** The bin of the four rows that are all right. */
function surestBin(stdout: string): ReliabilityBin {
  const { bins } = JSON.parse(stdout).result.evaluation.before.reliability;
  return bins.find(({ count }: ReliabilityBin) => count === 4);
}

describe('--bin-intervals', () => {
  test('gives the interval of Clopper and Pearson, which has a closed form where all rows are right', async () => {
    const { stdout } = await runIn(folder, ['evaluate', '@rows.csv', ...exact, '--json']);
    const { rule, level } = JSON.parse(stdout).result.evaluation.before.reliability;
    expect(rule.interval).toBe('clopper-pearson');
    expect(level).toBe(0.9);
    const [low, high] = surestBin(stdout).interval!;
    expect(Math.abs(low - 0.05 ** (1 / 4))).toBeLessThan(endError);
    expect(high).toBe(1);
  });

  test("gives Wilson's otherwise, n/(n + z²) where all rows are right", async () => {
    const { stdout } = await runIn(folder, ['evaluate', '@rows.csv', '--level', '0.9', '--json']);
    const z = 1.6448536269514722; // 95 % quantile of the normal distribution
    expect(JSON.parse(stdout).result.evaluation.before.reliability.rule).not.toHaveProperty('interval');
    expect(Math.abs(surestBin(stdout).interval![0] - 4 / (4 + z * z))).toBeLessThan(endError);
  });

  test('is named under the tables of evaluate and fit', async () => {
    for (const args of [
      ['evaluate', '@rows.csv'],
      ['fit', '@rows.csv', '--test', '@rows.csv'],
    ]) {
      const named = await runIn(folder, [...args, ...exact]);
      expect(named.stdout.replaceAll(/\s+/g, ' ')).toContain(
        'bins: 15 equal-width, right-closed, Clopper-Pearson intervals',
      );
      const usual = await runIn(folder, args);
      expect(usual.stdout).toContain('bins: 15 equal-width, right-closed');
      expect(usual.stdout).not.toContain('Clopper');
    }
  });

  test('is named in a report, with the method under its figures', async () => {
    const args = ['report', '@rows.csv', '--test', '@rows.csv', '-o', '@report.md', ...exact];
    await runIn(folder, args);
    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(report).toContain('Of the accuracy in a bin: Clopper-Pearson, 90 %.');
    expect(report).not.toContain('Wilson');
    expect(report).toContain('right-closed, Clopper-Pearson intervals');
  });

  test('refuses any other method in one line', async () => {
    const { status, stderr } = await runIn(folder, ['evaluate', '@rows.csv', '--bin-intervals', 'exact']);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'E_USAGE: option --bin-intervals must be one of wilson, clopper-pearson, got "exact".\n',
    );
  });
});
