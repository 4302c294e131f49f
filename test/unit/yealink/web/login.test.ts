import { afterEach, describe, expect, it } from 'vitest';
import { openWeb } from '../../../../providers/device/yealink/web/session.ts';
import { type Answer, html, json } from '../../../support/serve.ts';
import { errorOf } from '../../../support/session.ts';
import { takeApi } from './api-phone.ts';
import { answering, newPhone, type Phone } from './phone.ts';
import { result, takeServlet } from './servlet-phone.ts';
import {
  type Call,
  contextOf,
  notFound,
  open,
  type Server,
  scope,
  servePhone,
  targetAt,
  using,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

async function start(answer: (call: Call) => Answer): Promise<Server> {
  server = await servePhone(answer);
  return server;
}

const c = (phone: Phone) => start(answering(phone, takeApi));
const b1 = (phone: Phone) => start(answering(phone, takeServlet('b1')));
const v84 = () => newPhone('52.84.0.15', 'SIP-T21P_E2');
const isLogin = (name: string) => /^POST (login\/login|auth\/login)$/.test(name);

/** The error of a login that the phone answers like this, and how often it was tried. */
async function refused(phone: Phone, at: Server) {
  const error = await errorOf(open(at));
  return { code: error.code, params: error.params, tries: at.names().filter(isLogin).length, phone };
}

describe('recognising', () => {
  it('sends no credentials to what it does not know', async () => {
    const at = await start(() => html('router'));
    const error = await errorOf(open(at));
    expect([error.code, error.params.target]).toEqual(['device-web-unknown', 'acme/device:recepcion']);
    expect(at.calls.every(({ body, headers }) => !body.includes('admin') && !headers.authorization)).toBe(
      true,
    );
  });

  it('says that a web page behind Basic is too old', async () => {
    const at = await start(() => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Phone"' },
      text: '',
    }));
    const error = await errorOf(open(at));
    expect(error.code).toBe('device-web-old');
    expect(at.calls.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
  });

  it('follows no redirection to another place, and says where it points', async () => {
    const at = await start(() => ({
      status: 302,
      headers: { location: 'https://192.0.2.9/x?t=1' },
      text: '',
    }));
    const error = await errorOf(open(at));
    expect([error.code, error.params.to, at.calls.length]).toEqual(['redirected', 'https://192.0.2.9', 1]);
  });

  it('tells the two servlet logins apart by the firmware where the form does not', async () => {
    const phone = v84();
    phone.disturb = ({ name }) => {
      if (name !== 'GET login/loginForm') return undefined;
      const shown = takeServlet('b1')(phone, {
        query: new URLSearchParams('p=login&q=loginForm&m=x'),
        path: '/servlet',
      } as Call);
      return typeof shown === 'string' ? shown : { ...shown, text: shown.text.replaceAll('rsaiv', 'x') };
    };
    const at = await b1(phone);
    await using(at, {}, async () => {});
    expect(phone.logins).toBe(1);
  });

  it('guesses nothing for a form that tells neither', async () => {
    const phone = v84();
    const text = `<form id="loginForm"><script>var g_rsa_n="${phone.keys.n}";var g_rsa_e="10001";</script>`;
    const at = await start(({ name }) => (name === 'GET login/loginForm' ? html(text) : notFound));
    expect((await errorOf(open(at))).code).toBe('device-web-unknown');
  });

  it('takes the form of builds without modules, and sends it there', async () => {
    const phone = v84();
    phone.disturb = ({ name, query }) =>
      name.includes('login/login') && query.has('m') ? notFound : undefined;
    const at = await b1(phone);
    await using(at, {}, async () => {});
    expect(at.calls.find(({ name }) => isLogin(name))?.query.has('m')).toBe(false);
    expect(phone.logins).toBe(1);
  });

  it('comes later to a phone that is starting', async () => {
    const at = await start(() => ({ status: 503, headers: { 'retry-after': '20' }, text: '' }));
    const error = await errorOf(open(at));
    expect([error.code, error.facts.retryAfter]).toEqual(['target-busy', 20]);
  });

  it('names itself', async () => {
    const at = await c(newPhone());
    await using(at, {}, async () => {});
    expect(new Set(at.calls.map(({ headers }) => headers['user-agent']))).toEqual(new Set(['Alta']));
  });
});

describe('a login by JSON', () => {
  it.each<[string, unknown, string, string]>([
    [
      'a wrong password',
      { ret: 'failed', msg: 'error_username_or_password_is_wrong' },
      'wrong-credentials',
      'error_username_or_password_is_wrong',
    ],
    ['a refusal of another name', { ret: 'failed', data: { msg: 'odd' } }, 'wrong-credentials', 'odd'],
    ['no to a well-formed request', { ret: 'ok', data: false }, 'wrong-credentials', 'none'],
    [
      'a lock',
      { ret: 'failed', data: { webStatus: 'lock', lockTime: 150 } },
      'locked-out',
      'locked, lockTime 150',
    ],
    ['a lock without a time', { ret: 'failed', webStatus: 'lock' }, 'locked-out', 'locked'],
    [
      'another administrator',
      { ret: 'failed', error: { msg: 'auth_err_user_busy', lineIp: '192.0.2.9' } },
      'device-busy',
      'from 192.0.2.9',
    ],
    [
      'another, of nowhere',
      { ret: 'failed', msg: 'auth_err_user_busy', lineIp: '<b>' },
      'device-busy',
      'from elsewhere',
    ],
    ['no right', { ret: 'failed', webStatus: '403' }, 'forbidden', 'webStatus 403'],
    ['no verdict', { answer: 42 }, 'strange-answer', ''],
  ])('that meets %s is tried once', async (_what, answer, code, evidence) => {
    const phone = newPhone();
    phone.disturb = ({ name }) => (name === 'POST auth/login' ? json(answer) : undefined);
    const found = await refused(phone, await c(phone));
    expect([found.code, found.tries]).toEqual([code, 1]);
    expect(String(found.params.evidence)).toContain(evidence);
  });

  it('finds a locked phone before it gets as far as the key', async () => {
    const phone = newPhone();
    phone.disturb = () => json({ ret: 'failed', data: { webStatus: 'lock', lockTime: 60 } });
    const found = await refused(phone, await c(phone));
    expect([found.code, found.tries]).toEqual(['locked-out', 0]);
  });

  it('leaves where the phone hands out no token, and says so', async () => {
    const phone = newPhone();
    phone.disturb = ({ body }) =>
      body === '{"idlist":["wui"]}' ? json({ ret: 'ok', data: { wui: { common: {} } } }) : undefined;
    const found = await refused(phone, await c(phone));
    expect([found.code, found.params.evidence]).toEqual(['strange-answer', 'no token']);
  });

  it('takes the token of a cookie where the answer has none', async () => {
    const phone = newPhone();
    phone.disturb = ({ body }) => {
      if (body !== '{"idlist":["wui"]}' || phone.live === 0) return undefined;
      return json(
        { ret: 'ok', data: {} },
        { headers: { 'set-cookie': ['x=1; Path=/', 'csrftoken=abc123'] } },
      );
    };
    const at = await c(phone);
    await using(at, {}, async (session) => errorOf(session.read(scope)));
    expect(at.calls.at(-1)?.headers['x-csrftoken']).toBe('abc123');
  });

  it('carries origin, referer and token in every later call', async () => {
    const at = await c(newPhone());
    await using(at, {}, (session) => session.read(scope));
    const later = at.calls.slice(at.names().indexOf('GET autop/status'));
    expect(later.every(({ headers }) => headers.origin === at.url && headers.referer === `${at.url}/`)).toBe(
      true,
    );
    expect(later.every(({ headers }) => headers['x-csrftoken']?.toString().startsWith('tok'))).toBe(true);
  });
});

describe('a login by form', () => {
  it.each<[string, Answer, string, string]>([
    ['none', result({ authstatus: 'none' }), 'wrong-credentials', 'authstatus none'],
    ['lock', result({ authstatus: 'lock' }), 'locked-out', 'authstatus lock'],
    [
      'lock with a time',
      result({ authstatus: 'lock', locktime: 3 }),
      'locked-out',
      'authstatus lock, locktime 3',
    ],
    ['busy', result({ authstatus: 'busy' }), 'device-busy', 'busy'],
    ['another word', result({ authstatus: '<b>x</b>' }), 'strange-answer', 'authstatus odd'],
    ['no result', html('welcome'), 'strange-answer', 'no result'],
    ['403', { status: 403, text: '' }, 'forbidden', 'HTTP 403'],
  ])('that is answered %s is tried once', async (_what, answer, code, evidence) => {
    const phone = v84();
    phone.disturb = ({ name }) => (isLogin(name) ? answer : undefined);
    const found = await refused(phone, await b1(phone));
    expect([found.code, found.tries]).toEqual([code, 1]);
    expect(String(found.params.evidence ?? found.params.kind)).toContain(evidence);
  });

  it('needs the session cookie that its password is bound to', async () => {
    const phone = v84();
    const at = await b1(phone);
    phone.disturb = ({ name }) => {
      if (name !== 'GET login/loginForm') return undefined;
      return html(`rsaiv <script>var g_rsa_n="${phone.keys.n}";var g_rsa_e="${phone.keys.e}";</script>`);
    };
    const found = await refused(phone, at);
    expect([found.code, found.params.evidence, found.tries]).toEqual([
      'strange-answer',
      'no session cookie',
      0,
    ]);
  });
});

describe('leaving', () => {
  it('logs out once, however often it is asked', async () => {
    const phone = newPhone();
    const session = await open(await c(phone));
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect(phone.logouts).toBe(1);
  });

  it('logs out after an abort too', async () => {
    const phone = newPhone();
    const abort = new AbortController();
    const session = await open(await c(phone), { signal: abort.signal });
    abort.abort();
    await session.close();
    expect([phone.logouts, phone.live]).toEqual([1, 0]);
  });

  it.each([
    ['c', newPhone, c],
    ['b1', v84, b1],
  ] as const)('logs out where the answer to the login was lost (%s)', async (_web, make, begin) => {
    const phone = make();
    const take = phone.disturb;
    const at = await begin(phone);
    phone.disturb = (call) => (isLogin(call.name) ? 'drop' : take(call));
    expect((await errorOf(open(at))).code).toBe('connection-reset');
    expect(at.names().at(-1)).toMatch(/logout/);
  });

  it('logs out where a read failed', async () => {
    const phone = newPhone();
    const at = await c(phone);
    phone.disturb = ({ name }) => (name === 'POST diagnosis/cfg/file' ? 'drop' : undefined);
    await using(at, {}, (session) => errorOf(session.read(scope)));
    expect(phone.logouts).toBe(1);
  });

  it('leaves an administrator alone who was there before', async () => {
    const phone = newPhone();
    phone.live = 7;
    const at = await c(phone);
    expect((await errorOf(open(at))).code).toBe('device-busy');
    expect([phone.logouts, phone.live]).toEqual([0, 7]);
  });

  it('never throws, also when the phone is gone', async () => {
    const at = await c(newPhone());
    const session = await open(at);
    await at.stop();
    await expect(session.close()).resolves.toBeUndefined();
  });

  it('ends in time where the phone never answers', async () => {
    const phone = newPhone();
    const session = await open(await c(phone), { options: { timeLimitMs: 150 } });
    phone.disturb = () => 'hang';
    expect((await errorOf(session.read(scope))).code).toBe('timeout');
    await expect(session.close()).resolves.toBeUndefined();
  }, 1_500);

  it('stops a read when the run is aborted', async () => {
    const phone = newPhone();
    const abort = new AbortController();
    const session = await open(await c(phone), { signal: abort.signal });
    phone.disturb = ({ name }) => {
      if (name !== 'POST diagnosis/cfg/file') return undefined;
      abort.abort();
      return 'hang';
    };
    expect((await errorOf(session.read(scope))).code).toBe('aborted');
    await session.close();
    expect(phone.logouts).toBe(1);
  });
});

describe('credentials', () => {
  it('that are missing cost no request', async () => {
    const at = await c(newPhone());
    const error = await errorOf(openWeb(targetAt(at.url), { ...contextOf(), credentials: {} }));
    expect([error.code, at.calls]).toEqual(['credential-missing', []]);
  });

  it('are not asked for where the target has no address', async () => {
    const error = await errorOf(openWeb({ ...targetAt('http://192.0.2.1'), endpoint: null }, contextOf()));
    expect(error.code).toBe('url-invalid');
  });
});
