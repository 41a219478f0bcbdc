import { describe, expect, test } from 'vitest';
import { notice } from '../../../src/core/notices.ts';
import { seededRandom } from '../../../src/core/random.ts';
import type { ScoredSet } from '../../../src/core/scored-set.ts';
import { doubtOf, doubtText, isDoubt, withDoubt } from '../../../src/evaluation/doubt.ts';
import { evaluate, type Verdict } from '../../../src/evaluation/index.ts';
import { parseCsv } from '../../../src/io/index.ts';
import {
  renderHtml,
  renderJson,
  renderMarkdown,
  renderSvg,
  renderTerminal,
  reportModel,
} from '../../../src/report/index.ts';
import { sampleTest } from './sample-findings.ts';

const claimed: Verdict = {
  outcome: 'improved',
  direction: 'underconfident',
  headline: 'Underconfident by 40 points (p < 0.0001); T = 0.2 lowers the NLL (0.9 to 0.5 nats).',
  details: ['Evaluated on 100 rows of a set other than the one fitted.'],
  test: sampleTest(1e-9, { direction: 'underconfident' }),
};
const looksLikeProbabilities = notice('W_LOOKS_LIKE_PROBS', 'all 100 rows lie in 0..1 and sum to 1.');

/** Probabilities of three classes, right three times in four, as a file without a word on what they are. */
function probabilitiesCsv(): string {
  const random = seededRandom(11);
  const lines = Array.from({ length: 120 }, () => {
    const label = random.below(3);
    const top = random.uniform() < 0.75 ? label : random.below(3);
    const share = 0.5 + 0.4 * random.uniform();
    const rest = (1 - share) / 2;
    return `${[0, 1, 2].map((k) => (k === top ? share : rest).toFixed(6)).join(',')},${label}`;
  });
  return `a,b,c,label\n${lines.join('\n')}\n`;
}

describe('a verdict in doubt', () => {
  test('starts with the doubt and what to do, and claims nothing by itself', () => {
    const verdict = withDoubt(claimed, [looksLikeProbabilities]);
    expect(verdict.outcome).toBe('in-doubt');
    expect(verdict.headline).toBe(
      'These look like probabilities, not logits; if so, every figure here is wrong: run again with --input probabilities.',
    );
    expect(verdict.details[0]).toBe(`Otherwise: ${claimed.headline}`);
    expect(verdict.details.slice(1)).toEqual(claimed.details);
  });

  test('is the verdict itself without a doubt', () => {
    expect(withDoubt(claimed, [notice('W_TIES', 'classes tie.')])).toBe(claimed);
    expect(doubtOf([])).toBeUndefined();
  });

  test('names the weightiest of several doubts, whatever their order', () => {
    const transposed = notice('W_LOOKS_TRANSPOSED', 'scores are 3 x 9.');
    for (const both of [
      [transposed, looksLikeProbabilities],
      [looksLikeProbabilities, transposed],
    ]) {
      expect(doubtText(doubtOf(both)!)).toMatch(/^The scores look transposed; .*--transpose\.$/);
    }
  });

  test('covers scores that belong to other labels, and a loss that rests on few rows', () => {
    const unrelated = withDoubt(claimed, [notice('W_CHANCE_LEVEL', 'accuracy is 33%.')]);
    expect(unrelated.headline).toMatch(/^Scores and labels do not seem to belong together; .*chance/);
    const rests = withDoubt(claimed, [notice('W_LOSS_CONCENTRATED', 'one row carries 99%.')]);
    expect(rests.headline).toMatch(/^A handful of rows carries most of the loss; unless/);
  });

  test('log-probabilities are no doubt, as a temperature acts on them as on logits', () => {
    expect(isDoubt(notice('W_LOOKS_LIKE_LOG_PROBS', 'all rows.'))).toBe(false);
  });
});

describe('an evaluation', () => {
  const set = parseCsv(probabilitiesCsv());

  test('looks for doubts by itself', () => {
    const { verdict, notices } = evaluate(set);
    expect(verdict.outcome).toBe('in-doubt');
    expect(notices.map(({ code }) => code)).toContain('W_LOOKS_LIKE_PROBS');
    expect(evaluate({ ...set, kind: 'probabilities' }).verdict.outcome).toBe('as-is');
  });

  test('repeats the warnings of the loader, or those it is given in their place', () => {
    const rounded = parseCsv('p,label\n0.7,1\n0.4,0\n', { input: 'probabilities' });
    expect(rounded.notices.map(({ code }) => code)).toEqual(['W_BINARY_ONE_COLUMN']);
    expect(evaluate(rounded).notices).toEqual(expect.arrayContaining([...rounded.notices]));
    expect(evaluate(rounded, { notices: [] }).notices.map(({ code }) => code)).not.toContain(
      'W_BINARY_ONE_COLUMN',
    );
    const plain: ScoredSet = { ...rounded, notices: [looksLikeProbabilities] };
    expect(evaluate(plain).verdict.outcome).toBe('in-doubt');
  });

  test('shows its doubt and its warnings in every form of the report', async () => {
    const model = reportModel({
      title: 'Undeclared',
      evaluation: evaluate(set),
      sources: [],
      conventions: { toolVersion: '0' },
      notices: [notice('W_AT_BOUND', 'the best temperature lies outside.')],
    });
    const forms = [
      renderTerminal(model, { width: 500 }),
      renderMarkdown(model),
      await renderHtml(model),
      renderJson(model),
    ];
    for (const form of forms) {
      const bare = form.replaceAll('\\', '');
      expect(bare).toContain('These look like probabilities, not logits; if so, every figure here is wrong');
      expect(bare).toContain('W_LOOKS_LIKE_PROBS: all 120 rows lie in 0..1');
      expect(bare).toContain('W_AT_BOUND: the best temperature lies outside.');
    }
    expect(renderTerminal(model, { warnings: false })).not.toContain('W_AT_BOUND');
    expect(await renderSvg(model)).toContain('>These look like probabilities…<');
  });
});
