import type { Notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Change, ConfidenceTest, Evaluation, Figures } from '../evaluation/evaluation.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { noticesOf } from './report-model.ts';
import type { ReportInput, ReportSource } from './report-types.ts';

/** The records of a report with their keys in one fixed order, whatever order they were built in. */
export function reportRecord(input: ReportInput): object {
  const { title, evaluation, calibrator, sources, conventions, nllCurve } = input;
  const { outcome, direction, headline, details, test } = evaluation.verdict;
  return {
    format: 'calibrant-report',
    version: 1,
    toolVersion: conventions.toolVersion,
    title,
    verdict: { outcome, direction, headline, details, test: testRecord(test) },
    evaluation: evaluationRecord(evaluation),
    calibrator: calibrator === undefined ? null : calibratorRecord(calibrator),
    nllCurve: nllCurve?.map(({ temperature, nll }) => ({ temperature, nll })) ?? null,
    sources: sources.map(sourceRecord),
    notes: conventions.notes ?? [],
    notices: noticesOf(input).map(noticeRecord),
  };
}

/** A warning for machines; of its place what is known. */
export function noticeRecord({ code, message, file, row, column }: Notice): object {
  return { code, message, file, row, column };
}

function evaluationRecord(evaluation: Evaluation): object {
  const { judgement, rows, classes, classNames, input, binary, before, after, changes, bootstrap } =
    evaluation;
  return {
    judgement,
    rows,
    classes,
    classNames,
    input,
    binary,
    before: figuresRecord(before, evaluation.test.clusters !== null),
    after: after === null ? null : figuresRecord(after, evaluation.test.clusters !== null),
    changes:
      changes === null
        ? null
        : {
            nll: changeRecord(changes.nll),
            brier: changeRecord(changes.brier),
            ece: changeRecord(changes.ece),
            eceDebiased: changeRecord(changes.eceDebiased),
          },
    bootstrap:
      bootstrap === null
        ? null
        : {
            resamples: bootstrap.resamples,
            seed: bootstrap.seed,
            level: bootstrap.level,
            method: bootstrap.method,
          },
    temperature: evaluation.temperature,
    foldTemperatures: evaluation.foldTemperatures,
    savedTemperature: evaluation.savedTemperature,
    floorSensitivity: floorRecord(evaluation),
    notices: evaluation.notices.map(noticeRecord),
  };
}

function floorRecord({ floorSensitivity }: Evaluation): object | null {
  if (floorSensitivity === undefined) return null;
  const { floor, points, isDecisive } = floorSensitivity;
  const pointsRecord = points.map(({ floor: at, temperature, nll }) => ({
    floor: at,
    temperature,
    nll: nll === null ? null : changeRecord(nll),
  }));
  return { floor, points: pointsRecord, isDecisive };
}

/** The noise of the ECE is that of independent rows, so it is left out with clusters. */
function figuresRecord(figures: Figures, areClustered: boolean): object {
  const { nll, infiniteRows, brier, accuracy, frequency, meanConfidence, gapError, ece } = figures;
  const {
    eceNoise,
    eceNoiseLimit,
    eceDebiased,
    mce,
    eceEqualMass,
    equalMassBins,
    classwiseEce,
    classwise,
    reliability,
    confidenceHistogram,
  } = figures;
  return {
    nll,
    infiniteRows,
    brier,
    accuracy,
    frequency,
    meanConfidence,
    gapError,
    ece,
    eceNoise: areClustered ? null : eceNoise,
    eceNoiseLimit: areClustered ? null : eceNoiseLimit,
    eceDebiased,
    mce,
    eceEqualMass,
    equalMassBins,
    classwiseEce,
    classwise,
    reliability: binsRecord(reliability),
    confidenceHistogram: { all: confidenceHistogram.all, correct: confidenceHistogram.correct },
  };
}

function binsRecord({ rule, bins, count, totalWeight, level }: ReliabilityBins): object {
  return {
    rule: {
      scheme: rule.scheme,
      closure: rule.closure,
      requested: rule.requested,
      ...(rule.binary === undefined ? {} : { binary: rule.binary }),
      ...(rule.interval === undefined ? {} : { interval: rule.interval }),
    },
    count,
    totalWeight,
    level,
    bins: bins.map((bin) => ({
      low: bin.low,
      high: bin.high,
      count: bin.count,
      weight: bin.weight,
      confidence: bin.confidence,
      accuracy: bin.accuracy,
      gap: bin.gap,
      interval: bin.interval,
    })),
  };
}

function testRecord(test: ConfidenceTest): object {
  const { method, statistic, degreesOfFreedom, pValue, temperature, direction, clusters } = test;
  return { method, statistic, degreesOfFreedom, pValue, temperature, direction, clusters };
}

function changeRecord(change: Change): object {
  const { before, after, difference, interval, withinNoise, standardError, pValue, adjusted } = change;
  return {
    before,
    after,
    difference,
    interval,
    withinNoise,
    standardError,
    pValue,
    adjustedPValue: adjusted,
  };
}

function calibratorRecord(model: TemperatureModel): object {
  const { type, input, classes, status, message, temperature, rows, totalWeight, nll } = model;
  const { certificate, uncertainty, weightKind, effectiveRows, clusters } = model;
  return {
    type,
    input,
    classes,
    status,
    message,
    temperature,
    rows,
    totalWeight,
    ...(weightKind === undefined ? {} : { weightKind }),
    ...(effectiveRows === undefined ? {} : { effectiveRows }),
    ...(clusters === undefined ? {} : { clusters }),
    nll: { before: nll.before, after: nll.after },
    certificate:
      certificate === null
        ? null
        : {
            slope: certificate.slope,
            curvature: certificate.curvature,
            bracket: certificate.bracket,
            kappa: certificate.kappa,
            evaluations: certificate.evaluations,
            iterations: certificate.iterations,
          },
    uncertainty:
      uncertainty === null
        ? null
        : {
            ...(uncertainty.variance === undefined ? {} : { variance: uncertainty.variance }),
            standardError: uncertainty.standardError,
            level: uncertainty.level,
            waldInterval: uncertainty.waldInterval,
            profileInterval: uncertainty.profileInterval,
            likelihoodRatio: {
              statistic: uncertainty.likelihoodRatio.statistic,
              pValue: uncertainty.likelihoodRatio.pValue,
            },
          },
  };
}

function sourceRecord({ role, name, rows, hash, columns, treatment }: ReportSource): object {
  const facts = { rows: rows ?? null, hash: hash ?? null, columns: columns ?? null };
  return { role, name, ...facts, treatment: treatment ?? null };
}
