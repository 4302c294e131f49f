import { describe, expect, test } from 'vitest';
import { bench, person } from './fixture.ts';

const one = { server: '169', id: '10' };

async function withOne(wanted: Parameters<typeof bench>[0] = {}) {
  const made = await bench(wanted);
  await made.api('ext.add', person('118'));
  return made;
}

describe('the outgoing number', () => {
  test('needs both its value and its state', async () => {
    const { api, box } = await withOne();
    const sent = () => box.running()['118']?.callerid_sent;
    expect(sent()).toBe('910000301');
    expect((await api('ext.es.callerid.edit', { ...one, callerid: '910000001' })).json.success).toContain(
      'Caller ID: ',
    );
    expect(sent()).toBe('910000301');
    expect((await api('ext.es.callerid.set', { ...one, state: 'yes' })).json.state).toBe('yes');
    expect(sent()).toBe('910000001');
    expect(box.saved()['118']).toMatchObject({ callerid: '910000001', calleridstate: 'yes' });
  });

  test('blank, it falls back to the tenant’s', async () => {
    const { api, box } = await withOne();
    await api('ext.es.callerid.set', { ...one, state: 'yes' });
    await api('ext.es.callerid.edit', { ...one, callerid: '' });
    expect(box.running()['118']?.callerid_sent).toBe('910000301');
    expect((await api('ext.es.callerid.configuration', one)).json).toMatchObject({
      callerid: '',
      default_callerid: '910000301',
    });
  });

  test('must be sent with an edit', async () => {
    const { api } = await withOne();
    expect((await api('ext.es.callerid.edit', { ...one, emergencycid: '112' })).json.error).toBe(
      "Required field 'callerid' is missing",
    );
  });

  test('has no format', async () => {
    const { api } = await withOne();
    await api('ext.es.callerid.edit', { ...one, callerid: 'TestCID' });
    expect((await api('ext.es.callerid.configuration', one)).json.callerid).toBe('TestCID');
  });

  test('reads back flat, by trunk, with an empty array for no choices', async () => {
    const { api } = await withOne();
    const numbers = { callerid: '910000001', emergencycid: '910000009' };
    const trunks = { trunks: 'Salida', tcallerids: '910000002', tprivacies: '3' };
    await api('ext.es.callerid.edit', { ...one, ...numbers, ...trunks });
    expect((await api('ext.es.callerid.configuration', one)).json).toEqual({
      callerid: '910000001',
      emergency_callerid: '910000009',
      default_callerid: '910000301',
      default_privacy: '0',
      'callerid:Salida': '910000002',
      'callerid:Salida:privacy': '3',
      allowed_callerids: [],
    });
  });

  test('its choices read back as a map', async () => {
    const { api } = await withOne();
    const choices = { anums: '910000003:910000004', alabels: 'Uno:Dos', acodes: '1:2' };
    await api('ext.es.callerid.edit', { ...one, callerid: '', ...choices });
    expect((await api('ext.es.callerid.configuration', one)).json.allowed_callerids).toEqual({
      '1': { callerid: '910000003', label: 'Uno', short_code: '1' },
      '2': { callerid: '910000004', label: 'Dos', short_code: '2' },
    });
  });

  test.each([
    ['partial', '910000009'],
    ['replaces', ''],
  ] as const)('what an edit does not name is in doubt: %s', async (callerIdEdit, emergency) => {
    const { api } = await withOne({ doubts: { callerIdEdit } });
    await api('ext.es.callerid.edit', { ...one, callerid: '910000001', emergencycid: '910000009' });
    await api('ext.es.callerid.edit', { ...one, callerid: '910000002' });
    expect((await api('ext.es.callerid.configuration', one)).json).toMatchObject({
      callerid: '910000002',
      emergency_callerid: emergency,
    });
  });

  test('does not end registrations', async () => {
    const { api, box } = await withOne();
    box.register('118', box.saved()['118']?.secret ?? '');
    await api('ext.es.callerid.edit', { ...one, callerid: '910000001' });
    expect(Object.keys(box.contacts())).toEqual(['118']);
  });
});

describe('one service', () => {
  test('is off until it is on', async () => {
    const { api } = await withOne();
    expect((await api('ext.es.callerid.get', one)).json).toEqual({ state: 'no' });
    await api('ext.es.callerid.set', { ...one, state: 'yes' });
    expect((await api('ext.es.callerid.get', one)).json).toEqual({ state: 'yes' });
  });

  test.each(['1', 'on', 'pin', ''])('the state of the outgoing number is never %j', async (state) => {
    const { api } = await withOne();
    expect((await api('ext.es.callerid.set', { ...one, state })).json.error).toBe(
      `Required field 'state=${state}' contains invalid data (Regex: /^(yes|no)$/)`,
    );
  });

  test('whether users see it takes digits too', async () => {
    const { api } = await withOne();
    expect((await api('ext.es.callerid.set_osc', { ...one, state: '1' })).json.state).toBe('yes');
    expect((await api('ext.es.callerid.get_osc', one)).json.state).toBe('yes');
    expect((await api('ext.es.callerid.get', one)).json.state).toBe('no');
  });

  test('of an extension that is not there', async () => {
    const { api } = await bench();
    for (const action of ['get', 'configuration']) {
      expect((await api(`ext.es.callerid.${action}`, one)).json.error).toBe('No such extension');
    }
  });
});

describe('all services at once', () => {
  test('are known to later builds alone', async () => {
    const { api } = await withOne();
    expect((await api('ext.es.states.get', { ...one, services: 'all' })).json.error).toBe('Unknown action');
  });

  test('are set one by one, and read together', async () => {
    const { api } = await withOne({ later: true });
    const answer = await api('ext.es.states.set', { ...one, callerid: 'yes', callfwd: 'pin' });
    expect(answer.json).toEqual({ success: 'Updated Enhanced Service states successfully.' });
    const asked = { ...one, services: 'callerid,callfwd,dnd' };
    expect((await api('ext.es.states.get', asked)).json).toEqual({
      callerid: 'yes',
      callfwd: 'pin',
      dnd: 'no',
    });
    expect((await api('ext.es.callerid.get', one)).json.state).toBe('yes');
  });

  test('all=yes means every one', async () => {
    const { api } = await withOne({ later: true });
    await api('ext.es.states.set', { ...one, all: 'yes' });
    const { json } = await api('ext.es.states.get', { ...one, services: 'all' });
    expect(new Set(Object.values(json))).toEqual(new Set(['yes']));
  });

  test('a PIN is for some of them', async () => {
    const { api } = await withOne({ later: true });
    expect((await api('ext.es.states.set', { ...one, callerid: 'pin' })).json.error).toContain(
      "'callerid=pin'",
    );
  });

  test('must be asked for by name, and an unlicensed one fails', async () => {
    const { api } = await withOne({ later: true, unlicensed: ['blflist'] });
    expect((await api('ext.es.states.get', one)).json.error).toBe("Required field 'services' is missing");
    expect((await api('ext.es.states.get', { ...one, services: 'callerid,blflist' })).json.error).toMatch(
      /licensed/,
    );
    expect((await api('ext.es.states.get', { ...one, services: 'all' })).json.blflist).toBeUndefined();
  });
});
