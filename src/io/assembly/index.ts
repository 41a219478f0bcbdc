export { setPowers } from './plain-number';
export { linesRead, readRecords, recordsRead, setLayout, textEnd } from './plain-records';
