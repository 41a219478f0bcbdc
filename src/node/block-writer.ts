/** What blocks are written to: a file by its handle, or by its descriptor. */
export interface Writable {
  readonly write: (
    bytes: Uint8Array,
    offset: number,
    length: number,
  ) => Promise<{ readonly bytesWritten: number }>;
}

/** Bytes gathered before they go to the system. */
const blockSize = 256 * 1024;

/** Writes pieces of any size to a file in large blocks. */
export interface BlockWriter {
  readonly write: (piece: string | Uint8Array) => Promise<void>;
  /** Hands over what is still gathered. */
  readonly flush: () => Promise<void>;
}

/** A {@link BlockWriter} at the current end of a file. Text is written as UTF-8. */
export function blockWriter(handle: Writable): BlockWriter {
  const block = Buffer.allocUnsafeSlow(blockSize);
  let filled = 0;
  const flush = async (): Promise<void> => {
    await writeWhole(handle, block.subarray(0, filled));
    filled = 0;
  };
  const write = async (piece: string | Uint8Array): Promise<void> => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    if (filled + bytes.length > blockSize) await flush();
    if (bytes.length > blockSize) await writeWhole(handle, bytes);
    else {
      block.set(bytes, filled);
      filled += bytes.length;
    }
  };
  return { write, flush };
}

/** The system may take less than it is given, as on a disk that fills up. */
async function writeWhole(handle: Writable, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}
