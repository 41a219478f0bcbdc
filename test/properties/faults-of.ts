import { CalibrationError } from '../../src/core/errors.ts';
import { validCalls } from './valid-calls.ts';

const isFull = process.env['CALIBRANT_FULL'] === '1';

class Hostile extends Error {}

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
const hostile = Object.defineProperty({}, 'temperature', {
  enumerable: true,
  get: () => {
    throw new Hostile('a getter of the caller');
  },
});

/** Values of every type that no argument of the table has. */
const wrongValues: readonly unknown[] = [
  null,
  '/dev/null/text',
  '',
  true,
  Number.NaN,
  -1.5,
  7n,
  Symbol('s'),
  () => 1,
  {},
  [null],
  [[]],
  new Date(0),
  new Map([[1, 2]]),
  Object.create(null),
  Object.create({ temperature: 2 }),
  JSON.parse('{"__proto__": {"temperature": 2}}'),
  cycle,
  hostile,
  Uint16Array.of(1, 2, 3),
  new DataView(new ArrayBuffer(8)),
  undefined,
];

type Path = readonly (string | number)[];

/** Places inside an argument: all fields, the first two values of lists. */
function pathsOf(value: unknown, path: Path = [], depth = 0): Path[] {
  if (depth > 6) return [path];
  if (Array.isArray(value)) {
    return [path, ...value.slice(0, 2).flatMap((inner, i) => pathsOf(inner, [...path, i], depth + 1))];
  }
  const isRecord =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isRecord) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key], depth + 1)),
  ];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const inner = replaced((value as Record<string | number, unknown>)[key], rest, by);
  if (Array.isArray(value)) return value.map((own, i) => (i === key ? inner : own));
  return { ...(value as object), [key]: inner };
}

function isHeld(result: unknown): result is { abandon: () => Promise<void> } {
  return typeof result === 'object' && result !== null && 'abandon' in result;
}

/** Calls a function to the end: promises are awaited, generators drained. */
export async function outcomeOf(call: () => unknown): Promise<unknown> {
  const result = await call();
  if (isHeld(result)) await result.abandon();
  const isIterator =
    typeof result === 'object' && result !== null && 'next' in result && Symbol.iterator in result;
  return isIterator ? [...(result as Iterable<unknown>)] : result;
}

function faultOf(error: unknown): string | undefined {
  if (error instanceof Hostile) return undefined;
  if (!(error instanceof CalibrationError)) return `a bare ${String(error)}`;
  if (error.code.startsWith('E_INTERNAL')) return `a bug of ours: ${error.message}`;
  return /\[object/.test(error.message) ? `unclear: ${error.message}` : undefined;
}

function holdsNaN(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  if (typeof value !== 'object' || value === null || depth > 6) return false;
  if (ArrayBuffer.isView(value)) return value instanceof Float64Array && value.some(Number.isNaN);
  return Object.values(value).some((inner) => holdsNaN(inner, depth + 1));
}

/** What takes a record of another function, of which not every field is read. */
const takesRecord = [
  'applyTemperature',
  'assertUsable',
  'checkCalibratorFits',
  'reportModel',
  'verdict',
  'writeCalibrator',
  'saveCalibrator',
];

/** Of how many wrong values one is tried at a place inside an argument, where calls that go through take long. */
const steps: Readonly<Record<string, number>> = {
  renderHtml: 300,
  renderPng: 300,
  renderSvg: 300,
  compareMeasures: 22,
  measureIntervals: 22,
  measureGroups: 22,
  calibrationTests: 22,
  consistencyTest: 22,
  verdict: 22,
  evaluate: 22,
  evaluateCrossFitted: 22,
  crossFit: 22,
};

interface Attempt {
  readonly what: string;
  readonly isElement: boolean;
  readonly wrong: unknown;
  readonly call: () => unknown;
}

function* attemptsOf(name: string, run: (...args: unknown[]) => unknown): Generator<Attempt> {
  const [entry, own] = name.split('#') as [string, string];
  const make = validCalls[entry]![own]!;
  const valid = make();
  let turn = 0;
  for (const [at, argument] of valid.entries()) {
    for (const path of pathsOf(argument)) {
      const isWhole = isFull || (path.length === 0 && steps[own] === undefined);
      const values = isWhole ? wrongValues : everyFew(wrongValues, turn, steps[own] ?? 11);
      turn += 1;
      for (const wrong of values) {
        const args = make().map((other, k) => (k === at ? replaced(other, path, wrong) : other));
        const where = [`argument ${at}`, ...path].join('.');
        const original = path.reduce<unknown>((inner, key) => (inner as never)[key], argument);
        yield {
          what: `${own}, ${where} = ${shown(wrong)}`,
          isElement: typeof original === 'number' && typeof path.at(-1) === 'number',
          wrong,
          call: () => run(...args),
        };
      }
    }
  }
}

/** A few of the values, others at each turn. */
function everyFew(values: readonly unknown[], turn: number, step: number): readonly unknown[] {
  return values.filter((_, i) => (i + 5 * turn) % step === 0);
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'symbol' || typeof value === 'function'
    ? typeof value
    : `${typeof value} ${String(value)}`;
}

/** Calls a function with wrong values in every place; what went wrong in which call. */
export async function faultsOf(name: string, run: (...args: unknown[]) => unknown): Promise<string[]> {
  const own = name.split('#')[1]!;
  const faults: string[] = [];
  for (const { what, isElement, wrong, call } of attemptsOf(name, run)) {
    try {
      const result = await outcomeOf(call);
      if (holdsNaN(result)) faults.push(`${what}: the result holds NaN`);
      else if (
        isElement &&
        typeof wrong !== 'number' &&
        !(takesRecord.includes(own) || own.startsWith('render'))
      )
        faults.push(`${what}: accepted`);
    } catch (error) {
      const fault = faultOf(error);
      if (fault !== undefined) faults.push(`${what}: ${fault}`);
    }
  }
  return faults;
}
