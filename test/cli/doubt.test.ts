import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { runIn, testFolder } from './run-command.ts';

/** Probabilities of three classes that nothing declares as such, as a German spreadsheet writes them. */
function undeclaredCsv(): string {
  const random = seededRandom(5);
  const lines = Array.from({ length: 150 }, () => {
    const label = random.below(3);
    const top = random.uniform() < 0.9 ? label : random.below(3);
    const share = 0.6 + 0.35 * random.uniform();
    const cells = [0, 1, 2].map((k) => (k === top ? share : (1 - share) / 2).toFixed(6).replace('.', ','));
    return `${cells.join(';')};${'abc'[label]}`;
  });
  return `a;b;c;label\n${lines.join('\n')}\n`;
}

const doubt = 'These look like probabilities, not logits; if so, every figure here is wrong';
const warning = 'all 150 rows lie in 0..1 and sum to 1';

/** A text without line breaks and markup, in which sentences can be found. */
const flat = (text: string): string => text.replaceAll('\\', '').replaceAll(/\s+/g, ' ');

describe('a file whose kind of score is in doubt', () => {
  const few = ['--decimal', ',', '--resamples', '100'];

  test.each(['html', 'md', 'json'])(
    'has the doubt as headline of the %s report, with its warning',
    async (format) => {
      const folder = testFolder();
      writeFileSync(join(folder, 'p.csv'), undeclaredCsv());
      const { status } = await runIn(folder, ['report', '@p.csv', ...few, '-o', `@r.${format}`]);
      const written = flat(readFileSync(join(folder, `r.${format}`), 'utf8'));
      expect(status).toBe(0);
      expect(written).toContain(doubt);
      expect(written).toContain(warning);
      expect(written.indexOf(doubt)).toBeLessThan(written.indexOf('Otherwise:'));
    },
  );

  test('has it on the terminal, under --quiet and in the JSON record', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), undeclaredCsv());
    const run = (...args: string[]) =>
      runIn(folder, ['evaluate', '@p.csv', ...few, '--draws', '19', ...args]);
    const shown = await run();
    expect(flat(shown.stdout)).toContain(`● ${doubt}`);
    expect(flat(shown.stdout)).toContain(warning);
    expect(shown.stderr).toContain(warning);
    const quiet = await run('--quiet');
    expect(quiet.stdout.startsWith(doubt)).toBe(true);
    expect(quiet.stderr).toContain(warning);
    const { result, warnings } = JSON.parse((await run('--json')).stdout);
    expect(result.verdict).toMatchObject({ outcome: 'in-doubt', headline: expect.stringContaining(doubt) });
    expect(result.notices).toEqual(warnings);
    expect(warnings[0]).toMatchObject({ code: 'W_LOOKS_LIKE_PROBS', file: 'p.csv' });
  });

  test('lists warnings once on a terminal that shows both streams', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), undeclaredCsv());
    const { stdout, stderr } = await runIn(folder, ['evaluate', '@p.csv', ...few], {
      terminal: true,
      columns: 110,
    });
    expect(stderr).toContain(warning);
    expect(flat(stdout)).not.toContain(warning);
  });

  test('loses the doubt by the remedy that the headline names', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), undeclaredCsv());
    const args = ['evaluate', '@p.csv', ...few, '--input', 'probabilities', '--json'];
    expect(JSON.parse((await runIn(folder, args)).stdout).result.verdict.outcome).toBe('as-is');
  });

  test('is in doubt for its tests as well', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'p.csv'), undeclaredCsv());
    const { stdout } = await runIn(folder, ['test', '@p.csv', '--decimal', ',', '--draws', '99', '--quiet']);
    expect(stdout.startsWith(doubt)).toBe(true);
  });
});
