import assert from 'node:assert/strict';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesBelow, read } from './source-files.ts';

interface Example {
  readonly name: string;
  readonly code: string;
}

const entries: Record<string, () => Promise<unknown>> = {
  calibrant: () => import('../../src/index.ts'),
  'calibrant/node': () => import('../../src/node/index.ts'),
  'calibrant/browser': () => import('../../src/browser/index.ts'),
  'calibrant/report': () => import('../../src/report/index.ts'),
  'calibrant/plots': () => import('../../src/plots/index.ts'),
  'calibrant/ml-matrix': () => import('../../src/interop/index.ts'),
  'ml-matrix': () => import('ml-matrix'),
};

/** The ```ts blocks of a file, a doc comment's leading ` * ` removed. A block marked `ts no-run` is shown, not run. */
function examplesOf(path: string): Example[] {
  const text = read(path);
  const blocks = path.endsWith('.md')
    ? [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    : [...text.matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```/gm)];
  return blocks.map((block) => ({
    name: `${path}:${text.slice(0, block.index).split('\n').length}`,
    code: path.endsWith('.md') ? (block[1] as string) : (block[1] as string).replaceAll(/^ *\* ?/gm, ''),
  }));
}

/** Static imports become awaited ones, types are stripped, and the rest runs as it stands. */
function runnable(code: string): string {
  const linked = code.replaceAll(
    /^import (type )?(\{[^}]*\}) from '([^']+)';$/gm,
    (_, type: string | undefined, names: string, from: string) =>
      type ? '' : `const ${names.replaceAll(/ as /g, ': ')} = await load('${from}');`,
  );
  return ts.transpileModule(`async function run() {\n${linked}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
}

async function load(name: string): Promise<unknown> {
  if (name.startsWith('node:')) return import(name);
  const entry = entries[name];
  if (entry === undefined) throw new Error(`an example imports "${name}", which readers cannot`);
  return entry();
}

const pages = ['README.md', ...filesBelow('docs', '.md')];
const sources = filesBelow('src', '.ts');

describe('examples in doc comments', () => {
  const examples = sources.flatMap(examplesOf);

  test('there are examples to run', () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  test.each(examples)('$name', async ({ code }) => {
    expect(code, 'an example must assert something').toMatch(/\bassert\b/);
    const run = new Function('assert', 'load', `${runnable(code)}\nreturn run();`);
    await run(assert, load);
  });
});

describe('examples in pages', () => {
  test.each(pages.flatMap(examplesOf))('$name', async ({ code }) => {
    const run = new Function('assert', 'load', `${runnable(code)}\nreturn run();`);
    await run(assert, load);
  });
});

describe('pages', () => {
  test.each(pages)('%s links only to files that exist and headings that are there', (page) => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
    const broken = links
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => !resolves(page, target));
    expect(broken).toEqual([]);
  });
});

function resolves(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : new URL(path, `file:///${page}`).pathname.slice(1);
  let text: string;
  try {
    text = read(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR';
  }
  if (anchor === undefined) return true;
  const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading as string));
  return anchors.includes(anchor);
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
