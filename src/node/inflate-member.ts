import type { ByteReader } from './byte-reader.ts';
import type { GzipErrors } from './gzip-errors.ts';
import { systemCode } from './system-reasons.ts';

/** Unpacked bytes held at a time. */
const pieceSize = 64 * 1024;

/**
 * Unpacks one deflate stream (RFC 1951) and leaves the reader right behind it. Packed bytes are taken only when those
 * before them are used up, so that nothing is owed when the caller stops.
 *
 * @throws CalibrationError `E_GZIP` when it ends early or is no deflate stream.
 */
export async function* inflateMember(reader: ByteReader, errors: GzipErrors): AsyncGenerator<Uint8Array> {
  const start = reader.position();
  // Loaded late, as most files are not packed.
  const { createInflateRaw } = await import('node:zlib');
  const engine = createInflateRaw({ chunkSize: pieceSize });
  const bell = doorbell();
  let failure: unknown;
  let ended = false;
  engine.on('readable', bell.ring);
  engine.on('error', (cause) => {
    failure = cause;
    bell.ring();
  });
  engine.on('end', () => {
    ended = true;
    bell.ring();
  });
  /** What the engine makes until it has done what it was given. */
  const made = async function* (done: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      const before = done();
      for (let bytes = engine.read(); bytes !== null; bytes = engine.read()) yield bytes;
      if (failure !== undefined) throw failure;
      if (before) return;
      await bell.rung();
    }
  };
  try {
    for (let fed = 0; ; ) {
      const packed = await reader.piece();
      if (packed === undefined) break;
      fed += packed.length;
      let used = false;
      engine.write(packed, () => {
        used = true;
        bell.ring();
      });
      yield* made(() => used || ended);
      const left = fed - engine.bytesWritten;
      if (left > 0) {
        reader.giveBack(packed.subarray(packed.length - left));
        return;
      }
    }
    engine.end();
    yield* made(() => ended);
  } catch (cause) {
    if (cause !== failure) throw cause;
    if (systemCode(cause) === 'Z_BUF_ERROR') throw errors.cutOff(reader.position(), cause);
    throw errors.damaged(`the compressed data that begin at byte ${start} do not unpack`, cause);
  } finally {
    engine.destroy();
  }
}

/** Wakes the one who waits; a ring while nobody waits is kept. */
function doorbell(): { readonly ring: () => void; readonly rung: () => Promise<void> } {
  let kept = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      kept = true;
      wake();
    },
    rung: async () => {
      if (!kept) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      kept = false;
    },
  };
}
