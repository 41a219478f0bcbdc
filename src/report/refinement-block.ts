import type { CalibrationRefinement, Recalibrator } from '../evaluation/index.ts';
import type { BinaryView } from '../metrics/index.ts';
import { type AlignedRow, alignedTable } from './aligned-table.ts';
import { lossText } from './format-number.ts';
import type { Terminal } from './terminal.ts';

/** A line of {@link refinementBlock}. */
export interface RefinementLine extends CalibrationRefinement {
  readonly of: 'log' | 'brier';
  readonly recalibration: Recalibrator;
}

/** Mean scores in refinement and calibration error, a titled group after the other. */
export function refinementBlock(
  groups: readonly { readonly title: string; readonly lines: readonly RefinementLine[] }[],
  binary: BinaryView,
  terminal: Terminal,
): readonly string[] {
  const { colour, wrap } = terminal;
  const lines = groups.flatMap((group) => group.lines);
  const folds = Math.max(...lines.map((line) => line.folds));
  const rows = groups.flatMap(({ title, lines: own }): AlignedRow[] => [
    { cells: [`${title}:`], paint: colour.faint },
    ...own.map(({ score, crossFitted, ...line }) => ({
      cells: [
        nameOf(line, binary),
        figure(score),
        crossFitted === null ? '—' : figure(crossFitted.refinement),
        crossFitted === null ? '—' : figure(crossFitted.calibrationError),
      ],
    })),
  ]);
  const missing = lines.some(({ crossFitted }) => crossFitted === null) ? ' —: some rows admit no fit.' : '';
  const note = `Refinement: the score after recalibration fitted on other rows (${folds} folds), by a temperature for all classes or an isotonic curve for one probability; calibration error: what that wins, below 0 where it loses by chance.${missing}`;
  return [
    ...wrap('Scores split by recalibration', 1).map(colour.strong),
    ...alignedTable(
      [
        { head: 'score', side: 'left' },
        { head: 'value', side: 'right' },
        { head: 'refinement', side: 'right', leaveOut: 1 },
        { head: 'calibration error', side: 'right' },
      ],
      rows,
      terminal,
    ),
    ...wrap(note, 1).map(colour.faint),
  ];
}

function nameOf(
  { of, recalibration }: Pick<RefinementLine, 'of' | 'recalibration'>,
  binary: BinaryView,
): string {
  if (recalibration === 'temperature') return of === 'log' ? 'NLL' : 'Brier score';
  const view = binary === 'positive' ? 'of the second class' : 'of the confidence';
  return `${of === 'log' ? 'Log loss' : 'Brier score'} ${view}`;
}

function figure(value: number): string {
  return Number.isFinite(value) ? lossText(value) : 'infinite';
}
