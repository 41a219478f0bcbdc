/** A stream that text goes to. */
export interface TextSink {
  /** Resolves when the other side can take more. */
  readonly write: (piece: string | Uint8Array) => Promise<void>;
  /** Whether anybody still reads; what is written after that is lost. */
  readonly isOpen: () => boolean;
  readonly isTerminal: boolean;
  /** Width of the terminal in characters, where it is one. */
  readonly columns: number | undefined;
  /** Whether colours are welcome. */
  readonly colours: boolean;
  /** Whether it shows more than ASCII. */
  readonly unicode: boolean;
}

/** All that a command touches of the process it runs in, so that it can run inside another. */
export interface CommandIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Fires when whoever runs the command wants it to stop; a process of its own is stopped by the system. */
  readonly signal: AbortSignal;
  /** Milliseconds on any clock that does not run backwards. */
  readonly now: () => number;
}
