import { lossPlaces } from '../kernels/kernels-contract.ts';
import type { LossBlocks } from '../kernels/temperature-loss.ts';
import { LentCells } from './lent-cells.ts';
import type { LossAnswer, LossRequest } from './loss-messages.ts';
import type { LossPass } from './loss-pass.ts';
import { reasonText } from './reason-text.ts';
import { type Piece, piecesOf, type Share } from './shares.ts';
import type { PooledThread } from './thread-pool.ts';

/** Pieces that a thread has at a time, so that it never waits for the next one. */
export const piecesAhead = 3;

/** A thread at work on one set of rows. */
export class CrewMember {
  private readonly packed: LossBlocks;
  private readonly thread: PooledThread;
  private readonly onChange: (why?: string) => void;
  private pass: LossPass | undefined;
  /** The pieces of the share that it is being sent. */
  private pieces: Iterator<Piece, undefined> | undefined;
  /** What it has not answered yet, in the order sent. */
  private readonly sent: Piece[] = [];
  /** Shares that it has not finished. */
  private readonly held = new Set<Share>();
  private id = 0;
  private readonly cells: LentCells;
  private isGone = false;

  /**
   * @param most Cells of the largest piece.
   * @param onChange Called when it has answered, and with the reason when it is given up.
   */
  constructor(packed: LossBlocks, thread: PooledThread, most: number, onChange: (why?: string) => void) {
    this.packed = packed;
    this.thread = thread;
    this.cells = new LentCells(most);
    this.onChange = onChange;
    thread.use(
      (message) => this.receive(message),
      (reason) => this.dismiss(`ended${reasonText(reason)}`),
    );
  }

  isBusy(): boolean {
    return this.sent.length > 0;
  }

  /** Takes part in a pass from now on. */
  join(pass: LossPass): void {
    this.pass = pass;
    this.pieces = undefined;
  }

  /** Sends the thread a further piece, of a share that it has begun or of another, unless it has enough; says whether there was one. */
  sendNext(): boolean {
    if (this.isGone || this.sent.length >= piecesAhead) return false;
    const piece = this.nextPiece();
    if (piece !== undefined) this.send(piece);
    return piece !== undefined;
  }

  /** Gives the thread up; its work is left to others. */
  dismiss(why: string): void {
    if (this.isGone) return;
    this.isGone = true;
    this.thread.close();
    this.sent.length = 0;
    for (const share of this.held) this.pass!.giveBack(share);
    this.onChange(why);
  }

  /** Lets the thread go, for other work unless it has some of this left. */
  release(): void {
    if (this.isGone) return;
    this.isGone = true;
    if (this.isBusy()) this.thread.close();
    else this.thread.release();
  }

  private nextPiece(): Piece | undefined {
    const next = this.pieces?.next();
    if (next !== undefined && next.done !== true) return next.value;
    if (this.held.size > 0 && !this.pass!.isPlentiful()) return undefined;
    const share = this.pass!.take();
    if (share === undefined) return undefined;
    this.held.add(share);
    this.pieces = piecesOf(this.packed, share);
    return this.pieces.next().value;
  }

  private send(piece: Piece): void {
    const { rows, isFirst, isLast } = piece;
    const { beta, wanted } = this.pass!;
    this.id += 1;
    try {
      const cells = this.cells.lend(rows.cells);
      const isLent = cells !== rows.cells;
      const request: LossRequest = {
        id: this.id,
        // Copies, as a view is sent with all the memory behind it.
        rows: {
          ...rows,
          cells,
          largest: rows.largest.slice(),
          deepest: rows.deepest.slice(),
          weights: rows.weights?.slice(),
        },
        beta,
        wanted,
        isFirst,
        isLast,
        isLent,
      };
      this.thread.post(request, isLent ? [cells.buffer as ArrayBuffer] : []);
      this.sent.push(piece);
    } catch (reason) {
      this.dismiss(`could not be sent its work${reasonText(reason)}`);
    }
  }

  private receive(message: unknown): void {
    const piece = this.sent[0];
    if (piece === undefined || !this.isAnswer(message, piece)) {
      this.dismiss('sent what is no answer');
      return;
    }
    const { sums, lent } = message;
    this.sent.shift();
    if (lent !== undefined) this.cells.takeBack(lent, piece.rows.cells);
    if (sums !== undefined) {
      this.pass!.placeOf(piece.share).set(sums);
      this.held.delete(piece.share);
    }
    while (this.sendNext());
    this.onChange();
  }

  private isAnswer(message: unknown, { share, isLast, rows }: Piece): message is LossAnswer {
    if (typeof message !== 'object' || message === null) return false;
    const { id, sums, lent } = message as Partial<LossAnswer>;
    const isWhole =
      sums instanceof Float64Array && sums.length === (share.to - share.from) * lossPlaces.count;
    return (
      id === this.id - this.sent.length + 1 &&
      (isLast ? isWhole : sums === undefined) &&
      this.cells.isReturn(lent, rows.cells)
    );
  }
}
