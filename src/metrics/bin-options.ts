import { checkBinCount, checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import type { BinClosure, BinIntervalMethod, BinRule, BinScheme } from './bin-table.ts';
import {
  type EventOptions,
  eventOptionNames,
  type ScoreOptions,
  scoreOptionNames,
} from './measure-options.ts';

/** How bins are laid. */
export interface BinLayout {
  /** Number of bins, a whole number 1..10000. Default 15. */
  readonly bins?: number;
  /** How the edges are laid. Default `equal-width`. */
  readonly scheme?: BinScheme;
  /** Which end of an inner bin belongs to it. Default `right-closed`. */
  readonly edges?: BinClosure;
  /** Coverage of the intervals in the table, inside 0.5..0.9999. Default 0.95. */
  readonly level?: number;
  /** How those intervals are made. Default `wilson`. */
  readonly interval?: BinIntervalMethod;
}

const layoutNames: readonly string[] = ['bins', 'scheme', 'edges', 'level', 'interval'];

/** Options of every binned measure of the classes' probabilities. */
export interface BinOptions extends ScoreOptions, BinLayout {}

/** Names of {@link BinOptions}. */
export const binOptionNames: readonly string[] = [...scoreOptionNames, ...layoutNames];

/** Options of every binned measure of one probability per row. */
export interface EventBinOptions extends EventOptions, BinLayout {}

/** Names of {@link EventBinOptions}. */
export const eventBinOptionNames: readonly string[] = [...eventOptionNames, ...layoutNames];

/** A {@link BinRule} with the level of the intervals: all that a table needs besides its rows. */
export interface TableRule extends BinRule {
  readonly level: number;
}

/**
 * Checks options and takes the defaults of the binning.
 *
 * @param allowed Option names the calling function knows, those of the layout among them.
 * @param defaults Where a measure's own defaults differ.
 */
export function readBinOptions(
  options: BinLayout,
  allowed: readonly string[],
  defaults: BinLayout = {},
): TableRule {
  checkOptionNames(options, allowed);
  return layoutRule({ ...defaults, ...options });
}

/** Checks how bins are laid and takes the defaults. */
export function layoutRule(layout: BinLayout = {}): TableRule {
  const {
    bins = 15,
    scheme = 'equal-width',
    edges = 'right-closed',
    level = 0.95,
    interval = 'wilson',
  } = layout;
  checkBinCount(bins);
  checkOneOf('scheme', scheme, ['equal-width', 'equal-mass']);
  checkOneOf('edges', edges, ['right-closed', 'left-closed']);
  checkWithin('level', level, 0.5, 0.9999);
  checkOneOf('interval', interval, ['wilson', 'clopper-pearson']);
  const rule = { scheme, closure: edges, requested: bins, level };
  return interval === 'wilson' ? rule : { ...rule, interval };
}
