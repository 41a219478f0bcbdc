import { checkOneOf, checkOptionNames, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError, printable } from '../core/errors.ts';
import { memoryStorage } from '../core/memory-storage.ts';
import type { NumberStorage } from '../core/number-store.ts';
import { type ScoreKind, type WeightKind, weightKinds } from '../core/scored-set.ts';
import { checkCsvOptionTypes } from './csv-option-types.ts';
import type { RecordOptions } from './record-taker.ts';
import type { CsvOptions } from './scored-set-input.ts';
import { type Sha256, sha256 } from './sha-256.ts';

/** {@link CsvOptions} checked, with every default taken. */
export interface CsvSettings extends RecordOptions {
  readonly input: ScoreKind;
  readonly decimalComma: boolean;
  readonly header: 'auto' | 'present' | 'absent';
  readonly labelsHeader: 'auto' | 'present' | 'absent';
  readonly label: string | number | undefined;
  readonly scores: readonly (string | number)[] | undefined;
  readonly weight: string | number | undefined;
  readonly weightKind: WeightKind;
  readonly ignore: readonly (string | number)[];
  readonly keep: readonly (string | number)[];
  readonly ignoreLabel: string | undefined;
  readonly labelBase: 0 | 1 | undefined;
  readonly classNames: readonly string[] | undefined;
  readonly dropBad: boolean;
  readonly allowNegInf: boolean;
  readonly floor: number | undefined;
  readonly scale: 'unit' | 'percent';
  readonly renormalize: boolean;
  readonly transpose: boolean;
  readonly labelsFile: string | undefined;
  readonly classes: number | undefined;
  readonly size: number | undefined;
  readonly sha256: () => Sha256;
  /** Where the numbers go. */
  readonly storage: NumberStorage;
}

const optionNames = [
  'input',
  'delimiter',
  'decimal',
  'header',
  'labelsHeader',
  'label',
  'scores',
  'weight',
  'weightKind',
  'ignore',
  'keep',
  'ignoreLabel',
  'labelBase',
  'classNames',
  'dropBad',
  'allowNegInf',
  'floor',
  'scale',
  'renormalize',
  'transpose',
  'maxColumns',
  'maxCell',
  'file',
  'labelsFile',
  'classes',
  'size',
  'sha256',
  'onProgress',
  'signal',
] as const satisfies readonly (keyof CsvOptions)[];

/** More columns or characters than this cannot be asked for: a row must fit in memory. */
const mostColumns = 2 ** 24;
const mostCharacters = 2 ** 20;

/**
 * Checks reading options and takes their defaults.
 *
 * @throws CalibrationError `E_OPTION` for unknown names and values out of range, `E_CLASS_DUP` for a name given twice.
 */
export function csvSettings(options: CsvOptions, storage: NumberStorage = memoryStorage): CsvSettings {
  checkOptionNames(options, optionNames);
  checkCsvOptionTypes(options);
  const { scale = 'unit', decimal = '.', header = 'auto', maxColumns = 100_000, maxCell = 4096 } = options;
  // Percentages are probabilities.
  const { input = scale === 'percent' ? 'probabilities' : 'logits', weightKind = 'importance' } = options;
  checkOneOf('input', input, ['logits', 'probabilities']);
  checkOneOf('weightKind', weightKind, weightKinds);
  checkOneOf('decimal', decimal, ['.', ',']);
  checkOneOf('header', header, ['auto', 'present', 'absent']);
  // Scores without header have labels without.
  const { labelsHeader = header === 'absent' ? 'absent' : 'auto' } = options;
  checkOneOf('labelsHeader', labelsHeader, ['auto', 'present', 'absent']);
  checkWhole('maxColumns', maxColumns, 1, mostColumns);
  checkWhole('maxCell', maxCell, 1, mostCharacters);
  if (options.labelBase !== undefined) checkWhole('labelBase', options.labelBase, 0, 1);
  if (options.classes !== undefined) checkWhole('classes', options.classes, 1, mostColumns);
  if (options.size !== undefined) checkWhole('size', options.size, 0, Number.MAX_SAFE_INTEGER);
  if (options.floor !== undefined) checkWithin('floor', options.floor, 0, 0.5);
  checkOneOf('scale', scale, ['unit', 'percent']);
  if (input === 'logits') refuseForLogits(options);
  if (options.classNames !== undefined) checkClassNames(options.classNames);
  return {
    input,
    weightKind,
    decimal,
    decimalComma: decimal === ',',
    delimiter: delimiterByte(options.delimiter, decimal),
    header,
    labelsHeader,
    label: options.label,
    scores: options.scores,
    weight: options.weight,
    ignore: options.ignore ?? [],
    keep: options.keep ?? [],
    ignoreLabel: options.ignoreLabel === undefined ? undefined : String(options.ignoreLabel),
    labelBase: options.labelBase,
    classNames: options.classNames,
    dropBad: options.dropBad === true,
    allowNegInf: options.allowNegInf === true,
    floor: options.floor === 0 ? undefined : options.floor,
    scale,
    renormalize: options.renormalize === true,
    transpose: options.transpose === true,
    maxColumns,
    maxCell,
    file: options.file,
    labelsFile: options.labelsFile,
    classes: options.classes,
    size: options.size,
    sha256: options.sha256 ?? sha256,
    storage,
  };
}

/** Logits are taken as they are. */
function refuseForLogits({ floor = 0, scale, renormalize }: CsvOptions): void {
  const named =
    floor > 0 ? 'floor' : scale === 'percent' ? 'scale' : renormalize === true ? 'renormalize' : undefined;
  if (named === undefined) return;
  throw new CalibrationError('E_OPTION', {
    what: `option "${named}" is for probabilities, and the scores are read as logits`,
    hint: 'Pass --input probabilities if that is what they are.',
    value: named,
  });
}

function delimiterByte(delimiter: string | undefined, decimal: '.' | ','): number | undefined {
  if (delimiter === undefined) return undefined;
  const character = delimiter === 'tab' ? '\t' : delimiter === 'space' ? ' ' : delimiter;
  const code = character.charCodeAt(0);
  const usable = character.length === 1 && code > 0 && code < 0x80 && !'"\r\n'.includes(character);
  if (!usable || (character === '.' && decimal === '.')) {
    const rule = `one ASCII character other than a quote, a line ending and the decimal point, "tab" or "space"`;
    throw new CalibrationError('E_OPTION', {
      what: `option "delimiter" must be ${rule}, got "${printable(delimiter)}"`,
      value: delimiter,
    });
  }
  return code;
}

/** Class names are unique. */
export function checkClassNames(names: readonly string[], file?: string): void {
  const seen = new Map<string, number>();
  for (const [k, name] of names.entries()) {
    const first = seen.get(name);
    if (first !== undefined) {
      throw new CalibrationError('E_CLASS_DUP', {
        ...(file === undefined ? {} : { file }),
        what: `class name "${printable(name)}" appears twice (columns ${first + 1} and ${k + 1})`,
        value: name,
      });
    }
    seen.set(name, k);
  }
}
