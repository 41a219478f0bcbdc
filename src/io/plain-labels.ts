/** Whole numbers up to here are looked up. */
const known = 65_536;

/** Reads the texts of labels; those that are small whole numbers are made once. */
export function plainLabels(): (bytes: Uint8Array, from: number, to: number) => string {
  const textOf = wholeTexts();
  return (bytes, from, to) => {
    let value = 0;
    let at = from;
    for (; at < to && value < known; at += 1) {
      const digit = bytes[at]! - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    // A leading zero is part of a label's text.
    if (at === to && to > from && value < known && (to === from + 1 || bytes[from] !== 0x30)) {
      return textOf(value);
    }
    return asciiText(bytes, from, to);
  };
}

/** The texts of whole numbers below 65,536, made once. */
export function wholeTexts(): (value: number) => string {
  const wholes: string[] = [];
  return (value) => {
    wholes[value] ??= String(value);
    return wholes[value]!;
  };
}

export function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let place = from; place < to; place += 1) text += String.fromCharCode(bytes[place]!);
  return text;
}
