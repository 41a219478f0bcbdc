import { describe, expect, test } from 'vitest';
import { javascriptKernels } from '../../src/kernels/javascript-kernels.ts';
import { packLogits } from '../../src/kernels/packed-logits.ts';
import { surveyLogits } from '../../src/kernels/survey.ts';
import { temperatureLoss, temperatureLossValue } from '../../src/kernels/temperature-loss.ts';
import { webassemblyKernels } from '../../src/kernels/webassembly-kernels.ts';
import reference from './temperature-loss.json' with { type: 'json' };

/** Half a last place of 1. */
const roundoff = 2 ** -53;
/** Rounding below the normal doubles is absolute. */
const smallest = 5e-324;

/** Σ of the sizes of the terms that make the k-th cumulant of raw moments, each at most E|x|^k. */
const terms = [1, 2, 6, 26, 150, 1082];
/** Roundings a term goes through, beside one for each class and row that is summed over. */
const roundings = 16;

describe.each([javascriptKernels, webassemblyKernels()!])('in $name', (backend) => {
  test.each(reference.cases)('$name: loss and derivatives keep their bounds', (given) => {
    const { logits, labels, weights, beta, value, gap, derivatives, moments } = given;
    const [rows, columns] = [logits.length, logits[0]!.length];
    const data = Float64Array.from(
      (logits as (number | null)[][]).flat(),
      (z) => z ?? Number.NEGATIVE_INFINITY,
    );
    const scores = { data, rows, columns };
    const shares = weights === null ? undefined : Float64Array.from(weights);
    const packed = packLogits(scores, surveyLogits(scores, backend), Int32Array.from(labels), shares);
    const found = temperatureLoss(packed, beta, backend);
    expect(temperatureLossValue(packed, beta, backend)).toBe(found.value);
    const count = roundings + columns + rows;
    const valueBound = count * roundoff * (1 + moments[0]! + gap);
    expect(Math.abs(found.value - value)).toBeLessThanOrEqual(valueBound);
    const { slope, curvature, third, fourth, fifth, sixth } = found;
    for (const [k, entry] of [slope, curvature, third, fourth, fifth, sixth].entries()) {
      // e^x is off by |x| roundings of the product βz, which the next moment tells.
      const size = count * moments[k]! + 2 * moments[k + 1]! + (k === 0 ? count * gap : 0);
      const bound = terms[k]! * roundoff * size + count * smallest;
      expect(Math.abs(entry - derivatives[k]!), `derivative ${k + 1}`).toBeLessThanOrEqual(bound);
    }
  });
});
