import { checkBinCount, checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import type { BinClosure, BinRule, BinScheme } from './bin-table.ts';

/** Options of every mean over rows. */
export interface MeanOptions {
  /** N weights ≥ 0, not all 0; each count becomes a sum of weights. Default: every row counts 1. */
  readonly weights?: ArrayLike<number>;
}

/** Names of {@link MeanOptions}. */
export const meanOptionNames: readonly string[] = ['weights'];

/** Options of every binned measure. */
export interface BinOptions extends MeanOptions {
  /** What the scores are. Default `probabilities`. */
  readonly input?: ScoreKind;
  /** Number of bins, a whole number 1..10000. Default 15. */
  readonly bins?: number;
  /** How the edges are laid. Default `equal-width`. */
  readonly scheme?: BinScheme;
  /** Which end of an inner bin belongs to it. Default `right-closed`. */
  readonly edges?: BinClosure;
  /** Coverage of the intervals in the table, inside 0.5..0.9999. Default 0.95. */
  readonly level?: number;
}

/** Names of {@link BinOptions}. */
export const binOptionNames: readonly string[] = ['weights', 'input', 'bins', 'scheme', 'edges', 'level'];

/** A {@link BinRule} with the level of the intervals: all that a table needs besides its rows. */
export interface TableRule extends BinRule {
  readonly level: number;
}

/**
 * Checks options and takes the defaults of the binning.
 *
 * @param allowed Option names the calling function knows, {@link binOptionNames} among them.
 */
export function readBinOptions(options: BinOptions, allowed: readonly string[]): TableRule {
  checkOptionNames(options, allowed);
  const { bins = 15, scheme = 'equal-width', edges = 'right-closed', level = 0.95 } = options;
  checkBinCount(bins);
  checkOneOf('scheme', scheme, ['equal-width', 'equal-mass']);
  checkOneOf('edges', edges, ['right-closed', 'left-closed']);
  checkWithin('level', level, 0.5, 0.9999);
  return { scheme, closure: edges, requested: bins, level };
}
