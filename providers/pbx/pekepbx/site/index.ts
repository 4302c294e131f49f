/** What a visit on site needs of a server that nobody documents: the command line calls these. */
export { profileDefaults } from '../profile/defaults.ts';
export { marksIn } from '../profile/marks.ts';
export type * from './contract.ts';
export { diff } from './diff.ts';
export { type ProbeOptions, probe } from './probe.ts';
export { selftest } from './selftest.ts';
