/**
 * How long a fit takes, its intervals included, and the same of scikit-learn's temperature scaling:
 *
 *     npm run bench
 *     npm run bench -- --peer python3        # a Python that has scikit-learn 1.8 or later
 *
 * Runs of both alternate, so that a busy moment of the machine meets both. Medians and their ratio are printed.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitTemperature } from '../../src/calibrators/index.ts';
import { simulatedLogits } from './simulated-logits.ts';

const { values } = parseArgs({
  options: { peer: { type: 'string' }, runs: { type: 'string', default: '15' } },
});
const runs = Number(values.runs);
const sizes = [
  [1000, 10],
  [10_000, 10],
  [10_000, 100],
  [50_000, 100],
] as const;

interface Peer {
  readonly fit: (rows: number, columns: number) => Promise<{ seconds: number; temperature: number }>;
  readonly close: () => void;
}

const peer = values.peer === undefined ? undefined : startPeer(values.peer);

for (const [rows, columns] of sizes) {
  const { logits, labels } = simulatedLogits(rows, columns, 1);
  const scores = { data: logits, rows, columns };
  fitTemperature(scores, labels);
  await peer?.fit(rows, columns);
  const ours: number[] = [];
  const theirs: number[] = [];
  let found = { ours: Number.NaN, theirs: Number.NaN, evaluations: 0 };
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const { temperature, certificate } = fitTemperature(scores, labels);
    ours.push(performance.now() - start);
    found = { ...found, ours: temperature ?? Number.NaN, evaluations: certificate?.evaluations ?? 0 };
    if (peer === undefined) continue;
    const answer = await peer.fit(rows, columns);
    theirs.push(1000 * answer.seconds);
    found.theirs = answer.temperature;
  }
  const mine = median(ours);
  const line = `${rows} x ${columns}: ${mine.toFixed(1)} ms, ${found.evaluations} passes, T = ${found.ours}`;
  const other =
    peer === undefined
      ? ''
      : `; scikit-learn ${median(theirs).toFixed(1)} ms, T = ${found.theirs}, ratio ${(mine / median(theirs)).toFixed(2)}`;
  process.stdout.write(`${line}${other}\n`);
}
peer?.close();

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

/** A Python process that answers each line `rows columns` with the seconds of one fit on the same logits. */
function startPeer(python: string): Peer {
  const script = fileURLToPath(new URL('./fit-temperature-peer.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    fit: async (rows, columns) => {
      child.stdin.write(`${rows} ${columns}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error('the peer has ended');
      const [seconds, temperature] = value.split(' ').map(Number);
      return { seconds: seconds ?? Number.NaN, temperature: temperature ?? Number.NaN };
    },
    close: () => child.stdin.end(),
  };
}
