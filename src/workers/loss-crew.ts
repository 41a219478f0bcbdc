import { throwIfAborted } from '../core/cancellation.ts';
import type { PackedLogits } from '../kernels/packed-logits.ts';
import { addBlockSums, type PassKind } from '../kernels/temperature-loss.ts';
import { CrewMember, piecesAhead } from './crew-member.ts';
import { LossPass } from './loss-pass.ts';
import { largestPiece, piecesOf, type Share, sharesOf } from './shares.ts';
import type { PooledThread } from './thread-pool.ts';

/** Threads that share the passes over one set of rows among them. */
export interface LossCrew {
  /**
   * The sums of all blocks, the same bits whoever makes them.
   *
   * @param meanwhile Work of this thread that need not wait for them, with turns in it that let the threads be heard.
   */
  readonly pass: (
    beta: number,
    wanted: PassKind,
    meanwhile?: () => Promise<unknown>,
  ) => Promise<Float64Array>;
  /** Lets the threads go. */
  readonly close: () => void;
}

/** How a crew does its work. */
export interface CrewOptions {
  /** Lets messages of the threads come in, between two pieces of this one's work. */
  readonly nextTurn: () => Promise<void>;
  /** Stops it: the pass under way is refused with `E_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of silence beyond four times what this thread took for its part, before a thread is given up. Default 5000. */
  readonly patience?: number;
  /** Called once for each thread that is given up, with what it did, such as `ended (out of memory)`. */
  readonly onDismissal?: (why: string) => void;
}

/**
 * Deals the blocks of each pass to whoever is free, this thread among them. Each block is summed by one thread, so neither
 * their number nor who did what shows in the result. What a thread that ends leaves undone is done by the others.
 */
export function lossCrew(
  packed: PackedLogits,
  threads: readonly PooledThread[],
  options: CrewOptions,
): LossCrew {
  const { nextTurn, signal, patience = 5000, onDismissal } = options;
  const shares = sharesOf(packed);
  const most = largestPiece(packed.columns, shares);
  let wake: () => void = () => undefined;
  const members = threads.map(
    (thread) =>
      new CrewMember(packed, thread, most, (why) => {
        if (why !== undefined) onDismissal?.(why);
        wake();
      }),
  );

  const doShare = async (share: Share, work: LossPass): Promise<void> => {
    for (const { rows } of piecesOf(packed, share)) {
      addBlockSums(rows, work.beta, work.wanted, work.placeOf(share));
      await nextTurn();
      throwIfAborted(signal);
    }
  };

  /** Waits until a thread answers, ends, or is given up. */
  const change = async (limit: number): Promise<void> => {
    throwIfAborted(signal);
    const timer = setTimeout(() => {
      for (const member of members) if (member.isBusy()) member.dismiss('did not answer');
    }, limit);
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const stop = (): void => wake();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await changed;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
    throwIfAborted(signal);
  };

  const pass = async (
    beta: number,
    wanted: PassKind,
    meanwhile?: () => Promise<unknown>,
  ): Promise<Float64Array> => {
    throwIfAborted(signal);
    const work = new LossPass(beta, wanted, shares, members.length + 1);
    for (const member of members) member.join(work);
    for (let k = 0; k < piecesAhead; k += 1) for (const member of members) member.sendNext();
    await meanwhile?.();
    let own = 0;
    for (;;) {
      const share = work.take();
      const start = performance.now();
      if (share !== undefined) {
        await doShare(share, work);
        own += performance.now() - start;
      } else if (members.some((member) => member.isBusy())) await change(patience + 4 * own);
      else return work.sums;
    }
  };

  const close = (): void => {
    for (const member of members) member.release();
  };
  return { pass, close };
}
