import { checkOptionNames, checkText } from '../core/checks.ts';
import { CalibrationError, type ErrorCode, printable } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { FloorTemperature, Treatment } from '../core/treatment.ts';
import type schema from './calibrator.schema.json';
import { calibratorRule, type StoredCalibrator } from './calibrator-rule.ts';
import { type JsonValue, jsonText } from './json-text.ts';
import { sha256Text } from './sha-256.ts';

/** Where a calibrator came from. */
export interface CalibratorProvenance {
  /** Names of the K classes in column order, unique. */
  readonly classNames: readonly string[];
  /** Whether the names came from the data rather than from the column numbers. */
  readonly namedClasses: boolean;
  /** SHA-256 of the data fitted on, as a loader reports it. */
  readonly dataHash: string;
  /** Name of the data file, without its folder. */
  readonly file?: string;
  /** Release of calibrant that fitted it. */
  readonly toolVersion: string;
  /** What was done to the numbers it was fitted on; absent means nothing. The same belongs to those it is applied to. */
  readonly treatment?: Treatment;
  /** The temperatures that floors about the one in use would have given; absent unless that one raised cells. */
  readonly floors?: readonly FloorTemperature[];
}

/** A calibrator with its origin: what a calibrator file holds. */
export interface CalibratorFile {
  readonly model: TemperatureModel & { readonly temperature: number };
  readonly provenance: CalibratorProvenance;
}

const format: typeof schema.properties.format.const = 'calibrant-calibrator';
const schemaName = 'urn:calibrant:calibrator:2';
const newestVersion = 2;
/** Versions that are read. What version 2 added is absent in version 1. */
const versions: readonly number[] = [1, newestVersion];

/**
 * Writes a fitted calibrator as JSON: a closed record of fixed key order that `calibrator.schema.json` describes, with
 * a SHA-256 checksum of its contents. Equal input gives equal text; there is no date in it.
 *
 * @param model A fit with a temperature.
 * @param provenance Class names, data hash and release.
 * @returns JSON text with a final line feed.
 * @throws CalibrationError `E_MODEL_FIELD` when the fit has no temperature or the provenance does not belong to it.
 *
 * @example
 * ```ts
 * import { fitTemperature, readCalibrator, writeCalibrator } from 'calibrant';
 *
 * const model = fitTemperature([[3, 0], [0, 2], [1, 0], [2, 0]], [0, 1, 1, 0]);
 * const text = writeCalibrator(model, {
 *   classNames: ['cat', 'dog'],
 *   namedClasses: true,
 *   dataHash: '0'.repeat(64),
 *   toolVersion: '0.1.0',
 * });
 * assert.deepEqual(readCalibrator(text).model, model);
 * ```
 */
export function writeCalibrator(model: TemperatureModel, provenance: CalibratorProvenance): string {
  checkPresent(model, 'model');
  checkPresent(provenance, 'provenance');
  const { status, message, totalWeight, nll, certificate, uncertainty } = model;
  const weighting = weightingOf(model);
  const contents = {
    $schema: schemaName,
    format,
    version: newestVersion,
    type: model.type,
    input: model.input,
    classes: model.classes,
    classNames: provenance.classNames,
    namedClasses: provenance.namedClasses,
    temperature: model.temperature,
    fit: { status, message, totalWeight, ...weighting, nll, certificate, uncertainty },
    ...(provenance.treatment === undefined ? {} : { treatment: provenance.treatment }),
    ...(provenance.floors === undefined ? {} : { floors: provenance.floors }),
    provenance: {
      rows: model.rows,
      classes: model.classes,
      dataHash: provenance.dataHash,
      ...(provenance.file === undefined ? {} : { file: provenance.file }),
      tool: 'calibrant',
      toolVersion: provenance.toolVersion,
    },
  };
  const { checksum: _, ...checked } = calibratorRule({ ...contents, checksum: checksumOf('') }, '');
  return `${jsonText({ ...asJson(checked), checksum: checksumOf(jsonText(asJson(checked))) }, 2)}\n`;
}

/** Options of {@link readCalibrator}. */
export interface ReadCalibratorOptions {
  /** File name for messages. */
  readonly file?: string;
}

/**
 * Reads what {@link writeCalibrator} wrote and nothing else: unknown fields, values out of range, other versions and
 * contents that do not match their checksum are refused.
 *
 * @returns The fitted record, ready to apply, and where it came from.
 * @throws CalibrationError `E_MODEL_JSON` for what is no calibrator, `E_MODEL_VERSION`, `E_MODEL_FIELD`,
 * `E_MODEL_CHECKSUM`.
 *
 * @example
 * ```ts
 * import { readCalibrator } from 'calibrant';
 *
 * assert.throws(() => readCalibrator('{"name": "other"}'), /E_MODEL_JSON/);
 * ```
 */
export function readCalibrator(text: string, options: ReadCalibratorOptions = {}): CalibratorFile {
  checkOptionNames(options, ['file']);
  const { file } = options;
  checkText('text', text);
  if (file !== undefined) checkText('file', file);
  const parsed = parsedJson(text, file);
  checkKind(parsed, file);
  const stored = withFile(file, () => calibratorRule(parsed, ''));
  const { checksum, ...contents } = stored;
  if (checksum !== checksumOf(jsonText(asJson(contents)))) {
    throw new CalibrationError('E_MODEL_CHECKSUM', {
      ...(file === undefined ? {} : { file }),
      what: 'the checksum does not match the contents, so the file is damaged or was edited',
      hint: 'Fit again, or restore the original file.',
    });
  }
  return fileOf(stored);
}

function fileOf(stored: StoredCalibrator): CalibratorFile {
  const { fit, provenance } = stored;
  return {
    model: {
      type: stored.type,
      input: stored.input,
      classes: stored.classes,
      status: fit.status,
      message: fit.message,
      temperature: stored.temperature,
      rows: provenance.rows,
      totalWeight: fit.totalWeight,
      ...weightingOf(fit),
      nll: fit.nll,
      certificate: fit.certificate,
      uncertainty: fit.uncertainty,
    },
    provenance: {
      classNames: stored.classNames,
      namedClasses: stored.namedClasses,
      dataHash: provenance.dataHash,
      ...(provenance.file === undefined ? {} : { file: provenance.file }),
      toolVersion: provenance.toolVersion,
      ...(stored.treatment === undefined ? {} : { treatment: stored.treatment }),
      ...(stored.floors === undefined ? {} : { floors: stored.floors }),
    },
  };
}

/** What is known of weights and clusters; fields that are absent stay so. */
function weightingOf({
  weightKind,
  effectiveRows,
  clusters,
}: Pick<TemperatureModel, 'weightKind' | 'effectiveRows' | 'clusters'>): Pick<
  TemperatureModel,
  'weightKind' | 'effectiveRows' | 'clusters'
> {
  return {
    ...(weightKind === undefined ? {} : { weightKind }),
    ...(effectiveRows === undefined ? {} : { effectiveRows }),
    ...(clusters === undefined ? {} : { clusters }),
  };
}

function parsedJson(text: string, file: string | undefined): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw foreign(
      file,
      text.trim() === '' ? 'is empty' : 'is not whole JSON: it is damaged, cut off or something else',
      cause,
    );
  }
}

/** Tells other JSON and other versions apart before fields are looked at. */
function checkKind(parsed: unknown, file: string | undefined): void {
  const own = (key: string): unknown =>
    typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, key)
      ? (parsed as Record<string, unknown>)[key]
      : undefined;
  if (own('format') !== format) throw foreign(file, `is not a calibrator: its "format" is not "${format}"`);
  const version = own('version');
  if (typeof version === 'number' && Number.isInteger(version) && !versions.includes(version)) {
    throw within(
      'E_MODEL_VERSION',
      file,
      `has format ${version}; this release reads ${versions.join(' and ')}`,
    );
  }
}

function foreign(file: string | undefined, predicate: string, cause?: unknown): CalibrationError {
  return within('E_MODEL_JSON', file, predicate, cause);
}

function within(
  code: ErrorCode,
  file: string | undefined,
  predicate: string,
  cause?: unknown,
): CalibrationError {
  return new CalibrationError(code, {
    ...(file === undefined ? {} : { file }),
    placed: 'within',
    what: `${file === undefined ? 'the calibrator file' : printable(file)} ${predicate}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

function withFile<Result>(file: string | undefined, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof CalibrationError) || file === undefined) throw error;
    throw new CalibrationError(error.code, { file, what: error.what, value: error.value });
  }
}

function checksumOf(contents: string): string {
  return `sha256:${sha256Text(contents)}`;
}

/** Checked records hold JSON values only; their types just do not say so. */
function asJson(checked: object): { readonly [key: string]: JsonValue } {
  return checked as { readonly [key: string]: JsonValue };
}

function checkPresent(value: unknown, name: string): void {
  if (typeof value === 'object' && value !== null) return;
  throw new CalibrationError('E_MODEL_FIELD', {
    what: `the ${name} is ${foundText(value)}, expected a record`,
    value,
  });
}
