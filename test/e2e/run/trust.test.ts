import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../../../engine/model/index.ts';
import { everything } from '../../../engine/plan/index.ts';
import { planWorkspace, trustHostKeys, trustTargets } from '../../../engine/run/index.ts';
import type { HostKeyOptions, TrustFound, TrustOptions } from '../../../engine/run/trust/trust-contract.ts';
import { type FakeBastion, newKey, startBastion } from '../../unit/transport/bastion.ts';
import { planOptions, startWorld, type World } from './world.ts';

let world: World;
const bastions: FakeBastion[] = [];

beforeEach(async () => {
  world = await startWorld([
    { name: 'sede', edition: 'v2.0.0', extensions: 1 },
    { name: 'norte', edition: 'v2.0.0', extensions: 1 },
  ]);
});

afterEach(async () => {
  await Promise.all(bastions.splice(0).map((bastion) => bastion.close()));
  await world.close();
});

async function bastion(...keys: Parameters<typeof startBastion>): Promise<FakeBastion> {
  const started = await startBastion(...keys);
  bastions.push(started);
  return started;
}

const pinOf = (box: string): string => {
  const service = world.lab.services.find(({ name }) => name === box);
  return service?.pins.spki.replace(/=$/, '') ?? '';
};
const unpinned = { tls: undefined };
const otherPin = `SHA256:${'A'.repeat(43)}`;
const yes = { replace: false, dryRun: false, confirm: async () => true };

const trust = (over: Partial<TrustOptions> = {}) =>
  trustTargets(world.context({ command: 'trust' }), { ...planOptions, ...yes, ...over });

const file = (name: string): Promise<string> => readFile(join(world.root, name), 'utf8');
const put = (name: string, text: string): Promise<void> => writeFile(join(world.root, name), text);
const errors = (all: readonly Diagnostic[]) => all.filter(({ severity }) => severity === 'error');
const verdicts = ({ certificates }: TrustFound) =>
  certificates.map(({ targets, verdict }) => [targets.join(' '), verdict]);

describe('a certificate seen for the first time', () => {
  beforeEach(() => world.client({ pbx: { sede: world.pbx('sede', unpinned) } }));

  it('is pinned with consent, and then trusted', async () => {
    const { found, edits, diagnostics } = await trust();
    expect([verdicts(found), diagnostics]).toEqual([[['acme/pbx:sede', 'unpinned']], []]);
    expect(edits).toEqual([
      {
        filename: 'clients/acme/client.yaml',
        created: false,
        summary: [`+ acme/pbx:sede  tls.pins: ${pinOf('sede')}`],
      },
    ]);
    const { plan } = await planWorkspace(world.context(), planOptions);
    expect(plan?.clients[0]?.targets[0]?.status).toBe('read');
    expect(verdicts((await trust()).found)).toEqual([['acme/pbx:sede', 'pinned']]);
  });

  it('is shown with what a person can compare', async () => {
    const { found } = await trust({ dryRun: true });
    expect(found.certificates).toMatchObject([
      { from: null, pin: pinOf('sede'), declared: [], proposed: [pinOf('sede')] },
    ]);
    const [seen] = found.certificates;
    expect([seen?.subject, seen?.validTo]).toEqual([
      expect.stringMatching(/^CN=/),
      expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    ]);
  });

  it('is not written without consent', async () => {
    const before = await file('clients/acme/client.yaml');
    const { edits, declined } = await trust({ confirm: async () => false });
    expect([edits, declined, await file('clients/acme/client.yaml')]).toEqual([[], true, before]);
  });

  it('is shown but not written in a dry run, and nobody is asked', async () => {
    const before = await file('clients/acme/client.yaml');
    const confirm = vi.fn(async () => true);
    const { edits } = await trust({ dryRun: true, confirm });
    expect([edits.length, confirm.mock.calls.length, await file('clients/acme/client.yaml')]).toEqual([
      1,
      0,
      before,
    ]);
  });

  it('costs no request, and so no login', async () => {
    world.lab.box('sede').resetRequests();
    await trust();
    expect(world.lab.box('sede').requests().total).toBe(0);
    expect(world.lab.box('sede').logins()).toEqual([]);
  });

  it('keeps the comments and the order of the file', async () => {
    const url = world.lab.services[0]?.url ?? '';
    const text = [
      '# our first client',
      'apiVersion: alta/v1',
      'kind: Client',
      'client: { id: acme, name: Acme S.L. }',
      'pbx:',
      '  # in the rack',
      '  sede:',
      '    driver: yeastar # an S50',
      `    url: ${url}`,
      '    tls:',
      '      # the box is old',
      '      minVersion: TLSv1.2',
      '',
    ];
    await put('clients/acme/client.yaml', text.join('\n'));
    await trust();
    const written = await file('clients/acme/client.yaml');
    const kept = written.split('\n').filter((line) => text.includes(line));
    expect(kept).toEqual(text);
    expect(written).toContain(pinOf('sede'));
  });
});

describe('a declared pin that does not fit', () => {
  beforeEach(() => world.client({ pbx: { sede: world.pbx('sede', { tls: { pins: [otherPin] } }) } }));

  it('is said aloud, and stays', async () => {
    const confirm = vi.fn(async () => true);
    const { found, edits, diagnostics } = await trust({ confirm });
    expect(verdicts(found)).toEqual([['acme/pbx:sede', 'mismatch']]);
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'trust-pin-mismatch',
        params: { found: pinOf('sede'), declared: [otherPin] },
      },
    ]);
    expect([edits, confirm.mock.calls]).toEqual([[], []]);
  });

  it('is followed by the new one where it is replaced', async () => {
    const { found, diagnostics } = await trust({ replace: true });
    expect(found.certificates[0]?.proposed).toEqual([pinOf('sede'), otherPin]);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(verdicts((await trust()).found)).toEqual([['acme/pbx:sede', 'pinned']]);
  });

  it('gives way where two stand already', async () => {
    const second = `SHA256:${'B'.repeat(43)}`;
    await world.client({ pbx: { sede: world.pbx('sede', { tls: { pins: [otherPin, second] } }) } });
    const { found } = await trust({ replace: true });
    expect(found.certificates[0]?.proposed).toEqual([pinOf('sede'), otherPin]);
  });
});

describe('a platform', () => {
  beforeEach(async () => {
    const platforms = { pekepbx: { driver: 'yeastar', url: world.lab.services[0]?.url } };
    await put('alta.yaml', `${await file('alta.yaml')}platforms: ${JSON.stringify(platforms)}\n`);
    await world.client({
      pbx: { main: { platform: 'pekepbx', tenant: '301' }, otra: { platform: 'pekepbx', tenant: '302' } },
    });
  });

  it('is looked at once for all its tenants, and trusted in alta.yaml', async () => {
    const { found, edits, diagnostics } = await trust();
    expect([verdicts(found), diagnostics]).toEqual([[['acme/pbx:main acme/pbx:otra', 'unpinned']], []]);
    expect(edits.map(({ filename }) => filename)).toEqual(['alta.yaml']);
    expect(verdicts((await trust()).found)).toEqual([['acme/pbx:main acme/pbx:otra', 'pinned']]);
  });
});

describe('what is not looked at', () => {
  it('is what a person does by hand, and what does not speak https', async () => {
    await world.client({
      pbx: {
        sede: world.pbx('sede', { ...unpinned, mode: 'guided' }),
        norte: world.pbx('norte', { tls: undefined, url: 'http://127.0.0.1:1', insecure: 'a test' }),
      },
    });
    expect((await trust()).found.certificates).toEqual([]);
  });

  it('is what was not asked for', async () => {
    await world.client({
      pbx: { sede: world.pbx('sede', unpinned), norte: world.pbx('norte', unpinned) },
    });
    const { found } = await trust({ selection: { ...everything, targets: ['acme/pbx:norte'] } });
    expect(verdicts(found)).toEqual([['acme/pbx:norte', 'unpinned']]);
    const mistyped = trust({ selection: { ...everything, targets: ['acme/pbx:nrte'] } });
    await expect(mistyped).rejects.toMatchObject({ code: 'selection-unknown' });
  });

  it('does not keep the others from it where it cannot be reached', async () => {
    await world.client({
      pbx: {
        sede: world.pbx('sede', unpinned),
        norte: world.pbx('norte', { tls: undefined, url: 'https://127.0.0.1:1' }),
      },
    });
    const { found, edits, diagnostics } = await trust();
    expect([verdicts(found), edits.length]).toEqual([[['acme/pbx:sede', 'unpinned']], 1]);
    expect(diagnostics).toMatchObject([{ code: 'unreachable', address: 'acme/pbx:norte' }]);
  });
});

it('pins a device in its own entry', async () => {
  await world.client({
    pbx: { sede: world.pbx('sede', { sip: { server: 'sip.acme.example' } }) },
    extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
    devices: [
      { id: 'otro', driver: 'generic', mode: 'guided' },
      {
        id: 'recepcion',
        driver: 'yealink',
        mac: '80:5e:c0:00:00:01',
        address: world.lab.services[1]?.url,
        credentials: { username: 'admin' },
        accounts: [{ line: 1, extension: 'sede/2000' }],
      },
    ],
  });
  const { found, edits, diagnostics } = await trust();
  expect(errors(diagnostics)).toEqual([]);
  expect(verdicts(found)).toEqual([
    ['acme/pbx:sede', 'pinned'],
    ['acme/device:recepcion', 'unpinned'],
  ]);
  expect(edits[0]?.summary).toEqual([`+ acme/device:recepcion  tls.pins: ${pinOf('norte')}`]);
  expect(verdicts((await trust()).found)).toContainEqual(['acme/device:recepcion', 'pinned']);
});

describe('through a bastion', () => {
  it('is seen from there, with the key of the access entry', async () => {
    const way = await bastion();
    await behind(way, way.hostKeys);
    const { found, edits } = await trust();
    expect(found.certificates).toMatchObject([
      { verdict: 'unpinned', from: `oficina (alta@127.0.0.1:${way.port})`, pin: pinOf('sede') },
    ]);
    expect(edits).toHaveLength(1);
    expect(way.events).toContain(`forward 127.0.0.1:${new URL(world.lab.services[0]?.url ?? '').port}`);
  });

  it('is not looked for where the bastion is not the declared one', async () => {
    const way = await bastion();
    await behind(way, [newKey().public]);
    const { found, diagnostics } = await trust();
    expect([found.certificates, diagnostics]).toMatchObject([[], [{ code: 'ssh-host-key' }]]);
    expect(way.events.filter((event) => event.startsWith('auth'))).toEqual([]);
  });
});

async function behind(way: FakeBastion, hostKeys: readonly string[]): Promise<void> {
  await world.secret('connect', 'access/oficina/key', way.userKey);
  await world.client({
    access: { oficina: { ssh: { host: '127.0.0.1', port: way.port, user: 'alta', hostKeys } } },
    pbx: { sede: world.pbx('sede', { ...unpinned, via: 'oficina' }) },
  });
}

describe('host keys of a server', () => {
  const keys = (over: Partial<HostKeyOptions>) =>
    trustHostKeys(world.context({ command: 'trust' }), {
      ...yes,
      server: null,
      access: null,
      client: null,
      ...over,
    });
  const at = ({ port }: FakeBastion, user: string | null = null) => ({ user, host: '127.0.0.1', port });
  const entry = (way: FakeBastion, over: object = {}) =>
    world.client({
      access: { oficina: { ssh: { host: '127.0.0.1', port: way.port, user: 'alta', ...over } } },
    });

  it('are shown, and nobody logs in', async () => {
    const way = await bastion();
    const { found, edits } = await keys({ server: at(way) });
    expect(found.hostKeys).toMatchObject([
      { server: `127.0.0.1:${way.port}`, verdict: 'undeclared', keys: [{ line: bare(way) }] },
    ]);
    expect([edits, way.events.filter((event) => event.startsWith('auth'))]).toEqual([[], []]);
  });

  it('complete an access entry that is not valid without them', async () => {
    const way = await bastion();
    await entry(way);
    const { edits } = await keys({ access: 'oficina', client: 'acme' });
    expect(edits.map(({ filename }) => filename)).toEqual(['clients/acme/client.yaml']);
    expect(await file('clients/acme/client.yaml')).toContain(bare(way));
    const { diagnostics } = await planWorkspace(world.context(), planOptions);
    expect(diagnostics).toEqual([]);
  });

  it('make the entry where user and server are given', async () => {
    const way = await bastion();
    await world.client({});
    await keys({ server: at(way, 'alta'), access: 'central' });
    const { diagnostics } = await planWorkspace(world.context(), planOptions);
    expect([await file('alta.yaml'), diagnostics]).toEqual([expect.stringContaining(bare(way)), []]);
  });

  it.each([
    ['of an entry that nobody declared', null],
    ['of a server without a user', 'server'],
  ])('are not written %s', async (_, given) => {
    const way = await bastion();
    const asked = keys({ server: given === null ? null : at(way), access: 'nada' });
    await expect(asked).rejects.toMatchObject({ code: 'trust-access-unknown' });
  });

  it('of one server do not go under another', async () => {
    const [way, other] = [await bastion(), await bastion()];
    await entry(way);
    const asked = keys({ server: at(other), access: 'oficina', client: 'acme' });
    await expect(asked).rejects.toMatchObject({ code: 'trust-access-differs' });
    expect(other.events).toEqual([]);
  });

  it('are compared with those declared', async () => {
    const way = await bastion();
    await entry(way, { hostKeys: [`${bare(way)} the office`] });
    const { found, edits } = await keys({ access: 'oficina', client: 'acme' });
    expect([found.hostKeys[0]?.verdict, edits]).toEqual(['declared', []]);
  });

  it('that changed are said aloud, and stay until they are replaced', async () => {
    const way = await bastion();
    await entry(way, { hostKeys: [newKey().public] });
    const asked = { access: 'oficina', client: 'acme' };
    const refused = await keys(asked);
    expect(refused.diagnostics).toMatchObject([{ severity: 'error', code: 'trust-host-key-mismatch' }]);
    expect(refused.edits).toEqual([]);
    await keys({ ...asked, replace: true });
    expect((await keys(asked)).found.hostKeys[0]?.verdict).toBe('declared');
  });

  it('cannot be had from what is no SSH server', async () => {
    const { port } = new URL(world.lab.services[0]?.url ?? '');
    const asked = keys({ server: { user: null, host: '127.0.0.1', port: Number(port) } });
    await expect(asked).rejects.toMatchObject({ code: 'ssh-unreachable' });
  });
});

/** Type and key, without a comment. */
function bare(way: FakeBastion): string {
  return (way.hostKeys[0] ?? '').split(' ').slice(0, 2).join(' ');
}
