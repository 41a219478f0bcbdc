import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { read, root } from './source-files.ts';

const manifest = JSON.parse(read('package.json'));
const entries: Record<string, string> = {
  calibrant: 'src/index.ts',
  'calibrant/node': 'src/node/index.ts',
  'calibrant/browser': 'src/browser/index.ts',
  'calibrant/report': 'src/report/index.ts',
  'calibrant/plots': 'src/plots/index.ts',
  'calibrant/ml-matrix': 'src/interop/index.ts',
};

const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
).options;
const program = ts.createProgram(
  Object.values(entries).map((path) => `${root}/${path}`),
  options,
);
const checker = program.getTypeChecker();

interface Exported {
  readonly entry: string;
  readonly name: string;
  readonly kind: 'function' | 'type' | 'value';
  readonly text: string;
  readonly documented: boolean;
}

function exportsOf(entry: string, path: string): Exported[] {
  const source = program.getSourceFile(`${root}/${path}`) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(source) as ts.Symbol;
  return checker
    .getExportsOfModule(module)
    .map((symbol) => describeExport(entry, symbol))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describeExport(entry: string, exported: ts.Symbol): Exported {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const documented = symbol.getDocumentationComment(checker).length > 0;
  const name = exported.name;
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return { entry, name, kind: 'type', text: `type ${name}`, documented };
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const signatures = type.getCallSignatures();
  if (signatures.length === 0) {
    const kind = symbol.flags & ts.SymbolFlags.Class ? 'class' : 'const';
    return { entry, name, kind: 'value', text: `${kind} ${name}`, documented };
  }
  const text = signatures
    .map(
      (signature) =>
        `${name}${checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation)}`,
    )
    .join('\n');
  return { entry, name, kind: 'function', text, documented };
}

const surface = Object.entries(entries).flatMap(([entry, path]) => exportsOf(entry, path));

describe('the public surface', () => {
  test('is the one that was agreed', async () => {
    const listing = Object.keys(entries)
      .map((entry) => {
        const lines = surface.filter((item) => item.entry === entry).map(({ text }) => text);
        return `# ${entry}\n${lines.join('\n')}\n`;
      })
      .join('\n');
    await expect(listing).toMatchFileSnapshot('public-surface.txt');
  });

  test('is documented to the last export', () => {
    expect(surface.filter(({ documented }) => !documented).map(({ name }) => name)).toEqual([]);
  });

  test('has a row in docs/methods.md for every function', () => {
    const page = read('docs/methods.md');
    const rows = new Set([...page.matchAll(/^\| `([A-Za-z0-9]+)`/gm)].map(([, name]) => name));
    const functions = surface.filter(({ kind }) => kind === 'function').map(({ name }) => name);
    expect(functions.filter((name) => !rows.has(name))).toEqual([]);
    expect([...rows].filter((name) => !functions.includes(name as string))).toEqual([]);
  });

  test('names the same entries in the manifest', () => {
    const named = Object.keys(manifest.exports).filter((key) => !key.endsWith('.json'));
    expect(named.map((key) => key.replace(/^\./, 'calibrant'))).toEqual(Object.keys(entries));
  });
});
