/** Words that programs put before or after a class name in the header of its score. */
const knownPrefix = /^\.?(?:pred|predicted|prob|probs|proba|probability|logit|logits|score|p|class)[_. -]/i;
const knownSuffix = /[_. -](?:pred|prob|proba|probability|logit|logits|score)$/i;

/**
 * The readings of score headers as class names, plainest first: as they stand; without a well-known prefix or suffix
 * that all share (`.pred_cat`, `prob_cat`, `cat_logit`); without whatever else all begin with, up to a mark; or only their numbers,
 * if these are 0..K−1 (`P_BAD1`, `P_BAD0`), or 1..K but not in order.
 */
export function nameReadings(headers: readonly string[]): readonly (readonly string[])[] {
  const readings = [
    headers,
    strippedOf(headers, knownPrefix),
    strippedOf(headers, knownSuffix),
    withoutCommonStart(headers),
    numbersOf(headers, 0),
    permuted(numbersOf(headers, 1), 1),
  ];
  return readings.filter((names) => names !== undefined);
}

/**
 * The reading to publish where the labels do not decide: without well-known prefix or suffix. `undefined` where
 * nothing but column numbers in order would remain, as in `logit_0, logit_1` or `V1, V2`.
 */
export function plainNames(headers: readonly string[]): readonly string[] | undefined {
  const names = strippedOf(headers, knownPrefix) ?? strippedOf(headers, knownSuffix) ?? headers;
  return countsUp(names) ? undefined : names;
}

/** Nothing but column numbers from 0 or 1 in order, behind the same start. */
function countsUp(names: readonly string[]): boolean {
  const parts = names.map((name) => /^(.*?)([0-9]+)$/.exec(name));
  const [first] = parts;
  if (first === null || first === undefined) return false;
  const base = Number(first[2]);
  return (
    (base === 0 || base === 1) &&
    parts.every((part, k) => part !== null && part[1] === first[1] && Number(part[2]) === base + k)
  );
}

function strippedOf(headers: readonly string[], affix: RegExp): readonly string[] | undefined {
  const first = affix.exec(headers[0] ?? '')?.[0];
  if (first === undefined) return undefined;
  const names = headers.map((name) => (affix.exec(name)?.[0] === first ? name.replace(affix, '') : ''));
  return usable(names) ? names : undefined;
}

function withoutCommonStart(headers: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = headers;
  let shared = first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, shared))) shared -= 1;
  const start = /^.*[_. :=([-]/.exec(first.slice(0, shared))?.[0] ?? '';
  if (start === '' || headers.length < 2) return undefined;
  // `P(cat)`, `Prob[cat]` and `P (Species=cat)` close what they open.
  const isClosed = /[([]/.test(start) && headers.every((name) => /[)\]]$/.test(name));
  const names = headers.map((name) => name.slice(start.length, isClosed ? -1 : undefined));
  return usable(names) ? names : undefined;
}

/**
 * The numbers that headers end in, if these count the classes from a base, but not in order; where the base is given, they say more than the places of
 * the columns.
 */
export function numbersInOtherOrder(headers: readonly string[], base: number): readonly string[] | undefined {
  return permuted(numbersOf(headers, base), base);
}

function permuted(names: readonly string[] | undefined, base: number): readonly string[] | undefined {
  return names?.every((name, k) => name === String(k + base)) === true ? undefined : names;
}

function numbersOf(headers: readonly string[], base: number): readonly string[] | undefined {
  const parts = headers.map((name) => /^(.*?)([0-9]+)$/.exec(name));
  const numbers = parts.map((part) => part?.[2] ?? '');
  const isAlike = parts.every((part) => part !== null && part[1] === parts[0]?.[1]);
  const isComplete = headers.every((_, k) => numbers.includes(String(k + base)));
  return isAlike && isComplete ? numbers : undefined;
}

function usable(names: readonly string[]): boolean {
  return !names.includes('') && new Set(names).size === names.length;
}
