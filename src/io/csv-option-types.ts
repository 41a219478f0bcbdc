import { checkFlag, checkFunction, checkList, checkText } from '../core/checks.ts';
import type { CsvOptions } from './scored-set-input.ts';

/**
 * Checks the types of reading options that have no range.
 *
 * @throws CalibrationError `E_OPTION`.
 */
export function checkCsvOptionTypes(options: CsvOptions): void {
  for (const name of ['delimiter', 'file', 'labelsFile'] as const) {
    if (options[name] !== undefined) checkText(name, options[name]);
  }
  for (const name of ['label', 'weight', 'ignoreLabel'] as const) {
    const column = options[name];
    if (column !== undefined && typeof column !== 'number') checkText(name, column);
  }
  for (const name of ['scores', 'ignore', 'keep'] as const) {
    if (options[name] !== undefined) checkList(name, options[name], 'names or numbers of columns', isColumn);
  }
  if (options.classNames !== undefined) checkList('classNames', options.classNames, 'names', isText);
  for (const name of ['dropBad', 'allowNegInf', 'transpose', 'renormalize'] as const) {
    if (options[name] !== undefined) checkFlag(name, options[name]);
  }
  checkFunction('sha256', options.sha256);
}

function isColumn(column: unknown): boolean {
  return isText(column) || Number.isSafeInteger(column);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
