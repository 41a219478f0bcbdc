import { moduleBytes } from './module-bytes.ts';

/** What the module exports; addresses and sizes in bytes. See `assembly/` for their meaning. */
export interface PlainModule {
  readonly memory: WebAssembly.Memory;
  readonly freeAddress: () => number;
  readonly setPowers: (address: number) => void;
  readonly setLayout: (
    roles: number,
    columns: number,
    scores: number,
    delimiter: number,
    decimalMark: number,
    longestCell: number,
    trimsSpaces: number,
  ) => void;
  readonly readRecords: (from: number, stop: number, values: number, records: number, most: number) => number;
  readonly textEnd: ModuleNumber;
  readonly linesRead: ModuleNumber;
  readonly recordsRead: ModuleNumber;
}
type ModuleNumber = { readonly value: number };

let compiled: WebAssembly.Module | undefined;

/** A module of one's own; `undefined` where the engine has no WebAssembly, no SIMD, or may not compile. */
export function plainModule(): PlainModule | undefined {
  try {
    compiled ??= new WebAssembly.Module(moduleBytes());
    return new WebAssembly.Instance(compiled, {}).exports as unknown as PlainModule;
  } catch {
    // A page's security policy may forbid it, an old engine may not know the instructions.
    return undefined;
  }
}
