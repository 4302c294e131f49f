import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, html, json } from '../../../support/serve.ts';
import { errorOf } from '../../../support/session.ts';
import { takeApi } from './api-phone.ts';
import { answering, exportOf, newPhone, type Phone } from './phone.ts';
import { takeServlet, toLogin } from './servlet-phone.ts';
import { type Call, type Opening, type Server, scope, servePhone, using } from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

interface Kind {
  readonly make: () => Phone;
  readonly take: (phone: Phone, call: Call) => Answer;
  readonly isExport: (call: Call) => boolean;
}

const kinds: Readonly<Record<'b1' | 'c', Kind>> = {
  b1: {
    make: () => newPhone('52.84.0.15', 'SIP-T21P_E2'),
    take: takeServlet('b1'),
    isExport: ({ query }) => query.get('m') === 'mod_configfile',
  },
  c: { make: newPhone, take: takeApi, isExport: ({ query }) => query.get('action') === 'export' },
};

/** What a read comes to where the export is answered like this. */
async function reading(web: 'b1' | 'c', answer: (phone: Phone) => Answer) {
  const { make, take, isExport } = kinds[web];
  const phone = make();
  phone.disturb = (call) => (isExport(call) ? answer(phone) : undefined);
  server = await servePhone(answering(phone, take));
  return using(server, {}, (session) => session.read(scope));
}

async function readPhone(web: 'b1' | 'c', phone: Phone, opening: Opening = {}) {
  server = await servePhone(answering(phone, kinds[web].take));
  return using(server, opening, (session) => session.read(scope));
}

const head = '#!version:1.0.0.1\n';

describe.each(['b1', 'c'] as const)('an export over %s', (web) => {
  it.each<[string, (phone: Phone) => Answer, string]>([
    ['a page', () => html('hello'), 'status 200, text/html'],
    ['nothing', () => ({ text: '' }), 'no settings'],
    ['a blank line', () => ({ text: '\n' }), 'no settings'],
    ['a file cut off in a value', () => ({ text: `${head}account.1.label = Rec` }), 'cut off'],
    ['a file cut off in a key', (phone) => ({ text: exportOf(phone).slice(0, 45) }), 'not-a-setting'],
    ['an encrypted file', () => ({ text: '#!encrypt:2\nabc\n' }), 'encrypted'],
    ['bytes that are no text', () => ({ text: `${head}a = \0\n` }), 'binary'],
    ['not found', () => ({ status: 404, text: '' }), 'status 404'],
    ['an error', () => ({ status: 500, text: head }), 'status 500'],
  ])('that is %s is a strange answer, never an empty phone', async (_what, answer, evidence) => {
    const error = await errorOf(reading(web, answer));
    expect(error.code).toBe('strange-answer');
    expect(String(error.params.evidence)).toContain(evidence);
  });

  it('that is sent elsewhere is not followed', async () => {
    const to = { status: 302, headers: { location: 'https://192.0.2.9/' }, text: '' };
    expect((await errorOf(reading(web, () => to))).code).toBe('redirected');
  });

  it.each<[string, Answer]>([
    ['a redirection to the login', toLogin],
    ['401', { status: 401, text: '' }],
    ['403', { status: 403, text: '' }],
  ])('that meets %s time and again costs one more login', async (_what, answer) => {
    const { make, take, isExport } = kinds[web];
    const phone = make();
    phone.disturb = (call) => {
      if (!isExport(call)) return undefined;
      phone.live = 0;
      return answer;
    };
    server = await servePhone(answering(phone, take));
    const error = await using(server, {}, (session) => errorOf(session.read(scope)));
    expect([error.code, phone.logins]).toEqual(['device-logged-out', 2]);
  });

  it('without the version line is taken where it holds settings', async () => {
    const { resources } = await reading(web, (phone) => ({ text: exportOf(phone).slice(head.length) }));
    expect(resources.map(({ key }) => key)).toEqual(['1']);
  });

  it('that lacks a line which the status page shows is a strange answer', async () => {
    const error = await errorOf(reading(web, () => ({ text: `${head}lang.gui = Spanish\n` })));
    expect([error.code, error.params.evidence]).toEqual([
      'strange-answer',
      'no line 1, which the status page shows',
    ]);
  });

  it('of a phone without accounts is one', async () => {
    const phone = kinds[web].make();
    phone.settings.clear();
    expect((await readPhone(web, phone)).resources).toEqual([]);
  });

  it('never gives a password away, not even one in clear', async () => {
    const phone = kinds[web].make();
    phone.settings.set('account.1.password', 'Zt5kPm-Wq8sLc2vXn6bH');
    const found = await readPhone(web, phone);
    expect(found.resources.map(({ secrets }) => secrets)).toEqual([{}]);
    expect(JSON.stringify(found)).not.toContain('Zt5kPm');
  });
});

describe('the login form in place of an export', () => {
  it('is taken as the end of the session, over the servlet', async () => {
    const phone = kinds.b1.make();
    let first = true;
    phone.disturb = (call) => {
      if (!kinds.b1.isExport(call) || !first) return undefined;
      first = false;
      phone.live = 0;
      return html('<form id="loginForm">');
    };
    expect((await readPhone('b1', phone)).resources).toHaveLength(1);
    expect(phone.logins).toBe(2);
  });
});

describe('what the JSON interface says', () => {
  it.each<[string, unknown]>([
    ['a webStatus', { ret: 'failed', webStatus: 'logout' }],
    ['an error of the login', { ret: 'failed', data: { msg: 'auth_err_timeout' } }],
  ])('of an ended session is understood: %s', async (_what, answer) => {
    const phone = newPhone();
    let first = true;
    phone.disturb = (call) => {
      if (!kinds.c.isExport(call) || !first) return undefined;
      first = false;
      phone.live = 0;
      return json(answer);
    };
    expect((await readPhone('c', phone)).resources).toHaveLength(1);
    expect(phone.logins).toBe(2);
  });

  it.each<[string, unknown, string]>([
    ['somebody else', { ret: 'failed', msg: 'auth_err_user_busy' }, 'device-busy'],
    ['a lock', { ret: 'failed', webStatus: 'lock' }, 'locked-out'],
    ['too much to do', { ret: 'failed', webStatus: '503' }, 'target-busy'],
    ['an unknown refusal', { ret: 'failed', msg: 'no_such_file' }, 'strange-answer'],
  ])('of %s is told', async (_what, answer, code) => {
    expect((await errorOf(reading('c', () => json(answer)))).code).toBe(code);
  });

  it('is found nested and flat', async () => {
    const phone = newPhone();
    phone.disturb = ({ body }) => {
      if (!body.includes('account.info')) return undefined;
      const data = {
        network: { common: { mac: '80:5E:C0:00:00:01' } },
        system: { version: { firmware: '108.86.0.45' } },
        account: { info: [{ id: 1, userName: 'x', status: '3' }] },
      };
      return json({ ret: 'ok', data });
    };
    const found = await readPhone('c', phone);
    expect([found.identity.mac, found.resources[0]?.observed]).toEqual([
      '805ec0000001',
      { status: 'registration failed (3)' },
    ]);
  });

  it('counts lines from one where the phone counts from nought', async () => {
    const phone = newPhone();
    const info = [
      { id: 0, userName: 'x', status: 2 },
      { id: 1, userName: '', status: 0 },
    ];
    phone.disturb = ({ body }) =>
      body.includes('account.info')
        ? json({ ret: 'ok', data: { 'network.common.mac': '805ec0000001', 'account.info': info } })
        : undefined;
    expect((await readPhone('c', phone)).resources[0]?.observed).toEqual({ status: 'registered (2)' });
  });

  it('may lack the accounts, as base stations do', async () => {
    const phone = newPhone();
    phone.disturb = ({ body }) =>
      body.includes('account.info')
        ? json({ ret: 'ok', data: { 'network.common.mac': '805ec0000001' } })
        : undefined;
    const found = await readPhone('c', phone);
    expect(found.resources.map(({ observed }) => observed)).toEqual([{}]);
    expect(await registered(phone)).toEqual(['unknown']);
  });
});

it('does not ask a base station for accounts', async () => {
  const phone = newPhone('108.86.0.45', 'W70B');
  const asked: string[] = [];
  phone.disturb = ({ body }) => {
    if (body.includes('network')) asked.push(body);
    return undefined;
  };
  await readPhone('c', phone);
  expect(asked).toEqual(['{"idlist":["system","network","cert"]}']);
});

async function registered(phone: Phone) {
  server = await servePhone(answering(phone, takeApi));
  const found = await using(server, {}, (session) => session.registrations(['1']));
  return found.map(({ status }) => status);
}

describe('the firmware', () => {
  it('that is unknown is an error, and nothing is guessed', async () => {
    const error = await errorOf(readPhone('c', newPhone('108.12.0.1')));
    expect([error.code, error.params.found]).toEqual(['device-firmware-unknown', '108.12.0.1']);
  });

  it('that the phone does not tell is taken from the YAML', async () => {
    const opening = { options: { firmware: '108.86.0.45' } };
    expect((await readPhone('c', newPhone('?'), opening)).edition).toBe('T46U, firmware unknown, web c');
  });
});
