import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file below a folder with the given ending, as paths from the project root with forward slashes, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(ending))
    .sort();
}

export function read(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}

export interface Import {
  readonly from: string;
  /** Path from the project root for a local file, the bare specifier otherwise. */
  readonly to: string;
  readonly local: boolean;
  readonly lazy: boolean;
}

/** Static, type-only, re-exporting and dynamic imports of a source file. */
export function importsOf(path: string): Import[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, lazy: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    const local = name.startsWith('.');
    const to = local ? new URL(name, `file:///${path}`).pathname.slice(1) : name;
    found.push({ from: path, to, local, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal as ts.StringLiteral, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function roomOf(path: string): string {
  return path.split('/').length > 2 ? (path.split('/')[1] as string) : '';
}
