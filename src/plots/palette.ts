import type { PlotTheme } from './plot-specification.ts';

/** The parts colours play in a plot. */
export interface Palette {
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly frame: string;
  readonly diagonal: string;
  readonly bar: string;
  readonly point: string;
  /** The area between a bar and the confidence it falls short of, and exceeds. */
  readonly overArea: string;
  readonly underArea: string;
  /** Where confidence exceeds accuracy. */
  readonly over: string;
  readonly band: string;
}

/**
 * Colours by theme. Blue, vermillion and bluish green are told apart with every common colour-vision deficiency
 * (Okabe and Ito 2008); text meets WCAG AA on its background. Within a theme no two parts share a colour, so that a
 * drawn light picture can be turned dark by exchanging colours one for one.
 */
export const palettes: Readonly<Record<PlotTheme, Palette>> = {
  light: {
    background: '#ffffff',
    ink: '#1c2530',
    muted: '#56616f',
    grid: '#e6eaef',
    frame: '#aab3be',
    diagonal: '#6b7786',
    bar: '#bcd6ec',
    point: '#0b5fa5',
    overArea: '#e8a673',
    underArea: '#56b8a3',
    over: '#d55e00',
    band: '#f3ead0',
  },
  dark: {
    background: '#161b22',
    ink: '#e8ecf1',
    muted: '#a8b3c0',
    grid: '#2a323d',
    frame: '#566273',
    diagonal: '#93a0b0',
    bar: '#2d5378',
    point: '#82c4ff',
    overArea: '#9a6340',
    underArea: '#2f8570',
    over: '#ff9d5c',
    band: '#3d3823',
  },
};
