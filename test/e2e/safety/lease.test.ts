import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLease, hostLeaseName, systemIo } from '../../../engine/state/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { apply, outcomesOf } from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { acmeWith, at, extensionsOn, sede, sipSecrets } from './fixtures.ts';

/** Runs `inside` while an apply by ana holds its leases and waits for an answer. */
async function whileAnaIsAsked<T>(site: Site, inside: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  const confirm = async (): Promise<boolean> => {
    results.push(await inside());
    return true;
  };
  await apply(site, { confirm, clients: ['acme'] }, { user: 'ana' });
  const [result] = results;
  if (result === undefined) throw new Error('ana was not asked');
  return result;
}

describe('two applies of one client at the same time', () => {
  it('leave the second one without the lease, and tell it who has it', async () => {
    const site = await acmeWith(['2000']);
    const second = await whileAnaIsAsked(site, () => apply(site, {}, { user: 'luis' }));
    expect(second.report).toBeNull();
    expect(second.diagnostics).toMatchObject([
      {
        code: 'lease-held',
        severity: 'error',
        address: 'acme',
        params: { lease: 'client-acme', user: 'ana', host: hostname(), command: 'apply', pid: process.pid },
      },
    ]);
  });

  it('write once', async () => {
    const site = await acmeWith(['2000']);
    await whileAnaIsAsked(site, () => apply(site, {}, { user: 'luis' }));
    expect(writesTo(site, 'sede')).toEqual(['extension/add']);
  });

  it('tell an approved plan the same, and not that it is stale', async () => {
    const site = await acmeWith(['2000']);
    const approval = {
      filename: 'plan.json',
      altaVersion: '0.0.0-test',
      partial: false,
      clients: { acme: { basis: 'sha256:0', changes: {} } },
      consent: { allowDelete: null, recreate: null, overrideLimits: null, acceptOutage: null },
      selection: { targets: [], exclude: [] },
    };
    const second = await whileAnaIsAsked(site, () => apply(site, { approval }, { user: 'luis' }));
    expect(second.diagnostics.map(({ code }) => code)).toEqual(['lease-held']);
  });

  it('leave the lease free afterwards', async () => {
    const site = await acmeWith(['2000']);
    await whileAnaIsAsked(site, () => apply(site, {}, { user: 'luis' }));
    expect((await apply(site, {}, { user: 'luis' })).diagnostics).toEqual([]);
  });
});

/** acme on one box and globex on another, each with a new extension. */
async function twoClients(): Promise<Site> {
  const site = await startSite([sede, { name: 'norte', edition: 'v2.0.0', extensions: 1 }]);
  for (const [client, box] of [
    ['acme', 'sede'],
    ['globex', 'norte'],
  ] as const) {
    await site.client(client, { pbx: { [box]: site.pbx(box) }, extensions: extensionsOn(box, ['2000']) });
    await sipSecrets(site, box, ['2000'], { client });
  }
  return site;
}

describe('a client that somebody else holds', () => {
  it('does not hold up the other clients', async () => {
    const site = await twoClients();
    const second = await whileAnaIsAsked(site, () => apply(site, {}, { user: 'luis' }));
    expect(second.diagnostics.map(({ code }) => code)).toEqual(['lease-held']);
    expect(outcomesOf(second)).toEqual(['done globex/pbx:norte/extension:2000']);
  });
});

describe('a host that bears one writer', () => {
  it('is written to by one run at a time, and the other clients of the second go on', async () => {
    const site = await twoClients();
    await mkdir(join(site.root, 'state'));
    const name = hostLeaseName(site.service('sede').url);
    const other = { user: 'luis', command: 'apply' };
    const lease = await acquireLease(systemIo(realClock), join(site.root, 'state'), name, other);
    const result = await apply(site);
    await lease.release();
    expect(outcomesOf(result)).toEqual([`skipped ${at('2000')}`, 'done globex/pbx:norte/extension:2000']);
    expect(result.report?.clients[0]?.diagnostics).toMatchObject([
      { code: 'lease-held', params: { user: 'luis' } },
    ]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});
