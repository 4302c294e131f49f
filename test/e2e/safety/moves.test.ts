import { describe, expect, it } from 'vitest';
import type { LabYeastar } from '../../../lab/index.ts';
import { apply, changesOf, outcomesOf, plan, planOf, stepsOf } from '../../support/commands.ts';
import { type Site, startSite } from '../../support/site.ts';
import { timeOf, writesTo } from '../../support/traffic.ts';
import { at, consent, extension, sede, sipSecrets } from './fixtures.ts';

/** A secret under a name of its own, which no label is part of. */
const named = { secrets: { sip: { secret: 'telefonos/2000' } } };

describe('a label that is renamed', () => {
  async function renamed(): Promise<Site> {
    const site = await startSite([sede]);
    await site.secret('acme', 'values', 'telefonos/2000', 'Kf7mQ2xRt-p9WbL4hZc6');
    await site.client('acme', {
      pbx: { sede: site.pbx('sede') },
      extensions: [extension('sede', '2000', named)],
    });
    await apply(site);
    site.lab.box('sede').resetRequests();
    await site.client('acme', {
      pbx: { oficina: site.pbx('sede') },
      extensions: [extension('oficina', '2000', named)],
    });
    return site;
  }

  it('is a move in state, without a write', async () => {
    const site = await renamed();
    const result = await apply(site);
    expect(planOf(result.planned).changes).toMatchObject([
      { action: 'record', section: 'moved', address: at('2000', 'oficina'), previousAddress: at('2000') },
    ]);
    expect(outcomesOf(result)).toEqual([`recorded ${at('2000', 'oficina')}`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('leaves nothing to do afterwards', async () => {
    const site = await renamed();
    await apply(site);
    expect(changesOf(await plan(site))).toEqual([]);
  });
});

describe('a box found at another address', () => {
  /** The same box under another name of this machine: another origin, and so another key in state. */
  const elsewhere = (site: Site): object =>
    site.pbx('sede', { url: site.service('sede').url.replace('127.0.0.1', 'localhost') });

  async function applied(boxes: readonly LabYeastar[] = [sede]): Promise<Site> {
    const site = await startSite(boxes);
    await site.client('acme', {
      pbx: { sede: site.pbx('sede') },
      extensions: [extension('sede', '2000'), extension('sede', '2001')],
    });
    await sipSecrets(site, 'sede', ['2000', '2001']);
    await apply(site);
    site.lab.box('sede').resetRequests();
    return site;
  }

  it('is known by its serial: nothing changes', async () => {
    const site = await applied();
    await site.client('acme', {
      pbx: { sede: elsewhere(site) },
      extensions: [extension('sede', '2000'), extension('sede', '2001')],
    });
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('is written to as what it was, and state knows it under the new address only', async () => {
    const site = await applied();
    await site.client('acme', {
      pbx: { sede: elsewhere(site) },
      extensions: [extension('sede', '2000', { name: 'Almacén' })],
    });
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`done ${at('2000')}`, `done ${at('2001')}`]);
    const { resources, targets } = await site.state();
    const key = site.service('sede').url.replace('127.0.0.1', 'localhost');
    expect(Object.keys(resources)).toEqual([`yeastar:${key}#extension:2000`]);
    expect(Object.keys(targets)).toEqual([`yeastar:${key}`]);
    expect(changesOf(await plan(site))).toEqual([]);
  });
});

describe('an extension that moves to another PBX', () => {
  async function moving(to: LabYeastar): Promise<Site> {
    const site = await startSite([sede, to]);
    const pbx = { sede: site.pbx('sede'), norte: site.pbx('norte') };
    await sipSecrets(site, 'sede', ['2000', '2001']);
    await site.client('acme', { pbx, extensions: [extension('sede', '2000'), extension('sede', '2001')] });
    await apply(site);
    await sipSecrets(site, 'norte', ['2000']);
    await site.client('acme', { pbx, extensions: [extension('norte', '2000'), extension('sede', '2001')] });
    return site;
  }
  const modern: LabYeastar = { name: 'norte', edition: 'v2.0.0', extensions: 1 };
  const old: LabYeastar = { name: 'norte', edition: 'v1.1.0', extensions: 1 };

  it('is made there before it is broken here', async () => {
    const site = await moving(modern);
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`done ${at('2000', 'norte')}`, `done ${at('2000')}`]);
    expect(timeOf(site, 'norte', 'extension/add')).toBeLessThan(timeOf(site, 'sede', 'extension/delete'));
    expect(planOf(result.planned).changes.map(({ section }) => section)).toEqual(['moved', 'moved']);
  });

  it('stays here where it cannot be made there', async () => {
    const site = await moving(modern);
    site.lab.box('norte').addFault({ kind: 'errno', errno: '10087', match: { path: 'extension/add' } });
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`failed ${at('2000', 'norte')}`, `skipped ${at('2000')}`]);
    expect(stepsOf(result.report)[1]?.diagnostic?.code).toBe('depends-on-failed');
    expect(site.lab.box('sede').running()).toHaveProperty('2000');
  });

  it('stays here until a person has made it there', async () => {
    const site = await moving(old);
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`pending ${at('2000', 'norte')}`, `blocked ${at('2000')}`]);
    expect(site.lab.box('sede').running()).toHaveProperty('2000');
  });

  it('goes from here once a person has made it there', async () => {
    const site = await moving(old);
    await apply(site, consent({ allowDelete: 1 }));
    const box = site.lab.box('norte');
    box.create(
      { number: '2000', username: 'Puesto 2000', registerpassword: 'Kf7mQ2xRt-p9WbL4hZc6' },
      { apply: true },
    );
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`recorded ${at('2000', 'norte')}`, `done ${at('2000')}`]);
    expect(site.lab.box('sede').running()).not.toHaveProperty('2000');
  });

  it('stays here where its secret for there cannot be opened', async () => {
    const site = await moving(modern);
    const file = site.secretsOf('acme');
    const moved = file.values['extensions/sede/2000/sip'];
    if (moved === undefined) throw new Error('no secret');
    await site.replaceSecrets('acme', {
      ...file,
      values: { ...file.values, 'extensions/norte/2000/sip': moved },
    });
    const result = await apply(site, consent({ allowDelete: 1 }));
    expect(outcomesOf(result)).toEqual([`failed ${at('2000', 'norte')}`, `skipped ${at('2000')}`]);
    expect(site.lab.box('sede').running()).toHaveProperty('2000');
  });
});
