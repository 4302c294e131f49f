import { describe, expect, test } from 'vitest';
import { type Bench, bench } from './fixture.ts';
import { api } from './raw.ts';

async function office(seed: Record<string, string> = {}): Promise<Bench> {
  const made = await bench({ seed: [{ number: '2000', ...seed }] });
  for (const number of ['1000', '1001', '2000']) {
    made.box.register(number, made.box.running()[number]?.registerpassword ?? '');
  }
  return made;
}

describe('v2.0.0', () => {
  test('call/dial answers the id that call/query knows', async () => {
    const v2 = await api((await office()).service);
    const { json } = await v2('call/dial', { caller: '1000', callee: '1001', autoanswer: 'yes' });
    expect(json.callid).toMatch(/^\d+\.\d+$/);
    expect((await v2('call/query', { callid: json.callid })).json.status).toBe('Success');
    const numeric = `{"callid":${json.callid}}`;
    expect((await v2('call/query', undefined, { body: numeric })).json.status).toBe('Success');
  });

  test('an unknown call answers 10005', async () => {
    const v2 = await api((await office()).service);
    expect((await v2('call/query', { callid: '1.1' })).json.errno).toBe('10005');
  });

  test.each(['call/hangup', 'call/hungup'])('%s ends the call', async (action) => {
    const v2 = await api((await office()).service);
    const { callid } = (await v2('call/dial', { caller: '1000', callee: '1001' })).json;
    expect((await v2('extension/list')).json.extlist[0].status).toBe('Busy');
    expect((await v2(action, { callid })).json.status).toBe('Success');
    expect((await v2('call/query', { callid })).json.errno).toBe('10005');
  });

  test.each([
    [{ caller: '1000' }, '10004'],
    [{ caller: '9999', callee: '1001' }, '10006'],
    [{ caller: '1002', callee: '1001' }, '10008'],
    [{ caller: '1000', callee: 'nobody' }, '10011'],
    [{ caller: '1000', callee: '1002' }, '10031'],
  ])('%j answers %s', async (params, errno) => {
    const v2 = await api((await office()).service);
    expect((await v2('call/dial', params)).json.errno).toBe(errno);
  });

  test('outside needs permission: 10024', async () => {
    const v2 = await api((await office({ callrestriction: 'on' })).service);
    expect((await v2('call/dial', { caller: '2000', callee: '600000000' })).json.errno).toBe('10024');
    expect((await v2('call/dial', { caller: '1000', callee: '600000000' })).json.status).toBe('Success');
  });

  test('calls see the running configuration', async () => {
    const { service, box } = await office();
    box.edit('1001', { dnd: 'on' });
    const v2 = await api(service);
    expect((await v2('call/dial', { caller: '1000', callee: '1001' })).json.status).toBe('Success');
  });

  test('in doubt, a storm of applies breaks calls', async () => {
    const { service } = await bench({
      applyStorm: { windowMs: 60_000, writes: 1 },
      doubts: { stormBreaksCalls: true },
    });
    const v2 = await api(service);
    for (const number of ['1000', '1001']) await v2('extension/update', { number, dnd: 'off' });
    expect((await v2('call/dial', { caller: '1000', callee: '1001' })).json.errno).toBe('20010');
  });
});

describe('v1.x', () => {
  test('dials an extension and hangs up by extension', async () => {
    const v1 = await api((await office()).service, 'v1.1.0');
    const dialled = await v1('extension/dial_extension', {
      caller: '1000',
      callee: '1001',
      autoanswer: 'no',
    });
    expect(dialled.json.callid).toBeDefined();
    expect((await v1('extension/hangup', { extid: '1000' })).json.status).toBe('Success');
    expect((await v1('extension/hangup', { extid: '1000' })).json.errno).toBe('10007');
  });

  test('dials outside and shows the call', async () => {
    const v1 = await api((await office()).service, 'v1.1.0');
    await v1('extension/dial_outbound', { extid: '1000', outto: '600000000' });
    expect((await v1('outbound/query')).json.outbound[0]).toMatchObject({ from: '1000', to: '600000000' });
    expect((await v1('inbound/query')).json.inbound).toEqual([]);
  });
});
