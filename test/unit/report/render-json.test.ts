import { describe, expect, test } from 'vitest';
import { renderJson, reportModel } from '../../../src/report/index.ts';
import { doubtfulInput, plainInput, sampleInput } from './sample-report.ts';

const inputs = Object.entries({ compared: sampleInput, plain: plainInput, doubtful: doubtfulInput });

/** A copy with the keys of every object in the opposite order. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  ) as Value;
}

describe.each(inputs)('the JSON report %s', (_, input) => {
  const record = JSON.parse(renderJson(reportModel(input)));

  test('holds every field of the evaluation as it is, to the last bit', () => {
    const { verdict, test: _, changes, ...evaluation } = input.evaluation;
    const named = Object.entries(changes ?? {}).map(([name, { adjusted, ...change }]) => [
      name,
      { ...change, adjustedPValue: adjusted },
    ]);
    expect(record.verdict).toStrictEqual(verdict);
    expect(record.evaluation).toStrictEqual({
      ...evaluation,
      changes: changes && Object.fromEntries(named),
      floorSensitivity: null,
    });
  });

  test('holds the calibrator, the curve and the sources', () => {
    expect(record.calibrator).toStrictEqual(input.calibrator ?? null);
    expect(record.nllCurve).toStrictEqual(input.nllCurve ?? null);
    expect(record.notes).toStrictEqual(input.conventions.notes ?? []);
    expect(record.sources).toStrictEqual(
      input.sources.map((source) => ({ hash: null, columns: null, treatment: null, ...source })),
    );
  });

  test('is the same text in whatever order its fields were built', () => {
    expect(renderJson(reportModel(reversed(input)))).toBe(renderJson(reportModel(input)));
  });
});

describe('the JSON report', () => {
  test('names its format, its version and the tool', () => {
    const record = JSON.parse(renderJson(reportModel(sampleInput)));
    expect(Object.keys(record).slice(0, 4)).toEqual(['format', 'version', 'toolVersion', 'title']);
    expect(record).toMatchObject({ format: 'calibrant-report', version: 1, toolVersion: '0.1.0' });
  });

  test('refuses a number that is none, and says which', () => {
    const { evaluation } = sampleInput;
    const model = reportModel(sampleInput);
    const wrong = {
      ...model,
      records: {
        ...sampleInput,
        evaluation: { ...evaluation, before: { ...evaluation.before, brier: Number.NaN } },
      },
    };
    expect(() => renderJson(wrong)).toThrow(
      'E_RECORD: this is no report as calibrant makes it: "records.evaluation.before.brier" is NaN.',
    );
  });
});
