/** A way to let messages come in between two pieces of work. */
export interface Turns {
  /** Resolves when what has come in so far has been heard. */
  readonly next: () => Promise<void>;
  readonly close: () => void;
}

/** Turns of the event loop by a message to itself: a timer would take a millisecond or more. */
export function eventTurns(): Turns {
  const { port1, port2 } = new MessageChannel();
  let resume: () => void = () => undefined;
  port1.onmessage = () => resume();
  return {
    next: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(undefined);
      }),
    close: () => port1.close(),
  };
}
