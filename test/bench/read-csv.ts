/**
 * How fast a table is read from bytes that arrive in pieces, and how much memory that takes beyond the numbers kept:
 *
 *     npx tsx test/bench/read-csv.ts
 */
import { streamCsv } from '../../src/io/index.ts';

const columns = 20;

/** The same block of rows again and again, so that making the text costs nothing. */
async function* table(rows: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const names = Array.from({ length: columns }, (_, k) => `logit_${k}`);
  yield encoder.encode(`${names.join(',')},label\n`);
  const block = 1000;
  const lines = Array.from({ length: block }, (_, i) => {
    const cells = names.map((_, k) => (Math.sin(i * columns + k) * 8).toFixed(6));
    return `${cells.join(',')},${i % columns}\n`;
  });
  const bytes = encoder.encode(lines.join(''));
  for (let done = 0; done < rows; done += block) yield bytes;
}

for (const rows of [50_000, 500_000, 2_000_000]) {
  let size = 0;
  let peak = 0;
  const base = process.memoryUsage().rss;
  const start = performance.now();
  const set = await streamCsv(table(rows), {
    onProgress: (done) => {
      size = done;
      peak = Math.max(peak, process.memoryUsage().rss - base);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const kept = set.scores.data.byteLength + set.labels.byteLength + set.lines.byteLength;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  process.stdout.write(
    `${rows} rows, ${megabytes(size)} MB: ${(size / 1e6 / seconds).toFixed(0)} MB/s, ${megabytes(kept)} MB kept, peak ${megabytes(peak)} MB more than before\n`,
  );
}
