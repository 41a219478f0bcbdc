/** Standard input, as users write it for a file to read. */
export const standardInput = '-';

/** Standard output, as users write it for a file to write. */
export const standardOutput = '-';
