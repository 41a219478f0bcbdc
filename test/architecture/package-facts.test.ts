import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './source-files.ts';

const manifest = JSON.parse(read('package.json'));
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);

describe('the package', () => {
  test('tells its version in one voice', () => {
    expect(read('src/node/tool-version.ts')).toContain(`'${manifest.version}'`);
    expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}`);
  });

  test('pins every dependency that runs or compiles it', () => {
    const all = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };
    const loose = Object.entries(all).filter(
      ([name, range]) => name !== '@types/node' && !/^(npm:[a-z-]+@)?\d/.test(String(range)),
    );
    expect(loose).toEqual([]);
  });

  test('names no download address in its lock file', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": *"http/);
  });

  test('keeps its top level to what was agreed', () => {
    const top = new Set(tracked.map((path) => path.split('/')[0]));
    expect([...top].sort()).toEqual([
      '.ci',
      '.gitignore',
      '.npmrc',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'datasets',
      'docs',
      'notebooks',
      'package-lock.json',
      'package.json',
      'src',
      'test',
      'tsconfig.json',
    ]);
  });

  test('leaves nothing for later in its sources', () => {
    const marks = /\b(TODO|FIXME|XXX|HACK|not implemented|placeholder|stub)\b/;
    expect(filesBelow('src', '.ts').filter((path) => marks.test(read(path)))).toEqual([]);
  });

  test('keeps its data sets under 10 MB', () => {
    const limit = 10_000_000;
    const bytes = tracked
      .filter((path) => path.startsWith('datasets/'))
      .map((path) => Buffer.byteLength(read(path)));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limit);
  });
});
