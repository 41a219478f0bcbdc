/** A count of rows or cells and the line of the first. */
export interface Tally {
  readonly count: number;
  readonly firstLine: number;
}

/** Counts, and remembers the first line. */
export interface Counter {
  readonly add: (line: number) => void;
  readonly tally: () => Tally;
}

export function tally(): Counter {
  let count = 0;
  let firstLine = 0;
  return {
    add: (line) => {
      if (count === 0) firstLine = line;
      count += 1;
    },
    tally: () => ({ count, firstLine }),
  };
}
