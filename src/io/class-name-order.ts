import { CalibrationError, printable } from '../core/errors.ts';

/**
 * Refuses class names that are those of the score columns in another order: every label would count as another class.
 *
 * @param headers Headers of the score columns, which may precede the name of the class by a prefix such as `p_` or `.pred_`.
 * @throws CalibrationError `E_OPTION`
 */
export function refuseOtherOrder(
  headers: readonly string[],
  classNames: readonly string[],
  file: string | undefined,
): void {
  const places = headers.map((header) => classNames.findIndex((name) => isNamed(header, name)));
  const areAll = !places.includes(-1) && new Set(places).size === classNames.length;
  const moved = places.findIndex((place, k) => place !== k);
  if (!areAll || moved < 0) return;
  throw new CalibrationError('E_OPTION', {
    ...(file === undefined ? {} : { file }),
    what: `option "classNames" has the names of the columns in another order: score column ${moved + 1} is "${printable(headers[moved]!)}", name ${moved + 1} is "${printable(classNames[moved]!)}"`,
    hint: 'Put the columns into the order of the names.',
    value: classNames,
  });
}

function isNamed(header: string, name: string): boolean {
  return header === name || header.endsWith(`_${name}`) || header.endsWith(`.${name}`);
}
