import { describe, expect, test } from 'vitest';
import { filesBelow, type Import, importsOf, read, roomOf } from './source-files.ts';

const files = filesBelow('src', '.ts');
const imports = files.flatMap(importsOf);
const layers = layerTable(read('docs/architecture.md'));
const doors = doorTable(read('docs/architecture.md'));

function layerTable(page: string): Map<string, number> {
  const rows = page.matchAll(/^\| (\d+) \| `([a-z-]+)` \|/gm);
  return new Map([...rows].map(([, layer, room]) => [room as string, Number(layer)]));
}

function doorTable(page: string): Map<string, string[]> {
  const section = page.slice(page.indexOf('## Doors'));
  const table = new Map<string, string[]>();
  for (const [, packages, rooms] of section.matchAll(/^\| (`[^|]+`) \| (`[^|]+`) \|/gm)) {
    for (const [, name] of (packages as string).matchAll(/`([^`]+)`/g)) {
      table.set(
        name as string,
        [...(rooms as string).matchAll(/`([^`]+)`/g)].map(([, room]) => room as string),
      );
    }
  }
  return table;
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] as string);
}

function layerOf(path: string): number {
  const room = roomOf(path);
  return room === '' ? Number.POSITIVE_INFINITY : (layers.get(room) ?? Number.NaN);
}

const describeImport = ({ from, to }: Import): string => `${from} -> ${to}`;

describe('the house', () => {
  test('the layer table is read and every room of src stands in it', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''));
    expect(layers.size).toBeGreaterThan(10);
    expect([...rooms].filter((room) => !layers.has(room))).toEqual([]);
    expect([...layers.keys()].filter((room) => !rooms.has(room))).toEqual([]);
  });

  test('a file imports only from its own room or from a lower layer', () => {
    const upward = imports.filter(
      ({ from, to, local }) => local && roomOf(from) !== roomOf(to) && !(layerOf(to) < layerOf(from)),
    );
    expect(upward.map(describeImport)).toEqual([]);
  });

  test('local imports name existing files', () => {
    const known = new Set(files);
    const broken = imports.filter(({ to, local }) => local && to.endsWith('.ts') && !known.has(to));
    expect(broken.map(describeImport)).toEqual([]);
  });

  test('no import cycles exist, type-only imports included', () => {
    expect(cycles()).toEqual([]);
  });

  test('each outside dependency comes in by its own door', () => {
    const strays = imports.filter(({ from, to, local }) => {
      if (local) return false;
      const rooms = doors.get(packageName(to));
      return rooms === undefined || !rooms.includes(roomOf(from));
    });
    expect(doors.size).toBeGreaterThan(5);
    expect(strays.map(describeImport)).toEqual([]);
  });

  test('optional dependencies are loaded late', () => {
    const manifest = JSON.parse(read('package.json'));
    const optional = Object.keys(manifest.optionalDependencies);
    const early = imports.filter(
      ({ to, local, lazy }) => !local && !lazy && optional.includes(packageName(to)),
    );
    const typeOnly = early.filter(({ from, to }) => !new RegExp(`import type [^;]*'${to}'`).test(read(from)));
    expect(typeOnly.map(describeImport)).toEqual([]);
  });

  test('runtime dependencies of the manifest are exactly the doors', () => {
    const manifest = JSON.parse(read('package.json'));
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const packages = [...doors.keys()].filter((name) => name !== 'node:*' && !name.startsWith('#'));
    expect(declared.sort()).toEqual(packages.sort());
  });

  test('no room or file hides behind a name that says nothing', () => {
    expect(files.filter((path) => /(^|[/-])(utils?|helpers?|common|misc)([/.-]|$)/.test(path))).toEqual([]);
  });

  test('no file is too long to hold in mind', () => {
    const limit = 400;
    expect(files.filter((path) => read(path).split('\n').length > limit)).toEqual([]);
  });

  test('no engine mathematics decide a published number', () => {
    const engine = /\bMath\.(exp|expm1|log1p|pow|sin|cos|tan|tanh|cosh|sinh)\(/;
    expect(files.filter((path) => engine.test(read(path)))).toEqual([]);
  });
});

function cycles(): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, local } of imports) if (local) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}
