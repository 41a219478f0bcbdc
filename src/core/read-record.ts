import { CalibrationError } from './errors.ts';
import { foundText, isList, isPlainObject, typedArrayName } from './found-text.ts';

/**
 * Reads a record that another function of calibrant made, such as a table of bins or a report. One that was damaged on the
 * way, in which fields are missing or of another type, is refused.
 *
 * @param what What the record is: `table of bins`.
 * @param read Works the result out.
 * @throws CalibrationError `E_RECORD`.
 */
export function readRecord<Result>(record: unknown, what: string, read: () => Result): Result {
  checkPlain(record, what);
  try {
    return soundResult(read(), what);
  } catch (error) {
    throw recordError(error, what);
  }
}

/** {@link readRecord} whose result comes later. */
export async function readRecordLater<Result>(
  record: unknown,
  what: string,
  read: () => Promise<Result>,
): Promise<Result> {
  checkPlain(record, what);
  try {
    return soundResult(await read(), what);
  } catch (error) {
    throw recordError(error, what);
  }
}

const deepest = 32;

/** Refuses what is not plain data: functions, dates, cycles, NaN and holes. */
function checkPlain(record: unknown, what: string): void {
  if (typeof record !== 'object' || record === null) throw notMade(what, `it is ${foundText(record)}`);
  checkPart(record, what, '', 0);
}

function checkPart(value: unknown, what: string, path: string, depth: number): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return;
  if (typeof value === 'number' && !Number.isNaN(value)) return;
  if (depth > deepest) throw notMade(what, `"${path.slice(0, 60)}…" is nested too deeply`);
  if (isList(value)) {
    for (let i = 0; i < value.length; i += 1) checkPart(value[i], what, `${path}[${i}]`, depth + 1);
  } else if (isPlainObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (inner !== undefined) checkPart(inner, what, path === '' ? name : `${path}.${name}`, depth + 1);
    }
  } else if (typedArrayName(value) === undefined) {
    throw notMade(what, `${path === '' ? 'it' : `"${path}"`} is ${foundText(value)}`);
  }
}

/** A result of numbers that are none comes of a record that lacks some. */
function soundResult<Result>(result: Result, what: string): Result {
  if (!holdsNaN(result, 0)) return result;
  throw notMade(what, 'fields are missing or of another type');
}

function holdsNaN(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isNaN(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > deepest)
    return false;
  return Object.values(value).some((inner) => holdsNaN(inner, depth + 1));
}

function recordError(error: unknown, what: string): unknown {
  const isOurs = error instanceof CalibrationError && !error.code.startsWith('E_INTERNAL');
  const isOther = error instanceof Error && !(error instanceof TypeError || error instanceof RangeError);
  if (isOurs || (isOther && !(error instanceof CalibrationError))) return error;
  return notMade(what, 'fields are missing or of another type', error);
}

function notMade(what: string, found: string, cause?: unknown): CalibrationError {
  return new CalibrationError('E_RECORD', {
    what: `this is no ${what} as calibrant makes it: ${found}`,
    ...(cause === undefined ? {} : { cause }),
  });
}
