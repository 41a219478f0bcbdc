/**
 * Files for calibrant in Node: loaders that read paths, gzip and standard input, and writers that leave a file whole or
 * not there at all.
 *
 * @module
 */
export { loadCalibrator, saveCalibrator } from './calibrator-files.ts';
export { checkOutput, type OutputOptions } from './check-output.ts';
export {
  fitTemperatureInThreads,
  type ThreadedTemperatureOptions,
} from './fit-temperature-in-threads.ts';
export { type InputBytes, type InputOptions, openInput } from './input-bytes.ts';
export { type FileOptions, loadCsv, loadCsvPair, loadScores } from './load-csv.ts';
export {
  loadStored,
  loadStoredPair,
  loadStoredScores,
  type Releasable,
  type StoredFileOptions,
} from './load-stored.ts';
export type { MemoryOptions } from './memory-limit.ts';
export { type OutputFile, openOutput, type WriteOptions } from './output-file.ts';
export { removeTemporaries } from './temporaries.ts';
export { toolVersion } from './tool-version.ts';
export { type Contents, writeAtomically } from './write-atomically.ts';
