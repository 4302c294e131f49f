import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attest } from '../../../engine/run/attest.ts';
import {
  apply,
  changesOf,
  codesOf,
  contextAt,
  failure,
  outcomesOf,
  plan,
  planOf,
} from '../../support/commands.ts';
import { goodSecret, type Site, startSite } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { acmeWith, at, consent, declare, extension, extensionsOn, sipSecrets } from './fixtures.ts';

function vouch({ root }: Site, address: string) {
  return attest(contextAt(root, { command: 'attest' }), { address, note: null, lockTimeoutMs: 0 });
}

describe('a deletion on a target that only people touch', () => {
  const pbx = { sede: { driver: 'yeastar', mode: 'guided', tenantName: 'Acme' } };

  /** Four extensions vouched for, and the YAML without the first, or another remainder. */
  async function unwanted(remaining = ['11', '12', '13'], over: object = {}): Promise<Site> {
    const site = await startSite([]);
    const numbers = ['10', '11', '12', '13'];
    await sipSecrets(site, 'sede', numbers);
    await site.client('acme', { pbx, extensions: numbers.map((number) => extension('sede', number, over)) });
    await apply(site);
    await vouch(site, 'acme/pbx:sede');
    await site.client('acme', { pbx, extensions: extensionsOn('sede', remaining) });
    return site;
  }

  it('cannot be vouched for before somebody consented to it', async () => {
    const site = await unwanted();
    expect(await failure(() => vouch(site, 'acme/pbx:sede'))).toMatchObject({
      code: 'attest-blocked',
      params: { address: at('10'), block: 'needs-delete-consent' },
    });
    expect(Object.keys((await site.state()).resources)).toHaveLength(4);
  });

  it('can be vouched for once an apply with consent handed it out', async () => {
    const site = await unwanted();
    await apply(site, consent({ allowDelete: 1 }));
    await vouch(site, at('10'));
    expect(Object.values((await site.state()).resources).map(({ key }) => key)).toEqual(['11', '12', '13']);
  });

  it('cannot be vouched for where it is protected', async () => {
    const site = await unwanted(['11', '12', '13'], { protect: true });
    await apply(site, consent({ allowDelete: 1 }));
    expect(await failure(() => vouch(site, at('10')))).toMatchObject({
      code: 'attest-blocked',
      params: { block: 'protected' },
    });
    expect(Object.keys((await site.state()).resources)).toHaveLength(4);
  });
});

describe('a box of another serial than the declared one', () => {
  async function other(): Promise<Site> {
    const seed = [{ number: '30', username: 'Puesto 30', registerpassword: goodSecret }];
    const site = await startSite([{ name: 'sede', edition: 'v2.0.0', seed }]);
    await sipSecrets(site, 'sede', ['30']);
    const pbx = { sede: site.pbx('sede', { serial: 'NOT-THIS-BOX' }) };
    await site.client('acme', { pbx, extensions: extensionsOn('sede', ['30']) });
    return site;
  }

  it('is told by plan', async () => {
    const made = planOf(await plan(await other()));
    expect(made.targets).toMatchObject([{ status: 'failed' }]);
    expect(made.diagnostics).toMatchObject([
      { code: 'wrong-identity', params: { target: 'acme/pbx:sede', expected: ['serial NOT-THIS-BOX'] } },
    ]);
  });

  it('gives nothing that could be adopted or recorded', async () => {
    const site = await other();
    const result = await apply(site);
    expect(outcomesOf(result)).not.toContain(`recorded ${at('30')}`);
    expect(await site.state()).toMatchObject({ resources: {}, targets: {} });
  });

  it('makes nothing of ours look gone', async () => {
    const site = await acmeWith(['2000']);
    await apply(site);
    await site.client('acme', { pbx: { sede: site.pbx('sede', { serial: 'OTHER' }) }, extensions: [] });
    const before = Object.keys((await site.state()).resources);
    await apply(site, consent({ allowDelete: 1, overrideLimits: 'prueba', acceptOutage: null }));
    expect(Object.keys((await site.state()).resources)).toEqual(before);
  });
});

describe('a state that was merged by hand', () => {
  type Entry = Record<string, unknown>;

  /** One box applied, then something done to the entry of the last extension, which the YAML gives up. */
  async function damaged(harm: (entry: Entry) => void): Promise<Site> {
    const numbers = ['2000', '2001', '2002', '2003', '2004'];
    const site = await acmeWith(numbers);
    await apply(site);
    const path = join(site.root, 'state/acme.json');
    const state: { resources: Record<string, Entry> } = JSON.parse(await readFile(path, 'utf8'));
    for (const [id, entry] of Object.entries(state.resources)) if (id.endsWith(':2004')) harm(entry);
    await writeFile(path, JSON.stringify(state));
    await declare(site, numbers.slice(0, 4));
    site.lab.box('sede').resetRequests();
    return site;
  }

  it('never deletes an extension under the name of another', async () => {
    const site = await damaged((entry) => {
      entry.key = '2000';
    });
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(result.diagnostics).toMatchObject([{ code: 'state-unreadable' }]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is told by plan where an entry lacks a part', async () => {
    const site = await damaged((entry) => {
      delete entry.secrets;
    });
    const made = await plan(site);
    expect(codesOf(made)).toEqual(['state-unreadable']);
    expect(changesOf(made)).toEqual([]);
  });
});
