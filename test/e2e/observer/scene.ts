/**
 * A client whose PBX stands on an Asterisk behind an SSH host: two of the lab's services joined to its boxes. `acme` reaches it as `pbx`.
 *
 *     const scene = await startScene({
 *       boxes: [{ driver: 'pekepbx', name: 'nube', tls: false }],
 *       asterisk: (lab) => ({ peers: () => peersOf(lab.box('nube'), { name: (number) => `ext90001${number}` }) }),
 *     });
 *     await scene.declare({ pbx: { nube: { …, observer: scene.shell() } }, extensions: […] });
 *     const seen = await scene.verify();
 *     seen.of('nube/10');        // { result: 'passed', evidence: 'sip show peers: OK (1 ms) at …' }
 *     seen.codes;                // what it complained about
 *     scene.asterisk.control.lines();   // what the host's shell was given
 */
import type { Check, Diagnostic, VerifyReport } from '../../../engine/model/index.ts';
import { type RunContext, verifyWorkspace } from '../../../engine/run/index.ts';
import type { VerifyOptions, VerifyResult } from '../../../engine/run/verify/verify-contract.ts';
import { type LabAsterisk, type LabAsteriskOptions, startAsterisk } from '../../../lab/asterisk/index.ts';
import { type LabBastion, type LabExec, startBastion } from '../../../lab/bastion/index.ts';
import type { Lab, LabBox, LabPhone, ServiceOf } from '../../../lab/index.ts';
import { loadObserver, usualObserver } from '../../../providers/registry.ts';
import { type Bench, startBench } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';

/** Where the manager interface lies, as the SSH host sees it. */
const inside = '192.0.2.20:5100';

export interface Setting<Box extends LabBox> {
  readonly boxes: readonly Box[];
  readonly phones?: readonly LabPhone[];
  readonly asterisk: (lab: Lab<ServiceOf<Box>>) => LabAsteriskOptions;
  /** What the SSH host runs. Default: lines for the Asterisk's own shell; null: nothing. */
  readonly exec?: LabExec | null;
  /** More of alta.yaml. */
  readonly workspace?: object;
}

/** What a verification told. */
export interface Seen {
  readonly checks: readonly Check[];
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
  /** The check of one registration: `nube/10` of the PBX, `device:mesa/1` of a phone. Throws where there is none. */
  of(name: string): Check;
  /** Results of registrations by those names. */
  readonly results: Readonly<Record<string, Check['result']>>;
  /** As it is printed. */
  readonly report: VerifyReport;
}

export interface Scene<Service extends ServiceOf<LabBox>> extends Omit<Bench<Service>, 'verify'> {
  readonly asterisk: LabAsterisk;
  readonly bastion: LabBastion;
  /** `observer:` that runs commands on the SSH host. */
  shell(options?: object): object;
  /** `observer:` that talks to the manager interface, with the login that is sealed as `pbx/<label>/observer/…`. */
  manager(label: string, options?: object): object;
  /** Seals the login of the manager interface for a PBX. */
  sealManager(label: string, secret?: string): Promise<void>;
  verify(options?: Partial<VerifyOptions>, over?: Partial<RunContext>): Promise<Seen>;
}

/** Starts the boxes, the Asterisk and its SSH host, and seals the key to that one. */
export async function startScene<Box extends LabBox>(setting: Setting<Box>): Promise<Scene<ServiceOf<Box>>> {
  const { boxes, phones = [], workspace, exec } = setting;
  const more = workspace === undefined ? {} : { workspace };
  const bench = await startBench<Box>({ boxes, phones, held: () => [], ...more });
  const asterisk = await startAsterisk(quick(setting.asterisk(bench.lab)));
  const { host, port } = asterisk.service;
  const bastion = await startBastion({
    forwards: { [inside]: { host, port } },
    ...(exec === null ? {} : { exec: exec ?? asterisk.exec }),
  });
  await bench.secret('connect', 'access/pbx/key', bastion.service.credentials.privateKey);
  return {
    ...bench,
    asterisk,
    bastion,
    declare: (data) => bench.declare({ access: { pbx: { ssh: sshOf(bastion) } }, ...data }),
    shell: (options) => observerBlock({}, options),
    manager: (label, options) => observerBlock(managerOf(label), options),
    sealManager: async (label, secret = asterisk.service.credentials.secret) => {
      const { username } = asterisk.service.credentials;
      await bench.secret('connect', `pbx/${label}/observer/username`, username);
      await bench.secret('connect', `pbx/${label}/observer/password`, secret);
    },
    verify: async (options = {}, over = {}) => {
      const context = bench.context({ command: 'verify', observer, ...over });
      return seenIn(await verifyWorkspace(context, { ...planOptions, ...options }));
    },
    close: async () => {
      await Promise.all([bastion.close(), asterisk.close()]);
      await bench.close();
    },
  };
}

function observerBlock(place: object, options: object | undefined): object {
  return { driver: 'asterisk', via: 'pbx', ...place, ...(options && { options }) };
}

function managerOf(label: string): object {
  const secret = (part: string) => ({ secret: `pbx/${label}/observer/${part}` });
  return {
    url: `ami://${inside}`,
    credentials: { username: secret('username'), password: secret('password') },
  };
}

/** Refused logins of the manager interface do not wait here, unless a test says so. */
function quick(options: LabAsteriskOptions): LabAsteriskOptions {
  return { ...options, ami: { refusalMs: 0, ...options.ami } };
}

function sshOf({ service }: LabBastion): object {
  const { host, port, credentials, hostKeys } = service;
  return { host, port, user: credentials.username, hostKeys: [...hostKeys] };
}

/** As the command line has it. */
export const observer = (name: string | null) => loadObserver(name ?? usualObserver);

/** Throws where there is no report. */
function seenIn({ report, diagnostics }: VerifyResult): Seen {
  if (report === null) throw new Error(diagnostics.map(({ code }) => code).join(', '));
  const { clients } = report;
  const all = [...diagnostics, ...clients.flatMap((client) => client.diagnostics)];
  const checks = clients.flatMap((client) => client.checks);
  const registrations = checks.filter(({ check }) => check === 'registration');
  const byName = new Map(registrations.map((check) => [nameOf(check), check]));
  return {
    checks,
    diagnostics: all,
    codes: [...new Set(all.map(({ code }) => code))],
    of: (name) => {
      const found = byName.get(name);
      if (found === undefined) throw new Error(`no check of ${name} among ${[...byName.keys()].join(', ')}`);
      return found;
    },
    results: Object.fromEntries([...byName].map(([name, { result }]) => [name, result])),
    report,
  };
}

/** `acme/pbx:nube/extension:10` → `nube/10`, `acme/device:mesa/account:1` → `device:mesa/1` */
function nameOf({ address }: Check): string {
  return address.replace(/^[^/]+\/(pbx:)?/, '').replace(/\/(extension|account):/, '/');
}
