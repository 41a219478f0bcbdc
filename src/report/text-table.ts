/** Characters a cell takes on a terminal, counting every code point as one. */
export function textWidth(text: string): number {
  return [...text].length;
}

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Breaks text into lines of at most `width` characters between words; a longer word is cut, `7.9 %` and `T = 2` are not. */
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
  const characters = [...word];
  if (characters.length <= width) return [word];
  const count = Math.ceil(characters.length / width);
  return Array.from({ length: count }, (_, i) => characters.slice(i * width, (i + 1) * width).join(''));
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
};

/** Our own typography in ASCII; the user's characters stay. */
export function asciiText(text: string): string {
  return text.replaceAll(/[−–—·±→“”●…Σ]/g, (character) => substitutes[character]!);
}
