import { open } from 'node:fs/promises';

/** Bytes asked of the system at a time. */
const blockSize = 256 * 1024;

/** Bytes read ahead at a time. */
const aheadSize = 512 * 1024;

/** The bytes of a file in order. It is opened at the first piece asked for, and closed at the end or on leaving. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    for (;;) {
      const block = newBlock(blockSize);
      const { bytesRead } = await handle.read(block, 0, blockSize, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/**
 * {@link filePieces} of a regular file for who is done with a piece when asking for the next: while one is looked at, the next is
 * read, and two blocks of memory are all that is used. A piece shorter than a block is one's own.
 */
export async function* filePiecesAhead(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  const blocks = [newBlock(aheadSize), newBlock(aheadSize)] as const;
  const readInto = (k: 0 | 1): Promise<{ readonly bytesRead: number }> => {
    const reading = handle.read(blocks[k], 0, aheadSize, null);
    // Whoever waits for it hears of a failure; nobody may.
    reading.catch(() => undefined);
    return reading;
  };
  let turn: 0 | 1 = 0;
  let reading = readInto(turn);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      const block = blocks[turn];
      turn = turn === 0 ? 1 : 0;
      reading = readInto(turn);
      yield bytesRead < aheadSize ? block.slice(0, bytesRead) : block;
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

function newBlock(size: number): Uint8Array<ArrayBuffer> {
  const { buffer } = Buffer.allocUnsafeSlow(size);
  return new Uint8Array(buffer);
}
