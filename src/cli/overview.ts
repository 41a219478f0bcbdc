import { padRight, wrapped } from '../report/text-table.ts';

const firstSteps = [
  ['calibrant report val.csv', 'fit, evaluate and write report.html'],
  ['calibrant fit val.csv -o calibrator.json', 'find the temperature and save it'],
  ['calibrant apply calibrator.json new.csv', 'calibrated probabilities as CSV'],
] as const;

const statuses =
  'Exit status: 0 done, 1 bug in calibrant, 2 wrong usage, 3 bad input, 4 cannot write, 5 no temperature fits, 6 a check failed, 130 interrupted; 129, 131 and 143 ended by SIGHUP, SIGQUIT and SIGTERM.';

/** What stands below the list of commands: where to start, and what the exit status says. */
export function overview(width: number): string {
  const column = Math.max(...firstSteps.map(([line]) => line.length)) + 7;
  const fits = firstSteps.every(([, what]) => 2 + column + what.length <= width);
  const steps = firstSteps.map(([line, what]) =>
    fits ? `  ${padRight(line, column)}${what}` : `  ${line}\n      ${what}`,
  );
  return ['', 'Start here:', ...steps, '', ...wrapped(statuses, width)].join('\n');
}
