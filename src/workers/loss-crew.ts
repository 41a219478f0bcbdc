import { CalibrationError } from '../core/errors.ts';
import { lossPlaces } from '../kernels/kernels-contract.ts';
import type { PackedLogits } from '../kernels/packed-logits.ts';
import { blockSums, blocksOf, type LossBlocks, type PassKind } from '../kernels/temperature-loss.ts';
import type { Channel } from './channel.ts';
import type { LossAnswer, LossRequest } from './loss-messages.ts';
import { reasonText } from './reason-text.ts';

/** Threads that share the passes over one set of rows among them. */
export interface LossCrew {
  /** The sums of all blocks, the same bits whoever makes them. */
  readonly pass: (beta: number, wanted: PassKind) => Promise<Float64Array>;
  readonly close: () => void;
}

/** How a crew does its work. */
export interface CrewOptions {
  /** Stops it: the pass under way is refused with `E_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds a thread may take longer than four times what this one took, before it is given up. Default 5000. */
  readonly patience?: number;
  /** Called once for each thread that is given up, with what it did, such as `ended (out of memory)`. */
  readonly onDismissal?: (why: string) => void;
}

/** A thread with its share of the blocks. */
interface Member {
  readonly rows: LossBlocks;
  /** `undefined` once it has ended: its share is then done here. */
  channel: Channel | undefined;
  /** What to do with the answer to the pass under way. */
  settle: ((sums: Float64Array | undefined) => void) | undefined;
  pass: number;
  readonly onDismissal: CrewOptions['onDismissal'];
}

/**
 * Hands each thread its share of the blocks, of which this thread keeps the first. Blocks never change hands, and each is
 * summed by one thread, so how many there are does not show in the result. What a thread that ends leaves undone is done
 * here.
 */
export function lossCrew(
  packed: PackedLogits,
  channels: readonly Channel[],
  options: CrewOptions = {},
): LossCrew {
  const { signal, patience = 5000, onDismissal } = options;
  const blocks = packed.deepest.length;
  const cut = (share: number): number => Math.floor((blocks * share) / (channels.length + 1));
  const own = blocksOf(packed, 0, cut(1));
  const members = channels.map((channel, k): Member => {
    const rows = blocksOf(packed, cut(k + 1), cut(k + 2));
    const member: Member = { rows, channel, settle: undefined, pass: 0, onDismissal };
    enlist(member, channel);
    return member;
  });
  let id = 0;

  const answerOf = (
    member: Member,
    beta: number,
    wanted: PassKind,
  ): Promise<Float64Array | undefined> | undefined => {
    const { channel } = member;
    if (channel === undefined) return undefined;
    return new Promise((resolve) => {
      member.pass = id;
      member.settle = resolve;
      send(member, { type: 'pass', id, beta, wanted });
    });
  };

  const pass = async (beta: number, wanted: PassKind): Promise<Float64Array> => {
    id += 1;
    const answers = members.map((member) => answerOf(member, beta, wanted));
    const start = performance.now();
    const first = blockSums(own, beta, wanted);
    const timer = setTimeout(
      () => {
        for (const member of members) if (member.settle !== undefined) dismiss(member, 'did not answer');
      },
      patience + 4 * (performance.now() - start),
    );
    try {
      const others = await untilAborted(Promise.all(answers), signal);
      // A share that nobody answered for is made here.
      const sums = others.map((answer, k) => answer ?? blockSums(members[k]!.rows, beta, wanted));
      return joined([first, ...sums]);
    } finally {
      clearTimeout(timer);
    }
  };

  const close = (): void => {
    for (const member of members) dismiss(member);
  };
  return { pass, close };
}

function enlist(member: Member, channel: Channel): void {
  channel.onMessage((message) => {
    if (!isAnswer(message, member.rows)) {
      dismiss(member, 'sent what is no answer');
      return;
    }
    const { id, sums } = message;
    if (id !== member.pass) return;
    const { settle } = member;
    member.settle = undefined;
    settle?.(sums);
  });
  channel.onEnd((reason) => dismiss(member, `ended${reasonText(reason)}`));
  send(member, { type: 'rows', rows: member.rows });
}

/** Posts a request; a thread that cannot be sent it is given up. */
function send(member: Member, request: LossRequest): void {
  try {
    if (request.type === 'pass') member.channel?.post(request);
    else {
      const { rows, transfer } = portable(request.rows);
      member.channel?.post({ type: 'rows', rows } satisfies LossRequest, transfer);
    }
  } catch (reason) {
    dismiss(member, `could not be sent its work${reasonText(reason)}`);
  }
}

/** Ends a thread, and with it the wait for its answer. */
function dismiss(member: Member, why?: string): void {
  const { channel, settle } = member;
  member.channel = undefined;
  member.settle = undefined;
  channel?.close();
  settle?.(undefined);
  if (channel !== undefined && why !== undefined) member.onDismissal?.(why);
}

function isAnswer(message: unknown, { deepest }: LossBlocks): message is LossAnswer {
  if (typeof message !== 'object' || message === null) return false;
  const { id, sums } = message as Partial<LossAnswer>;
  return (
    typeof id === 'number' &&
    sums instanceof Float64Array &&
    sums.length === deepest.length * lossPlaces.count
  );
}

/** Rows that can be sent: shared memory as it is, everything else as a copy that is handed over. */
function portable(rows: LossBlocks): { readonly rows: LossBlocks; readonly transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const ready = <Store extends Float64Array | Float32Array>(values: Store): Store => {
    if (typeof SharedArrayBuffer !== 'undefined' && values.buffer instanceof SharedArrayBuffer) return values;
    const copy = values.slice() as Store;
    transfer.push(copy.buffer as ArrayBuffer);
    return copy;
  };
  const { cells, largest, deepest, weights } = rows;
  return {
    rows: {
      ...rows,
      cells: ready(cells),
      largest: ready(largest),
      deepest: ready(deepest),
      weights: weights === undefined ? undefined : ready(weights),
    },
    transfer,
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      const what = 'stopped on request; nothing was written';
      reject(new CalibrationError('E_ABORTED', { what, cause: signal.reason }));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
