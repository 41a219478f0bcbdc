import { countText } from '../core/count-text.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';

/** Fewer effective rows than this leave the robust interval of T too narrow. */
const fewEffectiveRows = 500;

/** Fewer clusters than this are too few for the variance between them to be known. */
const fewClusters = 30;

/** Warnings where importance weights or clusters leave too little to estimate a variance from. */
export function weightingNotices({
  effectiveRows,
  rows,
  clusters,
}: Pick<TemperatureModel, 'effectiveRows' | 'rows' | 'clusters'>): readonly Notice[] {
  const found: Notice[] = [];
  if (effectiveRows !== undefined && effectiveRows < fewEffectiveRows) {
    const some = `${countText(Math.round(effectiveRows))} of ${countText(rows)} rows`;
    found.push(
      notice(
        'W_EFFECTIVE_ROWS',
        `the importance weights leave ${some} effective; ${fewEffectiveRows} or more are advised, with fewer the intervals can be too narrow.`,
      ),
    );
  }
  if (clusters !== undefined && clusters < fewClusters) {
    found.push(
      notice(
        'W_FEW_CLUSTERS',
        `${clusters} clusters; ${fewClusters} or more are advised, with fewer the variance between them is hardly known.`,
      ),
    );
  }
  return found;
}
