/**
 * Writes its name to a shared log as long as its lease allows. Stops itself (SIGSTOP) once, in the place given, and goes
 * on when somebody continues it.
 */
import { setTimeout } from 'node:timers/promises';
import { acquireLease } from '../../../../engine/state/index.ts';
import { argument, log, realIo } from './setting.ts';

const [directory, shared, place] = [argument(0), argument(1), argument(2)];
let writes = 0;
let stopped = false;

function stopIn(here: string): void {
  if (stopped || here !== place) return;
  stopped = true;
  process.kill(process.pid, 'SIGSTOP');
}

const options = { user: 'ana', command: 'apply', ttlMs: 800 };
try {
  const lease = await acquireLease(realIo(stopIn), directory, 'client-acme', options);
  for (;;) {
    if (writes === 5) stopIn('between-writes');
    await lease.mayWrite(100);
    log(shared, 'sleeper');
    writes += 1;
    await setTimeout(10);
  }
} catch (error) {
  log(shared, error instanceof Error ? error.message : String(error));
}
