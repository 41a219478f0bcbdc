import { throwIfAborted } from '../core/cancellation.ts';

/**
 * The pieces of a source until the signal fires, also while one is awaited that may never come.
 *
 * @throws CalibrationError `E_ABORTED`.
 */
export async function* untilAborted(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      throwIfAborted(signal);
      const step = await settledOrAborted(iterator.next(), signal);
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // A source that still owes a piece would keep an aborted reader waiting.
    const left = Promise.resolve(iterator.return?.()).catch(() => undefined);
    if (signal?.aborted !== true) await left;
  }
}

async function settledOrAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } catch (cause) {
    throwIfAborted(signal);
    throw cause;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
