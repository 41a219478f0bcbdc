import type { ColumnFinding } from '../core/column-finding.ts';
import { printable } from '../core/errors.ts';
import { rangeText } from '../core/range-text.ts';

/** Lines of a table at most; the rest is counted. */
const mostLines = 24;

interface Line {
  readonly number: string;
  readonly name: string;
  readonly role: string;
  readonly why: string;
}

/** Columns with their roles as lines of text; neighbours that share role and reason share a line. */
export function columnLines(columns: readonly ColumnFinding[]): readonly string[] {
  const lines = joined(columns).map(lineOf);
  const shown = lines.slice(0, mostLines);
  const head: Line = { number: 'column', name: 'name', role: 'role', why: 'why' };
  const wide = (part: keyof Line): number =>
    Math.max(...[head, ...shown].map((line) => [...line[part]].length));
  const [number, name, role] = [wide('number'), wide('name'), wide('role')];
  const hasNames = columns.some((column) => column.name !== undefined);
  return [
    ...[head, ...shown].map((line) =>
      [
        line.number.padEnd(number),
        ...(hasNames ? [line.name.padEnd(name)] : []),
        line.role.padEnd(role),
        line.why,
      ]
        .join('  ')
        .trimEnd(),
    ),
    ...(lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : []),
  ];
}

/** Runs of columns of one role for one reason. */
function joined(columns: readonly ColumnFinding[]): readonly (readonly ColumnFinding[])[] {
  const runs: ColumnFinding[][] = [];
  for (const column of columns) {
    const last = runs.at(-1);
    const before = last?.[0];
    if (last !== undefined && before?.role === column.role && before.why === column.why) last.push(column);
    else runs.push([column]);
  }
  return runs;
}

function lineOf(run: readonly ColumnFinding[]): Line {
  const first = run[0]!;
  const last = run.at(-1)!;
  const isOne = run.length === 1;
  return {
    number: isOne ? String(first.number) : `${first.number}..${last.number}`,
    name: isOne || first.name === undefined ? nameOf(first) : rangeText(first.name, last.name ?? ''),
    role: first.role,
    why: first.why,
  };
}

function nameOf({ name }: ColumnFinding): string {
  if (name === undefined) return '';
  return /^[\p{L}\p{N}_.]+$/u.test(name) ? printable(name) : `"${printable(name)}"`;
}
