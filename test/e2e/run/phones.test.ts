import { describe, expect, it } from 'vitest';
import { attest } from '../../../engine/run/attest.ts';
import type { Driver } from '../../../providers/contract.ts';
import { apply, changesOf, contextAt, outcomesOf, plan, planOf, stepsOf } from '../../support/commands.ts';
import type { Phones } from '../../support/phone.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { consent, extension } from '../safety/fixtures.ts';
import { account, type Desk, desk, device, inService, line } from './desk.ts';

describe('extension and phone in one apply', () => {
  it('plans the registration name as known after apply', async () => {
    const at = await desk();
    await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')])]);
    const [, made] = planOf(await plan(at.site, {}, at.with)).changes;
    expect(made).toMatchObject({ address: account('mesa'), action: 'create' });
    expect(made?.fields.filter(({ unknown }) => unknown).map(({ field }) => field)).toEqual([
      'registerName',
      'userName',
    ]);
  });

  it('gives the phone the name and the secret of its extension', async () => {
    const { phones } = await inService();
    expect(phones.phone('mesa').lines.get('1')).toMatchObject({
      password: goodSecret,
      values: { registerName: '2000', userName: '2000', server: 'sede.example', label: 'Puesto 2000' },
    });
  });

  it('leaves nothing to do', async () => {
    const at = await inService();
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });
});

describe('a secret that changes', () => {
  async function rotated(): Promise<Desk> {
    const at = await inService();
    await at.site.secret('acme', 'values', 'extensions/sede/2000/sip', otherSecret);
    return at;
  }

  it('reaches PBX and phone', async () => {
    const at = await rotated();
    const result = await apply(at.site, {}, at.with);
    expect(outcomesOf(result)).toEqual([`done acme/pbx:sede/extension:2000`, `done ${account('mesa')}`]);
    expect(at.phones.phone('mesa').lines.get('1')?.password).toBe(otherSecret);
  });

  it('is blocked while its phone cannot be reached', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'open';
    const [change] = planOf(await plan(at.site, {}, at.with)).changes;
    expect(change?.blocked).toMatchObject({ code: 'strands-devices', params: { devices: account('mesa') } });
  });

  it('goes ahead where the outage is accepted', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'open';
    const result = await apply(at.site, consent({ acceptOutage: 'the phone is broken' }), at.with);
    expect(stepsOf(result.report)[0]).toMatchObject({ result: 'done' });
    expect(at.site.lab.box('sede').running()['2000']?.registerpassword).toBe(otherSecret);
  });

  it('waits while the phone is in a call', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'ready';
    const result = await apply(at.site, {}, at.with);
    expect(stepsOf(result.report).map(({ result: end }) => end)).toEqual(['deferred', 'deferred']);
    expect(at.site.lab.box('sede').running()['2000']?.registerpassword).toBe(goodSecret);
  });

  it('goes back where no phone takes it', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'apply';
    const result = await apply(at.site, {}, at.with);
    expect(stepsOf(result.report)[0]).toMatchObject({
      result: 'failed',
      diagnostic: { code: 'rotation-undone' },
    });
    expect(at.site.lab.box('sede').running()['2000']?.registerpassword).toBe(goodSecret);
  });

  it('is planned again after it went back, and then reaches both', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'apply';
    await apply(at.site, {}, at.with);
    at.phones.phone('mesa').fault = null;
    const result = await apply(at.site, {}, at.with);
    expect(outcomesOf(result)).toEqual([`done acme/pbx:sede/extension:2000`, `done ${account('mesa')}`]);
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });

  it('stays where the phone may have taken it', async () => {
    const at = await rotated();
    at.phones.phone('mesa').fault = 'lost';
    await apply(at.site, {}, at.with);
    expect(at.site.lab.box('sede').running()['2000']?.registerpassword).toBe(otherSecret);
  });
});

describe('a secret that the PBX makes, where a look shows only what it was asked for', () => {
  const given = { secrets: { sip: { source: 'pbx' } } };

  /** The drivers of a desk, each of which reads the keys it is asked for and no others. */
  const frugal =
    ({ phones }: Desk): Phones['driver'] =>
    async (name) => {
      const driver = await phones.driver(name);
      if (driver === null) return null;
      const open: Driver['open'] = async (target, context) => {
        const session = await driver.open(target, context);
        const read: typeof session.read = async (scope) => {
          const reading = await session.read(scope);
          const { keys } = scope;
          if (keys === undefined) return reading;
          return { ...reading, resources: reading.resources.filter(({ key }) => keys.includes(key)) };
        };
        return { ...session, read };
      };
      return { ...driver, open };
    };

  it('is known to be the one that the phone got', async () => {
    const at = await desk();
    const over = { driver: frugal(at) };
    await at.declare([extension('sede', '2001')], []);
    await apply(at.site, {}, over);
    const lines = [line('sede/2000'), line('sede/2001', { line: 2 })];
    await at.declare([extension('sede', '2000'), extension('sede', '2001', given)], [device('mesa', lines)]);
    await apply(at.site, {}, over);
    const { resources } = await at.site.state();
    const second = Object.values(resources).find(({ address }) => address === account('mesa', '2'));
    expect(second?.secrets.password?.marker).toMatch(/^pbx:/);
    expect(changesOf(await plan(at.site, {}, over))).toEqual([]);
  });
});

describe('moves', () => {
  it('to another number: the old extension goes after the phone has the new one', async () => {
    const at = await inService();
    await at.declare([extension('sede', '2001')], [device('mesa', [line('sede/2001')])]);
    const result = await apply(at.site, consent({ allowDelete: 1 }), at.with);
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:sede/extension:2001',
      `done ${account('mesa')}`,
      'done acme/pbx:sede/extension:2000',
    ]);
    expect(at.phones.phone('mesa').lines.get('1')?.values.registerName).toBe('2001');
  });

  it('to another number: the old extension stays while the phone refuses the new one', async () => {
    const at = await inService();
    await at.declare([extension('sede', '2001')], [device('mesa', [line('sede/2001')])]);
    at.phones.phone('mesa').fault = 'apply';
    await apply(at.site, consent({ allowDelete: 1 }), at.with);
    expect(Object.keys(at.site.lab.box('sede').running())).toContain('2000');
  });

  it('to another PBX: the old extension goes after the phone registered at the new one', async () => {
    const at = await inService();
    await at.declare([extension('nave', '2000')], [device('mesa', [line('nave/2000')])]);
    const result = await apply(at.site, consent({ allowDelete: 1 }), at.with);
    expect(outcomesOf(result)).toEqual([
      'done acme/pbx:nave/extension:2000',
      `done ${account('mesa')}`,
      'done acme/pbx:sede/extension:2000',
    ]);
    expect(at.phones.phone('mesa').lines.get('1')?.values.server).toBe('nave.example');
  });

  it('to another device: the new phone is set before the old one is cleared', async () => {
    const at = await inService();
    await at.declare([extension('sede', '2000')], [device('mesa', []), device('sala', [line('sede/2000')])]);
    const result = await apply(at.site, {}, at.with);
    expect(outcomesOf(result)).toEqual([`done ${account('sala')}`, `done ${account('mesa')}`]);
    expect([...at.phones.phone('mesa').lines.keys()]).toEqual([]);
  });

  it('of a device out of the files: it is forgotten, and what it knows is said', async () => {
    const at = await inService();
    await at.declare([extension('sede', '2000')], []);
    const planned = planOf(await plan(at.site, {}, at.with));
    expect(planned.changes).toMatchObject([{ action: 'forget', address: account('mesa') }]);
    expect(planned.diagnostics).toMatchObject([{ code: 'device-forgotten', severity: 'warning' }]);
  });
});

describe('a device that is all ours', () => {
  it('loses the lines that are not declared', async () => {
    const at = await inService();
    at.phones.phone('mesa').lines.set('3', { values: { active: true, label: 'Vieja' }, password: '' });
    await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')], { exclusive: true })]);
    const result = await apply(at.site, {}, at.with);
    expect(outcomesOf(result)).toEqual([`done ${account('mesa', '3')}`]);
    expect([...at.phones.phone('mesa').lines.keys()]).toEqual(['1']);
  });
});

describe('a device that is away', () => {
  it('waits, and the next apply that reaches it sets it up', async () => {
    const at = await desk();
    at.phones.phone('mesa').fault = 'open';
    await at.declare(
      [extension('sede', '2000')],
      [device('mesa', [line('sede/2000')], { presence: 'sometimes' })],
    );
    const first = await apply(at.site, {}, at.with);
    expect(outcomesOf(first)).toEqual(['done acme/pbx:sede/extension:2000', `deferred ${account('mesa')}`]);
    at.phones.phone('mesa').fault = null;
    const [change] = planOf(await plan(at.site, {}, at.with)).changes;
    expect(change).toMatchObject({ section: 'unapplied', address: account('mesa') });
    expect(outcomesOf(await apply(at.site, {}, at.with))).toEqual([`done ${account('mesa')}`]);
  });
});

describe('a device that a person sets up', () => {
  async function byHand(): Promise<Desk> {
    const at = await desk();
    await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')], { mode: 'guided' })]);
    return at;
  }

  it('gets a form with the name that the PBX gave', async () => {
    const at = await byHand();
    const { report } = await apply(at.site, {}, at.with);
    const [form] = report?.clients[0]?.forms ?? [];
    expect(form?.address).toBe(account('mesa'));
    expect(form?.lines).toContainEqual({ do: 'set', label: 'registerName', value: '2000' });
    expect(JSON.stringify(form)).not.toContain(goodSecret);
  });

  it('asks nothing more once a person vouched for it', async () => {
    const at = await byHand();
    await apply(at.site, {}, at.with);
    await attest(contextAt(at.site.root, at.with), {
      address: account('mesa'),
      note: null,
      lockTimeoutMs: 0,
    });
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });

  it('asks again when its extension gets another secret', async () => {
    const at = await byHand();
    await apply(at.site, {}, at.with);
    await attest(contextAt(at.site.root, at.with), {
      address: account('mesa'),
      note: null,
      lockTimeoutMs: 0,
    });
    await at.site.secret('acme', 'values', 'extensions/sede/2000/sip', otherSecret);
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([
      'update acme/pbx:sede/extension:2000 strands-devices',
      `update ${account('mesa')} depends-on-blocked`,
    ]);
  });
});

describe('a secret that the PBX makes', () => {
  it('is taken from there to the phone', async () => {
    const at = await desk();
    at.site.lab
      .box('sede')
      .create({ number: '2005', username: 'Puesto 2005', registerpassword: otherSecret });
    const taken = extension('sede', '2005', { secrets: { sip: { source: 'pbx' } }, adopt: true });
    await at.declare([taken], [device('mesa', [line('sede/2005')])]);
    await apply(at.site, {}, at.with);
    expect(at.phones.phone('mesa').lines.get('1')?.password).toBe(otherSecret);
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });

  it('is made up for a PBX that makes none', async () => {
    const at = await desk();
    const made = extension('sede', '2005', { secrets: { sip: { source: 'pbx' } } });
    await at.declare([made], [device('mesa', [line('sede/2005')])]);
    const result = await apply(at.site, {}, at.with);
    expect(outcomesOf(result)).toEqual(['done acme/pbx:sede/extension:2005', `done ${account('mesa')}`]);
    const secret = at.site.lab.box('sede').running()['2005']?.registerpassword;
    expect(secret).toHaveLength(20);
    expect(at.phones.phone('mesa').lines.get('1')?.password).toBe(secret);
    expect(changesOf(await plan(at.site, {}, at.with))).toEqual([]);
  });

  it('follows a change made in the panel', async () => {
    const at = await desk();
    at.site.lab
      .box('sede')
      .create({ number: '2005', username: 'Puesto 2005', registerpassword: otherSecret });
    const taken = extension('sede', '2005', { secrets: { sip: { source: 'pbx' } }, adopt: true });
    await at.declare([taken], [device('mesa', [line('sede/2005')])]);
    await apply(at.site, {}, at.with);
    at.site.lab.box('sede').edit('2005', { registerpassword: goodSecret }, { apply: true });
    expect(outcomesOf(await apply(at.site, {}, at.with))).toEqual([`done ${account('mesa')}`]);
    expect(at.phones.phone('mesa').lines.get('1')?.password).toBe(goodSecret);
  });
});
