import { CalibrationError } from '../core/errors.ts';
import { plotFont } from '../plots/frame.ts';
import type { PlotSpecification } from '../plots/index.ts';

/** A drawn picture: an SVG element whose root carries nothing but its size, and the size in pixels. */
export interface Drawing {
  /** What stands inside the root element. */
  readonly content: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a specification as SVG with Vega, without a DOM and without the network.
 *
 * @throws CalibrationError `E_RENDERER` when vega, vega-lite or vega-interpreter is not installed.
 */
export async function draw(specification: PlotSpecification): Promise<Drawing> {
  const { vega, vegaLite, expressionInterpreter } = await loadVega();
  const { spec } = vegaLite.compile(specification as unknown as Parameters<typeof vegaLite.compile>[0], {
    logger: vega.logger(vega.None),
  });
  // Interpreted, so that it also works where code may not be made from strings.
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
    logLevel: vega.None,
    loader: noLoader,
  });
  try {
    return tidied(await view.toSVG());
  } finally {
    view.finalize();
  }
}

async function loadVega() {
  try {
    const [vega, vegaLite, { expressionInterpreter }] = await Promise.all([
      import('vega'),
      import('vega-lite'),
      import('vega-interpreter'),
    ]);
    return { vega, vegaLite, expressionInterpreter };
  } catch (cause) {
    throw new CalibrationError('E_RENDERER', {
      what: 'pictures are drawn by the packages vega, vega-lite and vega-interpreter, which cannot be loaded',
      hint: 'Install them with: npm install vega vega-lite vega-interpreter. Markdown and JSON reports need neither.',
      cause,
    });
  }
}

/** Specifications hold their data; whatever asks for more is refused. */
const refuse = (): Promise<never> => Promise.reject(new Error('a report loads nothing'));
const noLoader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/**
 * Takes off what a still picture does not need (roles for interaction, class names, empty paths, the font on every
 * text, digits below a thousandth of a pixel), so that equal figures give equal bytes.
 */
function tidied(svg: string): Drawing {
  const root = /^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"[^>]*>/.exec(svg);
  if (root === null) throw new CalibrationError('E_INTERNAL', { what: 'the drawing has no size' });
  const content = svg
    .slice(root[0].length, svg.lastIndexOf('</svg>'))
    .replaceAll(/<[a-z][^>]*>/g, (tag) =>
      tag
        .replaceAll(/ (?:class|role|aria-[a-z]+)="[^"]*"/g, '')
        .replaceAll(` font-family="${plotFont}"`, '')
        .replaceAll(/\d+\.\d{4,}(?:e-\d+)?/g, (digits) => String(Number(Number(digits).toFixed(3)))),
    )
    .replaceAll(/<path(?: [a-z-]+="[^"]*")* d=""[^>]*\/>/g, '');
  return { content, width: Number(root[1]), height: Number(root[2]) };
}
