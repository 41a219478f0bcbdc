/** Fewer rows may all be right. */
const fewestRows = 8;

/** Thresholds above which a single score predicts class 1: of logits and of probabilities. */
const thresholds = [0, 0.5] as const;

/** Tells a column that says in every row which score is largest: a prediction, unless every row is right. */
export interface PredictionTest {
  /** Takes the scores of a row and what the column says of it. */
  readonly add: (scores: readonly number[], text: string) => void;
  readonly isPrediction: () => boolean;
}

/** A {@link PredictionTest} for a column whose classes may have any names. */
export function predictionTest(): PredictionTest {
  const readings = thresholds.map(() => ({ texts: new Map<number, string>(), agrees: true }));
  let rows = 0;
  return {
    add: (scores, text) => {
      rows += 1;
      for (const [k, reading] of readings.entries()) {
        const winner = scores.length === 1 ? Number(scores[0]! > thresholds[k]!) : largest(scores);
        const known = reading.texts.get(winner);
        if (known === undefined) reading.texts.set(winner, text);
        else if (known !== text) reading.agrees = false;
      }
    },
    isPrediction: () =>
      rows >= fewestRows &&
      readings.some(
        ({ texts, agrees }) => agrees && texts.size > 1 && new Set(texts.values()).size === texts.size,
      ),
  };
}

/** Place of the first of the largest scores. */
function largest(scores: readonly number[]): number {
  let place = 0;
  for (let k = 1; k < scores.length; k += 1) if (scores[k]! > scores[place]!) place = k;
  return place;
}
