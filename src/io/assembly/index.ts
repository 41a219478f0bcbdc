export { setPowers } from './plain-number';
export { freeAddress, linesRead, readRecords, recordsRead, setLayout, textEnd } from './plain-records';
