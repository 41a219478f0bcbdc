import { columnNames, type KnownRole } from './column-names.ts';

/** Only letters and digits, in lower case, so that `Y_true`, `y-true` and `yTrue` are one name. */
export function nameKey(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

interface KnownName {
  readonly role: KnownRole;
  /** Place among the names of its role. */
  readonly rank: number;
  /** Letters before each of its word breaks. */
  readonly breaks: readonly number[];
}

const namesOfKey: ReadonlyMap<string, readonly KnownName[]> = knownNames();

function knownNames(): Map<string, KnownName[]> {
  const found = new Map<string, KnownName[]>();
  for (const role of Object.keys(columnNames) as KnownRole[]) {
    for (const [rank, name] of columnNames[role].entries()) {
      const key = nameKey(name);
      found.set(key, [...(found.get(key) ?? []), { role, rank, breaks: wordBreaks(name) }]);
    }
  }
  return found;
}

/** Letters and digits before each mark, space or change from small to capital: `y_true`, `yTrue` → 1. */
function wordBreaks(header: string): readonly number[] {
  const breaks: number[] = [];
  let letters = 0;
  for (const word of header.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u)) {
    if (letters > 0 && word !== '') breaks.push(letters);
    letters += word.length;
  }
  return breaks;
}

/** The name of the table that a header is. It may omit word breaks, but not add any: `p_red` is not `pred`. */
function knownName(header: string): KnownName | undefined {
  const breaks = wordBreaks(header);
  return namesOfKey
    .get(nameKey(header))
    ?.find((name) => breaks.every((position) => name.breaks.includes(position)));
}

/** Rank of a label name: lower is preferred; −1 for any other. */
export function labelRank(header: string): number {
  const known = knownName(header);
  return known?.role === 'label' ? known.rank : -1;
}

/** A header that a program gave to a column of row numbers or row names which had none. */
export function isUnnamed(header: string): boolean {
  return /^(?:unnamed: ?[0-9]+(?:\.[0-9]+)?(?:_level_[0-9]+)?)?$/i.test(header.trim());
}

/** Another version of a weight, such as `w10` or `weight_2`. Beside others that count up from 0 or 1 it may name a class all the same. */
export function isNumberedWeight(header: string): boolean {
  const [, start = ''] = /^(.*?\p{L})[_\-. ]?[0-9]+$/u.exec(header.trim()) ?? [];
  return knownName(start)?.role === 'weight';
}

/** What a header says of its column by itself; `undefined` for class names and anything else unknown. */
export function knownRole(header: string): KnownRole | undefined {
  const name = header.trim();
  if (isUnnamed(name) || /^_*index_level_[0-9]+_*$|^#$/i.test(name)) return 'id';
  const known = knownName(name);
  if (known !== undefined) return known.role;
  const isId = /[_\-. ](?:id|ids|idx|uid|uuid)$/i.test(name) || /[a-z](?:ID|Id|Idx|UID)$/.test(name);
  return isId ? 'id' : undefined;
}

/** Whether a word of a header of unknown role says that its column holds what a model answered: `resnet_pred`, `gpt4_guess`, `outputClass`. */
export function soundsPredicted(header: string): boolean {
  return header
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .some((word) =>
      /^(?:y?hat|y?pred(?:s|icts?|ictions?|icted)?|guess(?:ed)?|forecast(?:ed)?|into|most likely|predich[oa]s?|predit[oa]?|prédite?|previst[oa]|vorhergesagte?r?|inferred|outputs?|generated|completion|top1)$/i.test(
        word,
      ),
    );
}

/** Whether the header of a label may as well name what a model answered. */
export function mayBeAnswered(header: string): boolean {
  return /^(?:answer|category|outcome)$/.test(nameKey(header));
}

/** Whether the header of a label leaves no doubt that it is the truth: `label`, `class` and `answer` may be what a model said. */
export function saysTruth(header: string): boolean {
  return /true|truth|gt|gold|actual|target|obs|correct|key|real|human|annotat|test|val|expected|reference|solution|wahr/.test(
    nameKey(header),
  );
}
