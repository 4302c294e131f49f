import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../engine/model/index.ts';
import type { PoweredSession } from '../../../../providers/contract.ts';
import { create, remove } from '../pure/declared.ts';
import { takeApi } from '../web/api-phone.ts';
import { answering, newPhone, type Phone } from '../web/phone.ts';
import { type Server, servePhone } from '../web/support.ts';
import { type Desk, logLine, MAC, newDesk, type Opening } from './desk.ts';

const file = `${MAC}.cfg`;
const scope = { kinds: ['account'] } as const;

let desk: Desk;
let phone: Phone;
let server: Server;

beforeEach(async () => {
  desk = await newDesk();
  phone = newPhone();
  server = await servePhone(answering(phone, takeApi));
  await desk.put('access.log', '');
});
afterEach(async () => {
  await server.stop();
  await desk.remove();
});

async function using<T>(use: (session: PoweredSession) => Promise<T>, change: Opening = {}): Promise<T> {
  const endpoint: Endpoint = { url: server.url, tls: {}, insecure: 'test on loopback' };
  const session = await desk.open({ target: { endpoint, host: server.url }, login: true, ...change });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

const seen = (change: Opening = {}) =>
  using(async (session) => (await session.read(scope)).resources, change);

/** The phone has fetched its file, and has what is in it. */
async function fetched(): Promise<void> {
  for (const line of (await desk.text(file)).split('\n').filter((text) => text.startsWith('account.'))) {
    const [key = '', value = ''] = line.split(' = ');
    if (value === '%NULL%') phone.settings.delete(key);
    else phone.settings.set(key, key.endsWith('.password') ? '********' : value);
  }
  await appendFile(
    path.join(desk.folder, 'access.log'),
    `${logLine((await desk.modifiedAt(file)) + 1_000)}\n`,
  );
}

describe('a phone that can be asked', () => {
  it('shows what it has, not what its file says, once it has fetched it', async () => {
    await using((session) => session.apply(create()));
    await fetched();
    phone.settings.set('account.1.label', 'By hand');
    const [account] = await seen({ log: true });
    expect(account).toMatchObject({ key: '1', values: { label: 'By hand' }, secrets: {} });
    expect(account).not.toHaveProperty('delivery');
  });

  it('shows what it has where no log tells', async () => {
    await using((session) => session.apply(create()));
    expect(await seen()).toMatchObject([{ values: { label: 'Recepción', server: 'pbx.acme.example' } }]);
  });

  it('that has not fetched its file yet shows what is on its way', async () => {
    await using((session) => session.apply(create()));
    expect(await seen({ log: true })).toMatchObject([
      { values: { server: 'sip.acme.example' }, delivery: 'waiting' },
    ]);
  });

  it('that has what the file says needs no log', async () => {
    await using((session) => session.apply(create()));
    await fetched();
    await desk.put('access.log', '');
    const [account] = await seen({ log: true });
    expect(account).toMatchObject({ observed: { status: 'registered (2)' } });
    expect(account).not.toHaveProperty('delivery');
  });

  it('is given time in the session that wrote', async () => {
    const [account] = await using(async (session) => {
      await session.apply(create());
      return (await session.read(scope)).resources;
    });
    expect(account).toMatchObject({ values: { server: 'sip.acme.example' }, delivery: 'unknown' });
  });

  it('shows no password, and says so', async () => {
    const { can, resources } = await using(async (session) => {
      await session.apply(create());
      return session.read(scope);
    });
    expect(can.hiddenFields).toEqual({ account: ['password'] });
    expect(resources.map(({ secrets }) => secrets)).toEqual([{}]);
  });

  it('shows lines of which its file says nothing', async () => {
    phone.settings.set('account.3.enable', '1');
    await using((session) => session.apply(create()));
    expect((await seen({ log: true })).map(({ key }) => key)).toEqual(['1', '3']);
  });

  it('does not show a line that is about to be switched off', async () => {
    await using((session) => session.apply(remove('1')));
    expect(await seen({ log: true })).toEqual([]);
  });

  it.each([true, false])('still has a line that its file switches off (log: %s)', async (log) => {
    await using((session) => session.apply(create()), { log });
    await fetched();
    await desk.put('access.log', '');
    const { delivery, resources } = await using(
      async (session) => {
        await session.apply(remove('1'));
        return session.read(scope);
      },
      { log },
    );
    expect([delivery, resources]).toEqual(['waiting', []]);
  });

  it('no longer has such a line once it shows none, whatever the log says', async () => {
    await using((session) => session.apply(create()));
    await fetched();
    await using((session) => session.apply(remove('1')));
    await desk.put('access.log', '');
    phone.settings.clear();
    phone.registered.clear();
    const reading = await using((session) => session.read(scope), { log: true });
    expect(reading.resources).toEqual([]);
    expect(reading).not.toHaveProperty('delivery');
  });

  it('has nothing on its way out where its file switches nothing off', async () => {
    await using((session) => session.apply(create()));
    expect(await using((session) => session.read(scope), { log: true })).not.toHaveProperty('delivery');
  });

  it('keeps a line that its file mentions without switching it', async () => {
    phone.settings.set('account.3.enable', '1');
    await using((session) => session.apply(create()));
    await appendFile(path.join(desk.folder, file), 'account.3.codec.1.enable = 1\n');
    const reading = await using((session) => session.read(scope), { log: true });
    expect(reading.resources.map(({ key }) => key)).toEqual(['1', '3']);
    expect(reading).not.toHaveProperty('delivery');
  });

  it('says itself who it is', async () => {
    phone.mac = '805ec0000077';
    const { identity, edition } = await using((session) => session.read(scope));
    expect(identity).toEqual({ mac: '805ec0000077' });
    expect(edition).toContain('firmware 108.86');
  });

  it('tells whether its lines are registered', async () => {
    const found = await using(async (session) => session.registrations?.(['1']));
    expect(found).toMatchObject([{ key: '1', status: 'registered' }]);
  });

  it('that was seen without a line gets it anew, whatever is left in its file', async () => {
    await using((session) => session.apply(create()));
    await fetched();
    phone.settings.clear();
    phone.registered.clear();
    await using(
      async (session) => {
        expect((await session.read(scope)).resources).toEqual([]);
        await session.apply(create({ values: { ...create().values, label: 'Nueva' } }));
      },
      { log: true },
    );
    expect(await desk.text(file)).toContain('account.1.label = Nueva');
  });

  it('is never written to', async () => {
    await using(async (session) => {
      await session.apply(create());
      await session.read(scope);
    });
    expect(phone.imports).toEqual([]);
  });

  it('is left alone again', async () => {
    await seen();
    expect([phone.logins, phone.logouts, phone.live]).toEqual([1, 1, 0]);
  });
});

describe('a phone that cannot be asked', () => {
  it('has its file: switched off', async () => {
    await using((session) => session.apply(create()));
    await server.stop();
    expect(await seen()).toMatchObject([{ values: { server: 'sip.acme.example' }, delivery: 'unknown' }]);
    expect(desk.logs.some((line) => line.startsWith('phone-silent'))).toBe(true);
  });

  it('has its file: somebody else is in its page', async () => {
    await using((session) => session.apply(create()));
    phone.live = 99;
    expect(await seen()).toMatchObject([{ delivery: 'unknown' }]);
  });

  it('is asked once in a session', async () => {
    await server.stop();
    const found = await using(async (session) => {
      await session.read(scope);
      await session.read(scope);
      return session.registrations?.(['1']);
    });
    expect(found).toMatchObject([{ key: '1', status: 'unknown' }]);
    expect(desk.logs.filter((line) => line.startsWith('phone-silent'))).toHaveLength(1);
  });

  it('because it refuses our login is an error, tried once', async () => {
    phone.password = 'Another-Word-8';
    await expect(seen()).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(phone.logins).toBe(0);
    expect(server.names().filter((name) => name.includes('login'))).toHaveLength(1);
  });
});
