export { diagnose } from './diagnose.ts';
export type { DoctorContext } from './patient.ts';
