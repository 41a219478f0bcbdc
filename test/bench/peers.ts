/**
 * This project against its peers, in alternating runs on the same logits:
 *
 *     sh test/bench/peers/install.sh FOLDER                      # once: the peers, from the Python registry
 *     npm run bench:peers -- --python FOLDER/bin/python --write  # all workloads; the tables go to docs/benchmarks.md
 *
 * `--workloads A,B`, `--rounds 5` and `--threads 1,2` narrow it down. Each contestant is a process of its own that holds the
 * logits in memory before the clock starts; in every round each is asked once, in turn, so that a busy moment of the machine
 * meets all. Medians are told.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/core/random.ts';
import { bundleSize, coldStart, endToEnd, type Line } from './peers/whole-processes.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    workloads: { type: 'string', default: 'A,B,C,D,E' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});

const sizes = {
  A: [10_000, 10],
  B: [10_000, 100],
  C: [50_000, 1000],
  D: [1_000_000, 10],
  E: [1_000_000, 2],
} as const;
type Workload = keyof typeof sizes;

const fitters = [
  'calibrant',
  'scikit-learn',
  'torch L-BFGS, float64',
  'torch L-BFGS, float32',
  'netcal, float64',
  'netcal, float32',
  'probmetrics',
  'common recipe',
] as const;
const measurers = [
  'ECE: calibrant',
  'ECE: torchmetrics',
  'ECE: netcal',
  'class-wise: calibrant',
  'class-wise: NumPy',
] as const;

/** Contestants left out where a run takes minutes. */
const tooSlow: Readonly<Record<string, readonly string[]>> = {
  C: ['common recipe', 'netcal, float64'],
  D: ['common recipe'],
  E: ['common recipe'],
};

interface Answer {
  readonly seconds: number;
  readonly result: number;
  readonly evaluations: number | null;
  readonly memory: number;
}

const folder = mkdtempSync(join(tmpdir(), 'calibrant-bench-'));
const here = (name: string): string => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** Logits of an overconfident classifier, float32, whose best temperature is 1.7 but for chance, and labels. */
function writeWorkload(workload: Workload): readonly [string, string] {
  const [rows, columns] = sizes[workload];
  const random = seededRandom(columns);
  const logits = new Float32Array(rows * columns);
  const labels = new BigInt64Array(rows);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  for (let i = 0; i < rows; i += 1) {
    const at = i * columns;
    for (let k = 0; k < columns; k += 1) logits[at + k] = 2 * normal();
    logits[at + random.below(columns)]! += 10 * random.uniform();
    const row = logits.subarray(at, at + columns);
    const most = row.reduce((high, z) => Math.max(high, z));
    let left = random.uniform() * row.reduce((sum, z) => sum + Math.exp((z - most) / 1.7), 0);
    let label = 0;
    for (; label < columns - 1; label += 1) {
      left -= Math.exp((row[label]! - most) / 1.7);
      if (left < 0) break;
    }
    labels[i] = BigInt(label);
  }
  const paths = [join(folder, `${workload}-logits.npy`), join(folder, `${workload}-labels.npy`)] as const;
  writeFileSync(paths[0], npy('<f4', [rows, columns], logits));
  writeFileSync(paths[1], npy('<i8', [rows], labels));
  return paths;
}

function npy(type: string, shape: readonly number[], data: Float32Array | BigInt64Array): Uint8Array {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${text.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([header.length, 0]),
    Buffer.from(header),
    Buffer.from(data.buffer),
  ]);
}

interface Contestant {
  readonly name: string;
  readonly go: () => Promise<Answer>;
  readonly close: () => void;
}

async function start(name: string, threads: number, paths: readonly [string, string]): Promise<Contestant> {
  const isOurs = name.endsWith('calibrant');
  const command = isOurs ? process.execPath : values.python;
  const script = here(isOurs ? 'ours.mjs' : 'peer.py');
  const child: ChildProcess = spawn(command, [script, name, String(threads), ...paths], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done) throw new Error(`${name} has ended`);
    return value;
  };
  await next();
  return {
    name,
    go: async () => {
      child.stdin!.write('go\n');
      return JSON.parse(await next());
    },
    close: () => child.stdin!.end(),
  };
}

/** Rounds that do not count: every runtime first compiles what it runs. */
const warmUp = 2;

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly answer: Answer;
  readonly memory: number;
}

async function contest(
  names: readonly string[],
  threads: number,
  paths: readonly [string, string],
  rounds: number,
): Promise<Row[]> {
  const contestants: Contestant[] = [];
  for (const name of names) contestants.push(await start(name, threads, paths));
  const answers = new Map(names.map((name) => [name, [] as Answer[]]));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const { name, go } of contestants) answers.get(name)!.push(await go());
  }
  for (const { close } of contestants) close();
  return names.map((name) => {
    const all = answers.get(name)!;
    return {
      name,
      seconds: median(all.slice(warmUp).map(({ seconds }) => seconds)),
      answer: all.at(-1)!,
      memory: Math.max(...all.map(({ memory }) => memory)),
    };
  });
}

/** More where a run takes milliseconds. */
function roundsOf(workload: Workload): number {
  return Number(values.rounds) * (workload === 'A' || workload === 'B' ? 5 : 1);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

const output: string[] = [];
const say = (line: string): void => {
  output.push(line);
  process.stdout.write(`${line}\n`);
};

const milliseconds = (seconds: number): string =>
  seconds < 1 ? `${(1000 * seconds).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;

function table({ title, head, lines }: Line): void {
  say(`\n### ${title}\n`);
  say(`| ${head.join(' | ')} |`);
  say(`|${'---|'.repeat(head.length)}`);
  for (const line of lines) say(`| ${line.join(' | ')} |`);
}

const workloads = values.workloads.split(',') as Workload[];
const threadCounts = values.threads.split(',').map(Number);
try {
  for (const workload of workloads) {
    const paths = writeWorkload(workload);
    const [rows, columns] = sizes[workload];
    const judge = await start('reference', Math.max(...threadCounts), paths);
    const { result: truth } = await judge.go();
    judge.close();
    for (const threads of threadCounts) {
      const names = fitters.filter((name) => !tooSlow[workload]?.includes(name));
      const found = await contest(names, threads, paths, roundsOf(workload));
      const ours = found[0]!.seconds;
      table({
        title: `${workload}: ${rows.toLocaleString('en')} × ${columns}, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
        head: ['fit of T', 'time', 'times ours', 'passes', 'memory beyond the logits', 'relative error of T'],
        lines: found.map(({ name, seconds, answer, memory }) => [
          name,
          milliseconds(seconds),
          (seconds / ours).toPrecision(3),
          String(answer.evaluations ?? ''),
          `${memory.toFixed(0)} MB`,
          Math.abs(answer.result / truth - 1).toExponential(0),
        ]),
      });
    }
    if (workload !== 'C') continue;
    const found = await contest(measurers, 1, paths, roundsOf(workload));
    table({
      title: 'C: measures of the probabilities, one thread',
      head: ['measure', 'time', 'times ours', 'memory beyond the probabilities'],
      lines: found.map(({ name, seconds, memory }) => {
        const kind = name.split(':')[0];
        const ours = found.find((row) => row.name === `${kind}: calibrant`)!.seconds;
        return [name, milliseconds(seconds), (seconds / ours).toPrecision(3), `${memory.toFixed(0)} MB`];
      }),
    });
  }
  const rounds = Number(values.rounds);
  const read = workloads.filter((workload) => workload === 'B' || workload === 'C');
  if (read.length > 0)
    table(
      endToEnd({
        python: values.python,
        folder,
        rounds,
        workloads: read,
      }),
    );
  table(coldStart({ python: values.python, folder, rounds }));
  table(bundleSize(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (values.write) {
  const page = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
  const text = readFileSync(page, 'utf8');
  const mark = '<!-- made by npm run bench:peers -->';
  const versions = execFileSync(values.python, ['-m', 'pip', 'list', '--format=freeze'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) =>
      /^(numpy|scipy|scikit-learn|pandas|torch|torchmetrics|netcal|probmetrics)==/.test(line),
    );
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}; ${versions.join(', ')}.`;
  writeFileSync(
    page,
    `${text.slice(0, text.indexOf(mark) + mark.length)}\n\n${machine}\n${output.join('\n')}\n`,
  );
}
