import { describe, expect, it } from 'vitest';
import { apply, changesOf, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { consent, extension } from '../safety/fixtures.ts';
import { account, type House, inService, line, startHouse, watch } from './house.ts';

const removing = consent({ allowDelete: 1 });

/** 2000 of `sede` on line 1 of `mesa`, in service. */
async function oneDesk(): Promise<House> {
  const house = await startHouse();
  await house.declare([extension('sede', '2000')], [house.device('mesa', [line('sede/2000')])]);
  await apply(house.site, {}, house.with);
  expect(inService(house)).toEqual(['sede/2000 mesa:1']);
  return house;
}

async function nothingLeft({ site, with: context }: House): Promise<void> {
  expect(changesOf(await plan(site, {}, context))).toEqual([]);
}

describe('a number that moves', () => {
  it('goes to the phone before the old one is deleted', async () => {
    const house = await oneDesk();
    const { progress, sights } = watch(house);
    await house.declare([extension('sede', '2001')], [house.device('mesa', [line('sede/2001')])]);
    const result = await apply(house.site, removing, { ...house.with, progress });
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:sede/extension:2001',
      `done ${account('mesa')}`,
      'done acme/pbx:sede/extension:2000',
    ]);
    expect(sights).toEqual(['sede/2000 mesa:1', 'sede/2001 mesa:1']);
    await nothingLeft(house);
  });
});

describe('a number that moves, while its phone', () => {
  async function renumbered(house: House, over: object = {}): Promise<void> {
    await house.declare([extension('sede', '2001')], [house.device('mesa', [line('sede/2001')], over)]);
    await apply(house.site, removing, house.with);
  }

  it('is off: the old one stays until the phone has the new one', async () => {
    const house = await oneDesk();
    await house.phone('mesa').power(false);
    await renumbered(house, { presence: 'sometimes' });
    expect(Object.keys(house.box('sede').running())).toEqual(['2000', '2001']);
    await house.phone('mesa').power(true);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    await renumbered(house, { presence: 'sometimes' });
    expect([Object.keys(house.box('sede').running()), inService(house)]).toEqual([
      ['2001'],
      ['sede/2001 mesa:1'],
    ]);
  });

  it('is in a call: the old one stays', async () => {
    const house = await oneDesk();
    house.phone('mesa').call(true);
    await renumbered(house);
    expect([Object.keys(house.box('sede').running()), inService(house)]).toEqual([
      ['2000', '2001'],
      ['sede/2000 mesa:1'],
    ]);
  });

  it('is set up by hand: the old one stays until somebody vouched for it', async () => {
    const house = await oneDesk();
    await renumbered(house, { mode: 'guided' });
    expect(Object.keys(house.box('sede').running())).toEqual(['2000', '2001']);
  });
});

describe('an extension that leaves with its line', () => {
  it('is deleted after the phone let go of it', async () => {
    const house = await oneDesk();
    const { progress, sights } = watch(house);
    await house.declare([extension('sede', '2001')], [house.device('mesa', [])]);
    const result = await apply(house.site, removing, { ...house.with, progress });
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:sede/extension:2001',
      `done ${account('mesa')}`,
      'done acme/pbx:sede/extension:2000',
    ]);
    expect(sights).toEqual(['sede/2000 mesa:1', '']);
    expect(house.phone('mesa').settings()['account.1.password']).toBeUndefined();
    await nothingLeft(house);
  });

  it('stays while the phone is off: it would go on trying with a name that is gone', async () => {
    const house = await oneDesk();
    await house.phone('mesa').power(false);
    await house.declare([extension('sede', '2001')], [house.device('mesa', [], { presence: 'sometimes' })]);
    await apply(house.site, removing, house.with);
    expect(Object.keys(house.box('sede').running())).toEqual(['2000', '2001']);
  });
});

describe('desks that change places', () => {
  it('have each other’s extension afterwards', async () => {
    const house = await oneDesk();
    const extensions = [extension('sede', '2000'), extension('sede', '2001')];
    const desks = (a: string, b: string) => [
      house.device('mesa', [line(a)]),
      house.device('sala', [line(b)]),
    ];
    await house.declare(extensions, desks('sede/2000', 'sede/2001'));
    await apply(house.site, {}, house.with);
    await house.declare(extensions, desks('sede/2001', 'sede/2000'));
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2000 sala:1', 'sede/2001 mesa:1']);
    await nothingLeft(house);
  });
});

describe('a label', () => {
  it('follows the name of the extension, and nothing else is written', async () => {
    const house = await oneDesk();
    const { progress, sights } = watch(house);
    await house.declare(
      [extension('sede', '2000', { name: 'Portería' })],
      [house.device('mesa', [line('sede/2000')])],
    );
    const [, shown] = planOf(await plan(house.site, {}, house.with)).changes;
    expect(shown?.fields.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['label', 'Puesto 2000', 'Portería'],
      ['displayName', 'Puesto 2000', 'Portería'],
    ]);
    await apply(house.site, {}, { ...house.with, progress });
    expect(house.phone('mesa').settings()).toMatchObject({ 'account.1.label': 'Portería' });
    expect(sights).toEqual(['sede/2000 mesa:1']);
    await nothingLeft(house);
  });
});

describe('an extension that moves to another phone', () => {
  it('is set up there before it leaves the first one', async () => {
    const house = await oneDesk();
    const { progress, sights } = watch(house);
    await house.declare(
      [extension('sede', '2000', { concurrentRegistrations: 2 })],
      [house.device('mesa', []), house.device('sala', [line('sede/2000')])],
    );
    const result = await apply(house.site, {}, { ...house.with, progress });
    expect(outcomesOf(result).slice(1)).toEqual([`done ${account('sala')}`, `done ${account('mesa')}`]);
    expect(sights).toEqual(['sede/2000 mesa:1', 'sede/2000 mesa:1 + sede/2000 sala:1', 'sede/2000 sala:1']);
    await nothingLeft(house);
  });

  it('that may register once only comes up there as soon as the first one lets go', async () => {
    const house = await oneDesk();
    await house.declare(
      [extension('sede', '2000')],
      [house.device('mesa', []), house.device('sala', [line('sede/2000')])],
    );
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual([`done ${account('sala')}`, `done ${account('mesa')}`]);
    expect(house.phone('mesa').accounts()[1]).toMatchObject({ enabled: false });
    await nothingLeft(house);
  });
});

describe('an extension that moves to another PBX', () => {
  it('is registered there before the old one is deleted', async () => {
    const house = await oneDesk();
    const { progress, sights } = watch(house);
    await house.declare([extension('nave', '2000')], [house.device('mesa', [line('nave/2000')])]);
    const planned = planOf(await plan(house.site, removing, house.with));
    expect(planned.changes.map(({ action, section, address }) => [action, section, address])).toEqual([
      ['create', 'moved', 'acme/pbx:nave/extension:2000'],
      ['update', 'requested', account('mesa')],
      ['delete', 'moved', 'acme/pbx:sede/extension:2000'],
    ]);
    const result = await apply(house.site, removing, { ...house.with, progress });
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:nave/extension:2000',
      `done ${account('mesa')}`,
      'done acme/pbx:sede/extension:2000',
    ]);
    expect(sights).toEqual(['sede/2000 mesa:1', 'nave/2000 mesa:1']);
    await nothingLeft(house);
  });

  it('keeps the old one while the phone is refused by the new one', async () => {
    const house = await oneDesk();
    await house.declare(
      [extension('nave', '2000')],
      [house.device('mesa', [line('nave/2000', { registerName: '9999', userName: '9999' })])],
    );
    const result = await apply(house.site, removing, house.with);
    expect(outcomesOf(result).at(-1)).toBe('skipped acme/pbx:sede/extension:2000');
    expect(Object.keys(house.box('sede').running())).toEqual(['2000']);
  });

  // A phone says `registering` right after every write, and for ever where nobody answers.
  it('keeps the old one while the phone is still registering', async () => {
    const house = await oneDesk();
    await house.declare(
      [extension('nave', '2000')],
      [house.device('mesa', [line('nave/2000', { server: 'nowhere.example' })])],
    );
    await apply(house.site, removing, house.with);
    expect(Object.keys(house.box('sede').running())).toEqual(['2000']);
  });
});
