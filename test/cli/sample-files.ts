import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/core/random.ts';

/** Labelled logits of an overconfident classifier of three classes. */
export function overconfidentCsv(rows: number, seed: number, names = ['cat', 'dog', 'fox']): string {
  const random = seededRandom(seed);
  const lines = [`${names.join(',')},label`];
  for (let i = 0; i < rows; i += 1) {
    const label = random.below(3);
    const top = random.uniform() < 0.75 ? label : random.below(3);
    const logits = names.map((_, k) => (k === top ? 4 + 3 * random.uniform() : 2 * random.uniform()));
    lines.push(`${logits.map((z) => z.toFixed(6)).join(',')},${names[label]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `val.csv` and `test.csv` in a folder. */
export function writeSamples(folder: string): void {
  writeFileSync(join(folder, 'val.csv'), overconfidentCsv(400, 1));
  writeFileSync(join(folder, 'test.csv'), overconfidentCsv(300, 2));
}
