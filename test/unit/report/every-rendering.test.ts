import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../../src/evaluation/evaluation.ts';
import {
  type ReportFormat,
  type ReportInput,
  renderReport,
  renderTerminal,
  reportFormats,
  reportModel,
} from '../../../src/report/index.ts';
import { binTable } from '../plots/sample-bins.ts';
import { frozen } from '../plots/sample-plots.ts';
import { doubtfulInput, evaluation, plainInput, sampleInput } from './sample-report.ts';

/** Nothing but one row, right, in the last bin: most of what can be undefined is. */
function lonely(): ReportInput {
  const reliability = binTable([
    [0, 0, 0],
    [0, 0, 0],
    [1, 1, 1],
  ]);
  const figures: Evaluation['before'] = {
    ...evaluation.before,
    nll: 0,
    brier: 0,
    accuracy: 1,
    meanConfidence: 1,
    gapError: 0,
    ece: 0,
    eceNoise: 0,
    eceNoiseLimit: 0,
    mce: 0,
    eceEqualMass: 0,
    equalMassBins: 1,
    classwiseEce: 0,
    classwise: [0, 0, 0, 0, 0],
    reliability,
    confidenceHistogram: { all: Array(20).fill(0), correct: Array(20).fill(0) },
  };
  return { ...plainInput, evaluation: { ...plainInput.evaluation, rows: 1, before: figures } };
}

/** A fit that failed: there is a calibrator record without a temperature. */
const unfitted: ReportInput = {
  ...plainInput,
  calibrator: {
    ...sampleInput.calibrator!,
    status: 'separable',
    message: 'every row is already predicted correctly.',
    temperature: null,
    nll: { before: 0.2, after: null },
    certificate: null,
    uncertainty: null,
  },
};

/** An interval without ends. */
const endless: ReportInput = {
  ...sampleInput,
  calibrator: {
    ...sampleInput.calibrator!,
    uncertainty: { ...sampleInput.calibrator!.uncertainty!, profileInterval: [null, null] },
  },
};

const inputs: Readonly<Record<string, ReportInput>> = {
  compared: sampleInput,
  plain: plainInput,
  doubtful: doubtfulInput,
  'one row': lonely(),
  'without a fit': unfitted,
  'with an open interval': endless,
  'with a curve of no points': { ...sampleInput, nllCurve: [] },
};
const textFormats = reportFormats.filter((format) => format !== 'png');

describe.each(Object.entries(inputs))('the report %s', (_, input) => {
  test.each([...textFormats, 'terminal'])('names no absent number as %s', async (format) => {
    const model = reportModel(input);
    const text =
      format === 'terminal' ? renderTerminal(model) : await renderReport(model, format as ReportFormat);
    const words = format === 'json' ? /NaN|undefined|Infinity/ : /NaN|undefined|Infinity|\bnull\b|\[object /;
    expect(text).not.toMatch(words);
    expect(String(text).endsWith('\n')).toBe(true);
  });
});

describe('a report', () => {
  test('leaves what it is made from as it was', async () => {
    const model = frozen(reportModel(frozen(structuredClone(sampleInput))));
    for (const format of textFormats) expect(await renderReport(model, format)).toContain('Animals');
    expect(renderTerminal(model)).toContain('Animals');
  });

  test('can be stored as JSON on the way to its rendering', async () => {
    const model = reportModel(sampleInput);
    const stored = JSON.parse(JSON.stringify(model));
    for (const format of textFormats) {
      expect(await renderReport(stored, format)).toBe(await renderReport(model, format));
    }
  });

  test('refuses formats and options that it does not know', async () => {
    const model = reportModel(sampleInput);
    await expect(renderReport(model, 'pdf' as never)).rejects.toThrow(
      'E_OPTION: option "format" must be one of html, md, json, svg, png, got "pdf".',
    );
    await expect(renderReport(model, 'md', { them: 'dark' } as never)).rejects.toThrow(
      'E_OPTION: unknown option "them"; did you mean "theme"?',
    );
  });
});
