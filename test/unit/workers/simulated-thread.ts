import type { Channel } from '../../../src/workers/channel.ts';
import type { LossAnswer, LossRequest } from '../../../src/workers/loss-messages.ts';
import { serveLoss } from '../../../src/workers/serve-loss.ts';

export type Fault =
  | 'none'
  | 'ends at once'
  | 'ends at the second piece'
  | 'never answers'
  | 'answers another question'
  | 'answers nothing that could be sums'
  | 'keeps the memory'
  | 'answers twice'
  | 'takes no piece'
  | 'takes no second piece';

/** The line to a thread in name only, with what a test asks about it. */
export interface SimulatedThread extends Channel {
  readonly isClosed: () => boolean;
  /** Pieces that it was sent, and how many of them were lent their memory. */
  readonly heard: () => number;
  readonly lent: () => number;
  /** Most pieces that waited for their answer at a time. */
  readonly mostUnderWay: () => number;
  /** Ends it, or lets it say something, by itself. */
  readonly end: (reason: unknown) => void;
  readonly say: (message: unknown) => void;
}

/** Its messages are copied as a real one's are, its answers come later. */
export function simulatedThread(fault: Fault): SimulatedThread {
  let listener: (message: unknown) => void = () => undefined;
  let end: (reason: unknown) => void = () => undefined;
  let serve: (message: unknown) => void = () => undefined;
  let [heard, lent, underWay, mostUnderWay] = [0, 0, 0, 0];
  let closed = false;

  const said = (answer: LossAnswer): unknown => {
    if (fault === 'answers another question') return { ...answer, id: answer.id - 1 };
    if (fault === 'answers nothing that could be sums') return null;
    return fault === 'keeps the memory' ? { ...answer, lent: undefined } : answer;
  };
  serveLoss({
    post: (message) => {
      setTimeout(() => {
        underWay -= 1;
        if (closed) return;
        listener(said(message as LossAnswer));
        if (fault === 'answers twice') listener(message);
      }, 1);
    },
    onMessage: (given) => {
      serve = given;
    },
  });
  return {
    post: (message, transfer = []) => {
      if (closed) throw new Error('posted to a thread that has ended');
      const copy: LossRequest = structuredClone(message as LossRequest, { transfer: [...transfer] });
      heard += 1;
      lent += transfer.length;
      if (fault === 'takes no piece' || (fault === 'takes no second piece' && heard === 2)) {
        throw new Error('no room for a copy');
      }
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      if (fault === 'ends at once') setTimeout(() => end(new Error('out of memory')), 0);
      else if (fault === 'ends at the second piece' && heard === 2) setTimeout(() => end(1), 0);
      else if (fault !== 'never answers') serve(copy);
    },
    onMessage: (given) => {
      listener = given;
    },
    onEnd: (given) => {
      end = given;
    },
    close: () => {
      closed = true;
    },
    isClosed: () => closed,
    heard: () => heard,
    lent: () => lent,
    mostUnderWay: () => mostUnderWay,
    end: (reason) => end(reason),
    say: (message) => listener(message),
  };
}
