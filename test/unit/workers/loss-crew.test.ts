import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { type PackedLogits, packLogits } from '../../../src/kernels/packed-logits.ts';
import { surveyLogits } from '../../../src/kernels/survey.ts';
import { blockSums } from '../../../src/kernels/temperature-loss.ts';
import type { Channel } from '../../../src/workers/channel.ts';
import { lossCrew } from '../../../src/workers/loss-crew.ts';
import { serveLoss } from '../../../src/workers/serve-loss.ts';

/** 11 blocks of rows, the last one short. */
function packedRows(columns: number, isWeighted: boolean): PackedLogits {
  const random = seededRandom(columns);
  const rows = 10 * 4096 + 17;
  const data = Float32Array.from({ length: rows * columns }, () => 8 * random.uniform());
  const labels = Int32Array.from({ length: rows }, () => random.below(columns));
  const weights = isWeighted ? Float64Array.from(labels, (label) => (label % 3) + 0.25) : undefined;
  const scores = { data, rows, columns };
  return packLogits(scores, surveyLogits(scores), labels, weights);
}

type Fault =
  | 'none'
  | 'ends at once'
  | 'ends at the second pass'
  | 'never answers'
  | 'answers another question'
  | 'answers nothing that could be sums'
  | 'takes no rows'
  | 'takes no second pass';

/** A thread in name only: its messages are copied as a real one's are, its answers come later. */
function channelWith(fault: Fault): Channel & { readonly isClosed: () => boolean } {
  let listener: (message: unknown) => void = () => undefined;
  let end: (reason: unknown) => void = () => undefined;
  let serve: (message: unknown) => void = () => undefined;
  let passes = 0;
  let closed = false;
  serveLoss({
    post: (message) => {
      const answer = message as { id: number; sums: Float64Array };
      const id = fault === 'answers another question' ? answer.id - 1 : answer.id;
      const said = fault === 'answers nothing that could be sums' ? null : { ...answer, id };
      setTimeout(() => listener(said), 1);
    },
    onMessage: (given) => {
      serve = given;
    },
  });
  return {
    post: (message) => {
      if (closed) throw new Error('posted to a thread that has ended');
      const copy = structuredClone(message);
      if ((copy as { type: string }).type === 'pass') passes += 1;
      if (fault === 'takes no rows' || (fault === 'takes no second pass' && passes === 2)) {
        throw new Error('no room for a copy');
      }
      if (fault === 'ends at once') setTimeout(() => end(new Error('out of memory')), 0);
      else if (fault === 'ends at the second pass' && passes === 2) setTimeout(() => end(1), 0);
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
  };
}

describe('a crew', () => {
  test.each([1, 2, 3, 7, 10, 30])(
    'of %d threads besides this one makes the sums that one thread makes',
    async (count) => {
      for (const columns of [2, 5]) {
        for (const isWeighted of [false, true]) {
          const packed = packedRows(columns, isWeighted);
          const channels = Array.from({ length: count }, () => channelWith('none'));
          const crew = lossCrew(packed, channels);
          for (const beta of [0.5, 1.25]) {
            expect(await crew.pass(beta, 'derivatives')).toEqual(blockSums(packed, beta, 'derivatives'));
            expect(await crew.pass(beta, 'value')).toEqual(blockSums(packed, beta, 'value'));
          }
          crew.close();
          expect(channels.every((channel) => channel.isClosed())).toBe(true);
        }
      }
    },
  );

  const lost = 'could not be sent its work (no room for a copy)';
  const faults: readonly (readonly [Fault, string])[] = [
    ['ends at once', 'ended (out of memory)'],
    ['ends at the second pass', 'ended (exit code 1)'],
    ['never answers', 'did not answer'],
    ['answers another question', 'did not answer'],
    ['answers nothing that could be sums', 'sent what is no answer'],
    ['takes no rows', lost],
    ['takes no second pass', lost],
  ];
  test.each(faults)('makes the same sums when a thread %s, and says that it %s', async (fault, reason) => {
    const packed = packedRows(4, false);
    const dismissals: string[] = [];
    const crew = lossCrew(packed, [channelWith('none'), channelWith(fault)], {
      // Only silence needs waiting for.
      patience: reason === 'did not answer' ? 20 : 60_000,
      onDismissal: (why) => dismissals.push(why),
    });
    for (const beta of [0.5, 1, 2]) {
      expect(await crew.pass(beta, 'derivatives')).toEqual(blockSums(packed, beta, 'derivatives'));
    }
    crew.close();
    expect(dismissals).toContain(reason);
  });

  test('stops at once when asked to, though a thread never answers', async () => {
    const controller = new AbortController();
    const crew = lossCrew(packedRows(3, false), [channelWith('never answers')], {
      signal: controller.signal,
      patience: 60_000,
    });
    const pass = crew.pass(1, 'value');
    controller.abort();
    await expect(pass).rejects.toThrow(/E_ABORTED: stopped on request/);
    await expect(crew.pass(2, 'value')).rejects.toThrow(/E_ABORTED/);
    crew.close();
  });
});
