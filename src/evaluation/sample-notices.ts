import { countedText } from '../core/count-text.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { StoredSet } from '../core/stored-set.ts';

/** Fewer rows than this are too few to trust an ECE, or to tell odd numbers from chance. */
const fewRows = 100;

/** Labels read at a time. */
const atOnce = 4096;

/** Warnings about rows that are too few, or all of one class, to say much. */
export function sampleNotices(set: StoredSet): {
  readonly fewRows: Notice | undefined;
  readonly oneClass: Notice | undefined;
} {
  return { fewRows: fewRowsNotice(set), oneClass: oneClassNotice(set) };
}

function fewRowsNotice({ scores: { rows } }: StoredSet): Notice | undefined {
  if (rows >= fewRows) return undefined;
  return notice(
    'W_FEW_ROWS',
    `${countedText(rows, 'row')}; ${fewRows} or more are advised, with fewer the figures are mostly noise and a misread file is hard to detect.`,
  );
}

function oneClassNotice({ labels, classNames }: StoredSet): Notice | undefined {
  const first = labels.read(0, 1)[0]!;
  for (let from = 0; from < labels.length; from += atOnce) {
    const some = labels.read(from, Math.min(from + atOnce, labels.length));
    if (!some.every((label) => label === first)) return undefined;
  }
  return notice(
    'W_ONE_CLASS',
    `${labels.length === 1 ? 'the only label is' : `all ${labels.length} labels are`} class ${classNames[first] ?? first}; figures and temperature say nothing about other classes.`,
  );
}
