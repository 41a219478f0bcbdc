import { open } from 'node:fs/promises';

/** Bytes asked of the system at a time. */
const blockSize = 256 * 1024;

/** The bytes of a file in order. It is opened at the first piece asked for, and closed at the end or on leaving. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    for (;;) {
      const block = Buffer.allocUnsafeSlow(blockSize);
      const { bytesRead } = await handle.read(block, 0, blockSize, null);
      if (bytesRead === 0) return;
      yield new Uint8Array(block.buffer, 0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
