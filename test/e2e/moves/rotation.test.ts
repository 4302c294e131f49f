import { describe, expect, it } from 'vitest';
import type { Change } from '../../../engine/model/index.ts';
import { planText } from '../../../engine/report/index.ts';
import { apply, changesOf, outcomesOf, plan, planOf, stepsOf } from '../../support/commands.ts';
import { consent, extension } from '../safety/fixtures.ts';
import { account, type House, inService, line, nextSip, sips, startHouse, watch } from './house.ts';

const extension2000 = 'acme/pbx:sede/extension:2000';

/** 2000 on two phones, in service; its secret changed in the files. */
async function rotated(over: object = {}): Promise<House> {
  const house = await startHouse();
  await house.declare(
    [extension('sede', '2000', { concurrentRegistrations: 2 })],
    [house.device('mesa', [line('sede/2000')], over), house.device('sala', [line('sede/2000')], over)],
  );
  await apply(house.site, {}, house.with);
  expect(inService(house)).toEqual(['sede/2000 mesa:1', 'sede/2000 sala:1']);
  await house.site.secret('acme', 'values', 'extensions/sede/2000/sip', nextSip);
  return house;
}

function secretOf(house: House): string | undefined {
  return house.box('sede').running()['2000']?.registerpassword;
}

function blocksOf(changes: readonly Change[]): readonly (readonly [string, string | undefined])[] {
  return changes.map(({ address, blocked }) => [address, blocked?.code]);
}

describe('a secret that changes', () => {
  it('is followed by both phones', async () => {
    const house = await rotated();
    const { progress, sights } = watch(house);
    const result = await apply(house.site, {}, { ...house.with, progress });
    expect(outcomesOf(result)).toEqual([
      `done ${extension2000}`,
      `done ${account('mesa')}`,
      `done ${account('sala')}`,
    ]);
    expect(secretOf(house)).toBe(nextSip);
    expect(sights.at(-1)).toBe('sede/2000 mesa:1 + sede/2000 sala:1');
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('is blocked while one phone is off, and that one is named', async () => {
    const house = await rotated({ presence: 'sometimes' });
    await house.phone('sala').power(false);
    const { changes } = planOf(await plan(house.site, {}, house.with));
    expect(blocksOf(changes)).toEqual([
      [extension2000, 'strands-devices'],
      [account('mesa'), 'depends-on-blocked'],
      [account('sala'), 'depends-on-blocked'],
    ]);
    expect(changes[0]?.blocked?.params).toMatchObject({ devices: account('sala') });
    await apply(house.site, {}, house.with);
    expect(secretOf(house)).toBe(sips['sede/2000']);
  });

  it('goes ahead where the outage is accepted, and the one that was off follows later', async () => {
    const house = await rotated({ presence: 'sometimes' });
    await house.phone('sala').power(false);
    const result = await apply(house.site, consent({ acceptOutage: 'sala is broken' }), house.with);
    expect(outcomesOf(result)).toEqual([
      `done ${extension2000}`,
      `done ${account('mesa')}`,
      `deferred ${account('sala')}`,
    ]);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    await house.phone('sala').power(true);
    expect(outcomesOf(await apply(house.site, {}, house.with))).toEqual([`done ${account('sala')}`]);
    expect(inService(house)).toEqual(['sede/2000 mesa:1', 'sede/2000 sala:1']);
  });

  it('waits while one of the phones says that it is in a call', async () => {
    const house = await rotated();
    house.phone('mesa').call(true);
    const result = await apply(house.site, {}, house.with);
    expect(stepsOf(result.report).map(({ result: end, diagnostic }) => [end, diagnostic?.code])).toEqual([
      ['deferred', 'device-in-call'],
      ['deferred', 'device-in-call'],
      ['deferred', 'device-in-call'],
    ]);
    expect([secretOf(house), inService(house)]).toEqual([
      sips['sede/2000'],
      ['sede/2000 mesa:1', 'sede/2000 sala:1'],
    ]);
    house.phone('mesa').call(false);
    await apply(house.site, {}, house.with);
    expect([secretOf(house), inService(house)]).toEqual([nextSip, ['sede/2000 mesa:1', 'sede/2000 sala:1']]);
  });
});

describe('a phone in a call', () => {
  it('is left alone until a later apply', async () => {
    const house = await startHouse();
    await house.declare([extension('sede', '2000')], [house.device('mesa', [line('sede/2000')])]);
    await apply(house.site, {}, house.with);
    house.phone('mesa').call(true);
    await house.declare(
      [extension('sede', '2000', { name: 'Portería' })],
      [house.device('mesa', [line('sede/2000')])],
    );
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual([`done ${extension2000}`, `deferred ${account('mesa')}`]);
    house.phone('mesa').call(false);
    expect(outcomesOf(await apply(house.site, {}, house.with))).toEqual([`done ${account('mesa')}`]);
  });
});

describe('a phone that is off', () => {
  async function away(): Promise<House> {
    const house = await startHouse();
    await house.phone('mesa').power(false);
    await house.declare(
      [extension('sede', '2000')],
      [house.device('mesa', [line('sede/2000')], { presence: 'sometimes' })],
    );
    return house;
  }

  it('waits, and the apply that reaches it sets it up', async () => {
    const house = await away();
    const first = await apply(house.site, {}, house.with);
    expect(outcomesOf(first)).toEqual([`done ${extension2000}`, `deferred ${account('mesa')}`]);
    await house.phone('mesa').power(true);
    expect(outcomesOf(await apply(house.site, {}, house.with))).toEqual([`done ${account('mesa')}`]);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('shows since when it waits', async () => {
    const house = await away();
    await apply(house.site, {}, house.with);
    const { clock } = house.with;
    if (clock === undefined) throw new Error('no clock');
    const later = { ...clock, now: () => clock.now() + 3 * 86_400_000 };
    const { plan: planned } = await plan(house.site, {}, { ...house.with, clock: later });
    if (planned === null) throw new Error('no plan');
    expect(planText(planned, { lang: 'es' })).toMatch(/cuenta 1 .* pendiente desde hace 3 días/);
  });
});
