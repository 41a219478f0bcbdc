import type { NoticeCode } from '../../../src/core/notices.ts';
import type { ReportInput } from '../../../src/report/report-types.ts';
import { binTable } from '../plots/sample-bins.ts';
import { plainInput, sampleInput } from './sample-report.ts';

/** A compared report with a piece of text in every slot that a user's text can reach. */
export function reportNamed(name: string, classNames: readonly string[]): ReportInput {
  const { evaluation } = sampleInput;
  const errors = classNames.map((_, k) => (classNames.length - k) / 1000);
  return {
    ...sampleInput,
    title: name,
    evaluation: {
      ...evaluation,
      classes: classNames.length,
      classNames,
      before: { ...evaluation.before, classwise: errors },
      after: { ...evaluation.after!, classwise: errors.map((error) => error / 2) },
      notices: [{ code: 'W_TIES' as NoticeCode, message: `W_TIES: ${name}` }],
    },
    sources: [{ role: 'judge', name, rows: 3000, hash: name, columns: name }],
    conventions: { toolVersion: name, notes: [name] },
  };
}

/** Few bins, as pictures of it are drawn often. */
export const twoBins = binTable([
  [10, 4, 0.3],
  [30, 25, 0.8],
]);

/** The same for scores as they came. */
export function plainReportNamed(name: string, classNames: readonly string[]): ReportInput {
  const { title, sources, conventions, evaluation } = reportNamed(name, classNames);
  return {
    title,
    sources,
    conventions,
    evaluation: {
      ...plainInput.evaluation,
      classNames,
      classes: classNames.length,
      before: { ...evaluation.before, reliability: twoBins },
      notices: evaluation.notices,
    },
  };
}
