import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { simulatedLogits } from '../simulated-logits.ts';

/** A table to print. */
export interface Line {
  readonly title: string;
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

interface Contest {
  readonly python: string;
  readonly folder: string;
  readonly rounds: number;
}

const command = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const script = fileURLToPath(new URL('./from-csv.py', import.meta.url));

function writeTable(path: string, rows: number, columns: number): void {
  const { logits, labels } = simulatedLogits(rows, columns, 1);
  const names = Array.from({ length: columns }, (_, k) => `logit_${k}`);
  writeFileSync(path, `${[...names, 'label'].join(',')}\n`);
  for (let from = 0; from < rows; from += 500) {
    const lines = Array.from({ length: Math.min(500, rows - from) }, (_, k) => {
      const i = from + k;
      const cells = Array.from(logits.subarray(i * columns, (i + 1) * columns), (z) => z.toPrecision(9));
      return `${cells.join(',')},${labels[i]}\n`;
    });
    appendFileSync(path, lines.join(''));
  }
}

/** Wall-clock seconds and peak memory of whole processes that take turns. */
function race(
  processes: readonly (readonly [string, ...string[]])[],
  rounds: number,
): readonly { readonly seconds: number; readonly memory: number }[] {
  const seconds = processes.map(() => [] as number[]);
  const memory = processes.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const [k, [program, ...args]] of processes.entries()) {
      const start = performance.now();
      const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', program, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      });
      seconds[k]!.push((performance.now() - start) / 1000);
      if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
      memory[k] = Math.max(memory[k]!, Number(stderr.trim().split('\n').at(-1)) / 1e3);
    }
  }
  return seconds.map((all, k) => ({
    seconds: all.toSorted((a, b) => a - b)[all.length >> 1]!,
    memory: memory[k]!,
  }));
}

const told = (seconds: number): string =>
  seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;

/** From a CSV file to T, with NLL and ECE before and after, process start included. */
export function endToEnd({
  python,
  folder,
  rounds,
  workloads,
}: Contest & { readonly workloads: readonly string[] }): Line {
  const lines: string[][] = [];
  for (const workload of workloads) {
    const [rows, columns] = workload === 'B' ? [10_000, 100] : [50_000, 1000];
    const path = join(folder, `${workload}.csv`);
    writeTable(path, rows, columns);
    const copy = join(folder, `${workload}-test.csv`);
    copyFileSync(path, copy);
    const found = race(
      [
        [process.execPath, command, 'fit', path, '--test', path, '--quiet'],
        [process.execPath, command, 'fit', path, '--test', copy, '--quiet'],
        [process.execPath, command, 'fit', path, '--quiet'],
        [python, script, 'pandas', path],
        [python, script, 'numpy', path],
      ],
      workload === 'B' ? rounds : Math.min(rounds, 3),
    );
    const names = [
      'calibrant fit --test, the same file',
      'calibrant fit --test, another file',
      'calibrant fit, cross-fitted',
      'pandas and scikit-learn',
      'numpy.loadtxt and scikit-learn',
    ];
    for (const [k, { seconds, memory }] of found.entries()) {
      lines.push([
        workload,
        names[k]!,
        told(seconds),
        (seconds / found[0]!.seconds).toPrecision(2),
        `${memory.toFixed(0)} MB`,
      ]);
    }
  }
  return {
    title: 'From a CSV file to T, NLL and ECE before and after: whole processes, one thread',
    head: ['workload', 'way', 'time', 'times ours', 'peak memory'],
    lines,
  };
}

/** The whole process on a small file, beside an empty one. */
export function coldStart({ python, folder, rounds }: Contest): Line {
  const path = join(folder, 'small.csv');
  writeTable(path, 1000, 10);
  const processes = [
    [process.execPath, '-e', '0'],
    [process.execPath, command, 'fit', path, '--quiet'],
    [python, script, 'pandas', path],
    [python, script, 'numpy', path],
  ] as const;
  const names = ['node -e 0', 'calibrant fit', 'pandas and scikit-learn', 'numpy.loadtxt and scikit-learn'];
  const found = race(processes, 2 * rounds + 1);
  return {
    title: 'Cold start: 1,000 × 10 from CSV, whole processes',
    head: ['process', 'time', 'times node -e 0'],
    lines: found.map(({ seconds }, k) => [
      names[k]!,
      told(seconds),
      (seconds / found[0]!.seconds).toPrecision(2),
    ]),
  };
}

/** What a page pays for the two functions it needs most. */
export function bundleSize(folder: string): Line {
  const entry = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));
  const from = join(folder, 'page.mjs');
  const to = join(folder, 'page.js');
  writeFileSync(
    from,
    `import { softmax, applyTemperature } from ${JSON.stringify(entry)};\nglobalThis.x = [softmax, applyTemperature];\n`,
  );
  buildSync({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  });
  const bytes = readFileSync(to);
  return {
    title: 'A browser bundle of `import { softmax, applyTemperature }`',
    head: ['minified', 'minified and gzipped'],
    lines: [[`${bytes.length} bytes`, `${gzipSync(bytes, { level: 9 }).length} bytes`]],
  };
}
