export { type CrashPoint, crashPoints } from './crashpoints.ts';
export { type Disk, type Io, systemIo } from './io.ts';
export { acquireLease, clientLeaseName, DEFAULT_TTL_MS, hostLeaseName } from './lease.ts';
export { createLocalStore, type LocalStateOptions } from './local.ts';
export * from './store.ts';
