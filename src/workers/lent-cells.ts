type Cells = Float64Array | Float32Array;

/** How cells reach a thread: in shared memory where they are, else as copies in memory that is lent to it again and again. */
export class LentCells {
  private readonly most: number;
  private readonly spare: Cells[] = [];

  /** @param most Cells lent at a time. */
  constructor(most: number) {
    this.most = most;
  }

  /** Cells that can be sent; where they are not those given, their memory is handed over and wanted back. */
  lend(cells: Cells): Cells {
    if (isShared(cells)) return cells;
    const room = this.spare.pop() ?? new (storageOf(cells))(this.most);
    room.set(cells);
    return room.subarray(0, cells.length);
  }

  /** Whether this is what must come back for such cells. */
  isReturn(lent: unknown, cells: Cells): lent is ArrayBuffer | undefined {
    if (isShared(cells)) return lent === undefined;
    return lent instanceof ArrayBuffer && lent.byteLength === this.most * cells.BYTES_PER_ELEMENT;
  }

  takeBack(lent: ArrayBuffer, cells: Cells): void {
    this.spare.push(new (storageOf(cells))(lent));
  }
}

function isShared({ buffer }: Cells): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

function storageOf(cells: Cells): new (from: number | ArrayBuffer) => Cells {
  return cells instanceof Float64Array ? Float64Array : Float32Array;
}
