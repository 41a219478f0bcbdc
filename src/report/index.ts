export { renderHtml } from './render-html.ts';
export { renderJson } from './render-json.ts';
export { renderMarkdown } from './render-markdown.ts';
export { type RenderPngOptions, renderPng } from './render-png.ts';
export {
  type RenderReportOptions,
  type ReportFormat,
  renderReport,
  reportFormats,
} from './render-report.ts';
export { type RenderSvgOptions, renderSvg } from './render-svg.ts';
export { type RenderTerminalOptions, renderTerminal } from './render-terminal.ts';
export { reportModel } from './report-model.ts';
export type {
  BinRow,
  BinsTable,
  ChangeMark,
  ClassesTable,
  ClassRow,
  FigureRow,
  MethodItem,
  ReportConventions,
  ReportInput,
  ReportModel,
  ReportSource,
  SourceItem,
} from './report-types.ts';
export type { Paint, TerminalColours } from './terminal.ts';
