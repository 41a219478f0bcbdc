import { type Place, placeText } from './errors.ts';

/** Every code a {@link Notice} can carry. */
export const noticeCodes = [
  'W_ALL_RIGHT',
  'W_BASELINE',
  'W_BINARY_ONE_COLUMN',
  'W_BINS_GT_ROWS',
  'W_BINS_MERGED',
  'W_CHANCE_LEVEL',
  'W_CLASSES_BY_ORDER',
  'W_CLASS_ABSENT',
  'W_CLASS_ORDER',
  'W_COLUMNS_LEFT_OUT',
  'W_CONSTANT_SUM',
  'W_CROSS_FIT',
  'W_DOUBLE_SOFTMAX',
  'W_ECE_UP',
  'W_EFFECTIVE_ROWS',
  'W_FEW_CLUSTERS',
  'W_FEW_DRAWS',
  'W_FEW_ROWS',
  'W_FLOORED',
  'W_HEADER_NUMBERS',
  'W_LABEL_COLUMNS',
  'W_LABEL_ONE_BASED',
  'W_LOG_BASE',
  'W_LOOKS_LIKE_LOGITS',
  'W_LOOKS_LIKE_LOG_PROBS',
  'W_LOOKS_LIKE_PERCENT',
  'W_LOOKS_LIKE_PROBS',
  'W_LOOKS_TRANSPOSED',
  'W_LOSS_CONCENTRATED',
  'W_MEASURES_LEFT_OUT',
  'W_MODEL_UNNAMED_CLASSES',
  'W_NEVER_CLASS_0',
  'W_NO_SAB',
  'W_NO_TEMPERATURE',
  'W_NO_WASM',
  'W_NOT_AS_FITTED',
  'W_NUM_UNDERFLOW',
  'W_ONE_CLASS',
  'W_PART_AT_CHANCE',
  'W_PROB_CLIPPED',
  'W_PROB_SUM',
  'W_PROB_ZERO_TRUE',
  'W_RENORMALIZED',
  'W_REPEATED_IDS',
  'W_REPEATED_LABELS',
  'W_REPEATED_ROWS',
  'W_ROUNDED',
  'W_ROWS_DROPPED',
  'W_ROWS_PAIRED',
  'W_SAME_DATA',
  'W_SCALED',
  'W_SENTINEL',
  'W_SHIFTED_ROWS',
  'W_SIGNED_SHARES',
  'W_SORTED_ROWS',
  'W_SUM_ONE',
  'W_THRESHOLD_LABELS',
  'W_TIES',
  'W_T_EXTREME',
  'W_WORKER',
  'W_AS_FITTED',
  'W_AT_BOUND',
] as const;

/** One of {@link noticeCodes}. */
export type NoticeCode = (typeof noticeCodes)[number];

/** A warning as data: the caller decides whether and where to show it. Its place is there as far as it is known. */
export interface Notice extends Place {
  readonly code: NoticeCode;
  /** One line, code first, in the same form as an error's message. */
  readonly message: string;
}

/** Builds a notice in the one-line form of {@link CalibrationError}. */
export function notice(code: NoticeCode, what: string, place: Place = {}): Notice {
  const where = placeText(place);
  return { code, message: where === '' ? `${code}: ${what}` : `${code}: ${where}: ${what}`, ...place };
}

/** The first notice of each message. */
export function distinctNotices(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.toReversed().map((found) => [found.message, found])).values()].toReversed();
}
