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
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleSize, coldStart, endToEnd, type Line } from './peers/whole-processes.ts';
import { sizes, type Workload, writeWorkload } from './peers/workloads.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    workloads: { type: 'string', default: 'A,B,C,D,E' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'string', default: '' },
    compiler: { type: 'string', default: 'cc' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

const fitters = [
  'calibrant',
  'scikit-learn, float64',
  'scikit-learn, float32',
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

/** One pass over the logits; those in C as peers/pass.c tells them apart. */
const passers = [
  'pass: calibrant',
  'pass: C, lanes',
  'pass: C, tableless lanes',
  'pass: C, plain loop',
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

interface Contestant {
  readonly name: string;
  /** Asks for one run; to `watch` takes some time of its own. */
  readonly go: (how: 'go' | 'watch') => Promise<Answer>;
  readonly close: () => void;
}

function programOf(name: string): readonly [string, ...string[]] {
  if (name.endsWith('calibrant')) return [process.execPath, here('ours.mjs')];
  return name.startsWith('pass: C') ? [compiledPass()] : [values.python, here('peer.py')];
}

function compiledPass(): string {
  const to = join(folder, 'pass');
  if (!existsSync(to)) {
    execFileSync(values.compiler, ['-O3', '-march=native', here('pass.c'), '-lm', '-o', to]);
  }
  return to;
}

async function start(name: string, threads: number, paths: readonly [string, string]): Promise<Contestant> {
  const [program, ...script] = programOf(name);
  const child: ChildProcess = spawn(program, [...script, name, String(threads), ...paths], {
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
    go: async (how) => {
      child.stdin!.write(`${how}\n`);
      return JSON.parse(await next());
    },
    close: () => child.stdin!.end(),
  };
}

/** Rounds whose times do not count: every runtime first compiles what it runs. Memory is watched in these alone. */
const warmUp = 2;

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly answer: Answer;
  readonly memory: number;
}

async function contest(
  workload: Workload,
  names: readonly string[],
  threads: number,
  paths: readonly [string, string],
): Promise<Row[]> {
  const [rows, columns] = sizes[workload];
  const rounds = roundsOf(workload);
  const contestants: Contestant[] = [];
  for (const name of names) contestants.push(await start(name, threads, paths));
  const answers = new Map(names.map((name) => [name, [] as Answer[]]));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const { name, go } of contestants) {
      answers.get(name)!.push(await go(round < warmUp ? 'watch' : 'go'));
    }
  }
  for (const { close } of contestants) close();
  return names.map((name) => {
    const all = answers.get(name)!;
    runs.push({ name, rows, columns, threads, answers: all.slice(warmUp) });
    return {
      name,
      seconds: median(all.slice(warmUp).map(({ seconds }) => seconds)),
      answer: all.at(-1)!,
      memory: Math.max(...all.map(({ memory }) => memory)),
    };
  });
}

/** Those of our own, and of the others the wanted ones. */
function invited(names: readonly string[]): readonly string[] {
  const wanted = values.peers.split(',');
  return names.filter(
    (name) =>
      name.endsWith('calibrant') || wanted.some((start) => name.replace(/^.*: /, '').startsWith(start)),
  );
}

/** More where a run takes milliseconds. */
function roundsOf(workload: Workload): number {
  return Number(values.rounds) * (workload === 'A' || workload === 'B' ? 5 : 1);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

interface Run {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly threads: number;
  readonly answers: readonly Answer[];
}
const runs: Run[] = [];
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
    const paths = writeWorkload(workload, folder);
    const [rows, columns] = sizes[workload];
    const judge = await start('reference', Math.max(...threadCounts), paths);
    const { result: truth } = await judge.go('go');
    judge.close();
    for (const threads of threadCounts) {
      const names = invited(fitters).filter((name) => !tooSlow[workload]?.includes(name));
      const found = await contest(workload, names, threads, paths);
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
    const passes = await contest(workload, invited(passers), 1, paths);
    table({
      title: 'C: one pass in float64 over the logits, one thread',
      head: ['pass', 'time', 'times ours', 'per logit', 'relative difference of the NLL'],
      lines: passes.map(({ name, seconds, answer }) => [
        name.replace('pass: ', ''),
        milliseconds(seconds),
        (seconds / passes[0]!.seconds).toPrecision(3),
        `${((1e9 * seconds) / (rows * columns)).toPrecision(3)} ns`,
        Math.abs(answer.result / passes[0]!.answer.result - 1).toExponential(0),
      ]),
    });
    const found = await contest(workload, invited(measurers), 1, paths);
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

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(runs)}\n`);
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
