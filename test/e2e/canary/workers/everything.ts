/**
 * Runs commands on a workspace with debug logging on, and prints everything that they say, log, return and throw, as JSON
 * and as deep as it can be inspected. Standard input: `{ root, env, commands }`. The parent looks for secrets in it.
 */
import { readFileSync, writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { applyWorkspace } from '../../../../engine/run/apply/apply.ts';
import { attest, listGuided } from '../../../../engine/run/attest.ts';
import type { ApplyOptions, RunContext } from '../../../../engine/run/contract.ts';
import { driftWorkspace } from '../../../../engine/run/drift.ts';
import { planWorkspace } from '../../../../engine/run/plan.ts';
import { validateWorkspace } from '../../../../engine/run/validate.ts';
import { verifyWorkspace } from '../../../../engine/run/verify/verify.ts';
import { driverNames, loadDriver } from '../../../../providers/registry.ts';
import { realClock } from '../../../../providers/transport/clock.ts';
import { fastClock } from '../../../support/runs.ts';

interface Order {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  /** How many times faster than the machine's clock waits go. */
  readonly speed?: number;
  /** The state's crash point at which the process kills itself. */
  readonly killAt?: string;
}

const order = JSON.parse(readFileSync(0, 'utf8')) as Order;

function tell(what: string, value: unknown): void {
  const deep = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
  writeSync(1, `${what}\n${JSON.stringify(value)}\n${deep}\n`);
  if (value instanceof Error) writeSync(1, `${value.stack}\n${String(value)}\n`);
}

function contextOf(command: string): RunContext {
  return {
    root: order.root,
    env: { PATH: process.env.PATH, ...order.env },
    clock: order.speed === undefined ? realClock : fastClock(order.speed, 0),
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    progress: (event) => tell('progress', event),
    log: (event, facts) => tell(`log ${event}`, facts),
    driver: loadDriver,
    driverNames: driverNames(),
    version: '0.0.0-test',
    parallelism: 8,
    user: 'ana',
    lang: 'es',
    command,
    at: (point) => {
      if (point === order.killAt) process.kill(process.pid, 'SIGKILL');
    },
  };
}

const options: ApplyOptions = {
  clients: [],
  selection: { targets: [], exclude: [] },
  consent: { allowDelete: null, recreate: null, overrideLimits: null, acceptOutage: null },
  since: null,
  noRead: false,
  approval: null,
  confirm: async (planned) => {
    tell('asked', planned);
    return true;
  },
  rollback: false,
  lockTimeoutMs: 0,
};

const commands: Readonly<Record<string, (context: RunContext) => Promise<unknown>>> = {
  validate: (context) => validateWorkspace(context),
  plan: (context) => planWorkspace(context, options),
  apply: (context) => applyWorkspace(context, options),
  verify: (context) => verifyWorkspace(context, options),
  drift: (context) => driftWorkspace(context, options),
  guided: (context) => listGuided(context),
  attest: (context) => attest(context, { address: 'acme', note: 'visto', lockTimeoutMs: 0 }),
};

for (const name of order.commands) {
  const context = contextOf(name);
  const result = await commands[name]?.(context).catch((error: unknown) => error);
  tell(`result of ${name}`, result);
  tell(`environment after ${name}`, context.env);
}
tell('arguments', [process.argv, process.execArgv, process.title]);
tell('environment', process.env);
tell('report', process.report?.getReport());
writeSync(1, 'the end\n');
