import { CalibrationError, printable } from '../core/errors.ts';

/** As many first bytes as tell a text from what only looks like one. */
export const signatureLength = 8;

interface Signature {
  readonly bytes: readonly number[];
  readonly name: string;
  readonly hint: string;
}

const textHint = 'Save the table as CSV.';

const signatures: readonly Signature[] = [
  signature(
    'PK\x03\x04',
    'a zip archive (.npz, .xlsx and the like)',
    'Save the table as CSV, or read arrays with streamCsv.',
  ),
  signature('PK\x05\x06', 'an empty zip archive', textHint),
  signature('PAR1', 'a Parquet file', textHint),
  signature('ARROW1', 'an Arrow file', textHint),
  signature('\x1f\x8b', 'gzip data', 'Unpack it first, or read it with the file loader, which does.'),
  signature('\x28\xb5\x2f\xfd', 'Zstandard data', 'Unpack it first.'),
  signature('BZh', 'bzip2 data', 'Unpack it first.'),
  signature('\xfd7zXZ\x00', 'xz data', 'Unpack it first.'),
  signature('%PDF', 'a PDF document', textHint),
  signature('\x89PNG', 'a PNG picture', textHint),
  signature('\x89HDF', 'an HDF5 file', textHint),
  signature('\xd0\xcf\x11\xe0', 'an Excel workbook (.xls)', textHint),
  signature('SQLite f', 'an SQLite database', textHint),
  signature('\x80\x04\x95', 'a Python pickle, which can run code', 'Save it as CSV.'),
  signature('<!DOCTYP', 'an HTML page', 'Was a page saved in place of the file?'),
  signature('<!doctyp', 'an HTML page', 'Was a page saved in place of the file?'),
  signature('<html', 'an HTML page', 'Was a page saved in place of the file?'),
  signature('<?xml', 'an XML document', textHint),
  signature('{"', 'JSON', textHint),
  signature('{\n', 'JSON', textHint),
  signature('{\r\n', 'JSON', textHint),
  signature('[[', 'JSON', textHint),
  signature('[{', 'JSON', textHint),
];

function signature(bytes: string, name: string, hint: string): Signature {
  return { bytes: Array.from(bytes, (character) => character.charCodeAt(0)), name, hint };
}

/**
 * Refuses what is no delimited UTF-8 text by its first bytes, and returns how many of them to skip: 3 for a UTF-8
 * byte order mark, else 0.
 *
 * @throws CalibrationError `E_ENCODING` for UTF-16 and UTF-32 marks, `E_FORMAT` for other kinds of file.
 */
export function checkSignature(first: Uint8Array, file: string | undefined): number {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, k) => first[k] === byte);
  const place = { ...(file === undefined ? {} : { file }), placed: 'within' } as const;
  const source = file === undefined ? 'the text' : printable(file);
  const wide =
    begins([0xff, 0xfe, 0, 0]) || begins([0, 0, 0xfe, 0xff])
      ? 'UTF-32'
      : begins([0xff, 0xfe]) || begins([0xfe, 0xff])
        ? 'UTF-16'
        : undefined;
  if (wide !== undefined) {
    throw new CalibrationError('E_ENCODING', {
      ...place,
      what: `${source} starts with a ${wide} mark; save it as UTF-8`,
    });
  }
  const known = signatures.find(({ bytes }) => begins(bytes));
  if (known !== undefined) {
    throw new CalibrationError('E_FORMAT', {
      ...place,
      what: `${source} is ${known.name}, expected delimited text`,
      hint: known.hint,
    });
  }
  return begins([0xef, 0xbb, 0xbf]) ? 3 : 0;
}
