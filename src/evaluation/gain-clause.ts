import { countedText } from '../core/count-text.ts';
import type { Change, Evaluation, Verdict } from './evaluation.ts';
import { isMiscalibrated, isUneven } from './miscalibration-clause.ts';
import { numberPair, percentPair, shortNumber, signedTogether } from './wording.ts';

type Findings = Omit<Evaluation, 'verdict'>;

/** What scaling gains. */
export interface Gain {
  readonly outcome: Exclude<Verdict['outcome'], 'as-is' | 'in-doubt'>;
  /** `T = 1.83 lowers the NLL (0.704 to 0.412 nats) and the debiased ECE (7.2% to 1.9%)`. */
  readonly clause: string;
}

type Move = 'fell' | 'rose' | 'noise';

/** A change beyond its noise. */
function moveOf({ difference, withinNoise }: Change): Move {
  if (withinNoise || difference === null || difference === 0) return 'noise';
  return difference < 0 ? 'fell' : 'rose';
}

/** The gain of a calibrator; `null` where none was applied. */
export function gainOf(findings: Findings): Gain | null {
  const { changes } = findings;
  if (changes === null) return null;
  const compared = comparedOf(findings, changes);
  const gain = {
    fell: lossFell,
    rose: lossRose,
    noise: isMiscalibrated(findings) ? gainUncertain : lossUnmoved,
  }[moveOf(compared.change)](findings, compared);
  const { floorSensitivity: floors } = findings;
  if (gain.outcome !== 'improved' || floors?.isDecisive !== true) return gain;
  return {
    outcome: 'uncertain',
    clause: `whether ${compared.subject} is a gain depends on the floor of ${floors.floor} that replaces probabilities below it`,
  };
}

/** The loss that decides, with the ECE beside it, in words. */
interface Compared {
  readonly change: Change;
  /** `NLL (0.704 to 0.412 nats)`. */
  readonly loss: string;
  readonly name: 'NLL' | 'Brier score';
  readonly ece: Move;
  /** `debiased ECE (7.2% to 1.9%)`. */
  readonly eceText: string;
  /** `T = 1.83`. */
  readonly subject: string;
}

function comparedOf(
  { savedTemperature, foldTemperatures }: Findings,
  { nll, brier, eceDebiased }: NonNullable<Evaluation['changes']>,
): Compared {
  const byNll = nll.difference !== null;
  const change = byNll ? nll : brier;
  const pair = numberPair(change.before!, change.after!);
  const named = foldTemperatures === null ? 'the calibrator' : 'temperature scaling';
  return {
    change,
    loss: byNll ? `NLL (${pair} nats)` : `Brier score (${pair})`,
    name: byNll ? 'NLL' : 'Brier score',
    ece: moveOf(eceDebiased),
    eceText: `debiased ECE (${percentPair(eceDebiased.before!, eceDebiased.after!)})`,
    subject: savedTemperature === null ? named : `T = ${shortNumber(savedTemperature)}`,
  };
}

function isTemperature({ savedTemperature, foldTemperatures }: Findings): boolean {
  return savedTemperature !== null || foldTemperatures !== null;
}

function lossFell(findings: Findings, { loss, ece, eceText, subject }: Compared): Gain {
  if (isTemperature(findings) && !isMiscalibrated(findings)) {
    return {
      outcome: 'uncertain',
      clause: `${subject} lowers the ${loss} on these rows, which is weak evidence, as the test does not reject`,
    };
  }
  const clause = {
    fell: `lowers the ${loss} and the ${eceText}`,
    noise: `lowers the ${loss}; the change of the ${eceText} is within noise`,
    rose: `lowers the ${loss} but raises the ${eceText}`,
  }[ece];
  const kind = isMiscalibrated(findings) ? '' : ', which is miscalibration of another kind';
  return { outcome: 'improved', clause: `${subject} ${clause}${kind}` };
}

function lossRose(_: Findings, { loss, ece, eceText, subject }: Compared): Gain {
  const clause = {
    fell: `lowers the ${eceText} but raises the ${loss}: not an improvement`,
    noise: `makes things worse: it raises the ${loss}`,
    rose: `makes things worse: it raises the ${loss} and the ${eceText}`,
  }[ece];
  return { outcome: 'worse', clause: `${subject} ${clause}` };
}

/** The test rejects, and the change of the loss is within noise. */
function gainUncertain({ rows }: Findings, { change, name, ece, eceText, subject }: Compared): Gain {
  const { difference, interval } = change;
  const [value, low, high] = signedTogether([difference!, ...(interval ?? [])]);
  const range = interval === null ? '' : ` (${low} to ${high})`;
  const more = {
    fell: `; the ${eceText} falls`,
    noise: '',
    rose: `; the ${eceText} rises`,
  }[ece];
  return {
    outcome: 'uncertain',
    clause: `how much ${subject} gains is uncertain with ${countedText(rows, 'row')}: ${name} change ${value}${range}${more}`,
  };
}

/** Neither the test nor the loss shows anything. */
function lossUnmoved(findings: Findings, { name, ece, eceText, subject }: Compared): Gain {
  if (ece === 'rose') {
    return {
      outcome: 'worse',
      clause: `${subject} raises the ${eceText} and does not lower the ${name}: keep the scores as they are`,
    };
  }
  if (ece === 'fell') {
    return {
      outcome: 'uncertain',
      clause: `${subject} lowers the ${eceText}, while the change of the ${name} is within noise`,
    };
  }
  const advice =
    isTemperature(findings) && isUneven(findings)
      ? 'one temperature does not correct this'
      : 'keep the scores as they are';
  return { outcome: 'unchanged', clause: `the change by ${subject} is within noise: ${advice}` };
}
