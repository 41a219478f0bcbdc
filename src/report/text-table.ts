import { codePointText } from './visible-text.ts';

const noCell = /^(?:\p{M}|[\u200B-\u200F])$/u;
const twoCells =
  /^[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]$/u;

/** Cells a text takes on a terminal: none for a combining mark, two for an ideograph or an emoji, one for the rest. */
export function textWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += noCell.test(character) ? 0 : twoCells.test(character) ? 2 : 1;
  return cells;
}

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Breaks text into lines of at most `width` cells between words; a longer word is cut, `7.9 %` and `T = 2` are not. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<!=) (?![%=])/).flatMap((long) => pieces(long, width))) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (textWidth(part + character) > width) {
      parts.push(part);
      part = character;
    } else part += character;
  }
  return [...parts, part];
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/** A bar from the left that fills `share` of `width` cells: in eighths of a cell, or in halves as `##-` in ASCII. */
export function bar(share: number, width: number, unicode: boolean): string {
  const cells = Math.min(1, Math.max(0, share)) * width;
  const full = Math.floor(cells);
  if (!unicode) return '#'.repeat(full) + (cells - full >= 0.5 ? '-' : '');
  return '█'.repeat(full) + eighths[Math.round((cells - full) * 8)]!;
}

const substitutes: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '·': '|',
  '±': '+/-',
  '→': '->',
  '“': '"',
  '”': '"',
  '●': '*',
  '…': '...',
  Σ: 'sum',
  '∞': 'inf',
};

/** Text in ASCII alone: our own typography by its nearest likeness, every other character as `\u00E9`. */
export function asciiText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (character) => substitutes[character] ?? codePointText(character));
}
