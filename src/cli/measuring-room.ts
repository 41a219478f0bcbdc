import { ifRoom, type Room, roomOf } from '../core/room.ts';
import { measuringMemory } from '../node/memory-limit.ts';
import type { InputFlags } from './input-options.ts';
import type { LabelledInput } from './load-input.ts';

/**
 * Bytes that measures keep of a row in memory at most: its scores in two orders, sorted values, and draws of its outcome; and of
 * the row after a calibrator. Measured with all measures of a million rows.
 */
const bytesPerRow = { once: 300, after: 200 } as const;

/** What there is for the measures of a set. */
export type MeasuringRoom =
  /** It stands in memory, and so does what is worked out of it. */
  | { readonly isEnough: true; readonly room: undefined }
  /** It is in storage, and this is left beside what is kept of each row. */
  | { readonly isEnough: true; readonly room: Room }
  /** Not even that has room. */
  | { readonly isEnough: false };

/**
 * The memory for the measures of a set.
 *
 * @param isPaired Whether the rows are judged before and after a calibrator.
 */
export function measuringRoom(
  { set }: LabelledInput,
  { maxMemory }: InputFlags,
  isPaired: boolean,
): MeasuringRoom {
  if (set.isInMemory) return { isEnough: true, room: undefined };
  const room = roomOf(measuringMemory(maxMemory));
  const taken = ifRoom(() => {
    room.take((bytesPerRow.once + (isPaired ? bytesPerRow.after : 0)) * set.scores.rows);
    return room;
  });
  return taken === undefined ? { isEnough: false } : { isEnough: true, room: taken };
}
