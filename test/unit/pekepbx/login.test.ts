import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { type Answer, html, json, type Server } from '../../support/serve.ts';
import { galletasProfile, hireGalletas, newGalletas, serveGalletas } from './galletas.ts';
import { type Call, hireAt, type Laravel, newLaravel, said, serveLaravel } from './laravel.ts';
import { hireLlano, llanoProfile, newLlano, serveLlano } from './llano.ts';
import { contextOf, creation, edited, errorOf, handClock, proven, targetAt, using } from './support.ts';

let box: Laravel;
let server: Server<Call>;

beforeEach(async () => {
  box = newLaravel();
  server = await serveLaravel(box);
});

afterEach(() => server.stop());

const scope = { kinds: ['extension'] } as const;

describe('what every request carries', () => {
  test('the two headers without which a refusal is a redirection', async () => {
    await using(server, {}, (session) => session.read(scope));
    for (const { headers } of server.calls) {
      expect(headers.accept).toBe('application/json');
      expect(headers['x-requested-with']).toBe('XMLHttpRequest');
    }
  });

  test('a profile adds headers, and takes none away', async () => {
    const transport = { ...proven.transport, headers: { Accept: 'text/html', 'X-Tenant': '{companyId}' } };
    await using(server, { profile: edited(proven, { transport }) }, (session) => session.read(scope));
    expect(server.calls[0]?.headers).toMatchObject({ accept: 'application/json', 'x-tenant': '90001' });
  });
});

describe('a login that is refused', () => {
  const refusals: readonly (readonly [string, Answer, string])[] = [
    [
      '401',
      json({ message: 'These credentials do not match our records.' }, { status: 401 }),
      'wrong-credentials',
    ],
    ['401 with a page', html('no', { status: 401 }), 'wrong-credentials'],
    ['422', json({ message: 'invalid', errors: { username: ['no'] } }, { status: 422 }), 'wrong-credentials'],
    ['403 in JSON', json({ message: 'You are banned' }, { status: 403 }), 'locked-out'],
    ['429 that speaks of a ban', json({ message: 'Address banned' }, { status: 429 }), 'locked-out'],
    ['429', json({ message: 'Too Many Attempts.' }, { status: 429 }), 'target-busy'],
    ['403 with a page', html('no', { status: 403 }), 'forbidden'],
    ['200 with a page', html('<title>PekePBX</title>'), 'strange-answer'],
    ['302', html('', { status: 302, headers: { location: '/' } }), 'redirected'],
    ['404', json({ message: 'Not Found' }, { status: 404 }), 'strange-answer'],
    ['a second factor under 200', json({ two_factor: true }), 'second-factor-wanted'],
    ['a second factor under 403', json({ two_factor: 'totp' }, { status: 403 }), 'second-factor-wanted'],
    ['no token', json({ access_token: 'x' }), 'profile-outdated'],
    ['a token with a line feed', json({ token: 'a\r\nb' }), 'strange-answer'],
  ];

  test.each(refusals)('%s', async (_name, answer, code) => {
    box.disturb = ({ route }) => (route === '/login' ? answer : undefined);
    const error = await errorOf(driver.open(targetAt(server.url), contextOf()));
    expect(error.code).toBe(code);
    expect(said(server)).toEqual(['POST /login']);
  });

  test('under 200, where the body says so', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    galletas.disturb = () => json({ ok: false, reason: 'no' });
    const error = await errorOf(driver.open(targetAt(other.url, { profile: galletasProfile }), contextOf()));
    expect([error.code, other.calls.length]).toEqual(['wrong-credentials', 1]);
    await other.stop();
  });

  test('what is declared and not given is said before anything is sent', async () => {
    const context = { ...contextOf(), credentials: {} };
    const error = await errorOf(driver.open(targetAt(server.url), context));
    expect([error.code, error.params.part, server.calls.length]).toEqual([
      'credential-missing',
      'username',
      0,
    ]);
  });

  test('without a profile nothing is sent', async () => {
    const error = await errorOf(driver.open(targetAt(server.url, { profile: null }), contextOf()));
    expect([error.code, server.calls.length]).toEqual(['profile-required', 0]);
  });
});

describe('the life of a token', () => {
  const auth = { ...proven.auth, refresh: { method: 'GET', path: '/refresh', verify: true } } as const;
  const doubtful = edited(proven, { auth });

  test('is counted on the monotonic clock: an hour later there is a new login', async () => {
    const clock = handClock();
    await using(server, { profile: doubtful, clock }, async (session) => {
      await session.read(scope);
      clock.pass(3_539_000);
      await session.read(scope);
      expect(box.office.logins).toBe(1);
      clock.pass(2_000);
      await session.read(scope);
      expect(box.office.logins).toBe(2);
    });
    expect(box.office.refreshes).toBe(0);
  });

  test('a short life is renewed at its half', async () => {
    box.life = 60;
    const clock = handClock();
    await using(server, { profile: doubtful, clock }, async (session) => {
      await session.read(scope);
      clock.pass(31_000);
      await session.read(scope);
    });
    expect(box.office.logins).toBe(2);
  });

  test('a refresh that is proven takes the place of the login', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    const clock = handClock();
    await using(other, { profile: llanoProfile, clock }, async (session) => {
      clock.pass(61_000);
      await session.read(scope);
      expect([llano.office.logins, llano.office.refreshes]).toEqual([1, 1]);
    });
    await other.stop();
  });

  test('a refresh that fails gives way to a login', async () => {
    const llano = newLlano();
    const other = await serveLlano(llano);
    const clock = handClock();
    llano.disturb = ({ path }) => (path === '/sesion/renovar' ? json({}, { status: 401 }) : undefined);
    await using(other, { profile: llanoProfile, clock }, async (session) => {
      clock.pass(120_000);
      await session.read(scope);
      expect(llano.office.logins).toBe(2);
    });
    await other.stop();
  });

  test('a token that the server forgot is replaced once, for all who wait', async () => {
    hireAt(box, '10');
    await using(server, {}, async (session) => {
      box.office.tokens.clear();
      const [one, two] = await Promise.all([session.read(scope), session.read(scope)]);
      expect([one.resources.length, two.resources.length]).toEqual([1, 1]);
      expect(box.office.logins).toBe(2);
    });
  });

  test('a write finds it dead, and is repeated with the new one', async () => {
    await using(server, {}, async (session) => {
      await session.read(scope);
      box.office.tokens.clear();
      await session.apply(creation());
    });
    expect(box.office.people).toHaveLength(1);
  });

  test('a server that refuses the new one too is a refusal', async () => {
    box.disturb = ({ route }) =>
      route === '/extension' ? json({ message: 'no' }, { status: 401 }) : undefined;
    const error = await using(server, {}, (session) => errorOf(session.read(scope)));
    expect([error.code, box.office.logins]).toEqual(['forbidden', 2]);
  });

  test('a password that changed meanwhile is tried once, and never again', async () => {
    await using(server, {}, async (session) => {
      box.office.tokens.clear();
      box.disturb = ({ route }) => (route === '/login' ? json({}, { status: 401 }) : undefined);
      const codes = [await errorOf(session.read(scope)), await errorOf(session.read(scope))];
      const write = await errorOf(session.apply(creation()));
      expect(codes.map(({ code }) => code)).toEqual(['wrong-credentials', 'wrong-credentials']);
      expect([write.code, write.written]).toEqual(['wrong-credentials', 'nothing']);
    });
    expect(said(server).filter((one) => one === 'POST /login')).toHaveLength(2);
  });
});

describe('a session in cookies', () => {
  test('carries them, with the twin of one in a header, and switches to its company', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    hireGalletas(galletas, '10');
    hireGalletas(galletas, '20', {}, '90002');
    const { resources } = await using(other, { profile: galletasProfile }, (session) => session.read(scope));
    expect(resources.map(({ key }) => key)).toEqual(['10']);
    expect(galletas.switches).toBe(1);
    expect(galletas.sessions.size).toBe(0);
    await other.stop();
  });

  test('a new login switches again', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    hireGalletas(galletas, '10');
    await using(other, { profile: galletasProfile }, async (session) => {
      await session.read(scope);
      galletas.sessions.clear();
      expect((await session.read(scope)).resources).toHaveLength(1);
    });
    expect([galletas.office.logins, galletas.switches]).toEqual([2, 2]);
    await other.stop();
  });

  test('requests keep their distance', async () => {
    const galletas = newGalletas();
    const other = await serveGalletas(galletas);
    const clock = handClock();
    await using(other, { profile: galletasProfile, clock }, (session) => session.read(scope));
    expect(clock.slept.length).toBe(other.calls.length - 1);
    expect(clock.slept.every((ms) => ms === 250)).toBe(true);
    await other.stop();
  });

  test('a server without cookies is sent none', async () => {
    box.disturb = ({ route }) =>
      route === '/company/90001'
        ? json({ id: 90001, name: 'Acme S.L.' }, { headers: { 'set-cookie': 'sid=1' } })
        : undefined;
    await using(server, {}, (session) => session.read(scope));
    expect(server.calls.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });
});

describe('the end', () => {
  test('after an abort there is still a goodbye', async () => {
    const stop = new AbortController();
    const session = await driver.open(targetAt(server.url), contextOf({ signal: stop.signal }));
    stop.abort(new Error('Ctrl-C'));
    await session.read(scope).catch(() => undefined);
    await session.close();
    expect([box.office.logouts, box.office.tokens.size]).toEqual([1, 0]);
  });

  test('a server that is gone is no reason to fail', async () => {
    const session = await driver.open(targetAt(server.url), contextOf());
    await server.stop();
    await session.close();
    await session.close();
  });

  test('a profile without a goodbye says none', async () => {
    const { logout: _none, ...auth } = proven.auth;
    await using(server, { profile: edited(proven, { auth }) }, (session) => session.read(scope));
    expect(said(server)).not.toContain('GET /logout');
  });

  test('an abort between two requests is an abort', async () => {
    const transport = { ...proven.transport, minIntervalMs: 5000 };
    const stop = new AbortController();
    const session = await driver.open(
      targetAt(server.url, { profile: edited(proven, { transport }) }),
      contextOf({ signal: stop.signal }),
    );
    stop.abort(new Error('Ctrl-C'));
    expect((await errorOf(session.read(scope))).code).toBe('aborted');
    await session.close();
  });
});

test('llano: numbers with a foreign prefix are another company’s, and stop the reading', async () => {
  const llano = newLlano();
  const other = await serveLlano(llano);
  hireLlano(llano, '10');
  llano.disturb = ({ path }) =>
    path.endsWith('/usuarios')
      ? json({ resultado: { filas: [{ ref: 'u-1', cuenta: { usuario: 'ext9000210' } }], cuantos: 1 } })
      : undefined;
  const error = await using(other, { profile: llanoProfile }, (session) => errorOf(session.read(scope)));
  expect([error.code, error.params.mark]).toEqual(['profile-outdated', 'identity.number']);
  await other.stop();
});
