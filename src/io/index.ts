export {
  type CalibratorFile,
  type CalibratorProvenance,
  type ReadCalibratorOptions,
  readCalibrator,
  writeCalibrator,
} from './calibrator-file.ts';
export { checkCalibratorFits, type ScoresToFit } from './calibrator-fits.ts';
export { dataHash } from './data-hash.ts';
export { formatNpy } from './format-npy.ts';
export { type FormatProbabilitiesOptions, formatProbabilities } from './format-probabilities.ts';
export { parseCsv, parseCsvPair, parseScores } from './parse-csv.ts';
export type {
  ByteSource,
  CsvOptions,
  KeptColumn,
  LoadedScores,
  LoadedSet,
  LoadedStoredScores,
  LoadedStoredSet,
  ReadingNotes,
  StoredNotes,
} from './scored-set-input.ts';
export type { Sha256 } from './sha-256.ts';
export { streamCsv, streamCsvPair, streamScores } from './stream-csv.ts';
