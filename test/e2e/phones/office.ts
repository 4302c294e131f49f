import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Check } from '../../../engine/model/index.ts';
import {
  type PlanResult,
  planWorkspace,
  type RunContext,
  verifyWorkspace,
} from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import {
  type Lab,
  type LabBoxControl,
  type LabPhone,
  type LabPhoneControl,
  type LabPhoneService,
  startLab,
} from '../../../lab/index.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { contextAt, planOptions } from '../../support/commands.ts';
import { clientData, type Over, paperwork, sips } from './papers.ts';
import { applied, clockAt, impatient, type Run } from './runs.ts';

/** A workspace with one PBX, `sede`, and one phone, `mesa`, whose extensions it has; and everything that runs ever said. */
export interface Office {
  readonly root: string;
  readonly lab: Lab;
  readonly box: LabBoxControl;
  readonly phone: LabPhoneControl;
  readonly service: LabPhoneService;
  /** Writes the client's file: extensions by number, and the accounts of the phone. */
  declare(accounts: readonly object[], over?: Over): Promise<void>;
  /** Encrypts a secret of the client under a new rev; it must never be seen again. */
  secret(group: 'connect' | 'values', name: string, value: string): Promise<void>;
  apply(over?: Partial<RunContext>): Promise<Run>;
  plan(): Promise<PlanResult>;
  verify(): Promise<readonly Check[]>;
  /** The forms of secrets, those of other people's lines among them, that stand in anything said so far; none, hopefully. */
  leaks(): readonly string[];
  close(): Promise<void>;
}

/** How an office differs from the usual one. */
export interface Setting {
  readonly phone?: Partial<LabPhone>;
  /** Longest time for one request to the phone, ms. */
  readonly timeLimitMs?: number;
}

/** A phone with sixteen lines for each generation of the web page. */
export const models = {
  b0: { generation: 'b0', model: 'T46G', firmware: '28.80.0.125' },
  b1: { generation: 'b1', model: 'T46S', firmware: '66.84.0.15' },
  b2: { generation: 'b2', model: 'T46S', firmware: '66.86.0.15' },
  c: { generation: 'c', model: 'T54W', firmware: '96.86.0.70' },
} as const satisfies Record<string, Partial<LabPhone>>;

export type Web = keyof typeof models;

/** One of the servlet, and the JSON interface: what most tests run on. */
export const webs = ['b1', 'c'] as const satisfies readonly Web[];

export const allWebs: readonly Web[] = ['b0', 'b1', 'b2', 'c'];

/** Plain HTTP unless asked otherwise: most tests do not care, and a handshake for each login takes its time. */
export async function startOffice(
  web: Web,
  { phone = {}, timeLimitMs = 15_000 }: Setting = {},
): Promise<Office> {
  const root = await mkdtemp(join(tmpdir(), 'alta-office-'));
  const lab = await startLab({
    boxes: [{ name: 'sede', edition: 'v2.0.0', extensions: 1, tls: false }],
    phones: [{ name: 'mesa', tls: false, ...models[web], ...phone }],
  });
  const [service] = lab.phones;
  if (service === undefined) throw new Error('the lab has no phone');
  await lab.phone('mesa').settled();
  const papers = await paperwork(root);
  const words = new Set<string>();
  const said: string[] = [];
  const note = (thing: unknown) =>
    said.push(thing instanceof Error ? inspect(thing, { depth: 12 }) : JSON.stringify(thing));
  let runs = 0;
  const context = (over: Partial<RunContext> = {}): RunContext => {
    runs += 1;
    return contextAt(root, {
      clock: clockAt(runs * 120_000),
      log: (event, facts) => note([event, facts]),
      progress: note,
      driver: async (name) => impatient(await loadDriver(name), timeLimitMs),
      ...over,
    });
  };
  const secret: Office['secret'] = async (group, name, value) => {
    words.add(value);
    await papers.seal(group, name, value);
  };
  for (const { name, credentials } of lab.boxes) {
    await papers.seal('connect', `pbx/${name}/username`, credentials.username);
    await secret('connect', `pbx/${name}/password`, credentials.password);
  }
  await papers.seal('connect', 'devices/mesa/username', service.credentials.username);
  await secret('connect', 'devices/mesa/password', service.credentials.password);
  for (const [number, value] of Object.entries(sips))
    await secret('values', `extensions/sede/${number}/sip`, value);
  return {
    root,
    lab,
    box: lab.box('sede'),
    phone: lab.phone('mesa'),
    service,
    secret,
    declare: (accounts, over = {}) =>
      papers.write('clients/acme/client.yaml', clientData(lab, service, accounts, over)),
    apply: async (over) => {
      const run = await applied(context(over), note);
      note(run);
      return run;
    },
    plan: async () => {
      const planned = await planWorkspace(context({ command: 'plan' }), planOptions);
      note(planned);
      return planned;
    },
    verify: async () => {
      const { report } = await verifyWorkspace(context({ command: 'verify' }), planOptions);
      note(report);
      return report?.clients.flatMap(({ checks }) => checks) ?? [];
    },
    leaks: () => {
      const text = Buffer.from(said.join('\n'));
      const held = Object.entries(lab.phone('mesa').settings()).filter(([key]) => key.endsWith('.password'));
      return [...words, ...held.map(([, value]) => value)].flatMap((word) =>
        findCanary(text, word).map(({ form }) => form),
      );
    },
    close: async () => {
      await lab.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
