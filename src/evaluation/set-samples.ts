import type { Room } from '../core/room.ts';
import { type AnySet, heldNumbers, setInMemory, storedSet } from '../core/stored-set.ts';
import type { BinaryView } from '../metrics/measure-options.ts';
import { type MeasureSample, tablesOfClasses, withDerived } from '../metrics/measure-sample.ts';
import { probabilityRows, temperedRows } from '../metrics/probability-rows.ts';

/**
 * A loaded set as measures take it: as it came, or after a temperature. The set was checked when it was read; the rows are
 * those that `evaluate` judges, so that the figures of both are the same bits. Of a stored set, scores stay where they are and
 * labels, weights and what is found of each row stand in memory.
 *
 * @param room What may be taken for more than that, of a set that is not in memory.
 * @throws CalibrationError `E_OPTION` for `binary: 'positive'` with other than two classes.
 */
export function sampleOfSet(
  set: AnySet,
  temperature: number | null,
  binary: BinaryView,
  room?: Room,
): MeasureSample {
  const { kind, scores } = room === undefined ? setInMemory(set) : set;
  const rows =
    temperature === null && kind === 'probabilities'
      ? probabilityRows(scores)
      : temperedRows({ scores, kind }, temperature ?? 1);
  const source = room === undefined ? rows : { ...rows, room };
  const { labels, weights, storage } = storedSet(set);
  const held = {
    source,
    labels: heldNumbers(labels),
    weights: weights === undefined ? undefined : heldNumbers(weights),
  };
  return withDerived(held, binary, {
    classTables: (rule) => tablesOfClasses({ source, labels, weights }, rule, storage),
  });
}
