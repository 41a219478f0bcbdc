import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** Copies of a set of cases that are looked for at most. */
const mostCopies = 20;

/** So few labels may come again by chance or by design. */
const fewestCases = 50;

/** Labels must change so often, and so much more often than there are classes: sorted rows of equal classes are no copies. */
const fewestRuns = 20;
const runsPerClass = 2;

/** More rows than this, which would take more memory, are not compared. */
const mostRows = 2 ** 17;

/**
 * Labels that come again in the same order, set after set or side by side: the file may hold the same cases for several models, epochs or
 * augmentations.
 */
export const repeatedLabels: Check = ({ set, place }) => ({
  conclude: () => {
    const { rows } = set.scores;
    if (rows < 2 * fewestCases || rows > mostRows) return undefined;
    const labels = set.labels.read(0, rows);
    for (let copies = 2; copies <= mostCopies && rows / copies >= fewestCases; copies += 1) {
      if (rows % copies !== 0) continue;
      const cases = rows / copies;
      const isStacked = hasPeriod(labels, cases) && areMixed(labels.subarray(0, cases));
      const isWoven = !isStacked && areGroups(labels, copies);
      if (!isStacked && !isWoven) continue;
      const how = isStacked
        ? `the labels of rows 1 to ${cases} come again in the same order ${copies === 2 ? 'in all others' : `${copies - 1} times`}`
        : `labels change only after every ${copies} rows`;
      return notice(
        'W_REPEATED_LABELS',
        `${how}, so the rows may be ${cases} cases scored ${copies} times, by several models or epochs or with other inputs; give the rows of one model, or pass --clusters with a column that names the cases.`,
        place,
      );
    }
    return undefined;
  },
});

function hasPeriod(labels: Int32Array, period: number): boolean {
  for (let i = period; i < labels.length; i += 1) if (labels[i] !== labels[i - period]) return false;
  return true;
}

/** Whether labels change often enough, and do not go round in a shorter circle. */
function areMixed(labels: Int32Array): boolean {
  if (runsOf(labels) < Math.max(fewestRuns, runsPerClass * new Set(labels).size)) return false;
  for (let period = 1; 2 * period <= labels.length; period += 1) if (hasPeriod(labels, period)) return false;
  return true;
}

/** Whether every so many rows have one label, and these labels are like those of cases in any order. */
function areGroups(labels: Int32Array, size: number): boolean {
  for (let i = 0; i < labels.length; i += 1) if (labels[i] !== labels[i - (i % size)]) return false;
  return areMixed(labels.filter((_, i) => i % size === 0));
}

function runsOf(labels: Int32Array): number {
  let runs = 1;
  for (let i = 1; i < labels.length; i += 1) if (labels[i] !== labels[i - 1]) runs += 1;
  return runs;
}
