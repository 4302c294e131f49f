/**
 * Applies a workspace and kills itself where ALTA_TEST_KILL says: `journal:synced 2` is the second time that a run passes
 * that point. Without it, it lives. Prints every point that it passes.
 *
 * Points are those of the state (`engine/state/crashpoints.ts`) and, around every call to a target, `target:before-…`
 * and `target:after-…`.
 */
import { writeSync } from 'node:fs';
import { applyWorkspace } from '../../../../engine/run/apply/apply.ts';
import type { RunContext } from '../../../../engine/run/contract.ts';
import type { Driver, PoweredSession } from '../../../../providers/contract.ts';
import { driverNames, loadDriver } from '../../../../providers/registry.ts';
import { realClock } from '../../../../providers/transport/clock.ts';

const [root = '', consent = 'null'] = process.argv.slice(2);
const passed = new Map<string, number>();

function at(point: string): void {
  const times = (passed.get(point) ?? 0) + 1;
  passed.set(point, times);
  writeSync(1, `${point} ${times}\n`);
  if (process.env.ALTA_TEST_KILL === `${point} ${times}`) process.kill(process.pid, 'SIGKILL');
}

async function around<T>(what: string, call: () => Promise<T>): Promise<T> {
  at(`target:before-${what}`);
  const result = await call();
  at(`target:after-${what}`);
  return result;
}

function watched(session: PoweredSession): PoweredSession {
  const { commit } = session;
  return {
    ...session,
    apply: (write) => around(write.action, () => session.apply(write)),
    ...(commit === undefined ? {} : { commit: () => around('commit', () => commit()) }),
  };
}

async function watchedDriver(name: string): Promise<Driver | null> {
  const driver = await loadDriver(name);
  if (driver === null) return null;
  return { ...driver, open: async (target, context) => watched(await driver.open(target, context)) };
}

const context: RunContext = {
  root,
  env: { PATH: process.env.PATH },
  clock: realClock,
  stop: new AbortController().signal,
  abort: new AbortController().signal,
  progress: () => {},
  log: () => {},
  driver: watchedDriver,
  driverNames: driverNames(),
  version: '0.0.0-test',
  parallelism: 8,
  user: 'ana',
  lang: 'en',
  command: 'apply',
  at,
};

writeSync(1, 'ready\n');
const { report, diagnostics } = await applyWorkspace(context, {
  clients: [],
  selection: { targets: [], exclude: [] },
  consent: { allowDelete: null, recreate: null, overrideLimits: null, ...JSON.parse(consent) },
  since: null,
  noRead: false,
  approval: null,
  confirm: async () => true,
  rollback: false,
  lockTimeoutMs: 0,
});
const steps = report?.clients.flatMap((client) => client.steps) ?? [];
const failed = [...diagnostics, ...steps.flatMap(({ diagnostic }) => diagnostic ?? [])];
writeSync(1, `end ${JSON.stringify({ steps: steps.map(({ result }) => result), failed })}\n`);
