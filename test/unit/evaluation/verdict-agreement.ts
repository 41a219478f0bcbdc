import type { Change, Evaluation } from '../../../src/evaluation/evaluation.ts';

/**
 * What in a verdict does not agree with the figures beside it; empty where all does. Written from the meaning of the fields and
 * the words of the sentences alone, so that it cannot repeat a mistake of the code that wrote them.
 */
export function disagreements({
  verdict,
  test,
  before,
  binary,
  changes,
  savedTemperature,
}: Evaluation): string[] {
  const found: string[] = [];
  const check = (name: string, holds: boolean): void => {
    if (!holds) found.push(name);
  };
  const { outcome, direction, headline, details } = verdict;
  const rejects = test.pValue <= 1 - before.reliability.level && test.direction !== 'none';

  check('direction follows the test', direction === (rejects ? test.direction : 'balanced'));
  check('the record holds the test', verdict.test === test);
  // Where it is in doubt what the numbers are, the headline claims nothing.
  if (outcome === 'in-doubt') return found;
  const [over, under, none] =
    binary === 'positive'
      ? [/ are too extreme/, / are too moderate/, /with no sign/]
      : [/^Overconfident/, /^Underconfident/, /^No sign/];
  check('the sentence names over', over.test(headline) === (direction === 'overconfident'));
  check('the sentence names under', under.test(headline) === (direction === 'underconfident'));
  check('no sign means no rejection', none.test(headline) !== rejects);
  check('the p-value is printed', headline.includes(`(${pPrinted(test.pValue)})`));
  const gap = before.frequency - before.meanConfidence;
  if (/^Overconfident by/.test(headline)) check('points over', gap < 0);
  if (/^Underconfident by/.test(headline)) check('points under', gap > 0);

  const dismisses = /not worth|keep the scores|within noise:/.test(headline);
  check('a rejected hypothesis is not dismissed', !(rejects && dismisses && outcome !== 'worse'));
  if (changes === null) check('as it was', outcome === 'as-is');
  else {
    const loss = changes.nll.difference === null ? changes.brier : changes.nll;
    const ece = changes.eceDebiased;
    const others = Object.values(changes).filter((change) => change !== loss);
    const rejected = rejectedByHolm(others, 1 - before.reliability.level);
    if (loss.pValue !== null && loss.pValue <= 1 - before.reliability.level + 1e-12) rejected.add(loss);
    for (const [name, change] of Object.entries(changes)) {
      check(`${name}: 0 inside means noise`, change.withinNoise || !holdsZero(change));
      check(`${name}: noise is the corrected p`, change.withinNoise === !rejected.has(change));
      check(`${name}: value inside`, holdsValue(change));
    }
    if (outcome === 'improved') check('improved means a loss fell beyond noise', fell(loss));
    if (outcome === 'unchanged') {
      check('unchanged means noise', !fell(loss) && !rose(loss) && !fell(ece) && !rose(ece));
      check('unchanged means no sign', !rejects);
    }
    if (outcome === 'worse') check('worse means something rose', rose(loss) || rose(ece));
    if (fell(loss)) check('a loss that fell is not hidden', ['improved', 'uncertain'].includes(outcome));
    if (rose(loss)) check('a loss that rose is not hidden', outcome === 'worse');
    if (/lowers the (NLL|Brier)/.test(headline)) check('says lowers', fell(loss));
    if (/raises the (NLL|Brier)/.test(headline)) check('says raises', rose(loss));
    if (/(lowers|and) the debiased ECE[^;]*$/.test(headline) && outcome === 'improved')
      check('ECE fell', fell(ece));
    if (/raises the debiased ECE/.test(headline)) check('ECE rose', rose(ece));
    if (/gains is uncertain/.test(headline))
      check('uncertain', outcome === 'uncertain' && rejects && !fell(loss));
  }
  const named = [...headline.matchAll(/T = ([\d.e+-]*\d)/g)].map(([, text]) => Number(text));
  check(
    'one temperature, the saved one',
    named.every((t) => savedTemperature !== null && isShort(t, savedTemperature)),
  );
  check('no temperature nearby', !headline.includes('T near'));
  check(
    'sentences end',
    [headline, ...details].every((sentence) => sentence.endsWith('.')),
  );
  check(
    'no gaps in the text',
    ![headline, ...details].some((text) => /NaN|undefined|null|Infinity/.test(text)),
  );
  return found;
}

function pPrinted(p: number): string {
  return p < 1e-4 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}

function isShort(printed: number, value: number): boolean {
  return printed === Number(value.toPrecision(3));
}

function holdsZero({ interval }: Change): boolean {
  return interval === null || (interval[0] <= 0 && interval[1] >= 0);
}

/** Holm's procedure as he wrote it: the smallest p against α/m, the next against α/(m − 1), until one fails. */
function rejectedByHolm(changes: readonly Change[], alpha: number): Set<Change> {
  const made = changes.filter(({ pValue }) => pValue !== null).sort((a, b) => a.pValue! - b.pValue!);
  const kept = made.findIndex(({ pValue }, at) => pValue! * (made.length - at) > alpha + 1e-12);
  return new Set(kept < 0 ? made : made.slice(0, kept));
}

function holdsValue({ interval, difference }: Change): boolean {
  return interval === null || (interval[0] <= difference! && difference! <= interval[1]);
}

function fell(change: Change): boolean {
  return !change.withinNoise && change.difference! < 0;
}

function rose(change: Change): boolean {
  return !change.withinNoise && change.difference! > 0;
}
