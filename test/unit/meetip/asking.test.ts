import { describe, expect, it } from 'vitest';
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
