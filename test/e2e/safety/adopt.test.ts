import { describe, expect, it } from 'vitest';
import type { LabYeastar } from '../../../lab/index.ts';
import { apply, changesOf, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { at, declare, extension, sipSecrets } from './fixtures.ts';

const found: LabYeastar = {
  name: 'sede',
  edition: 'v2.0.0',
  seed: [
    { number: '2000', username: 'Puesto 2000', registerpassword: goodSecret },
    { number: '2001', username: 'De otro', registerpassword: goodSecret },
  ],
};

/** 2000 stands on the box already, and is declared; its secret in the YAML is the one on the box, or another. */
async function declared(over: object = {}, secret = goodSecret): Promise<Site> {
  const site = await startSite([found]);
  await declare(site, [extension('sede', '2000', over)]);
  await sipSecrets(site, 'sede', ['2000'], { value: secret });
  return site;
}

describe('an extension that stands there already', () => {
  it('becomes ours where nothing differs, without a write', async () => {
    const site = await declared();
    const result = await apply(site);
    expect(outcomesOf(result)).toEqual([`recorded ${at('2000')}`]);
    expect(writesTo(site, 'sede')).toEqual([]);
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('has its secret recognised where the declared one is the one in force', async () => {
    const site = await declared();
    await apply(site);
    expect(planOf(await plan(site)).unverifiable).toEqual([]);
  });

  it('is left alone where something differs', async () => {
    const site = await declared({ name: 'Almacén' });
    const result = await apply(site);
    expect(changesOf(result.planned)).toEqual([`update ${at('2000')} needs-adopt`]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is brought to what is declared where the line says adopt', async () => {
    const site = await declared({ name: 'Almacén', adopt: true });
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ username: 'Almacén' });
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('keeps its secret where the line only says adopt', async () => {
    const site = await declared({ name: 'Almacén', adopt: true }, otherSecret);
    await apply(site);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: goodSecret });
  });

  it('keeps its secret in every later apply, and every plan says that it was not compared', async () => {
    const site = await declared({ name: 'Almacén', adopt: true }, otherSecret);
    await apply(site);
    const second = await apply(site);
    expect(changesOf(second.planned)).toEqual([]);
    expect(planOf(second.planned).unverifiable).toEqual([
      { address: at('2000'), field: 'sip', code: 'never-applied' },
    ]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: goodSecret });
  });

  it('keeps its secret where nothing else differs', async () => {
    const site = await declared({}, otherSecret);
    await apply(site);
    await apply(site);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('gets the declared secret where the line consents to that', async () => {
    const site = await declared({ adopt: { secrets: true } }, otherSecret);
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: otherSecret });
    expect(changesOf(await plan(site))).toEqual([]);
  });

  it('gets the declared secret where the line consents to that later', async () => {
    const site = await declared({}, otherSecret);
    await apply(site);
    await declare(site, [extension('sede', '2000', { adopt: { secrets: true } })]);
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: otherSecret });
  });

  it('gets a secret that is rotated after it became ours', async () => {
    const site = await declared();
    await apply(site);
    await sipSecrets(site, 'sede', ['2000'], { value: otherSecret });
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect(site.lab.box('sede').running()[2000]).toMatchObject({ registerpassword: otherSecret });
  });
});

describe('an extension that nobody declared', () => {
  it('is shown as foreign and never touched', async () => {
    const site = await declared();
    const before = site.lab.box('sede').saved()[2001];
    const result = await apply(site);
    expect(planOf(result.planned).foreign).toEqual([
      { target: 'acme/pbx:sede', kind: 'extension', key: '2001', name: 'De otro' },
    ]);
    expect(site.lab.box('sede').saved()[2001]).toEqual(before);
  });
});

describe('an extension that is released', () => {
  it('leaves state and stays on the box', async () => {
    const site = await declared();
    await apply(site);
    await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions: [], released: ['sede/2000'] });
    const result = await apply(site);
    expect(changesOf(result.planned)).toEqual([`forget ${at('2000')}`]);
    expect((await site.state()).resources).toEqual({});
    expect(site.lab.box('sede').running()).toHaveProperty('2000');
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('is foreign from then on', async () => {
    const site = await declared();
    await apply(site);
    await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions: [], released: ['sede/2000'] });
    await apply(site);
    const after = planOf(await plan(site));
    expect(after.changes).toEqual([]);
    expect(after.foreign.map(({ key }) => key)).toEqual(['2000', '2001']);
  });
});
