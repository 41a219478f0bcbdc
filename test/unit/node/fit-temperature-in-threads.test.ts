import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { fitTemperatureInThreads } from '../../../src/node/index.ts';
import { compiledSource } from '../../compiled-source.ts';

interface Run {
  readonly kind: string;
  readonly threads: number;
  readonly status: string;
  readonly same: boolean;
  readonly answers: number;
  readonly progress: readonly number[];
  /** Threads started for this run. */
  readonly started: number;
}

describe('a fit in threads', () => {
  const folder = compiledSource();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is the fit of one thread to the last bit, each thread makes each pass, and none keeps the process alive', () => {
    const script = fileURLToPath(new URL('./threads-process.ts', import.meta.url));
    const printed = execFileSync(process.execPath, ['--import', 'tsx', script, folder], { encoding: 'utf8' });
    const { runs, ended }: { readonly runs: readonly Run[]; readonly ended: number } = JSON.parse(printed);
    expect(ended).toBe(0);
    expect(runs.map(({ kind, threads }) => [kind, threads])).toEqual([
      ['float32', 1],
      ['float32', 2],
      ['shared float64', 1],
      ['shared float64', 2],
    ]);
    // The thread that is started once serves again.
    expect(runs.map(({ started }) => started)).toEqual([0, 1, 0, 0]);
    for (const { status, same, threads, answers, progress } of runs) {
      expect([status, same]).toEqual(['converged', true]);
      expect(progress).toEqual(progress.map((_, k) => k + 1));
      // In every pass told, and in one or two rough ones, it has at least a share of four pieces.
      if (threads > 1) expect(answers).toBeGreaterThanOrEqual(4 * (progress.length + 1));
      else expect(answers).toBe(0);
    }
  });

  test('refuses a number of threads that is none', async () => {
    await expect(fitTemperatureInThreads([[1, 0]], [0], { threads: 0 })).rejects.toThrow(/E_OPTION/);
  });
});
