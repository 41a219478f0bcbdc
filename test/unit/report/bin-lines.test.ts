import { describe, expect, test } from 'vitest';
import { binLines } from '../../../src/report/bin-lines.ts';
import { reportModel } from '../../../src/report/index.ts';
import type { BinsTable } from '../../../src/report/report-types.ts';
import { plainInput, sampleInput } from './sample-report.ts';

const compared = reportModel(sampleInput).bins;

describe('the lines of the reliability table', () => {
  test('stand for every bin once', () => {
    for (const table of [compared, reportModel(plainInput).bins]) {
      const [lines] = binLines(table);
      const bins = lines!.reduce((sum, { emptyBins }) => sum + Math.max(1, emptyBins), 0);
      expect(bins).toBe(15);
    }
  });

  test('join neighbours that are empty on both sides, and only those', () => {
    const [lines] = binLines(compared);
    expect(lines![0]).toEqual({ range: '0.000–0.133', emptyBins: 2, before: null, after: null });
    expect(lines![1]).toMatchObject({ range: '0.133–0.200', emptyBins: 0 });
    expect(lines![1]!.before!.count).toBe(0);
    expect(binLines(reportModel(plainInput).bins)[0]![0]).toMatchObject({
      range: '0.000–0.200',
      emptyBins: 3,
    });
  });

  test('are two blocks where the edges differ', () => {
    const apart: BinsTable = { ...compared, sameEdges: false };
    const blocks = binLines(apart);
    expect(blocks).toHaveLength(2);
    expect(blocks[0]!.every(({ after }) => after === null)).toBe(true);
    expect(blocks[1]!.every(({ before }) => before === null)).toBe(true);
  });
});
