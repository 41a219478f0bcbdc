import { javascriptKernels } from './javascript-kernels.ts';
import type { Kernels } from './kernels-contract.ts';
import { webassemblyKernels } from './webassembly-kernels.ts';

let chosen: Kernels | undefined;

/** The fastest kernels this engine runs: WebAssembly with SIMD, else JavaScript. */
export function kernels(): Kernels {
  chosen ??= webassemblyKernels() ?? javascriptKernels;
  return chosen;
}
