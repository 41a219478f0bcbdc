import { afterAll, describe, expect, test } from 'vitest';
import * as browser from '../../src/browser/index.ts';
import * as main from '../../src/index.ts';
import * as interop from '../../src/interop/index.ts';
import * as node from '../../src/node/index.ts';
import * as plots from '../../src/plots/index.ts';
import * as report from '../../src/report/index.ts';
import { faultsOf, outcomeOf } from './faults-of.ts';
import { validCalls } from './valid-calls.ts';
import { removeValidFiles } from './valid-inputs.ts';

const entries: Readonly<Record<string, object>> = {
  calibrant: main,
  'calibrant/node': node,
  'calibrant/browser': browser,
  'calibrant/report': report,
  'calibrant/plots': plots,
  'calibrant/ml-matrix': interop,
};
const functions = Object.entries(entries).flatMap(([entry, exported]) =>
  Object.entries(exported)
    .filter(([, value]) => typeof value === 'function')
    .map(([name, value]) => [`${entry}#${name}`, value as (...args: unknown[]) => unknown] as const),
);
/** Neither takes data: one is an error, the other no arguments. */
const exempt = ['calibrant#CalibrationError', 'calibrant/node#removeTemporaries'];

afterAll(removeValidFiles);

describe('wrong types in any argument', () => {
  test('every export has a valid call', async () => {
    const named = Object.entries(validCalls).flatMap(([entry, calls]) =>
      Object.keys(calls).map((name) => `${entry}#${name}`),
    );
    expect(functions.map(([name]) => name).sort()).toEqual(named.sort());
  });

  test.each(functions.filter(([name]) => !exempt.includes(name)))('%s refuses them', async (name, run) => {
    const [entry, own] = name.split('#') as [string, string];
    await outcomeOf(() => run(...validCalls[entry]![own]!()));
    expect(await faultsOf(name, run)).toEqual([]);
  });
});
