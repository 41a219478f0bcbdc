import { type Notice, notice } from '../core/notices.ts';
import type { Treatment } from '../core/treatment.ts';
import type { CalibratorFile } from '../io/index.ts';
import type { InputFlags } from './input-options.ts';
import { shellWord } from './next-command.ts';

/** Options of reading, completed by what the calibrator's file says was done to the numbers it was fitted on. */
export interface AsFitted {
  readonly flags: InputFlags;
  /** `W_AS_FITTED` names what was added, `W_NOT_AS_FITTED` what the options given do otherwise. */
  readonly notices: readonly Notice[];
}

/** Options that a treatment is repeated by. */
type Repeated = Pick<
  InputFlags,
  'floor' | 'renormalize' | 'scale' | 'classNames' | 'dropBad' | 'ignoreLabel' | 'labelBase' | 'weightKind'
>;

/**
 * Repeats the treatment of the rows that a calibrator was fitted on for those it is applied to, where no option says otherwise.
 * Rows are left out only where they are evaluated: probabilities are written for every row.
 *
 * @param use Whether rows are evaluated with their labels, or calibrated without.
 */
export function asFitted<Flags extends InputFlags>(
  flags: Flags,
  { model, provenance }: CalibratorFile,
  use: 'evaluate' | 'apply',
): AsFitted & { readonly flags: Flags } {
  const { treatment } = provenance;
  // Of another kind of score the data are refused anyway.
  if (treatment === undefined || (flags.input ?? model.input) !== model.input) return { flags, notices: [] };
  const wanted: Repeated = {
    ...(treatment.classNames === undefined ? {} : { classNames: provenance.classNames }),
    ...(model.input === 'logits' ? {} : ofProbabilities(treatment)),
    ...(use === 'apply' ? {} : ofLabels(treatment)),
    // Importance is the default and needs no word.
    ...(use === 'apply' || flags.weight === undefined || model.weightKind !== 'counts'
      ? {}
      : { weightKind: 'counts' as const }),
  };
  const missing = Object.entries(wanted).filter(([name]) => flags[name as keyof Repeated] === undefined);
  const added = missing.map(([name, value]) => optionText(name as keyof Repeated, value));
  const notices = [
    ...(added.length === 0
      ? []
      : [notice('W_AS_FITTED', `read as the calibrator's data were, with ${added.join(' ')}.`)]),
    ...contradictions(flags, treatment, use),
  ];
  return { flags: { ...flags, ...Object.fromEntries(missing) }, notices };
}

function ofProbabilities({ floor, renormalized, scale }: Treatment): Repeated {
  return {
    ...(floor === undefined ? {} : { floor: floor.value }),
    ...(renormalized === undefined ? {} : { renormalize: true }),
    ...(scale === undefined ? {} : { scale }),
  };
}

function ofLabels({ dropped, ignored, labelBase }: Treatment): Repeated {
  return {
    ...(dropped === undefined ? {} : { dropBad: true }),
    ...(ignored === undefined ? {} : { ignoreLabel: ignored.label }),
    ...(labelBase === undefined ? {} : { labelBase }),
  };
}

/** What the options given do to the numbers that was not done before the fit, or the other way round. A scale is of the file alone. */
function contradictions(
  flags: InputFlags,
  treatment: Treatment,
  use: 'evaluate' | 'apply',
): readonly Notice[] {
  const fitted = treatment.floor?.value;
  const { floor, renormalize, weight } = flags;
  const found: string[] = [];
  if (floor !== undefined && floor !== (fitted ?? 0)) {
    found.push(
      `--floor ${floor}, where the fit had ${fitted === undefined ? 'no floor' : `--floor ${fitted}`}`,
    );
  }
  const wasRescaled = treatment.renormalized !== undefined;
  if (renormalize !== undefined && renormalize !== wasRescaled) {
    found.push(
      `${renormalize ? '--renormalize' : '--no-renormalize'}, where the fit ${wasRescaled ? 'rescaled rows' : 'did not rescale rows'}`,
    );
  }
  if (use === 'evaluate' && treatment.weight !== undefined && weight === undefined) {
    found.push(`no weights, where the fit had --weight ${shellWord(treatment.weight)}`);
  }
  if (found.length === 0) return [];
  return [
    notice(
      'W_NOT_AS_FITTED',
      `read with ${found.join('; ')}: the figures are not those of the fit's own --test.`,
    ),
  ];
}

const optionNames: Readonly<Record<keyof Repeated, string>> = {
  floor: '--floor',
  renormalize: '--renormalize',
  scale: '--scale',
  classNames: '--class-names',
  dropBad: '--drop-bad',
  ignoreLabel: '--ignore-label',
  labelBase: '--label-base',
  weightKind: '--weight-kind',
};

function optionText(name: keyof Repeated, value: unknown): string {
  const option = optionNames[name];
  if (value === true) return option;
  const text = shellWord(Array.isArray(value) ? value.join(',') : String(value));
  return text.startsWith('-') ? `${option}=${text}` : `${option} ${text}`;
}
