import { CalibrationError, printable } from '../core/errors.ts';
import type { PlotPart } from './plot-specification.ts';

/** Refuses what is neither absent nor text: an object would be read by Vega as a signal, that is, as code. */
export function checkText(name: string, value: unknown): asserts value is string | undefined {
  if (value === undefined || typeof value === 'string') return;
  throw new CalibrationError('E_OPTION', {
    what: `option "${name}" must be text, got ${typeof value}`,
    value,
  });
}

/**
 * Text of the caller as a constant of a specification, safe to print and at most so many characters long. Vega's
 * expression parser takes a constant that is `if` or the name of a property which every object inherits (`toString`)
 * for an identifier and gives up; with a space behind it, which is not seen, it is text.
 */
export function drawnText(text: string, length: number): string {
  const shown = cutText(printable(text), length);
  return shown === 'if' || shown in {} ? `${shown} ` : shown;
}

/** The first characters of a text and an ellipsis where it is too long. (Vega's own limit cuts characters in two.) */
export function cutText(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** Width of a character by Vega's guess, in ems. It is higher than most, and decides how wide a picture becomes. */
const characterWidth = 0.8;
const titleSize = 14;
const panelTitleSize = 13;
/** Room beside the panels, for axes, that a title may use. */
const titleRoom = 1.15;
/** The title of a panel may by that guess be wider than it: in truth it is not. */
const panelTitleRoom = 1.4;

/** A title that does not make the picture wider. */
export function drawnTitle(text: string, width: number): PlotPart {
  const length = Math.floor((width * titleRoom) / (titleSize * characterWidth));
  return { text: drawnText(text, length), fontSize: titleSize };
}

/** The title of one panel. */
export function panelTitle(label: string, width: number): PlotPart {
  const length = Math.floor((width * panelTitleRoom) / (panelTitleSize * characterWidth));
  return { text: drawnText(label, length), anchor: 'middle', fontSize: panelTitleSize };
}
