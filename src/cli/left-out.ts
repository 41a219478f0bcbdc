import { CalibrationError } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { MeasureFinding } from '../evaluation/measure-findings.ts';
import { measureLabels } from '../report/measure-labels.ts';
import type { Bound, Limit } from './check-options.ts';
import type { CompatFigures } from './compat-figures.ts';
import type { Measured } from './measured.ts';

/** Said where there is no memory for any measure. */
export function measuresLeftOut(): Notice {
  return leftOut('the figures are shown without the measures that resample all rows');
}

/** Which measures are shown without something for want of memory. */
export function roomNotices({ findings }: Measured): readonly Notice[] {
  const lacking = findings.filter(({ reason }) => reason === 'not-in-memory');
  const named = (of: readonly MeasureFinding[]): string =>
    of.map(({ name }) => measureLabels[name]).join(', ');
  const parts: readonly (readonly [string, readonly MeasureFinding[]])[] = [
    ['not worked out', lacking.filter(({ value }) => value === null)],
    ['not resampled', lacking.filter(({ value, interval }) => value !== null && interval === null)],
    ['shown without the value of a calibrated model', lacking.filter(({ interval }) => interval !== null)],
  ];
  const told = parts
    .filter(([, of]) => of.length > 0)
    .map(([what, of]) => `${named(of)} ${of.length === 1 ? 'is' : 'are'} ${what}`);
  return told.length === 0 ? [] : [leftOut(told.join(', and '))];
}

/** Said where there is no memory for some figures of another library. */
export function figuresLeftOut({ preset }: CompatFigures): Notice {
  return leftOut(`the figures of ${preset.library} are those without the tables of every class`);
}

/**
 * The findings, where every one that is held against a limit could be worked out.
 *
 * @throws CalibrationError `E_MEMORY` where there was no memory for it.
 */
export function inMemory(
  findings: readonly MeasureFinding[],
  limits: readonly Limit[],
  bound: Bound,
): readonly MeasureFinding[] {
  const lacking = findings.find(
    ({ name, reason, value, interval }) =>
      reason === 'not-in-memory' &&
      (value === null || (bound !== 'point' && interval === null)) &&
      limits.some((limit) => limit.name === name),
  );
  if (lacking === undefined) return findings;
  const what = lacking.value === null ? 'the measure' : 'the interval';
  throw new CalibrationError('E_MEMORY', {
    what: `the rows do not fit into memory, and ${what} that a limit applies to (${measureLabels[lacking.name]}) needs tables or probabilities of all classes`,
    hint: 'Raise --max-memory.',
  });
}

/** A notice of what there was no memory for. */
export function leftOut(what: string): Notice {
  return notice(
    'W_MEASURES_LEFT_OUT',
    `the rows do not fit into memory, so ${what}; raise --max-memory for these.`,
  );
}
