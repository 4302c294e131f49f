import { describe, expect, it } from 'vitest';
import type { ClientPlan } from '../../../engine/model/index.ts';
import { apply, changesOf, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { account, type House, line, startHouse } from '../moves/house.ts';
import { extension } from '../safety/fixtures.ts';

/** A phone in service as `before` has its line, whose line is declared as `after` then. */
async function changed(after: object, before: object = {}): Promise<House> {
  const house = await startHouse();
  const declare = (over: object) =>
    house.declare([extension('sede', '2000')], [house.device('mesa', [line('sede/2000', over)])]);
  await declare(before);
  await apply(house.site, {}, house.with);
  await declare(after);
  return house;
}

async function planned({ site, with: over }: House): Promise<ClientPlan> {
  return planOf(await plan(site, {}, over));
}

describe('null on a field of an account', () => {
  it.each([
    ['register name', { registerName: null }],
    ['life of a registration', { expires: null }],
    ['user name', { userName: null }],
    ['label', { label: null }],
  ])('leaves the %s on the phone as it is', async (_, over) => {
    const house = await changed(over);
    expect((await planned(house)).changes).toMatchObject([
      { action: 'record', address: account('mesa'), fields: [] },
    ]);
  });

  it('is in state after the next apply, and nothing is left to do', async () => {
    const house = await changed({ registerName: null });
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual([`recorded ${account('mesa')}`]);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([]);
  });

  it('is not what leaving a line out is: that puts back what the factory set', async () => {
    const house = await changed({}, { outboundProxy: 'sbc.example' });
    expect((await planned(house)).changes[0]?.fields).toMatchObject([
      { field: 'outboundProxy', before: 'sbc.example', after: null },
    ]);
  });

  it('leaves the user name alone with the register name', async () => {
    const house = await changed({ registerName: null }, { registerName: 'otra' });
    expect((await planned(house)).changes.flatMap(({ fields }) => fields)).toEqual([]);
  });
});
