import { cubicMinimizer, secantZero } from './interpolate.ts';

/**
 * What a line search knows: the best acceptable step `low`, whose slope points to `high`, and the step `high` that
 * bounds the search on the other side (`Infinity` while nothing does). One record serves a whole minimisation.
 */
export interface LineBracket {
  lowStep: number;
  lowValue: number;
  lowSlope: number;
  highStep: number;
  highValue: number;
  highSlope: number;
  /** The low step before this one, for extrapolation. */
  previousStep: number;
  previousSlope: number;
  /** Factor the next extrapolation may grow by; squared each time it is used up, so that any scale is reached soon. */
  growth: number;
  /** Fraction of the width kept when retreating; squared each time the retreat was not far enough. */
  shrink: number;
  /** Trials in a row that moved `high` and left `low` where it was. */
  cuts: number;
  /** Widths one and two trials ago. */
  widthBefore: number;
  widthTwoBefore: number;
}

const firstGrowth = 4;
const firstShrink = 0.25;
/** Cuts in a row after which interpolation has misjudged the scale and retreat takes over. */
const patience = 3;
/** Trials keep this fraction of the width away from the ends, so that every trial narrows the bracket. */
const margin = 0.05;
/** The bracket must shrink to this fraction in two trials, or it is halved (Moré and Thuente 1994). */
const enoughShrinkage = 0.66;
/** Ends further apart than this factor are halved geometrically: the scale is unknown, not the digits. */
const wide = 16;

/** A bracket at step 0 with the given value and slope, open above; reuses the record. */
export function openBracket(bracket: LineBracket, value: number, slope: number): void {
  bracket.lowStep = 0;
  bracket.lowValue = value;
  bracket.lowSlope = slope;
  bracket.highStep = Number.POSITIVE_INFINITY;
  bracket.highValue = Number.NaN;
  bracket.highSlope = Number.NaN;
  bracket.previousStep = 0;
  bracket.previousSlope = slope;
  bracket.growth = firstGrowth;
  bracket.shrink = firstShrink;
  bracket.cuts = 0;
  bracket.widthBefore = Number.POSITIVE_INFINITY;
  bracket.widthTwoBefore = Number.POSITIVE_INFINITY;
}

/** Makes a worse or undefined trial the far end. */
export function cutAt(bracket: LineBracket, step: number, value: number, slope: number): void {
  bracket.highStep = step;
  bracket.highValue = value;
  bracket.highSlope = slope;
  if (bracket.cuts > 0) bracket.shrink *= bracket.shrink;
  bracket.cuts += 1;
}

/** Makes a better trial the near end; where its slope points back, the old near end becomes the far one. */
export function moveTo(bracket: LineBracket, step: number, value: number, slope: number): void {
  if (slope * Math.sign(bracket.highStep - step) >= 0) {
    bracket.highStep = bracket.lowStep;
    bracket.highValue = bracket.lowValue;
    bracket.highSlope = bracket.lowSlope;
  }
  bracket.previousStep = bracket.lowStep;
  bracket.previousSlope = bracket.lowSlope;
  bracket.lowStep = step;
  bracket.lowValue = value;
  bracket.lowSlope = slope;
  bracket.shrink = firstShrink;
  bracket.cuts = 0;
}

/** The next step to try. `noise` is the difference of values below which only slopes are believed. */
export function nextTrial(bracket: LineBracket, noise: number): number {
  return bracket.highStep === Number.POSITIVE_INFINITY ? beyond(bracket) : inside(bracket, noise);
}

function beyond(bracket: LineBracket): number {
  const { lowStep, growth } = bracket;
  const zero = secantZero(bracket.previousStep, bracket.previousSlope, lowStep, bracket.lowSlope);
  if (zero > lowStep && zero < growth * lowStep) return Math.max(zero, 1.1 * lowStep);
  bracket.growth *= growth;
  return growth * lowStep;
}

function inside(bracket: LineBracket, noise: number): number {
  const { lowStep, highStep } = bracket;
  const width = highStep - lowStep;
  const shrinksTooSlowly = Math.abs(width) > enoughShrinkage * bracket.widthTwoBefore;
  bracket.widthTwoBefore = bracket.widthBefore;
  bracket.widthBefore = Math.abs(width);

  const highKnown = Number.isFinite(bracket.highValue) && Number.isFinite(bracket.highSlope);
  if (bracket.cuts > patience) return lowStep + bracket.shrink * width;
  if (!highKnown && !isWide(bracket)) return lowStep + bracket.shrink * width;
  if (!highKnown || shrinksTooSlowly) return middle(bracket);

  const step = interpolate(bracket, noise);
  if (!Number.isFinite(step)) return middle(bracket);
  const fraction = (step - lowStep) / width;
  return lowStep + Math.min(Math.max(fraction, margin), 1 - margin) * width;
}

function interpolate(bracket: LineBracket, noise: number): number {
  const { lowStep, lowValue, lowSlope, highStep, highValue, highSlope } = bracket;
  return Math.abs(highValue - lowValue) <= noise
    ? secantZero(lowStep, lowSlope, highStep, highSlope)
    : cubicMinimizer(lowStep, lowValue, lowSlope, highStep, highValue, highSlope);
}

function isWide({ lowStep, highStep }: LineBracket): boolean {
  return lowStep > 0 && highStep > 0 && (highStep > wide * lowStep || lowStep > wide * highStep);
}

function middle(bracket: LineBracket): number {
  const { lowStep, highStep } = bracket;
  return isWide(bracket) ? Math.sqrt(lowStep) * Math.sqrt(highStep) : lowStep / 2 + highStep / 2;
}
