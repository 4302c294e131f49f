import { describe, expect, it } from 'vitest';
import type { FlowQuestion } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import { json } from '../../support/serve.ts';
import { errorOf } from '../../support/session.ts';
import { error, newBox, page } from './box.ts';
import { arrived, calls, start } from './scene.ts';
import { contextOf, type Reply, targetAt, using } from './support.ts';

describe('registrations', () => {
  const look = async (
    entries: Record<string, Record<string, unknown>>,
    keys: readonly string[] = ['118'],
  ) => {
    const box = newBox();
    Object.assign(box.monitor, entries);
    return using(await start(box), {}, async (session) => session.registrations?.(keys));
  };

  it.each([
    ['192.0.2.7', 'Registered', 'registered', 'monitor says Registered, with an address (inferred)'],
    ['2001:db8::7', '', 'registered', 'monitor says nothing, with an address (inferred)'],
    ['', 'Unregistered', 'unregistered', 'monitor says Unregistered, without an address (inferred)'],
    ['-', 'x', 'unregistered', 'monitor says x, without an address (inferred)'],
    ['0.0.0.0', 'x', 'unregistered', 'monitor says x, without an address (inferred)'],
    ['(null)', 'x', 'unregistered', 'monitor says x, without an address (inferred)'],
  ])('with the address %j and the words %j', async (ip, status, expected, evidence) => {
    const found = await look({ 10: { name: 'Ana', ext: '118', ip, status, ua: 'x', on_call: '' } });
    expect(found?.[0]).toMatchObject({ key: '118', status: expected, evidence });
  });

  it('tell where a phone is', async () => {
    expect((await look({ 10: { ext: 118, ip: '192.0.2.7', status: '' } }))?.[0]?.contact).toBe('192.0.2.7');
  });

  it('of an extension that is not listed are unknown, never no', async () => {
    expect(await look({})).toEqual([{ key: '118', status: 'unknown', evidence: 'not in the monitor list' }]);
  });

  it('cost one request for all, in the order asked', async () => {
    const found = await look(
      { 1: { ext: '118', ip: '', status: '' }, 2: { ext: '119', ip: '192.0.2.7', status: '' } },
      ['119', '118'],
    );
    expect(found?.map(({ key, status }) => [key, status])).toEqual([
      ['119', 'registered'],
      ['118', 'unregistered'],
    ]);
    expect(arrived().filter((action) => action === 'monitor.list').length).toBe(1);
  });
});

describe('call flows', () => {
  const did = (number: string, more: Record<string, unknown> = {}) => ({
    ...{ number, number2: null, server: '169', trunk: '3', type: 'Extension', ext: '118' },
    ...{ e164: '', e164_2: '', status: 'enabled', sms_enabled: null, name: '' },
    ...more,
  });
  const ask = async (dids: readonly Record<string, unknown>[], question: FlowQuestion) => {
    const box = newBox();
    for (const [index, one] of dids.entries()) box.dids[String(index + 1)] = one;
    const found = await using(await start(box), {}, async (session) => session.callFlows?.([question]));
    return found?.[0];
  };

  it('lead from a number straight to an extension', async () => {
    expect(await ask([did('34910000001')], { name: 'Ventas', number: '34910000001' })).toEqual({
      status: 'found',
      reaches: ['118'],
      complete: true,
      evidence: 'DID 34910000001 → Extension 118',
    });
  });

  it.each(['+34910000001', '0034910000001', '910000001'])('know the number written as %s', async (number) => {
    expect(await ask([did('34910000001')], { name: 'Ventas', number })).toMatchObject({ reaches: ['118'] });
  });

  it.each([
    ['Ring Group', '600'],
    ['Queues', '700'],
    ['IVR', '500'],
    ['', '118'],
  ])('say that they do not know who is behind %j', async (type, ext) => {
    const found = await ask([did('34910000001', { type, ext })], { name: 'V', number: '34910000001' });
    expect(found).toMatchObject({ status: 'found', reaches: [], complete: false });
    expect(found?.evidence).toContain('whose members the API does not show');
  });

  it('are proven absent by the whole list', async () => {
    expect(await ask([did('34910000001')], { name: 'V', number: '34910000009' })).toMatchObject({
      status: 'absent',
      complete: true,
    });
  });

  it('reach nobody through a number that is switched off', async () => {
    const found = await ask([did('34910000001', { status: 'disabled' })], {
      name: 'V',
      number: '34910000001',
    });
    expect(found).toMatchObject({ status: 'found', reaches: [], complete: true });
    expect(found?.evidence).toContain('(disabled)');
  });

  it('are found by name', async () => {
    const dids = [did('34910000001', { name: 'Ventas' }), did('34910000002', { name: 'ventas', ext: '119' })];
    expect(await ask(dids, { name: 'VENTAS' })).toMatchObject({ reaches: ['118', '119'], complete: true });
  });

  it('are not known by the name of a group, which no list shows', async () => {
    expect(await ask([did('34910000001')], { name: 'Ventas' })).toMatchObject({
      status: 'unknown',
      complete: false,
    });
  });

  it('know ranges of numbers', async () => {
    const range = [did('34910000000', { number2: '34910000099' })];
    expect(await ask(range, { name: 'V', number: '34910000042' })).toMatchObject({ reaches: ['118'] });
    expect(await ask(range, { name: 'V', number: '34910000142' })).toMatchObject({ status: 'absent' });
  });

  it('are one request for all questions', async () => {
    const asked = [{ name: 'A', number: '910000001' }, { name: 'B' }];
    const found = await using(await start(newBox()), {}, async (session) => session.callFlows?.(asked));
    expect(found?.map(({ status }) => status)).toEqual(['absent', 'unknown']);
    expect(arrived().filter((action) => action === 'did.list').length).toBe(1);
  });

  it('are forbidden by name', async () => {
    const box = newBox();
    box.denied.add('did.list');
    const server = await start(box);
    const failure = await using(server, {}, (session) =>
      errorOf(Promise.resolve(session.callFlows?.([{ name: 'V' }]))),
    );
    expect([failure.code, failure.params.operation]).toEqual(['forbidden', 'pbxware.did.list']);
  });
});

describe('a knock', () => {
  const knock = async (reply: (method: string) => Reply | undefined) => {
    const box = newBox();
    box.disturb = ({ method }) => reply(method);
    const server = await start(box);
    return driver.knock?.(targetAt(server.url), { ...contextOf(), credentials: {} });
  };

  it.each<[string, (method: string) => Reply | undefined, string]>([
    ['a complaint in JSON', () => undefined, 'on'],
    ['another complaint', () => error('Access denied'), 'on'],
    ['JSON without one', () => json({ Edition: 'Multi-Tenant' }), 'on'],
    ['a page', () => page(), 'off'],
    ['no such page', () => ({ status: 404, text: 'no' }), 'off'],
    ['a page for POST, JSON for GET', (method) => (method === 'POST' ? page() : error('x')), 'on'],
    ['a failure', () => ({ status: 500, text: '' }), 'unknown'],
  ])('that is answered with %s', async (_what, reply, api) => {
    expect(await knock(reply)).toMatchObject({ api });
  });

  it('shows no key', async () => {
    await knock(() => undefined);
    expect(calls().map(({ key, action }) => [key, action])).toEqual([[null, 'license.info']]);
  });

  it('throws where nobody is there', async () => {
    const server = await start(newBox());
    await server.stop();
    const knocked = Promise.resolve(driver.knock?.(targetAt(server.url), contextOf()));
    expect((await errorOf(knocked)).code).toBe('unreachable');
  });
});
