import { describe, expect, it } from 'vitest';
import { everything, noConsent } from '../../../engine/plan/index.ts';
import { parseApproval, planJson } from '../../../engine/report/index.ts';
import { acceptDrift } from '../../../engine/run/index.ts';
import {
  apply,
  changesOf,
  contextAt,
  outcomesOf,
  plan,
  planOf,
  planOptions,
} from '../../support/commands.ts';
import { extension } from '../safety/fixtures.ts';
import { account, type House, inService, line, nextSip, startHouse, usualPhones, watch } from './house.ts';

async function oneDesk(house: House): Promise<House> {
  await house.declare([extension('sede', '2000')], [house.device('mesa', [line('sede/2000')])]);
  await apply(house.site, {}, house.with);
  return house;
}

async function nothingLeft({ site, with: context }: House): Promise<void> {
  expect(changesOf(await plan(site, {}, context))).toEqual([]);
}

/** Everything that writes to the phone's web page. */
function imports({ lab }: House, name: string): number {
  const { counts } = lab.phone(name).requests();
  return Object.entries(counts)
    .filter(([path]) => /import|upload|write/i.test(path))
    .reduce((sum, [, count]) => sum + count, 0);
}

describe('a device out of the YAML', () => {
  it('is forgotten, keeps its service, and what it knows is said', async () => {
    const house = await oneDesk(await startHouse());
    await house.declare([extension('sede', '2000')], []);
    const planned = planOf(await plan(house.site, {}, house.with));
    expect(planned.changes).toMatchObject([{ action: 'forget', address: account('mesa') }]);
    expect(planned.diagnostics).toMatchObject([
      {
        code: 'device-forgotten',
        severity: 'warning',
        params: { device: 'acme/device:mesa', extensions: ['acme/pbx:sede/extension:2000'] },
      },
    ]);
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2000 mesa:1']);
    await nothingLeft(house);
  });
});

describe('a PBX under another label', () => {
  it('writes nothing to any phone', async () => {
    const house = await oneDesk(await startHouse());
    const before = imports(house, 'mesa');
    const { progress, sights } = watch(house);
    const login = house.lab.boxes[0]?.credentials;
    await house.site.secret('acme', 'connect', 'pbx/central/username', login?.username ?? '');
    await house.site.secret('acme', 'connect', 'pbx/central/password', login?.password ?? '');
    const sip = house.lab.boxes[0]?.sip;
    const kept = extension('central', '2000', { secrets: { sip: { secret: 'extensions/sede/2000/sip' } } });
    await house.declare([kept], [house.device('mesa', [line('central/2000')])], {
      pbx: { central: house.site.pbx('sede', { sip: { ...sip } }) },
    });
    const planned = planOf(await plan(house.site, {}, house.with));
    expect(planned.changes.map(({ action, section, address }) => [action, section, address])).toEqual([
      ['record', 'moved', 'acme/pbx:central/extension:2000'],
      ['record', 'requested', account('mesa')],
    ]);
    await apply(house.site, {}, { ...house.with, progress });
    expect([imports(house, 'mesa'), sights]).toEqual([before, ['sede/2000 mesa:1']]);
    await nothingLeft(house);
  });
});

describe('a phone that is replaced', () => {
  /** `sala` is declared under the id of `mesa`, which is off for good. */
  async function replaced(): Promise<House> {
    const house = await oneDesk(await startHouse());
    const { model, mac, url, credentials } = house.service('sala');
    await house.site.secret('acme', 'connect', 'devices/mesa/username', credentials.username);
    await house.site.secret('acme', 'connect', 'devices/mesa/password', credentials.password);
    await house.phone('mesa').power(false);
    await house.declare(
      [extension('sede', '2000')],
      [house.device('mesa', [line('sede/2000')], { model, mac, address: url })],
    );
    return house;
  }

  it('gets everything under the same name; the old one is forgotten, and that is said', async () => {
    const house = await replaced();
    const { changes, diagnostics } = planOf(await plan(house.site, {}, house.with));
    expect(changes.map(({ action, section, address }) => [action, section, address])).toEqual([
      ['forget', 'released', account('mesa')],
      ['create', 'requested', account('mesa')],
    ]);
    expect(diagnostics).toMatchObject([{ code: 'device-replaced' }]);
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual([`recorded ${account('mesa')}`, `done ${account('mesa')}`]);
    expect(inService(house)).toEqual(['sede/2000 sala:1']);
    const known = Object.values((await house.site.state()).resources).map(({ address }) => address);
    expect(known.sort()).toEqual([account('mesa'), 'acme/pbx:sede/extension:2000']);
    await nothingLeft(house);
  });

  it('is set up from a plan that was approved', async () => {
    const house = await replaced();
    const { plan: made } = await plan(house.site, {}, house.with);
    if (made === null) throw new Error('no plan');
    const shown = planJson(made, { lang: 'es', consent: noConsent, selection: everything });
    const approval = parseApproval(JSON.stringify(shown), 'plan.json');
    const result = await apply(house.site, { approval }, house.with);
    expect(outcomesOf(result)).toEqual([`recorded ${account('mesa')}`, `done ${account('mesa')}`]);
    await nothingLeft(house);
  });

  it('may have its extension’s secret changed in the same apply: the old one is nobody’s concern', async () => {
    const house = await replaced();
    await house.site.secret('acme', 'values', 'extensions/sede/2000/sip', nextSip);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([
      `forget ${account('mesa')}`,
      'update acme/pbx:sede/extension:2000',
      `create ${account('mesa')}`,
    ]);
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2000 sala:1']);
  });
});

describe('two accounts on one phone', () => {
  it('register at two PBXs', async () => {
    const house = await startHouse();
    const accounts = [line('sede/2000'), line('nave/2000', { line: 2 })];
    await house.declare(
      [extension('sede', '2000'), extension('nave', '2000')],
      [house.device('mesa', accounts)],
    );
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['nave/2000 mesa:2', 'sede/2000 mesa:1']);
    await nothingLeft(house);
  });
});

describe('an extension on two phones', () => {
  it('rings on both', async () => {
    const house = await startHouse();
    await house.declare(
      [extension('sede', '2000', { concurrentRegistrations: 2 })],
      [house.device('mesa', [line('sede/2000')]), house.device('sala', [line('sede/2000')])],
    );
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2000 mesa:1', 'sede/2000 sala:1']);
    await nothingLeft(house);
  });
});

describe('a phone that is all ours', () => {
  it('has the lines of others switched off, and keeps its own', async () => {
    const [mesa] = usualPhones;
    if (mesa === undefined) throw new Error('no phone');
    const cfg = [
      ['account.3.enable', '1'],
      ['account.3.label', 'Vieja'],
      ['account.3.user_name', '900'],
      ['account.3.sip_server.1.address', 'old.example'],
    ] as const;
    const house = await startHouse([{ ...mesa, cfg }]);
    await house.declare(
      [extension('sede', '2000')],
      [house.device('mesa', [line('sede/2000')], { exclusive: true })],
    );
    const result = await apply(house.site, {}, house.with);
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:sede/extension:2000',
      `done ${account('mesa')}`,
      `done ${account('mesa', 3)}`,
    ]);
    expect(house.phone('mesa').accounts()).toMatchObject({
      1: { status: 'registered' },
      3: { enabled: false },
    });
    await nothingLeft(house);
  });
});

describe('a secret that the PBX makes', () => {
  it('passes to the phone, and follows a change made in the panel', async () => {
    const house = await startHouse();
    const made = { number: '2005', username: 'Puesto 2005', registerpassword: 'Kf7mQ2xRt-p9WbL4hZc6' };
    house.box('sede').create(made, { apply: true });
    const taken = extension('sede', '2005', { secrets: { sip: { source: 'pbx' } }, adopt: true });
    await house.declare([taken], [house.device('mesa', [line('sede/2005')])]);
    await apply(house.site, {}, house.with);
    expect(inService(house)).toEqual(['sede/2005 mesa:1']);
    house.box('sede').edit('2005', { registerpassword: 'Vx3nTq8sJd_k5YgB7wHu' }, { apply: true });
    expect(inService(house)).toEqual([]);
    expect(outcomesOf(await apply(house.site, {}, house.with))).toEqual([`done ${account('mesa')}`]);
    expect(inService(house)).toEqual(['sede/2005 mesa:1']);
    await nothingLeft(house);
  });
});

describe('what somebody set on the phone’s own page', () => {
  it('comes into the YAML where it is accepted', async () => {
    const house = await startHouse();
    await house.declare([extension('sede', '2000')], [house.device('mesa', [line('sede/2000')])]);
    await apply(house.site, {}, house.with);
    house.phone('mesa').edit({ 'account.1.label': 'Caja' });
    const { edits } = await acceptDrift(contextAt(house.root, house.with), { ...planOptions, dryRun: false });
    expect(edits).toMatchObject([{ filename: 'clients/acme/client.yaml' }]);
    expect(changesOf(await plan(house.site, {}, house.with))).toEqual([`record ${account('mesa')}`]);
    expect(house.phone('mesa').settings()['account.1.label']).toBe('Caja');
  });
});
