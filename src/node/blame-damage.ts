import { CalibrationError } from '../core/errors.ts';
import type { InputSource } from './input-bytes.ts';

/** Unpacked bytes looked through for damage after contents were refused. */
const searched = 64 * 1024 ** 2;

/**
 * Reads inputs, and says of a packed one whose contents are refused that it is damaged, where it is: a checksum comes
 * only behind the data, so damage may first look like a wrong number.
 *
 * @param read Takes the bytes of the inputs in their order.
 */
export async function blameDamage<Result>(
  inputs: readonly InputSource[],
  read: (sources: readonly AsyncIterable<Uint8Array>[]) => Promise<Result>,
): Promise<Result> {
  const held = inputs.map(({ bytes, packed }) => ({ packed, pieces: bytes[Symbol.asyncIterator]() }));
  try {
    return await read(held.map(({ pieces }) => withoutReturn(pieces)));
  } catch (error) {
    if (isAboutContents(error)) {
      for (const { packed, pieces } of held) if (packed()) await passThrough(pieces);
    }
    throw error;
  } finally {
    for (const { pieces } of held) await pieces.return?.();
  }
}

function isAboutContents(error: unknown): boolean {
  return error instanceof CalibrationError && !/^E_(ABORTED|GZIP|IN)/.test(error.code);
}

/** Leaving the loop over it does not close it. */
function withoutReturn(pieces: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
}

async function passThrough(pieces: AsyncIterator<Uint8Array>): Promise<void> {
  for (let passed = 0; passed < searched; ) {
    const step = await pieces.next();
    if (step.done === true) return;
    passed += step.value.length;
  }
}
