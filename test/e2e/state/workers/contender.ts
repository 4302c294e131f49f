/** Takes the lease, writes the start and the end of its turn to a shared log, and goes: by release, or by SIGKILL. */
import { setTimeout } from 'node:timers/promises';
import { acquireLease } from '../../../../engine/state/index.ts';
import { argument, log, realIo } from './setting.ts';

const [directory, shared, farewell] = [argument(0), argument(1), argument(2)];
const options = { user: 'ana', command: 'apply', ttlMs: 20_000, waitMs: 60_000 };
const lease = await acquireLease(realIo(), directory, 'client-acme', options);
await lease.mayWrite(100);
log(shared, `start ${lease.epoch}`);
await setTimeout(Math.random() * 8);
await lease.mayWrite(100);
log(shared, `end ${lease.epoch}`);
if (farewell === 'die') process.kill(process.pid, 'SIGKILL');
await lease.release();
