import { describe, expect, it } from 'vitest';
import { apply, outcomesOf, plan, planOf } from '../../support/commands.ts';
import { extension } from '../safety/fixtures.ts';
import { account, inService, line, startHouse, usualPhones } from './house.ts';

const extensions = [extension('sede', '2000')];

describe('an account that moves to a phone that is off', () => {
  it('stays on the old phone however often apply is run', async () => {
    const house = await startHouse(usualPhones);
    const [from, to] = ['mesa', 'sala'];
    await house.declare(extensions, [house.device(from, [line('sede/2000')])]);
    await apply(house.site, {}, house.with);
    await house.phone(to).power(false);
    await house.declare(extensions, [
      house.device(from, []),
      house.device(to, [line('sede/2000')], { presence: 'sometimes' }),
    ]);
    await apply(house.site, {}, house.with);
    const again = await apply(house.site, {}, house.with);
    expect(outcomesOf(again)).not.toContain(`done ${account(from)}`);
    expect(inService(house)).toEqual([`sede/2000 ${from}:1`]);
  });
});

describe('a line that somebody set up for another account', () => {
  it('is not taken over with a password that cannot be right', async () => {
    const house = await startHouse(usualPhones);
    house.phone('mesa').edit({
      'account.1.enable': '1',
      'account.1.auth_name': '999',
      'account.1.user_name': '999',
      'account.1.sip_server.1.address': 'otra.example',
    });
    await house.declare(extensions, [house.device('mesa', [line('sede/2000', { adopt: true })])]);
    const { changes } = planOf(await plan(house.site, {}, house.with));
    expect(changes.at(-1)?.blocked).toMatchObject({ code: 'needs-secret-consent' });
  });

  it('is taken over with the password of its new account', async () => {
    const house = await startHouse(usualPhones);
    house.phone('mesa').edit({ 'account.1.enable': '1', 'account.1.auth_name': '999' });
    await house.declare(extensions, [
      house.device('mesa', [line('sede/2000', { adopt: { secrets: true } })]),
    ]);
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
  });
});
