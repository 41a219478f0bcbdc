/** One end of a line to another thread: a Node worker, a Web Worker, or the thread that started this one. */
export interface Channel {
  /** Sends a plain record; the buffers named are handed over rather than copied. */
  readonly post: (message: unknown, transfer?: readonly ArrayBuffer[]) => void;
  /** Calls for each message that comes in. Set once, before anything is posted. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Calls when the other thread throws, cannot be started, or ends; with the reason where there is one. */
  readonly onEnd: (listener: (reason: unknown) => void) => void;
  /** Ends the other thread. */
  readonly close: () => void;
}
