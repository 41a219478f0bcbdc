import { plotFont } from '../plots/frame.ts';
import type { Drawing } from './draw-svg.ts';
import { escapeMarkup } from './escape-markup.ts';

/** What an SVG tells those who do not see it. */
export interface SvgCaption {
  /** Unique in its document. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** A picture in a page grows with its column, but not beyond this, so that its words stay like those around it. */
const largestScale = 1.25;

/** Wraps a drawing as an accessible image. `standalone` adds what a file of its own needs. */
export function svgElement(drawing: Drawing, caption: SvgCaption, place: 'inline' | 'standalone'): string {
  const { content, width, height } = drawing;
  const { id, title, description } = caption;
  const namespace = place === 'standalone' ? ' xmlns="http://www.w3.org/2000/svg"' : '';
  const widest = place === 'inline' ? ` style="max-width:${Math.round(width * largestScale)}px"` : '';
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg${namespace} ${size}${widest} role="img" aria-labelledby="${id}-title ${id}-desc" font-family="${escapeMarkup(plotFont)}">`,
    `<title id="${id}-title">${escapeMarkup(title)}</title>`,
    `<desc id="${id}-desc">${escapeMarkup(description)}</desc>`,
    content,
    '</svg>',
  ].join('');
}
