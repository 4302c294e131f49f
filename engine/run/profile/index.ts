export type * from './contract.ts';
export { importHar } from './import-har.ts';
export { lockProfile } from './lock.ts';
export { probeProfile } from './probe.ts';
export { selftestProfile } from './selftest.ts';
