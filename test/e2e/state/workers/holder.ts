/** Takes the lease for an hour and keeps it. */
import { acquireLease } from '../../../../engine/state/index.ts';
import { argument, realIo } from './setting.ts';

const options = { user: 'ana', command: 'apply', ttlMs: 3_600_000 };
await acquireLease(realIo(), argument(0), 'client-acme', options);
process.stdout.write('held\n');
