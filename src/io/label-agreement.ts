import { forEachLabel, type LabelTexts } from './label-texts.ts';

/** Cohen's kappa of a prediction with the truth, or of two annotators, is above this. */
const clearKappa = 0.3;

/** Standard errors beyond chance. */
const sureErrors = 5;

/**
 * Whether two columns hold the same classes, as the truth and a prediction of it do: no text of one is missing in the other, and they agree well beyond
 * chance (Cohen 1960, A coefficient of agreement for nominal scales, eq. 1, with the standard error under no agreement).
 */
export function agreesMostly(labels: LabelTexts, other: LabelTexts): boolean {
  if (labels.texts.length < 2 || labels.texts.length !== other.texts.length) return false;
  const place = new Map(labels.texts.map((text, id) => [text, id]));
  const partner = other.texts.map((text) => place.get(text));
  if (partner.includes(undefined)) return false;
  const n = labels.ids.length;
  const ids = other.ids.read(0, n).slice();
  const [own, others] = [new Float64Array(place.size), new Float64Array(place.size)];
  let agreed = 0;
  forEachLabel(labels, (row, id) => {
    const second = partner[ids[row]!]!;
    own[id]! += 1;
    others[second]! += 1;
    if (id === second) agreed += 1;
  });
  const expected = own.reduce((sum, count, k) => sum + count * others[k]!, 0) / n ** 2;
  const kappa = (agreed / n - expected) / (1 - expected);
  const error = Math.sqrt(expected / (n * (1 - expected)));
  return kappa > clearKappa && kappa > sureErrors * error;
}
