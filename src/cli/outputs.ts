import { CalibrationError, printable } from '../core/errors.ts';
import { areSameOutput } from '../node/check-output.ts';
import { checkOutput } from '../node/index.ts';
import type { Session } from './session.ts';
import { standardInput, standardOutput } from './standard-streams.ts';

/**
 * Checks before any work that the outputs can be written: none is an input, two are not one, none stands there already
 * without `--force`, and JSON does not mix with another text on standard output.
 */
export async function checkOutputs(
  { manner }: Session,
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[],
  force: boolean,
): Promise<void> {
  const wanted = outputs.filter((path) => path !== undefined);
  if (new Set(wanted).size < wanted.length) throw twoToOne(wanted[0]!);
  if (manner.json && wanted.includes(standardOutput)) {
    throw new CalibrationError('E_USAGE', {
      what: '--json and an output of - both need standard output',
      hint: 'Name a file.',
    });
  }
  const read = inputs.filter((path) => path !== undefined).filter((path) => path !== standardInput);
  for (const path of wanted) {
    if (path !== standardOutput) await checkOutput(path, { force, inputs: read });
  }
  const [first, second] = wanted.filter((path) => path !== standardOutput);
  if (first !== undefined && second !== undefined && (await areSameOutput(first, second))) {
    throw twoToOne(first, second);
  }
}

function twoToOne(path: string, other = path): CalibrationError {
  const both =
    other === path ? `"${printable(path)}"` : `one file, "${printable(path)}" and "${printable(other)}"`;
  return new CalibrationError('E_USAGE', { what: `two outputs cannot both go to ${both}` });
}

/** Refuses probabilities under a name that promises an archive or packed bytes, which would not be what it says. */
export function refusePacked(path: string | undefined): void {
  const [ending] = /\.(npz|zip|gz)$/i.exec(path ?? '') ?? [];
  if (ending === undefined) return;
  throw new CalibrationError('E_USAGE', {
    what: `probabilities are not written packed, as "${printable(ending)}" says`,
    hint: 'Name a file that ends in .csv or .npy, or pack what goes to standard output.',
    value: path,
  });
}
