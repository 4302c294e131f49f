import { describe, expect, it } from 'vitest';
import { noConsent } from '../../../engine/plan/index.ts';
import type { Approval } from '../../../engine/run/contract.ts';
import { apply, changesOf, failure, outcomesOf, plan } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { acmeWith, approvalOf, at, declare, extension } from './fixtures.ts';

/** Two extensions of ours, the first renamed in the YAML, and the approval of that. */
async function approved(): Promise<{ site: Site; approval: Approval }> {
  const site = await acmeWith(['2000', '2001']);
  await apply(site);
  await declare(site, [extension('sede', '2000', { name: 'Almacén' }), '2001']);
  const approval = approvalOf(await plan(site));
  site.lab.box('sede').resetRequests();
  return { site, approval };
}

describe('an approved plan', () => {
  it('is applied as it was approved', async () => {
    const { site, approval } = await approved();
    const result = await apply(site, { approval });
    expect(outcomesOf(result)).toEqual([`done ${at('2000')}`]);
    expect(writesTo(site, 'sede')).toEqual(['extension/update']);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ username: 'Almacén' });
  });

  it('is stale once a colleague edited what it changes', async () => {
    const { site, approval } = await approved();
    site.lab.box('sede').edit('2000', { email: 'otro@acme.example' }, { apply: true });
    expect(await failure(() => apply(site, { approval }))).toMatchObject({
      code: 'stale-changes',
      params: { file: 'plan.json', addresses: [at('2000')] },
    });
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is stale once a colleague did what it asks for', async () => {
    const { site, approval } = await approved();
    site.lab.box('sede').edit('2000', { username: 'Almacén' }, { apply: true });
    expect(await failure(() => apply(site, { approval }))).toMatchObject({ code: 'stale-changes' });
  });

  it('is stale once the YAML changed', async () => {
    const { site, approval } = await approved();
    await declare(site, [extension('sede', '2000', { name: 'Almacén', email: 'a@acme.example' }), '2001']);
    expect(await failure(() => apply(site, { approval }))).toMatchObject({ code: 'stale-basis' });
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is stale once the limits of safety changed', async () => {
    const { site, approval } = await approved();
    await site.workspace({ safety: { maxChangePercent: 100 } });
    expect(await failure(() => apply(site, { approval }))).toMatchObject({ code: 'stale-basis' });
  });

  it('is stale for another version of Alta', async () => {
    const { site, approval } = await approved();
    expect(await failure(() => apply(site, { approval }, { version: '9.9.9' }))).toMatchObject({
      code: 'stale-basis',
    });
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is stale once its client is gone', async () => {
    const { site, approval } = await approved();
    const other = { ...approval, clients: { ...approval.clients, globex: { basis: 'x', changes: {} } } };
    expect(await failure(() => apply(site, { approval: other }))).toMatchObject({
      code: 'stale-clients',
      params: { addresses: ['globex'] },
    });
  });

  it('is stale once it was applied', async () => {
    const { site, approval } = await approved();
    await apply(site, { approval });
    expect(await failure(() => apply(site, { approval }))).toMatchObject({ code: 'stale-changes' });
  });
});

describe('what an approval does not hold', () => {
  it('is reported and not written', async () => {
    const { site, approval } = await approved();
    site.lab.box('sede').edit('2001', { username: 'Cambiado' }, { apply: true });
    const result = await apply(site, { approval });
    expect(changesOf(result.planned)).toEqual([`update ${at('2000')}`, `update ${at('2001')} not-approved`]);
    expect(outcomesOf(result)).toEqual([`done ${at('2000')}`, `blocked ${at('2001')}`]);
    expect(site.lab.box('sede').running()[2001]).toMatchObject({ username: 'Cambiado' });
  });

  it('is written by the next plan that is approved', async () => {
    const { site, approval } = await approved();
    site.lab.box('sede').edit('2001', { username: 'Cambiado' }, { apply: true });
    await apply(site, { approval });
    const again = approvalOf(await plan(site));
    expect(outcomesOf(await apply(site, { approval: again }))).toEqual([`done ${at('2001')}`]);
  });

  it('includes what was blocked when it was shown', async () => {
    const site = await acmeWith(['2000', '2001']);
    await apply(site);
    await declare(site, ['2000']);
    const approval = approvalOf(await plan(site));
    site.lab.box('sede').resetRequests();
    const result = await apply(site, { approval, consent: { ...noConsent, allowDelete: 1 } });
    expect(changesOf(result.planned)).toEqual([`delete ${at('2001')} not-approved`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});

describe('a plan shown and asked about', () => {
  it('is not carried out where the answer is no', async () => {
    const { site } = await approved();
    const result = await apply(site, { confirm: async () => false });
    expect(result).toMatchObject({ declined: true, report: null });
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is not carried out where the box changed while somebody was thinking', async () => {
    const { site } = await approved();
    let ahead = 0;
    const confirm = async (): Promise<boolean> => {
      site.lab.box('sede').edit('2000', { email: 'otro@acme.example' }, { apply: true });
      ahead = 60_000;
      return true;
    };
    const clock = { now: () => Date.now() + ahead, elapsed: () => performance.now(), sleep: async () => {} };
    const result = await apply(site, { confirm }, { clock });
    expect(result.report?.clients).toMatchObject([
      { client: 'acme', state: 'not-written', diagnostics: [{ code: 'changed-meanwhile' }] },
    ]);
    expect(outcomesOf(result)).toEqual([`skipped ${at('2000')}`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});
