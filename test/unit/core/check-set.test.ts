import { describe, expect, test } from 'vitest';
import { checkSet, checkSetOfAnyKind } from '../../../src/core/check-set.ts';
import { storedSet } from '../../../src/core/stored-set.ts';
import { parseCsv } from '../../../src/io/index.ts';

const { kind, scores, labels, classNames, namedClasses } = parseCsv('cat,dog,label\n3,0,cat\n0,2,dog\n');
const set = { kind, scores, labels, classNames, namedClasses };

describe('a scored set', () => {
  test('passes in memory and in storage', () => {
    expect(() => checkSet(set)).not.toThrow();
    expect(() => checkSet(storedSet(set))).not.toThrow();
  });

  test.each<[object | null, string]>([
    [null, 'E_SHAPE: the scored set is null, expected a scored set.'],
    [{ ...set, kind: 'logit' }, 'E_SHAPE: "kind" of the scored set is text "logit"'],
    [{ ...set, scores: [[1, 2]] }, 'E_SHAPE: "scores.rows" of the scored set is undefined'],
    [{ ...set, scores: { ...scores, rows: 3 } }, 'E_SHAPE: 4 values cannot be a matrix of 3 rows'],
    [{ ...set, labels: [0, 1] }, 'E_SHAPE: "labels" of the scored set is a list, expected an Int32Array'],
    [{ ...set, labels: Int32Array.of(0, 2) }, 'E_LABEL_RANGE: row index 1'],
    [{ ...set, weights: Float64Array.of(1, -1) }, 'E_WEIGHT_NEGATIVE: row index 1'],
    [{ ...set, classNames: ['cat'] }, 'E_SHAPE: "classNames" of the scored set is a list, expected 2 names'],
    [{ ...set, weightKind: 'count' }, 'expected importance or counts'],
    [
      { ...set, scores: { ...scores, data: Float64Array.of(1, 2, Number.NaN, 0) } },
      'E_LOGIT_NAN: row index 1: logit NaN of class 0',
    ],
    [
      {
        ...set,
        kind: 'probabilities',
        scores: { ...scores, data: Float64Array.of(1, 0, Number.POSITIVE_INFINITY, 0) },
      },
      'E_PROB_RANGE: row index 1: probability Infinity of class 0',
    ],
    [
      { ...set, kind: 'probabilities', scores: { ...scores, data: Float64Array.of(1, 0, 500, 0) } },
      'E_PROB_RANGE: row index 1: probability 500 of class 0 is outside 0..1',
    ],
    [
      { ...storedSet(set), labels },
      'E_SHAPE: "labels" of the scored set is an Int32Array, expected 2 stored',
    ],
  ])('is refused where a field is wrong, case %#', (wrong, message) => {
    expect(() => checkSet(wrong)).toThrow(message);
  });

  test('passes with probabilities of any range where they are to be looked at', () => {
    const percentages = {
      ...set,
      kind: 'probabilities',
      scores: { ...scores, data: Float64Array.of(1, 99, 60, 40) },
    };
    expect(() => checkSetOfAnyKind(percentages)).not.toThrow();
    expect(() => checkSet(percentages)).toThrow('E_PROB_RANGE: row index 0: probability 99 of class 1');
  });
});
