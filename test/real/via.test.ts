import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../engine/model/index.ts';
import { applyWorkspace, planWorkspace, type RunContext, trustTargets } from '../../engine/run/index.ts';
import type { LabYeastar } from '../../lab/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { applyOptions, planOptions, startWorld, type World } from '../e2e/run/world.ts';
import { noTraffic, type Relay, startRelay } from '../support/relay.ts';
import { hasSshd, type Sshd, startSshd } from '../support/sshd.ts';
import { newKey } from '../unit/transport/bastion.ts';

if (!hasSshd) console.warn('SKIPPED: OpenSSH is not on this machine; nothing is proven about real bastions.');

const secret = 'Kf7mQ2xRt-p9WbL4hZc6';
const login = newKey();
let sshd: Sshd;
/** What the workspace knows as the bastion: a wire to the real one. */
let bastion: Relay;
let world: World;
const relays: Relay[] = [];

const boxes = (count: number): LabYeastar[] =>
  Array.from({ length: count }, (_, index) => ({ name: `box${index}`, edition: 'v2.0.0', extensions: 1 }));

/** A client whose boxes are all behind the bastion. */
async function behind(
  over: { ssh?: object; pbx?: object; extensions?: readonly string[] } = {},
): Promise<void> {
  const { services } = world.lab;
  const extensions = (over.extensions ?? []).map((number) => ({
    pbx: 'box0',
    number,
    name: `Puesto ${number}`,
  }));
  await world.client({
    access: {
      oficina: {
        ssh: {
          host: '127.0.0.1',
          port: bastion.port,
          user: sshd.user,
          hostKeys: [sshd.hostKeys.ed25519],
          ...over.ssh,
        },
      },
    },
    pbx: Object.fromEntries(
      services.map(({ name }) => [name, world.pbx(name, { via: 'oficina', ...over.pbx })]),
    ),
    extensions,
  });
  for (const number of over.extensions ?? []) {
    await world.secret('values', `extensions/box0/${number}/sip`, secret);
  }
}

async function start(count: number): Promise<void> {
  world = await startWorld(boxes(count));
  await world.secret('connect', 'access/oficina/key', login.private);
}

/** Lists a variable for logins to one origin, and to no other. */
async function bindPassword(origin: string): Promise<void> {
  const path = join(world.root, 'alta.yaml');
  const text = await readFile(path, 'utf8');
  const sources = `  sources:\n    env:\n      BOX_PASSWORD: { use: connect, origin: "${origin}" }\n`;
  await writeFile(
    path,
    text.replace(/^secrets:\n/m, (line) => `${line}${sources}`),
  );
}

async function planned(over: Partial<RunContext> = {}) {
  const { plan, diagnostics } = await planWorkspace(world.context(over), planOptions);
  const [client] = plan?.clients ?? [];
  return {
    changes: client?.changes.map(({ address }) => address) ?? [],
    statuses: client?.targets.map(({ status }) => status) ?? [],
    codes: codesOf([...diagnostics, ...(client?.diagnostics ?? [])]),
  };
}

/** Does not wait for short times: a box that nobody can ask is asked again some times. */
const brisk: Clock = {
  ...realClock,
  sleep: (ms, signal) => realClock.sleep(ms < 1_000 ? 1 : ms, signal),
};
const codesOf = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);
const portOf = (index: number): string => new URL(world.lab.services[index]?.url ?? '').port;
const connectionsTo = (name: string): number => world.lab.box(name).requests().connections;

describe.skipIf(!hasSshd)('behind a real bastion (needs sshd)', () => {
  beforeEach(async () => {
    sshd = await startSshd({ userKey: login.public });
    bastion = await startRelay(sshd.port);
  });

  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.close()));
    await bastion.close();
    await world.close();
    await sshd.stop();
  });

  it('an extension is created, and the second plan has no change', async () => {
    await start(1);
    await behind({ extensions: ['2000'] });
    const { report } = await applyWorkspace(world.context(), applyOptions);
    expect(report?.clients[0]?.steps).toMatchObject([{ result: 'done' }]);
    expect(world.lab.box('box0').running()['2000']).toMatchObject({ username: 'Puesto 2000' });
    expect(await planned()).toEqual({ changes: [], statuses: ['read'], codes: [] });
    expect(sshd.log()).toContain(`target 127.0.0.1 port ${portOf(0)}`);
  });

  it('thirty boxes are read over one connection, within its limit of channels', async () => {
    await start(30);
    await behind();
    const traffic = noTraffic();
    for (const service of world.lab.services) {
      const relay = await startRelay(Number(new URL(service.url).port), traffic);
      relays.push(relay);
      service.url = `https://127.0.0.1:${relay.port}`;
    }
    await behind();
    const { statuses, codes } = await planned({ parallelism: 30 });
    expect([new Set(statuses), statuses.length, codes]).toEqual([new Set(['read']), 30, []]);
    expect(bastion.traffic.total).toBe(1);
    expect(traffic.total).toBeGreaterThanOrEqual(30);
    expect(traffic.most).toBeLessThanOrEqual(8);
  });

  it('nothing is contacted where the bastion shows another host key', async () => {
    await start(2);
    await behind({ ssh: { hostKeys: [newKey().public.trim()] }, extensions: ['2000'] });
    const { statuses, codes } = await planned();
    expect([statuses, codes]).toEqual([
      ['failed', 'failed'],
      ['ssh-host-key', 'ssh-host-key'],
    ]);
    const { report } = await applyWorkspace(world.context(), applyOptions);
    expect(report?.clients[0]?.steps.map(({ result }) => result)).not.toContain('done');
    expect(sshd.log()).not.toContain('userauth-request for user');
    expect(connectionsTo('box0') + connectionsTo('box1')).toBe(0);
  });

  it('a key that is not accepted is tried once, and every target is told', async () => {
    await start(3);
    await behind();
    await world.secret('connect', 'access/oficina/key', newKey().private);
    const { statuses, codes } = await planned();
    expect([statuses, codes]).toEqual([
      ['failed', 'failed', 'failed'],
      ['ssh-auth', 'ssh-auth', 'ssh-auth'],
    ]);
    expect(bastion.traffic.total).toBe(1);
    expect(connectionsTo('box0')).toBe(0);
  });

  it('the certificate is checked inside the tunnel, before a request exists', async () => {
    await start(1);
    await behind({ pbx: { tls: { pins: [`SHA256:${'A'.repeat(43)}`] } } });
    expect((await planned()).codes).toEqual(['tls-pin-mismatch']);
    expect(world.lab.box('box0').requests().total).toBe(0);
  });

  it('a certificate is looked at from there, and pinned', async () => {
    await start(1);
    await behind({ pbx: { tls: undefined } });
    const consent = { replace: false, dryRun: false, confirm: async () => true };
    const { found } = await trustTargets(world.context(), { ...planOptions, ...consent });
    const from = `oficina (${sshd.user}@127.0.0.1:${bastion.port})`;
    expect(found.certificates).toMatchObject([{ verdict: 'unpinned', from }]);
    expect((await planned()).statuses).toEqual(['read']);
  });

  it('one address behind two bastions is two boxes, each with turns of its own, and a bound login goes to both', async () => {
    await start(1);
    const second = await startRelay(sshd.port);
    relays.push(second);
    const [service] = world.lab.services;
    const origin = service?.url ?? '';
    await bindPassword(origin);
    const way = (port: number) => {
      return { ssh: { host: '127.0.0.1', port, user: sshd.user, hostKeys: [sshd.hostKeys.rsa] } };
    };
    await world.secret('connect', 'access/almacen/key', login.private);
    const credentials = { username: service?.credentials.username, password: { env: 'BOX_PASSWORD' } };
    await world.client({
      access: { oficina: way(bastion.port), almacen: way(second.port) },
      pbx: {
        a: world.pbx('box0', { via: 'oficina', credentials }),
        b: world.pbx('box0', { via: 'almacen', credentials }),
      },
    });
    const env = { PATH: process.env.PATH, BOX_PASSWORD: service?.credentials.password };
    const { plan } = await planWorkspace(world.context({ env }), planOptions);
    const targets = plan?.clients[0]?.targets ?? [];
    expect(targets.map(({ status }) => status)).toEqual(['read', 'read']);
    expect(new Set(targets.map(({ host }) => host)).size).toBe(2);
    expect([bastion.traffic.total, second.traffic.total]).toEqual([1, 1]);
  });

  it('a bastion that dies in the middle of an apply leaves a true report, and the next apply does the rest', async () => {
    await start(1);
    const numbers = ['2000', '2001', '2002', '2003'];
    await behind({ extensions: numbers });
    const fall = (event: { phase: string; done: number }): void => {
      if (event.phase === 'apply' && event.done === 2) void bastion.fall();
    };
    const { report } = await applyWorkspace(world.context({ progress: fall, clock: brisk }), applyOptions);
    const [client] = report?.clients ?? [];
    const told = (client?.steps ?? []).map(({ address, result, written }) => [
      address.split(':').at(-1),
      result,
      written,
    ]);
    expect(told).toEqual([
      ['2000', 'done', undefined],
      ['2001', 'done', undefined],
      ['2002', 'failed', 'nothing'],
      ['2003', 'skipped', undefined],
    ]);
    expect(Object.keys(world.lab.box('box0').saved())).toEqual(['1000', '2000', '2001']);
    expect(client?.targets).toMatchObject([{ converged: null, diagnostics: [{ code: 'ssh-unreachable' }] }]);
    await bastion.rise();
    await applyWorkspace(world.context(), applyOptions);
    expect(Object.keys(world.lab.box('box0').running())).toEqual(expect.arrayContaining(numbers));
    expect(await planned()).toEqual({ changes: [], statuses: ['read'], codes: [] });
  });
});
