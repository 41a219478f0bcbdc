import { lossPlaces } from '../kernels/kernels-contract.ts';
import { addBlockSums } from '../kernels/temperature-loss.ts';
import type { Channel } from './channel.ts';
import type { LossAnswer, LossRequest } from './loss-messages.ts';

/** What a thread does with what it is sent. Between pieces it keeps nothing but the running sums of a share. */
export function serveLoss({ post, onMessage }: Pick<Channel, 'post' | 'onMessage'>): void {
  let running = new Float64Array(0);
  onMessage((message) => {
    const { id, rows, beta, wanted, isFirst, isLast, isLent } = message as LossRequest;
    if (isFirst) running = new Float64Array(rows.deepest.length * lossPlaces.count);
    addBlockSums(rows, beta, wanted, running);
    const sums = isLast ? running : undefined;
    const lent = isLent ? (rows.cells.buffer as ArrayBuffer) : undefined;
    const answer: LossAnswer = { id, sums, lent };
    post(
      answer,
      [sums?.buffer, lent].filter((buffer) => buffer !== undefined),
    );
  });
}
