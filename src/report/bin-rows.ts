import { countText } from '../core/count-text.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { BinRule, ReliabilityBin, ReliabilityBins } from '../metrics/reliability-bins.ts';
import { fixedText, levelText, signedText } from './format-number.ts';
import type { BinRow, BinsTable } from './report-types.ts';

const empty = '—';

/** The reliability table before and after. */
export function binsTable({ before, after }: Evaluation): BinsTable {
  const table = before.reliability;
  const second = after?.reliability ?? null;
  return {
    rule: ruleText(table.rule),
    level: levelText(table.level),
    before: binRows(table),
    after: second === null ? null : binRows(second),
    sameEdges: second !== null && sameEdges(table, second),
  };
}

/** `15 equal-width, right-closed`: how every output names the bins; their intervals too where they are not Wilson's. */
export function ruleText({ requested, scheme, closure, interval, binary }: BinRule): string {
  const of = binary === undefined ? '' : ', of the probability of class 1';
  const rule = `${requested} ${scheme}, ${closure}${of}`;
  return interval === undefined ? rule : `${rule}, Clopper-Pearson intervals`;
}

function binRows(table: ReliabilityBins): readonly BinRow[] {
  const decimals = edgeDecimals(table.bins);
  return table.bins.map((bin) => {
    const { low, high, count, confidence, accuracy, gap, interval } = bin;
    const place = {
      range: `${low.toFixed(decimals)}–${high.toFixed(decimals)}`,
      count,
      rows: countText(count),
    };
    if (confidence === null || accuracy === null || gap === null || interval === null) {
      const blank = { confidence: empty, accuracy: empty, gap: empty, interval: empty };
      return { ...place, ...blank, gapValue: null, beyondNoise: false };
    }
    return {
      ...place,
      confidence: fixedText(100 * confidence, 1),
      accuracy: fixedText(100 * accuracy, 1),
      gap: signedText(100 * gap, 1),
      interval: `${fixedText(100 * interval[0], 1)} to ${fixedText(100 * interval[1], 1)}`,
      gapValue: gap,
      beyondNoise: !(confidence >= interval[0] && confidence <= interval[1]),
    };
  });
}

function sameEdges(a: ReliabilityBins, b: ReliabilityBins): boolean {
  return (
    a.bins.length === b.bins.length &&
    a.bins.every(({ low, high }, i) => low === b.bins[i]!.low && high === b.bins[i]!.high)
  );
}

const mostDecimals = 9;

/** As few decimals as show every edge exactly; where that takes more than three, as few as keep the edges apart. */
function edgeDecimals(bins: readonly ReliabilityBin[]): number {
  const edges = [...new Set(bins.flatMap(({ low, high }) => [low, high]))];
  const shown = (decimals: number): string[] => edges.map((edge) => edge.toFixed(decimals));
  for (let decimals = 1; decimals <= 3; decimals += 1) {
    if (shown(decimals).every((text, i) => Math.abs(Number(text) - edges[i]!) < 1e-12)) return decimals;
  }
  for (let decimals = 3; decimals < mostDecimals; decimals += 1) {
    if (new Set(shown(decimals)).size === edges.length) return decimals;
  }
  return mostDecimals;
}
