import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AltaError } from '../../../engine/model/index.ts';
import { attest, listGuided } from '../../../engine/run/attest.ts';
import { importTarget } from '../../../engine/run/author/import.ts';
import { doctor } from '../../../engine/run/doctor.ts';
import { validateWorkspace } from '../../../engine/run/validate.ts';
import { verifyWorkspace } from '../../../engine/run/verify/verify.ts';
import {
  apply,
  changesOf,
  codesOf,
  contextAt,
  outcomesOf,
  plan,
  planOptions,
} from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { acmeWith, at, consent, declare, extension, extensionsOn, sede, sipSecrets } from './fixtures.ts';

const guided = { driver: 'yeastar', mode: 'guided' };

/** acme has four extensions and no longer declares the last one. */
async function acmeGaveUpOne(): Promise<Site> {
  const site = await acmeWith(['2000', '2001', '2002', '2003']);
  await apply(site);
  await declare(site, ['2000', '2001', '2002']);
  site.lab.box('sede').resetRequests();
  return site;
}

it('refuses a run of one client whose box another one claims as well', async () => {
  const site = await acmeGaveUpOne();
  await sipSecrets(site, 'sede', ['2003'], { client: 'beta' });
  await site.client('beta', { pbx: { sede: site.pbx('sede') }, extensions: [extension('sede', '2003')] });

  const result = await apply(site, { clients: ['acme'], ...consent({ allowDelete: 1 }) });

  expect(codesOf(result.planned)).toContain('box-twice');
  expect(writesTo(site, 'sede')).toEqual([]);
});

it('deletes nothing while the files of another client cannot be read', async () => {
  const site = await acmeGaveUpOne();
  await site.client('beta', { pbx: { otra: guided } });
  await appendFile(join(site.root, 'clients/beta/client.yaml'), 'extensions: [\n');

  const result = await apply(site, { clients: ['acme'], ...consent({ allowDelete: 1 }) });

  expect(changesOf(result.planned)).toEqual([`delete ${at('2003')} still-desired`]);
  expect(codesOf(result.planned)).toContain('client-unknown-desires');
  expect(writesTo(site, 'sede')).toEqual([]);
});

it('deletes what is asked for while every other client can be read', async () => {
  const site = await acmeGaveUpOne();
  await site.client('beta', { pbx: { otra: guided } });

  const result = await apply(site, { clients: ['acme'], ...consent({ allowDelete: 1 }) });

  expect(outcomesOf(result)).toEqual([`done ${at('2003')}`]);
});

it('keeps the guided PBXs of two clients apart', async () => {
  const site = await startSite([]);
  for (const client of ['acme', 'beta']) {
    await sipSecrets(site, 'sede', ['10', '11'], { client });
    await site.client(client, { pbx: { sede: guided }, extensions: extensionsOn('sede', ['10', '11']) });
  }
  await apply(site);
  await attest(contextAt(site.root), { address: 'acme/pbx:sede', note: null, lockTimeoutMs: 0 });
  await site.client('acme', { pbx: { sede: guided }, extensions: extensionsOn('sede', ['10']) });

  expect(changesOf(await plan(site, consent({ allowDelete: 1 })))).toContain(`delete ${at('11')}`);
});

it('keeps two guided PBXs of one client apart', async () => {
  const site = await startSite([]);
  await sipSecrets(site, 'norte', ['10']);
  await sipSecrets(site, 'sur', ['20']);
  const extensions = [extension('norte', '10'), extension('sur', '20')];
  await site.client('acme', { pbx: { norte: guided, sur: guided }, extensions });
  await apply(site);
  for (const address of ['acme/pbx:norte', 'acme/pbx:sur']) {
    await attest(contextAt(site.root), { address, note: null, lockTimeoutMs: 0 });
  }

  expect(changesOf(await plan(site))).toEqual([]);
});

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

/** Two clients with a box at the same private address, each behind the bastion named. */
async function sameAddressBehind(acme: string, beta: string): Promise<Site> {
  const site = await startSite([]);
  const pbx = { sede: { driver: 'yeastar', url: 'https://192.0.2.10:8088', via: 'oficina' } };
  for (const [client, host] of Object.entries({ acme, beta })) {
    const access = { oficina: { ssh: { host, user: 'alta', hostKeys: [hostKey] } } };
    await sipSecrets(site, 'sede', ['10'], { client });
    await site.secret(client, 'connect', 'pbx/sede/username', 'api');
    await site.secret(client, 'connect', 'pbx/sede/password', 'xxxxxxxx');
    await site.secret(client, 'connect', 'access/oficina/key', 'xxxxxxxx');
    await site.client(client, Object.assign({ access }, { pbx, extensions: extensionsOn('sede', ['10']) }));
  }
  return site;
}

it('takes one private address behind two bastions for two boxes', async () => {
  const site = await sameAddressBehind('acme.example.net', 'beta.example.net');

  const { plan: made } = await plan(site, { noRead: true });

  expect(made?.clients.map(({ targets }) => targets.map(({ key }) => key))).toEqual([
    ['yeastar:https://192.0.2.10:8088;via=alta@acme.example.net:22'],
    ['yeastar:https://192.0.2.10:8088;via=alta@beta.example.net:22'],
  ]);
});

it('takes one address behind one bastion for one box', async () => {
  const site = await sameAddressBehind('bastion.example.net', 'bastion.example.net');

  expect(codesOf(await plan(site, { noRead: true }))).toContain('box-twice');
});

it('knows a box by its serial, at whatever address', async () => {
  const site = await startSite([sede, { name: 'otra', edition: 'v2.0.0', extensions: 1 }]);
  await site.client('acme', { pbx: { sede: site.pbx('sede', { serial: 'S-1' }) } });
  await site.client('beta', { pbx: { otra: site.pbx('otra', { serial: 'S-1' }) } });

  expect(codesOf(await plan(site, { noRead: true }))).toContain('box-twice');
});

it('refuses a tenant on a PBX that has none, before anything is contacted', async () => {
  const site = await startSite([sede]);
  await sipSecrets(site, 'sede', ['2000', '2001']);
  const pbx = { sede: site.pbx('sede', { tenant: 'a', tenantName: 'Acme' }) };
  await site.client('acme', { pbx, extensions: extensionsOn('sede', ['2000', '2001']) });

  const result = await plan(site);

  expect(result.plan).toBeNull();
  expect(codesOf(result)).toEqual(['tenant-unsupported', 'tenant-unsupported']);
  expect(result.diagnostics.map(({ range }) => range?.filename)).toEqual(
    Array(2).fill('clients/acme/client.yaml'),
  );
});

/** A guided client that belongs to Terraform, beside one that does not. */
async function terraformed(): Promise<Site> {
  const site = await startSite([]);
  await sipSecrets(site, 'sede', ['10']);
  const data = { engine: 'terraform', pbx: { sede: guided }, extensions: extensionsOn('sede', ['10']) };
  await site.client('acme', data);
  await site.client('beta', { pbx: { sede: guided } });
  return site;
}

it('refuses to plan or apply a client of another engine by name', async () => {
  const site = await terraformed();

  const { planned, report } = await apply(site, { clients: ['acme'] });

  expect(planned.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'error engine-terraform',
  ]);
  expect(report).toBeNull();
});

it('imports, checks and explains whoever applies: YAML and targets are the same for both engines', async () => {
  const site = await terraformed();
  const context = () => contextAt(site.root);
  const beta = { engine: 'terraform', pbx: { sede: guided } };
  await site.client('beta', beta);

  const imported = await importTarget(context(), { client: 'acme', pbx: 'sede', numbers: [], dryRun: true })
    .then(({ diagnostics }) => diagnostics.map(({ code }) => code))
    .catch((error: AltaError) => [error.code]);
  const valid = await validateWorkspace(context());
  const explained = await doctor(context(), { ...planOptions, clients: ['acme'] });

  const told = [...imported, ...[...valid.diagnostics, ...explained.diagnostics].map(({ code }) => code)];
  expect(told.filter((code) => code.startsWith('engine-'))).toEqual([]);
  expect(imported).toEqual(['secret-not-found']);
});

it('verifies and attests whoever applies the rest: a panel is done by hand either way', async () => {
  const site = await terraformed();
  const context = contextAt(site.root);

  const listed = await listGuided(context);
  const vouched = await attest(context, { address: 'acme/pbx:sede', note: null, lockTimeoutMs: 0 });
  const left = await listGuided(context);
  const verified = await verifyWorkspace(context, { ...planOptions, clients: ['acme'] });

  expect(listed.map(({ address }) => address)).toEqual(['acme/pbx:sede/extension:10']);
  expect(vouched.attested.map(({ address }) => address)).toEqual(['acme/pbx:sede/extension:10']);
  expect(left).toEqual([]);
  expect(verified.report?.clients.map(({ client }) => client)).toEqual(['acme']);
});

it('passes over a client of another engine that nobody asked for', async () => {
  const site = await terraformed();

  const result = await plan(site);

  expect(result.plan?.clients.map(({ client }) => client)).toEqual(['beta']);
  expect(codesOf(result)).toEqual([]);
});

it('reports a partial verification of what was asked for, and of nothing else', async () => {
  const site = await acmeWith(['2000', '2001']);
  await apply(site);
  site.lab.box('sede').edit('2001', { username: 'Colega' }, { apply: true });
  const verify = async (targets: readonly string[]) => {
    const selection = { targets, exclude: [] };
    const context = contextAt(site.root, { command: 'verify' });
    const { report } = await verifyWorkspace(context, { ...planOptions, selection });
    const checks = report?.clients[0]?.checks ?? [];
    return checks.filter(({ check }) => check === 'configuration').map((c) => `${c.result} ${c.address}`);
  };

  expect(await verify([at('2000')])).toEqual([`passed ${at('2000')}`]);
  expect(await verify([at('2001')])).toEqual([`failed ${at('2001')}`]);
});

it('reads as many targets at once as the run may, over all clients', async () => {
  const names = ['una', 'dos', 'tres', 'cuatro'];
  const site = await startSite(names.map((name) => ({ name, edition: 'v2.0.0', extensions: 1 })));
  for (const [client, labels] of [
    ['acme', names.slice(0, 2)],
    ['beta', names.slice(2)],
  ] as const) {
    await site.client(client, { pbx: Object.fromEntries(labels.map((label) => [label, site.pbx(label)])) });
  }
  let now = 0;
  let most = 0;
  const driver = async (name: string) => {
    const found = await contextAt(site.root).driver(name);
    if (found === null) return null;
    return {
      ...found,
      open: async (...given: Parameters<typeof found.open>) => {
        now += 1;
        most = Math.max(most, now);
        try {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return await found.open(...given);
        } finally {
          now -= 1;
        }
      },
    };
  };

  await plan(site, {}, { driver, parallelism: 2 });

  expect(most).toBe(2);
});
