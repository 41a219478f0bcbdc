import type { Notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import type { Treatment } from '../core/treatment.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { NllCurvePoint } from '../plots/index.ts';

/** A file that went into a report. */
export interface ReportSource {
  /** What it was used for. */
  readonly role: 'fit' | 'judge' | 'fit-and-judge' | 'calibrator';
  /** Name as the user gave it. */
  readonly name: string;
  readonly rows?: number;
  /** SHA-256 of its data, hex. */
  readonly hash?: string;
  /** How its columns were understood, in words. */
  readonly columns?: string;
  /** What was done to its numbers; of a calibrator, to those it was fitted on. */
  readonly treatment?: Treatment;
}

/** What was agreed beyond what the evaluation itself records. */
export interface ReportConventions {
  /** Version of calibrant that made the figures. */
  readonly toolVersion: string;
  /** Further sentences, such as how bad rows were treated. */
  readonly notes?: readonly string[];
}

/** Everything a report is made from. */
export interface ReportInput {
  readonly title: string;
  readonly evaluation: Evaluation;
  /** The temperature that was fitted, where one was. */
  readonly calibrator?: TemperatureModel;
  readonly sources: readonly ReportSource[];
  readonly conventions: ReportConventions;
  /** NLL against temperature on the fitting rows. */
  readonly nllCurve?: readonly NllCurvePoint[];
  /** Warnings beyond those of the evaluation, such as those of the fitting rows. */
  readonly notices?: readonly Notice[];
}

/** What a change is worth, where it has an interval. */
export type ChangeMark = 'better' | 'worse' | 'within noise';

/** A line of the table of key figures, ready to print. `null` is an empty cell. */
export interface FigureRow {
  readonly key: string;
  readonly label: string;
  /** Unit or rule: `nats per row`. */
  readonly unit: string;
  readonly before: string;
  readonly after: string | null;
  readonly change: string | null;
  readonly interval: string | null;
  readonly mark: ChangeMark | null;
  /** Part of the figure above it rather than a figure of its own. */
  readonly minor: boolean;
}

/** A line of the reliability table, ready to print; an empty bin has `—` in its cells. */
export interface BinRow {
  readonly range: string;
  readonly count: number;
  readonly rows: string;
  /** Percentages without the sign. */
  readonly confidence: string;
  readonly accuracy: string;
  /** Percentage points with the sign of `accuracy − confidence`. */
  readonly gap: string;
  readonly interval: string;
  /** For drawing; `null` when empty. */
  readonly gapValue: number | null;
  /** Mean confidence lies outside the interval of the accuracy. */
  readonly beyondNoise: boolean;
}

/** The reliability table. Row i of `after` is the same bin as row i of `before` only where `sameEdges`. */
export interface BinsTable {
  readonly rule: string;
  readonly level: string;
  readonly before: readonly BinRow[];
  readonly after: readonly BinRow[] | null;
  readonly sameEdges: boolean;
}

/** A line of the class-wise table. */
export interface ClassRow {
  readonly name: string;
  readonly before: string;
  readonly after: string | null;
  readonly change: string | null;
}

/** Class-wise calibration errors: all classes in their order, or the worst of very many. */
export interface ClassesTable {
  readonly rows: readonly ClassRow[];
  /** Says that only the worst are shown; `null` when all are. */
  readonly note: string | null;
}

/** Something that was done, and how. */
export interface MethodItem {
  readonly term: string;
  readonly text: string;
}

/** A file as it stands in the report. */
export interface SourceItem {
  readonly role: string;
  readonly name: string;
  readonly facts: readonly string[];
}

/** A report as plain data: every figure, sentence and table ready to print, and the records they came from. */
export interface ReportModel {
  readonly title: string;
  /** `2,000 rows, 5 classes, logits; evaluated on a set other than the one fitted`. */
  readonly subtitle: string;
  readonly verdict: {
    readonly outcome: Evaluation['verdict']['outcome'];
    readonly direction: Evaluation['verdict']['direction'];
    readonly headline: string;
    readonly details: readonly string[];
  };
  /** Names of the two columns: `Before` and `After, T = 1.830`, or `As they came` and none. */
  readonly columns: { readonly before: string; readonly after: string | null };
  readonly figures: readonly FigureRow[];
  /** Why a figure is missing. */
  readonly figureNotes: readonly string[];
  /** What the marks mean; `null` where there are none. */
  readonly markNote: string | null;
  readonly bins: BinsTable;
  readonly classes: ClassesTable;
  readonly method: readonly MethodItem[];
  readonly sources: readonly SourceItem[];
  /** What was done to the numbers of each file, a line each; empty where nothing was done. */
  readonly data: readonly string[];
  /** How the temperature depends on the floor, a line each; empty where no floor raised anything. */
  readonly floors: readonly string[];
  readonly notices: readonly string[];
  /** One line naming the conventions behind the figures. */
  readonly conventions: string;
  readonly records: ReportInput;
}
