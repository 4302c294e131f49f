import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../support/serve.ts';
import { errorOf } from '../../../support/session.ts';
import { takeApi } from './api-phone.ts';
import { answering, newPhone, type Phone } from './phone.ts';
import { takeServlet } from './servlet-phone.ts';
import {
  type Call,
  creation,
  deletion,
  type Opening,
  relabel,
  type Server,
  SIP_SECRET,
  scope,
  servePhone,
  using,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

type Take = (phone: Phone, call: Call) => Answer;

async function start(phone: Phone, take: Take): Promise<Server> {
  server = await servePhone(answering(phone, take));
  return server;
}

const webs: readonly [string, string, string, Take][] = [
  ['b0', '28.81.0.60', 'SIP-T46G', takeServlet('b0')],
  ['b1', '52.84.0.15', 'SIP-T21P_E2', takeServlet('b1')],
  ['b2', '124.86.0.40', 'SIP-T31G', takeServlet('b2')],
  ['c', '108.86.0.45', 'SIP-T46U', takeApi],
];
const writable = webs.filter(([web]) => web !== 'b0');

describe.each(webs)('the web interface %s', (web, firmware, model, take) => {
  it('says what it is and what it holds', async () => {
    const phone = newPhone(firmware, model);
    const at = await start(phone, take);
    const options = web === 'b0' ? { firmware } : {};
    const reading = await using(at, { options }, (session) => session.read(scope));
    const told = web === 'b0' ? 'unknown model, firmware unknown' : `${model.slice(4)}, firmware ${firmware}`;
    expect(reading.edition).toBe(`${told}, web ${web}`);
    expect(reading.identity).toEqual({ mac: '805ec0000001' });
    expect(reading.resources.map(({ key }) => key)).toEqual(['1']);
    expect(reading.resources[0]?.values).toMatchObject({ active: true, label: 'Recepción', expires: 180 });
    expect(reading.resources[0]).toMatchObject({ secrets: {}, observed: { status: 'registered (2)' } });
  });

  it('logs in once and out once', async () => {
    const phone = newPhone(firmware, model);
    const at = await start(phone, take);
    await using(at, { options: { firmware } }, async (session) => {
      await session.read(scope);
      await session.read(scope);
    });
    expect([phone.logins, phone.logouts, phone.live]).toEqual([1, 1, 0]);
  });

  it('tells the registrations', async () => {
    const phone = newPhone(firmware, model);
    for (const [line, code] of [
      ['2', '1'],
      ['3', '0'],
    ] as const) {
      phone.settings.set(`account.${line}.user_name`, 'x');
      phone.registered.set(line, code);
    }
    const at = await start(phone, take);
    const found = await using(at, {}, (session) => session.registrations(['1', '2', '3', '4']));
    expect(found.map(({ status }) => status)).toEqual(['registered', 'unknown', 'unregistered', 'unknown']);
    expect(found[0]?.evidence).toBe('the phone says registered (2)');
  });

  it('tells nothing of another phone', async () => {
    const at = await start(newPhone(firmware, model), take);
    const error = await using(at, { mac: '805ec0000002' }, (session) =>
      errorOf(session.registrations(['1'])),
    );
    expect(error.code).toBe('wrong-identity');
  });

  it('logs in again where the session ended, and repeats the read', async () => {
    const phone = newPhone(firmware, model);
    const at = await start(phone, take);
    await using(at, { options: { firmware } }, async (session) => {
      await session.read(scope);
      phone.live = 0;
      const { resources } = await session.read(scope);
      expect(resources).toHaveLength(1);
    });
    expect(phone.logins).toBe(2);
  });

  it('does not try a refused password again', async () => {
    const phone = newPhone(firmware, model);
    const at = await start(phone, take);
    const error = await errorOf(using(at, { password: 'wrong' }, (session) => session.read(scope)));
    expect(error.code).toBe('wrong-credentials');
    expect(at.names().filter((name) => /^POST (login\/login|auth\/login)$/.test(name))).toHaveLength(1);
    expect(phone.logouts).toBe(0);
  });

  it('does not log in a third time where the second was refused', async () => {
    const phone = newPhone(firmware, model);
    const at = await start(phone, take);
    const codes = await using(at, { options: { firmware } }, async (session) => {
      phone.live = 0;
      phone.password = 'changed meanwhile';
      return [(await errorOf(session.read(scope))).code, (await errorOf(session.ready())).code];
    });
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials']);
    expect(at.names().filter((name) => /^POST (login\/login|auth\/login)$/.test(name))).toHaveLength(2);
  });
});

describe.each(writable)('writing over %s', (_web, firmware, model, take) => {
  const run = async (phone: Phone, opening: Opening, use: Parameters<typeof using<unknown>>[2]) =>
    using(await start(phone, take), opening, use);

  it('sends exactly the keys of a new line', async () => {
    const phone = newPhone(firmware, model);
    await run(phone, {}, (session) => session.apply(creation));
    expect(phone.imports).toHaveLength(1);
    expect(phone.settings.get('account.2.label')).toBe('Almacén');
    expect(phone.settings.get('account.2.password')).toBe(SIP_SECRET);
    expect(phone.settings.get('account.1.label')).toBe('Recepción');
  });

  it('sends only what changes', async () => {
    const phone = newPhone(firmware, model);
    await run(phone, {}, (session) => session.apply(relabel));
    expect(phone.imports).toEqual(['#!version:1.0.0.1\naccount.1.label = Nueva\n']);
  });

  it('switches a line off and gives its keys back', async () => {
    const phone = newPhone(firmware, model);
    phone.registered.set('1', '0');
    const { resources } = (await run(phone, {}, async (session) => {
      await session.apply(deletion);
      return session.read(scope);
    })) as { resources: unknown[] };
    expect(resources).toEqual([]);
  });

  it('sends nothing to another phone', async () => {
    const phone = newPhone(firmware, model);
    const error = await errorOf(run(phone, { mac: '805ec0000002' }, (session) => session.apply(relabel)));
    expect([error.code, error.written, phone.imports]).toEqual(['wrong-identity', 'nothing', []]);
  });

  it('sends nothing to a phone that does not tell its MAC', async () => {
    const phone = newPhone(firmware, model);
    phone.mac = '';
    const error = await errorOf(run(phone, {}, (session) => session.apply(relabel)));
    expect([error.code, error.written, phone.imports]).toEqual(['wrong-identity', 'nothing', []]);
  });

  it('sends nothing in a session for reading', async () => {
    const phone = newPhone(firmware, model);
    const error = await errorOf(run(phone, { purpose: 'read' }, (session) => session.apply(relabel)));
    expect([error.code, error.written, phone.imports]).toEqual(['read-only-session', 'nothing', []]);
  });

  it('logs in again where the session ended before the write, and looks who is there', async () => {
    const phone = newPhone(firmware, model);
    const error = await errorOf(
      run(phone, {}, async (session) => {
        await session.read(scope);
        phone.live = 0;
        phone.mac = '805ec0000009';
        await session.apply(relabel);
      }),
    );
    expect([error.code, phone.imports]).toEqual(['wrong-identity', []]);
  });

  it('does not know what became of an upload whose answer is lost', async () => {
    const phone = newPhone(firmware, model);
    phone.disturb = ({ query }) =>
      query.get('m') === 'mod_res' || query.get('action') === 'import' ? 'drop' : undefined;
    const error = await errorOf(run(phone, {}, (session) => session.apply(relabel)));
    expect([error.code, error.written]).toEqual(['connection-reset', 'unknown']);
  });

  it('repeats an upload that met a dead session', async () => {
    const phone = newPhone(firmware, model);
    let dead = true;
    phone.disturb = ({ query }) => {
      if (!dead || !(query.get('m') === 'mod_res' || query.get('action') === 'import')) return undefined;
      dead = false;
      phone.live = 0;
      return { status: 401, text: '' };
    };
    await run(phone, {}, (session) => session.apply(relabel));
    expect([phone.imports.length, phone.logins]).toEqual([1, 2]);
  });
});
