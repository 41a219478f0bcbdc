import { CalibrationError } from '../core/errors.ts';
import { readRecord } from '../core/read-record.ts';
import { reportRecord } from './json-records.ts';
import type { ReportModel } from './report-types.ts';

/**
 * Writes a report as JSON for machines: the records behind the figures at full precision, names whole, keys in a fixed
 * order, and `null` for what is undefined.
 *
 * @param model From `reportModel`.
 * @returns The text of the file; equal models give equal text.
 * @throws CalibrationError `E_RECORD` when a figure is not a finite number, rather than writing `null` for it.
 *
 * @example
 * ```ts
 * import { evaluate, parseCsv } from 'calibrant';
 * import { renderJson, reportModel } from 'calibrant/report';
 *
 * const evaluation = evaluate(parseCsv('cat,dog,label\n4,0,cat\n0,3,dog\n2,0,dog\n'));
 * const conventions = { toolVersion: '0.1.0' };
 * const model = reportModel({ title: 'Pets', evaluation, sources: [], conventions });
 * const record = JSON.parse(renderJson(model));
 * assert.equal(record.format, 'calibrant-report');
 * assert.equal(record.evaluation.before.ece, evaluation.before.ece);
 * ```
 */
export function renderJson(model: ReportModel): string {
  return readRecord(model, 'report', () => jsonOf(model));
}

function jsonOf(model: ReportModel): string {
  const record = reportRecord(model.records);
  refuseNonFinite(record, '');
  return `${JSON.stringify(record, null, 2)}\n`;
}

function refuseNonFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new CalibrationError('E_INTERNAL_NONFINITE', { what: `field "${path}" is ${value}`, value });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    refuseNonFinite(inner, path === '' ? key : `${path}.${key}`);
}
