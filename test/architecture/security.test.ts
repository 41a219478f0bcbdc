import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf, read } from './source-files.ts';

const files = filesBelow('src', '.ts');
const page = read('SECURITY.md');

describe('the promises of SECURITY.md', () => {
  test('name tests that there are', () => {
    const places = [...page.matchAll(/`((?:test\/)[a-z0-9/.-]+)`/g)].map(([, place]) => place!);
    expect(places.length).toBeGreaterThan(8);
    const missing = places.filter(
      (place) => !existsSync(fileURLToPath(new URL(`../../${place}`, import.meta.url))),
    );
    expect(missing).toEqual([]);
  });

  test('hold for the network: nothing imports a socket, and nothing fetches', () => {
    const sockets = /^node:(?:net|http|http2|https|tls|dgram|dns|inspector)(?:\/|$)/;
    const imported = files.flatMap(importsOf).filter(({ to }) => sockets.test(to));
    expect(imported).toEqual([]);
    const fetching = /\b(?:fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon)/;
    expect(files.filter((path) => fetching.test(read(path)))).toEqual([]);
  });

  test('hold for code in strings: nothing is evaluated', () => {
    const evaluating = /\beval\(|new Function\(|node:vm\b/;
    expect(files.filter((path) => evaluating.test(read(path)))).toEqual([]);
  });

  test('hold for versions: each dependency is one', () => {
    const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>;
      readonly optionalDependencies: Readonly<Record<string, string>>;
    };
    const versions = Object.values({ ...dependencies, ...optionalDependencies });
    expect(versions.length).toBeGreaterThan(5);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
