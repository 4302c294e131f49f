import { describe, expect, it } from 'vitest';
import { attest, listGuided } from '../../../engine/run/attest.ts';
import type { AttestResult, PlanResult } from '../../../engine/run/contract.ts';
import type { LabYeastar } from '../../../lab/index.ts';
import { apply, changesOf, contextAt, failure, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { goodSecret, type Site, startSite } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { at, consent, declare, extension, sipSecrets } from './fixtures.ts';

/** API v1.1.0: it reads and updates; people create and delete. It shows no `nat`. */
const old: LabYeastar = {
  name: 'sede',
  edition: 'v1.1.0',
  seed: ['30', '31'].map((number) => ({
    number,
    username: `Puesto ${number}`,
    registerpassword: goodSecret,
  })),
};

async function oldBox(extensions: readonly (string | object)[]): Promise<Site> {
  const site = await startSite([old]);
  await declare(site, extensions);
  await sipSecrets(site, 'sede', ['30', '31', '40']);
  return site;
}

function vouch({ root }: Site, address: string): Promise<AttestResult> {
  return attest(contextAt(root, { command: 'attest' }), { address, note: null, lockTimeoutMs: 0 });
}

describe('a creation that only a person can do', () => {
  it('is pending in the plan and no change of ours', async () => {
    const site = await oldBox(['40']);
    const { counts } = planOf(await plan(site));
    expect(counts).toMatchObject({ changes: 0, pending: 1 });
  });

  it('is said, with its form, before anything is sent', async () => {
    const site = await oldBox([extension('sede', '30', { name: 'Almacen', adopt: true }), '40']);
    const shown: { forms: PlanResult['forms']; writes: readonly string[] }[] = [];
    const confirm = async ({ forms }: PlanResult): Promise<boolean> => {
      shown.push({ forms, writes: writesTo(site, 'sede') });
      return true;
    };
    await apply(site, { confirm });
    expect(shown).toMatchObject([{ forms: [{ address: at('40'), action: 'create' }], writes: [] }]);
  });

  it('leads through the panel in its own words', async () => {
    const site = await oldBox(['40']);
    const [form] = (await plan(site)).forms;
    expect(form?.lines.map((line) => ('label' in line ? line.label : line.path.join(' › ')))).toEqual([
      'Settings › Extensions',
      'Add',
      'Basic',
      'Type',
      'Extension',
      'Caller ID Name',
      'Registration Name',
      'Registration Password',
      'Save',
      'Apply',
    ]);
  });

  it('is never sent by an apply', async () => {
    const site = await oldBox(['40']);
    expect(outcomesOf(await apply(site))).toEqual([`pending ${at('40')}`]);
    expect(writesTo(site, 'sede')).toEqual([]);
    expect(await listGuided(contextAt(site.root))).toHaveLength(1);
  });

  it('cannot be vouched for while reading says otherwise', async () => {
    const site = await oldBox(['40']);
    await apply(site);
    expect(await failure(() => vouch(site, at('40')))).toMatchObject({ code: 'attest-disproved' });
    expect((await site.state()).resources).toEqual({});
  });

  it('is seen once it is done, and becomes ours', async () => {
    const site = await oldBox(['40']);
    await apply(site);
    const made = { number: '40', username: 'Puesto 40', registerpassword: goodSecret };
    site.lab.box('sede').create(made, { apply: true });
    expect(outcomesOf(await apply(site))).toEqual([`recorded ${at('40')}`]);
    expect(changesOf(await plan(site))).toEqual([]);
    expect((await site.state()).guided).toEqual({});
  });

  it('is put right by us where the person mistyped', async () => {
    const site = await oldBox(['40']);
    await apply(site);
    const made = { number: '40', username: 'Otro nombre', registerpassword: goodSecret };
    site.lab.box('sede').create(made, { apply: true });
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('40')}`]);
    expect(site.lab.box('sede').running()[40]).toMatchObject({ username: 'Puesto 40' });
  });
});

describe('a deletion that only a person can do', () => {
  async function unwanted(): Promise<Site> {
    const site = await oldBox(['30', '31']);
    await apply(site);
    await declare(site, ['30']);
    return site;
  }

  it('wants the same consent as one of ours', async () => {
    const site = await unwanted();
    expect(changesOf(await plan(site))).toEqual([`delete ${at('31')} needs-delete-consent`]);
  });

  it('is pending, with its form, once it is consented to', async () => {
    const site = await unwanted();
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`pending ${at('31')}`]);
    expect(result.planned.forms).toMatchObject([{ address: at('31'), action: 'delete' }]);
  });

  it('cannot be vouched for while the extension is there', async () => {
    const site = await unwanted();
    await apply(site, consent({ allowDelete: 1 }));
    expect(await failure(() => vouch(site, at('31')))).toMatchObject({ code: 'attest-disproved' });
    expect(Object.keys((await site.state()).resources)).toHaveLength(2);
  });

  it('leaves state once the extension is gone', async () => {
    const site = await unwanted();
    await apply(site, consent({ allowDelete: 1 }));
    site.lab.box('sede').remove('31', { apply: true });
    expect(outcomesOf(await apply(site))).toEqual([`recorded ${at('31')}`]);
    expect(Object.values((await site.state()).resources).map(({ key }) => key)).toEqual(['30']);
  });
});

describe('a field that the box never shows', () => {
  const withNat = extension('sede', '30', { nat: true });

  it('is a step for a person', async () => {
    const site = await oldBox([withNat]);
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`pending ${at('30')}`]);
    expect(result.planned.forms[0]?.lines).toContainEqual({ do: 'set', label: 'NAT', value: 'true' });
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is not verifiable, and no change, once a person vouched for it', async () => {
    const site = await oldBox([withNat]);
    await apply(site);
    await vouch(site, at('30'));
    await apply(site);
    const after = planOf(await plan(site));
    expect(after.changes).toEqual([]);
    expect(after.unverifiable).toContainEqual({ address: at('30'), field: 'nat', code: 'attested' });
  });

  it('is never called converged', async () => {
    const site = await oldBox([withNat]);
    await apply(site);
    await vouch(site, at('30'));
    await apply(site);
    expect(planOf(await plan(site)).counts.unverifiable).toBeGreaterThan(0);
  });

  it('asks again for another value', async () => {
    const site = await oldBox([withNat]);
    await apply(site);
    await vouch(site, at('30'));
    await apply(site);
    await declare(site, [extension('sede', '30', { nat: false })]);
    expect(planOf(await plan(site)).counts).toMatchObject({ changes: 0, pending: 1 });
  });

  it('does not keep the other fields from being written', async () => {
    const site = await oldBox(['30']);
    await apply(site);
    await declare(site, [extension('sede', '30', { nat: true, name: 'Almacen' })]);
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`done ${at('30')}`]);
    expect(site.lab.box('sede').running()[30]).toMatchObject({ username: 'Almacen' });
    expect(planOf(await plan(site)).counts).toMatchObject({ changes: 0, pending: 1 });
  });
});

describe('a target that only people touch', () => {
  async function byHand(): Promise<Site> {
    const site = await startSite([]);
    await site.client('acme', {
      pbx: { sede: { driver: 'yeastar', mode: 'guided', tenantName: 'Acme' } },
      extensions: [extension('sede', '30')],
    });
    await sipSecrets(site, 'sede', ['30']);
    return site;
  }

  it('gets a form for everything, and nobody is contacted', async () => {
    const site = await byHand();
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`pending ${at('30')}`]);
    expect(result.planned.forms).toMatchObject([{ address: at('30'), action: 'create' }]);
  });

  it('has nothing left to do, and nothing verified, once a person vouched', async () => {
    const site = await byHand();
    await apply(site);
    await vouch(site, at('30'));
    const after = planOf(await plan(site));
    expect(after.changes).toEqual([]);
    expect(after.unverifiable).toContainEqual({ address: at('30'), field: '*', code: 'attested' });
  });

  it('asks again for what changed since', async () => {
    const site = await byHand();
    await apply(site);
    await vouch(site, at('30'));
    await site.client('acme', {
      pbx: { sede: { driver: 'yeastar', mode: 'guided', tenantName: 'Acme' } },
      extensions: [extension('sede', '30', { name: 'Almacen' })],
    });
    const { forms } = await plan(site);
    expect(forms).toMatchObject([{ address: at('30'), action: 'update' }]);
  });

  it('has nothing to vouch for where nothing is pending', async () => {
    const site = await byHand();
    await apply(site);
    await vouch(site, at('30'));
    expect(await failure(() => vouch(site, at('30')))).toMatchObject({ code: 'nothing-to-attest' });
  });
});
