import { blockSums, type LossBlocks } from '../kernels/temperature-loss.ts';
import type { Channel } from './channel.ts';
import type { LossAnswer, LossRequest } from './loss-messages.ts';

/** What a thread does with what it is sent: it keeps its rows, and makes the passes asked for over them. */
export function serveLoss({ post, onMessage }: Pick<Channel, 'post' | 'onMessage'>): void {
  let rows: LossBlocks | undefined;
  onMessage((message) => {
    const request = message as LossRequest;
    if (request.type === 'rows') {
      rows = request.rows;
      return;
    }
    const sums = Float64Array.from(blockSums(rows!, request.beta, request.wanted));
    const answer: LossAnswer = { id: request.id, sums };
    post(answer, [sums.buffer]);
  });
}
