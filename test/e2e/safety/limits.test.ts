import { describe, expect, it } from 'vitest';
import { apply, changesOf, codesOf, outcomesOf, plan } from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { callsTo, writesTo } from '../../support/traffic.ts';
import { acmeWith, at, consent, declare, extension, extensionsOn, sede, sipSecrets } from './fixtures.ts';

/** A site whose box holds these numbers as ours, with an empty log. */
async function applied(numbers: readonly string[], workspace: object = {}): Promise<Site> {
  const site = await acmeWith(numbers, { workspace });
  await apply(site);
  site.lab.box('sede').resetRequests();
  return site;
}

describe('a box that lost everything', () => {
  it('is called all gone, and nothing is created on it', async () => {
    const site = await applied(['2000', '2001', '2002']);
    site.lab.box('sede').empty();
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual(['2000', '2001', '2002'].map((n) => `blocked ${at(n)}`));
    expect(changesOf(result.planned)).toContain(`create ${at('2000')} all-gone`);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('stays blocked where another number of losses is consented to', async () => {
    const site = await applied(['2000', '2001', '2002']);
    site.lab.box('sede').empty();
    await apply(site, consent({ recreate: 2 }));
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is filled again where the number is consented to', async () => {
    const site = await applied(['2000', '2001', '2002']);
    site.lab.box('sede').empty();
    const result = await apply(
      site,
      consent({ recreate: 3, overrideLimits: 'box replaced', acceptOutage: null }),
    );
    expect(outcomesOf(result)).toEqual(['2000', '2001', '2002'].map((n) => `done ${at(n)}`));
    expect(changesOf(await plan(site))).toEqual([]);
  });
});

describe('a deletion', () => {
  it.each([
    ['without consent', null],
    ['with consent to more', 2],
    ['with consent to none', 0],
  ])('%s is blocked', async (_, allowDelete) => {
    const site = await applied(['2000', '2001']);
    await declare(site, ['2000']);
    const result = await apply(site, consent({ allowDelete }));
    expect(changesOf(result.planned)).toEqual([`delete ${at('2001')} needs-delete-consent`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('with consent to just this number happens', async () => {
    const site = await applied(['2000', '2001']);
    await declare(site, ['2000']);
    expect(outcomesOf(await apply(site, consent({ allowDelete: 1 })))).toEqual([`done ${at('2001')}`]);
    expect(site.lab.box('sede').running()).not.toHaveProperty('2001');
  });

  it('of everything is blocked whatever is consented to', async () => {
    const site = await applied(['2000', '2001']);
    await declare(site, []);
    const result = await apply(site, consent({ allowDelete: 2, overrideLimits: 'yes', acceptOutage: null }));
    expect(changesOf(result.planned)).toEqual(['2000', '2001'].map((n) => `delete ${at(n)} all-gone`));
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('of everything happens where the client has left', async () => {
    const site = await applied(['2000', '2001']);
    await site.client('acme', {
      client: { status: 'baja' },
      pbx: { sede: site.pbx('sede') },
      extensions: extensionsOn('sede', ['2000', '2001']),
    });
    const result = await apply(site, consent({ allowDelete: 2 }));
    expect(outcomesOf(result)).toEqual(['2000', '2001'].map((n) => `done ${at(n)}`));
  });

  it('of what was protected at the last apply is blocked', async () => {
    const site = await acmeWith(['2000', '2001']);
    await declare(site, ['2000', extension('sede', '2001', { protect: true })]);
    await apply(site);
    await declare(site, ['2000']);
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(changesOf(result.planned)).toEqual([`delete ${at('2001')} protected`]);
    expect(site.lab.box('sede').saved()).toHaveProperty('2001');
  });

  it('of what was protected happens once the protection was lifted by an apply', async () => {
    const site = await acmeWith(['2000', '2001']);
    await declare(site, ['2000', extension('sede', '2001', { protect: true })]);
    await apply(site);
    await declare(site, ['2000', '2001']);
    await apply(site);
    await declare(site, ['2000']);
    expect(outcomesOf(await apply(site, consent({ allowDelete: 1 })))).toEqual([`done ${at('2001')}`]);
  });

  it('of what a call flow names is an error of the file, and nobody is contacted', async () => {
    const site = await applied(['2000', '2001']);
    await site.client('acme', {
      pbx: { sede: site.pbx('sede') },
      extensions: extensionsOn('sede', ['2000']),
      checks: { callFlows: [{ name: 'Ventas', pbx: 'sede', reaches: ['2001'] }] },
    });
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(result.report).toBeNull();
    expect(codesOf(result.planned)).toEqual(['extension-unknown']);
    expect(callsTo(site, 'sede')).toEqual([]);
  });
});

const strict = { safety: { maxDeletePercent: 30, maxChangePercent: 50, minimumObjects: 3 } };
const three = ['2000', '2001', '2002'];

describe('limits in percent', () => {
  it('block deletions beyond them, whatever number is consented to', async () => {
    const site = await applied(three, strict);
    await declare(site, ['2000', '2001']);
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(changesOf(result.planned)).toEqual([`delete ${at('2002')} delete-limit`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('block changes beyond them', async () => {
    const site = await applied(three, strict);
    await declare(site, ['2000', ...['2001', '2002'].map((n) => extension('sede', n, { name: 'Otro' }))]);
    const result = await apply(site);
    expect(changesOf(result.planned)).toEqual(['2001', '2002'].map((n) => `update ${at(n)} change-limit`));
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('count what vanished like deletions', async () => {
    const site = await applied(three, strict);
    site.lab.box('sede').remove('2002', { apply: true });
    expect(changesOf(await plan(site))).toEqual([`create ${at('2002')} delete-limit`]);
  });

  it('give way to a reason, which the report keeps', async () => {
    const site = await applied(three, strict);
    await declare(site, ['2000', '2001']);
    const result = await apply(
      site,
      consent({ allowDelete: 1, overrideLimits: 'cierre de la tienda', acceptOutage: null }),
    );
    expect(outcomesOf(result)).toEqual([`done ${at('2002')}`]);
    expect(result.report?.overrideReason).toBe('cierre de la tienda');
  });

  it('never block creations', async () => {
    const site = await applied(three, strict);
    const more = [...three, '2003', '2004', '2005', '2006'];
    await declare(site, more);
    await sipSecrets(site, 'sede', more.slice(3));
    expect(outcomesOf(await apply(site))).toEqual(more.slice(3).map((n) => `done ${at(n)}`));
  });
});

describe('a blocked client', () => {
  it('does not hold up another client', async () => {
    const site = await startSite([sede, { name: 'norte', edition: 'v2.0.0', extensions: 1 }]);
    await declare(site, ['2000', '2001']);
    await sipSecrets(site, 'sede', ['2000', '2001']);
    await apply(site);
    await declare(site, ['2000']);
    await site.client('globex', {
      pbx: { norte: site.pbx('norte') },
      extensions: extensionsOn('norte', ['3000']),
    });
    await sipSecrets(site, 'norte', ['3000'], { client: 'globex' });
    expect(outcomesOf(await apply(site))).toEqual([
      `blocked ${at('2001')}`,
      'done globex/pbx:norte/extension:3000',
    ]);
    expect(site.lab.box('norte').running()).toHaveProperty('3000');
  });
});
