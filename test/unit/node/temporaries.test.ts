import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { openOutput, removeTemporaries, writeAtomically } from '../../../src/node/index.ts';
import { createTemporary, dropTemporary, sweepTemporaries } from '../../../src/node/temporaries.ts';
import { refusal, type TestOutput, testOutput } from './test-output.ts';

let at: TestOutput;
let folder: string;
let path: string;
beforeEach(() => {
  at = testOutput();
  ({ folder, path } = at);
});

describe('temporaries', () => {
  test('of processes that are gone are swept, and nothing else', async () => {
    const { path: living, descriptor } = createTemporary(path, folder, undefined);
    const dead = living.replace(`-${process.pid}-`, '-4194305-');
    const other = living.replace(`-${process.pid}-`, `-${process.ppid}-`);
    // Of another container or computer: its process may run although there is none of that number here.
    const foreign = dead.replace(/\.calibrant-[A-Za-z0-9]+-/, '.calibrant-0123456789abcdef-');
    const theirs = join(folder, 'notes.calibrant-draft.tmp');
    for (const each of [dead, other, foreign, theirs]) writeFileSync(each, 'half');
    utimesSync(foreign, 0, 0);
    await sweepTemporaries(folder);
    expect(at.names()).toEqual([living, other, foreign, theirs].map((each) => basename(each)).sort());
    closeSync(descriptor);
    dropTemporary(living);
  });

  test.skipIf(process.platform === 'win32')(
    'may be read by nobody else until the output has its place',
    async () => {
      const mask = process.umask(0o022);
      try {
        for (const mode of [undefined, 0o644, 0o640, 0o600]) {
          const name = join(folder, `output-${mode}`);
          if (mode !== undefined) writeFileSync(name, 'old', { mode });
          const output = await openOutput(name, { force: true });
          await output.write('n'.repeat(300_000));
          const temporary = at.names().find((each) => each.endsWith('.tmp'))!;
          expect(statSync(join(folder, temporary)).mode & 0o777).toBe(0o600);
          await output.commit();
          expect(statSync(name).mode & 0o777).toBe(mode ?? 0o644);
        }
      } finally {
        process.umask(mask);
      }
    },
  );

  test('are written to by what created them, whatever takes their name meanwhile', async () => {
    const output = await openOutput(path);
    await output.write('n'.repeat(300_000));
    const temporary = join(folder, at.names()[0]!);
    rmSync(temporary);
    symlinkSync(join(folder, 'theirs'), temporary);
    writeFileSync(join(folder, 'theirs'), 'unchanged');
    await output.write('n'.repeat(300_000));
    await output.abandon();
    expect(at.contents('theirs')).toBe('unchanged');
    expect(at.names()).toEqual(['theirs']);
  });

  test('are removed at once when the process must end, with the folders made for them', async () => {
    writeFileSync(path, 'old');
    const outputs = [await openOutput(path, { force: true }), await openOutput(join(folder, 'new', 'a.csv'))];
    for (const output of outputs) await output.write('half');
    removeTemporaries();
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
    for (const output of outputs) {
      expect(await refusal(output.commit(), folder)).toBe(
        'E_ABORTED: stopped on request; nothing was written.',
      );
    }
    expect([at.contents(), at.names()]).toEqual(['old', ['report.html']]);
  });

  test('left by a killed process do no harm, and go with the next write', async () => {
    writeFileSync(path, 'old');
    const child = writer(`for (;;) { yield 'x'.repeat(65536); process.stdout.write('.'); }`);
    await once(child.stdout as Readable, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(at.contents()).toBe('old');
    expect(at.names()).toHaveLength(2);
    await writeAtomically(path, 'new', { force: true });
    expect([at.contents(), at.names()]).toEqual(['new', ['report.html']]);
  });

  const kills = process.env['CALIBRANT_FULL'] === '1' ? 200 : 0;
  test.skipIf(kills === 0)('killed at any time leave one whole file', { timeout: 600_000 }, async () => {
    const whole = ['old', 'n'.repeat(4_000_000)];
    for (let k = 0; k < kills; k += 1) {
      writeFileSync(path, 'old');
      const child = writer(
        `process.stdout.write('.'); for (let i = 0; i < 40; i += 1) yield 'n'.repeat(100000);`,
      );
      const closed = new Promise((resolve) => child.once('close', resolve));
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, (k * 40) / kills));
      child.kill('SIGKILL');
      await closed;
      expect(whole.includes(at.contents())).toBe(true);
    }
    await writeAtomically(path, 'done', { force: true });
    expect(at.names()).toEqual(['report.html']);
  });
});

/** A process that writes what a generator body yields to the output under force. */
function writer(body: string): ChildProcess {
  const module = fileURLToPath(new URL('../../../src/node/index.ts', import.meta.url));
  const program = `
    import { writeAtomically } from ${JSON.stringify(module)};
    function* pieces() { ${body} }
    await writeAtomically(${JSON.stringify(path)}, pieces(), { force: true });`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
}
