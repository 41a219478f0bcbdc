import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { Simulation } from './simulation.ts';

// Runs the simulations named on the command line, or all: npm run simulations -- temperature-interval
const folder = new URL('.', import.meta.url);
const suffix = '.simulation.ts';
const named = process.argv.slice(2);
const known = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));
const unknown = named.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`no simulation ${unknown.join(', ')}; there are ${known.join(', ')}`);

mkdirSync(new URL('results/', folder), { recursive: true });
for (const name of named.length > 0 ? named : known) {
  const { simulation } = (await import(new URL(`${name}${suffix}`, folder).href)) as {
    simulation: Simulation;
  };
  const { question, settings, run } = simulation;
  const lines = run().map((record) => `    ${JSON.stringify(record)}`);
  const head = JSON.stringify({ question, settings }, undefined, 2).slice(0, -2);
  const path = new URL(`results/${name}.json`, folder);
  writeFileSync(path, `${head},\n  "results": [\n${lines.join(',\n')}\n  ]\n}\n`);
  process.stdout.write(`${name}\n${lines.join('\n')}\n`);
}
