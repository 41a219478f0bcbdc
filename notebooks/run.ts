/**
 * Executes every notebook in this folder and fails on the first error, or when a notebook shows other outputs than the
 * ones it is checked in with:
 *
 *     npm run notebooks              # executes and compares
 *     npm run notebooks -- --write   # executes and keeps the new outputs
 *
 * Needs Jupyter's nbconvert (Debian: jupyter-nbconvert, python3-nbclient). The Deno kernel is taken from $DENO, or
 * installed from the npm registry into a folder that is thrown away.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Notebook, normalised, outputsText } from './notebook-file.ts';

const denoVersion = '2.9.6';
/** Runs of a notebook before its outputs count as unsteady. */
const mostRuns = 4;
const folder = fileURLToPath(new URL('.', import.meta.url));
const isWriting = process.argv.includes('--write');
const scratch = mkdtempSync(join(tmpdir(), 'calibrant-notebooks-'));

try {
  requireConverter();
  installKernel(denoPath());
  const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
  for (const name of names) {
    const stored = read(join(folder, name));
    const executed = settled(name, stored);
    if (isWriting) writeFileSync(join(folder, name), `${JSON.stringify(executed, null, 1)}\n`);
    else if (outputsText(executed) !== outputsText(stored)) {
      fail(
        `${name} shows other outputs than it is checked in with; look at them with npm run notebooks -- --write`,
      );
    }
    process.stdout.write(
      `${name}: ${executed.cells.length} cells, ${isWriting ? 'written' : 'as checked in'}\n`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}

function read(path: string): Notebook {
  return JSON.parse(readFileSync(path, 'utf8')) as Notebook;
}

function requireConverter(): void {
  try {
    execFileSync('jupyter-nbconvert', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Error(
      'jupyter-nbconvert is not installed; on Debian: apt-get install jupyter-nbconvert python3-nbclient',
    );
  }
}

function denoPath(): string {
  const { DENO } = process.env;
  if (DENO !== undefined && DENO !== '') return DENO;
  const packages = join(scratch, 'deno');
  mkdirSync(packages);
  execFileSync('npm', ['install', '--prefix', packages, '--no-save', '--no-audit', `deno@${denoVersion}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(packages, 'node_modules', '.bin', 'deno');
}

function installKernel(deno: string): void {
  const kernel = join(scratch, 'kernels', 'deno');
  mkdirSync(kernel, { recursive: true });
  const argv = [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'];
  const specification = { argv, display_name: 'Deno', language: 'typescript', env: { NO_COLOR: '1' } };
  writeFileSync(join(kernel, 'kernel.json'), JSON.stringify(specification));
}

/** An execution that shows what another one did: on a busy machine the kernel can lose an output to the end of its cell. */
function settled(name: string, stored: Notebook): Notebook {
  const seen = isWriting ? [] : [outputsText(stored)];
  for (let run = 1; ; run += 1) {
    const executed = normalised(execute(name));
    const text = outputsText(executed);
    if (seen.includes(text) || run === mostRuns) return executed;
    seen.push(text);
  }
}

function execute(name: string): Notebook {
  const args = ['--to', 'notebook', '--execute', '--output-dir', scratch, '--output', name, name];
  execFileSync('jupyter-nbconvert', ['--log-level', 'ERROR', '--ExecutePreprocessor.timeout=300', ...args], {
    cwd: folder,
    env: { ...process.env, JUPYTER_PATH: scratch },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return read(join(scratch, name));
}
