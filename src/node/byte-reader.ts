/** Bytes that arrive in pieces, taken in the amounts that a format asks for. */
export interface ByteReader {
  /** How many bytes have been taken. */
  readonly position: () => number;
  /** The next bytes in whatever amount they come, never none; `undefined` at the end. */
  readonly piece: () => Promise<Uint8Array | undefined>;
  /** The next `count` bytes, or all that are left. */
  readonly take: (count: number) => Promise<Uint8Array>;
  /** Gives back the bytes taken last. */
  readonly giveBack: (bytes: Uint8Array) => void;
}

/** Reads a source through a {@link ByteReader}. The caller closes the source. */
export function byteReader(source: AsyncIterator<Uint8Array>): ByteReader {
  let waiting: Uint8Array = new Uint8Array(0);
  let taken = 0;
  const piece = async (): Promise<Uint8Array | undefined> => {
    while (waiting.length === 0) {
      const step = await source.next();
      if (step.done === true) return undefined;
      waiting = step.value;
    }
    const bytes = waiting;
    waiting = new Uint8Array(0);
    taken += bytes.length;
    return bytes;
  };
  const giveBack = (bytes: Uint8Array): void => {
    waiting = waiting.length === 0 ? bytes : joined([bytes, waiting]);
    taken -= bytes.length;
  };
  const take = async (count: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    let missing = count;
    while (missing > 0) {
      const bytes = await piece();
      if (bytes === undefined) break;
      if (bytes.length > missing) giveBack(bytes.subarray(missing));
      pieces.push(bytes.subarray(0, missing));
      missing -= pieces.at(-1)!.length;
    }
    return pieces.length === 1 ? pieces[0]! : joined(pieces);
  };
  return { position: () => taken, piece, take, giveBack };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of pieces) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
