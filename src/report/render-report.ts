import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderMarkdown } from './render-markdown.ts';
import { type RenderPngOptions, renderPng } from './render-png.ts';
import { renderSvg } from './render-svg.ts';
import type { ReportModel } from './report-types.ts';

/** What a report can be written as. */
export const reportFormats = ['html', 'md', 'json', 'svg', 'png'] as const;

/** One of {@link reportFormats}. */
export type ReportFormat = (typeof reportFormats)[number];

/** Options of {@link renderReport}; each format takes those that concern it. */
export type RenderReportOptions = RenderPngOptions;

type Renderer = (model: ReportModel, options: RenderReportOptions) => Promise<string | Uint8Array>;

const renderers: Readonly<Record<ReportFormat, Renderer>> = {
  html: renderHtml,
  md: async (model) => renderMarkdown(model),
  json: async (model) => renderJson(model),
  svg: (model, { theme }) => renderSvg(model, theme === undefined ? {} : { theme }),
  png: renderPng,
};

/**
 * Writes a report in the format asked for.
 *
 * @param model From `reportModel`.
 * @param format One of `reportFormats`.
 * @param options See {@link RenderReportOptions}.
 * @returns Text, or bytes for `png`; equal models give equal text.
 * @throws CalibrationError `E_RENDERER` when what draws the pictures is not installed, `E_OPTION`.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderReport, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const text = await renderReport(model, 'md');
 * assert.ok(String(text).startsWith('# Pets'));
 * ```
 */
export async function renderReport(
  model: ReportModel,
  format: ReportFormat,
  options: RenderReportOptions = {},
): Promise<string | Uint8Array> {
  checkOneOf('format', format, reportFormats);
  checkOptionNames(options, ['theme', 'scale', 'fontFiles']);
  return renderers[format](model, options);
}
