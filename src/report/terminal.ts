/** Styles text for a terminal, such as a picocolors function. */
export type Paint = (text: string) => string;

/** How the parts of the terminal text are styled; a part left out is plain. */
export interface TerminalColours {
  readonly strong?: Paint;
  readonly faint?: Paint;
  readonly good?: Paint;
  readonly bad?: Paint;
  /** Overconfident bins. */
  readonly over?: Paint;
  /** Underconfident bins. */
  readonly under?: Paint;
}

/** The options at hand while a block of text is made. */
export interface Terminal {
  readonly width: number;
  readonly colour: Required<TerminalColours>;
  readonly unicode: boolean;
  /** Whether warnings are listed. */
  readonly warnings: boolean;
  /** Text as this terminal can show it. */
  readonly text: (text: string) => string;
  /** Lines indented by some spaces, as wide as the terminal. */
  readonly wrap: (text: string, indent: number) => readonly string[];
}
