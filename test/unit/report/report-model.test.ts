import { describe, expect, test } from 'vitest';
import { type ReportInput, reportModel } from '../../../src/report/index.ts';
import { binTable } from '../plots/sample-bins.ts';
import { doubtfulInput, plainInput, sampleInput } from './sample-report.ts';

const model = reportModel(sampleInput);
const row = (key: string, input: ReportInput = sampleInput) =>
  reportModel(input).figures.find((figure) => figure.key === key)!;

describe('the key figures', () => {
  test('are the figures of the evaluation, written', () => {
    const { before, after } = sampleInput.evaluation;
    const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
    expect(row('nll')).toMatchObject({
      before: '0.7121',
      after: '0.5234',
      change: '−0.1887',
      mark: 'better',
    });
    expect(row('ece')).toMatchObject({ before: percent(before.ece), after: percent(after!.ece) });
    expect(row('mce')).toMatchObject({ before: percent(before.mce), after: percent(after!.mce) });
    expect(row('accuracy')).toMatchObject({ before: percent(before.accuracy), change: '0.00 points' });
    expect(row('eceNoise')).toMatchObject({ before: '1.21 %', change: null, minor: true });
    expect(row('eceEqualMass').unit).toBe('15 bins');
    expect(row('gap').before).toMatch(/^−6\.46 ± 0\.69$/);
  });

  test('carry the interval of their change and what it is worth', () => {
    expect(row('brier')).toMatchObject({ interval: '−0.0251 to −0.0159', mark: 'better' });
    expect(row('ece')).toMatchObject({ interval: '−6.90 to −4.10', mark: 'better' });
    expect(row('brier', doubtfulInput)).toMatchObject({ change: '−0.0203', mark: 'within noise' });
    const { evaluation } = sampleInput;
    const worse = { ...evaluation.changes!.ece, difference: 0.01, interval: [0.005, 0.02] as const };
    const changes = { ...evaluation.changes!, ece: worse };
    const input = { ...sampleInput, evaluation: { ...evaluation, changes } };
    expect(row('ece', input)).toMatchObject({ interval: '+0.50 to +2.00', mark: 'worse' });
  });

  test('have one column where nothing was applied', () => {
    const plain = reportModel(plainInput);
    expect(plain.columns).toEqual({ before: 'As they came', after: null });
    for (const figure of plain.figures) {
      expect(figure).toMatchObject({ after: null, change: null, interval: null, mark: null });
    }
    expect(plain.markNote).toBeNull();
    expect(model.markNote).toContain('within noise');
  });

  test('call an infinite loss infinite and say why', () => {
    expect(row('nll', doubtfulInput)).toMatchObject({ before: 'infinite', after: 'infinite', change: 'n/a' });
    expect(reportModel(doubtfulInput).figureNotes).toEqual([
      'The NLL is infinite because 3 rows give their true class probability 0; its change is not available (n/a).',
    ]);
  });

  test('compare losses too small for four decimals in six', () => {
    const { evaluation } = sampleInput;
    const small = {
      ...evaluation,
      before: { ...evaluation.before, nll: 0.000712 },
      after: { ...evaluation.after!, nll: 0.000523 },
      changes: {
        ...evaluation.changes!,
        nll: {
          before: 0.000712,
          after: 0.000523,
          difference: -0.000189,
          interval: [-0.00021, -0.00016] as const,
          withinNoise: false,
          standardError: 0.00001,
          pValue: 0.001,
          adjusted: 0.001,
        },
      },
    };
    expect(row('nll', { ...sampleInput, evaluation: small })).toMatchObject({
      before: '0.000712',
      after: '0.000523',
      change: '−0.000189',
      interval: '−0.000210 to −0.000160',
    });
  });
});

describe('the bins', () => {
  test('are those of the table, in percent, with their rule and level', () => {
    expect(model.bins.rule).toBe('15 equal-width, right-closed');
    expect(model.bins.level).toBe('95 %');
    expect(model.bins.sameEdges).toBe(true);
    for (const [b, bin] of sampleInput.evaluation.before.reliability.bins.entries()) {
      const written = model.bins.before[b]!;
      expect(written.count).toBe(bin.count);
      expect(written.gapValue).toBe(bin.gap);
      if (bin.count === 0) expect(written.confidence).toBe('—');
      else
        expect(Math.abs(Number(written.confidence) / 100 - bin.confidence!)).toBeLessThanOrEqual(0.0005001);
    }
  });

  test('are beyond noise where the confidence lies outside the interval of the accuracy', () => {
    const beyond = model.bins.before.filter(({ beyondNoise }) => beyondNoise).map(({ range }) => range);
    const expected = sampleInput.evaluation.before.reliability.bins.flatMap(({ confidence, interval }, b) =>
      interval !== null && (confidence! < interval[0] || confidence! > interval[1])
        ? [model.bins.before[b]!.range]
        : [],
    );
    expect(beyond).toEqual(expected);
    expect(beyond.length).toBeGreaterThan(4);
  });

  test('have as few decimals in their edges as tell them apart', () => {
    const ranges = (table: ReturnType<typeof binTable>): string[] => {
      const { evaluation } = plainInput;
      const before = { ...evaluation.before, reliability: table };
      return reportModel({ ...plainInput, evaluation: { ...evaluation, before } }).bins.before.map(
        ({ range }) => range,
      );
    };
    const ten = binTable(Array.from({ length: 10 }, () => [1, 1, 0.5] as const));
    expect(ranges(ten)[9]).toBe('0.9–1.0');
    const narrow = [0, 0.99991, 0.99992, 1];
    const bins = narrow.slice(1).map((high, b) => ({ ...ten.bins[0]!, low: narrow[b]!, high }));
    expect(ranges({ ...ten, bins })).toEqual(['0.00000–0.99991', '0.99991–0.99992', '0.99992–1.00000']);
  });

  test('stand apart where before and after have different edges', () => {
    const { evaluation } = sampleInput;
    const { bins } = evaluation.after!.reliability;
    const moved = bins.map((bin) => ({ ...bin, low: bin.low ** 2, high: bin.high ** 2 }));
    const after = {
      ...evaluation.after!,
      reliability: { ...evaluation.after!.reliability, bins: moved },
    };
    expect(reportModel({ ...sampleInput, evaluation: { ...evaluation, after } }).bins.sameEdges).toBe(false);
  });
});

describe('the classes', () => {
  const named = (count: number): ReportInput => {
    const { evaluation } = plainInput;
    const classwise = Array.from({ length: count }, (_, k) => ((k * 37) % count) / count);
    const classNames = classwise.map((_, k) => `c${k}`);
    const before = { ...evaluation.before, classwise };
    return { ...plainInput, evaluation: { ...evaluation, classes: count, classNames, before } };
  };

  test('stand in their order while a table of them helps', () => {
    const { rows, note } = reportModel(named(200)).classes;
    expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, k) => `c${k}`));
    expect(note).toBeNull();
  });

  test('are the 50 worst of very many', () => {
    const { rows, note } = reportModel(named(1001)).classes;
    const errors = rows.map(({ before }) => Number(before.replace(' %', '')));
    expect(rows).toHaveLength(50);
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errors[0]).toBeCloseTo(100 * (1000 / 1001), 2);
    expect(note).toBe(
      'The 50 classes with the largest error before, of 1,001; all of them stand in the JSON report.',
    );
  });
});

describe('what was done', () => {
  const told = (input: ReportInput): Record<string, string> =>
    Object.fromEntries(reportModel(input).method.map(({ term, text }) => [term, text]));

  test('names the temperature to the last digit, with its interval, test and proof', () => {
    const method = told(sampleInput);
    expect(method['Temperature']).toBe(
      'T = 1.8312345678901234, 95 % profile-likelihood interval 1.753 to 1.915, standard error 0.04130.',
    );
    expect(method['Test of T = 1']).toBe('Likelihood ratio 951.50 on one degree of freedom, p < 0.0001.');
    expect(method['Status']).toContain('(slope −1.2e−16, 14 passes over the data)');
  });

  test('says how it was judged, above all where the figures are optimistic', () => {
    expect(told(sampleInput)['Judged']).toBe('On a set other than the one fitted.');
    const same = { ...sampleInput.evaluation, judgement: 'same-rows' as const };
    expect(told({ ...sampleInput, evaluation: same })['Judged']).toContain('optimistic');
    expect(reportModel({ ...sampleInput, evaluation: same }).subtitle).toContain(
      'on the rows it was fitted on',
    );
    expect(told(doubtfulInput)['Folds']).toBe('5, with temperatures 1.010, 1.030, 0.9900, 1.020, 1.010.');
  });

  test('names the sources with rows, columns and hash, as far as they are known', () => {
    expect(model.sources[0]!.facts).toEqual([
      '2,500 rows',
      '5 logit columns cat..lynx, label column "label"',
      `SHA-256 ${sampleInput.sources[0]!.hash}`,
    ]);
    expect(reportModel(plainInput).sources).toEqual([
      { role: 'Evaluated on', name: 'test.csv', facts: ['3,000 rows'] },
    ]);
  });
});
