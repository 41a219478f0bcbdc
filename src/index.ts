/**
 * calibrant turns a trained classifier's validation logits into confidences that can be trusted.
 *
 * Everything here runs in Node and in browsers. Files are in `calibrant/node`, Web Workers in `calibrant/browser`,
 * rendered reports in `calibrant/report`, plot specifications in `calibrant/plots`, ml-matrix views in `calibrant/ml-matrix`.
 *
 * @module
 */
export * from './calibrators/index.ts';
export type { CalibratorModel } from './core/calibrator-model.ts';
export type { ProgressListener } from './core/cancellation.ts';
export type { ClusterNames } from './core/cluster-numbers.ts';
export type { ColumnFinding, ColumnRole, SuggestedOptions } from './core/column-finding.ts';
export {
  CalibrationError,
  type ErrorCode,
  type ErrorDetails,
  errorCodes,
  type Place,
} from './core/errors.ts';
export type { LabelInput, WeightInput } from './core/labels.ts';
export type { CellMatrix, Matrix, MatrixInput } from './core/matrix.ts';
export { toMatrix } from './core/matrix.ts';
export { type Notice, type NoticeCode, noticeCodes } from './core/notices.ts';
export type {
  NewStore,
  NumberArray,
  NumberStorage,
  NumberStore,
  StoredNumbers,
} from './core/number-store.ts';
export { type RandomSource, seededRandom } from './core/random.ts';
export type { Room } from './core/room.ts';
export type { ScoreRows } from './core/score-rows.ts';
export type { ScoredSet, ScoreKind, WeightKind } from './core/scored-set.ts';
export type { AnySet, StoredSet } from './core/stored-set.ts';
export type {
  TemperatureCertificate,
  TemperatureModel,
  TemperatureStatus,
  TemperatureUncertainty,
} from './core/temperature-model.ts';
export type { DownloadableTensor, TensorLike } from './core/tensor.ts';
export type {
  ClippedCells,
  FlooredCells,
  FloorTemperature,
  RenormalizedRows,
  Treatment,
} from './core/treatment.ts';
export * from './distillation/index.ts';
export * from './doctor/index.ts';
export * from './evaluation/index.ts';
export * from './io/index.ts';
export * from './metrics/index.ts';
export * from './ood/index.ts';
export * from './optimize/index.ts';
export * from './softmax/index.ts';
