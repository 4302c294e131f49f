import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { errorOf, handClock } from '../../support/session.ts';
import { answerOf, type Box, extension, newBox } from './box.ts';
import {
  contextOf,
  failed,
  type Opening,
  ok,
  PASSWORD,
  type Reply,
  type Server,
  serveBox,
  targetAt,
  using,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

async function start(answer: Parameters<typeof serveBox>[0]): Promise<Server> {
  server = await serveBox(answer);
  return server;
}

const open = (at: Server, opening: Opening = {}) =>
  driver.open(targetAt(at.url, opening), contextOf(opening));
const scope = { kinds: ['extension'] } as const;

describe('logging in', () => {
  it('sends the digest of the password, never the password', async () => {
    const at = await start(answerOf(newBox()));
    await using(at, {}, async () => {});
    const digest = createHash('md5').update(PASSWORD).digest('hex');
    expect(at.calls[0]?.body).toEqual({ username: 'api-user', password: digest });
    expect(at.calls.map(({ raw }) => raw).join('')).not.toContain(PASSWORD);
  });

  it('takes v2.0.0 where the box has it, and no other', async () => {
    const at = await start(answerOf(newBox()));
    await using(at, {}, async (session) => expect(session.commit).toBeUndefined());
    expect(at.paths()).toEqual(['v2.0.0/login', 'v2.0.0/logout']);
  });

  it.each<[string, Reply]>([
    ['errno 10003', failed('10003')],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Login</html>' }],
    ['404', { status: 404, text: 'Not Found' }],
    ['nothing', { status: 200, text: '' }],
  ])('falls back to v1.1.0 on %s', async (_what, reply) => {
    const box = newBox(1);
    box.disturb = ({ path }) => (path === 'v2.0.0/login' ? reply : undefined);
    const at = await start(answerOf(box));
    await using(at, {}, async (session) => expect(session.commit).toBeTypeOf('function'));
    expect(at.paths()).toEqual(['v2.0.0/login', 'v1.1.0/login', 'v1.1.0/logout']);
  });

  it('tries only the version that the target names', async () => {
    const at = await start(answerOf(newBox(1)));
    await using(at, { options: { api: 'v1.0.0' } }, async () => {});
    expect(at.paths()).toEqual(['v1.0.0/login', 'v1.0.0/logout']);
  });

  it.each<[string, Reply, string]>([
    ['20003', failed('20003'), 'wrong-credentials'],
    ['20002', failed('20002'), 'locked-out'],
    ['20015', failed('20015'), 'forbidden'],
    ['500', { status: 500, text: '' }, 'strange-answer'],
    ['502', { status: 502, text: '' }, 'unreachable'],
    ['403', { status: 403, text: '' }, 'forbidden'],
    ['a redirection', { status: 302, headers: { location: '/login.html?token=x' }, text: '' }, 'redirected'],
  ])('fails once and for all on %s', async (_what, reply, code) => {
    const at = await start(() => reply);
    const error = await errorOf(open(at));
    expect([error.code, at.paths()]).toEqual([code, ['v2.0.0/login']]);
  });

  it('fails where the box has neither version', async () => {
    const at = await start(() => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<html>' }));
    const error = await errorOf(open(at));
    expect([error.code, at.paths()]).toEqual(['strange-answer', ['v2.0.0/login', 'v1.1.0/login']]);
  });

  it('hands on how long a busy host wants to be left alone', async () => {
    const at = await start(() => ({ status: 429, headers: { 'retry-after': '17' }, text: '' }));
    const error = await errorOf(open(at));
    expect([error.code, error.facts.retryAfter]).toEqual(['target-busy', 17]);
  });

  it('sends nothing without a password', async () => {
    const at = await start(answerOf(newBox()));
    const error = await errorOf(driver.open(targetAt(at.url), { ...contextOf(), credentials: {} }));
    expect([error.code, at.calls]).toEqual(['credential-missing', []]);
  });
});

describe('the life of a token', () => {
  const renewing = (box: Box, errnos: string[]) => {
    box.disturb = ({ path }) => {
      const errno = path.endsWith('/extension/list') ? errnos.shift() : undefined;
      return errno === undefined ? undefined : failed(errno);
    };
  };

  it.each(['20004', '20005', '20006'])('logs in again once on %s and goes on', async (errno) => {
    const box = newBox();
    box.extensions.set('10', extension('10'));
    renewing(box, [errno]);
    const at = await start(answerOf(box));
    const { resources } = await using(at, {}, (session) => session.read(scope));
    expect(resources.map(({ key }) => key)).toEqual(['10']);
    expect(box.tokens).toBe(2);
  });

  it('gives up where the new token is refused too', async () => {
    const box = newBox();
    renewing(box, ['20004', '20004', '20004']);
    const at = await start(answerOf(box));
    const error = await using(at, {}, (session) => errorOf(session.read(scope)));
    expect([error.code, box.tokens]).toEqual(['strange-answer', 2]);
  });

  it('logs in anew before a token that has idled for long is used', async () => {
    const box = newBox();
    const clock = handClock();
    const at = await start(answerOf(box));
    await using(at, { clock }, async (session) => {
      clock.pass(26 * 60_000);
      await session.read(scope);
    });
    expect(at.paths().slice(0, 3)).toEqual(['v2.0.0/login', 'v2.0.0/login', 'v2.0.0/deviceinfo/query']);
  });

  it('keeps a token that is used', async () => {
    const box = newBox();
    const clock = handClock();
    const at = await start(answerOf(box));
    await using(at, { clock }, async (session) => {
      for (const _ of [1, 2, 3]) {
        clock.pass(20 * 60_000);
        await session.read(scope);
      }
    });
    expect(box.tokens).toBe(1);
  });

  it('does not repeat a login that was refused meanwhile', async () => {
    const box = newBox();
    box.disturb = ({ path }) => {
      if (path.endsWith('/login')) return box.tokens > 0 ? failed('20003') : undefined;
      return path.endsWith('/logout') ? undefined : failed('20004');
    };
    const at = await start(answerOf(box));
    const codes = await using(at, {}, async (session) => [
      (await errorOf(session.read(scope))).code,
      (await errorOf(session.read(scope))).code,
    ]);
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials']);
    expect(at.paths().filter((path) => path.endsWith('/login'))).toHaveLength(2);
  });

  it('logs in once for several calls after a long idle time', async () => {
    const box = newBox();
    const clock = handClock();
    const at = await start(answerOf(box));
    await using(at, { clock }, async (session) => {
      clock.pass(26 * 60_000);
      await Promise.all([session.registrations?.([]), session.registrations?.([])]);
    });
    expect(box.tokens).toBe(2);
  });

  it('logs in once for several calls that find the token dead', async () => {
    const box = newBox();
    const at = await start(answerOf(box));
    await using(at, {}, async (session) => {
      box.tokens += 1;
      await Promise.all([session.registrations?.([]), session.registrations?.([])]);
    });
    expect(at.paths().filter((path) => path.endsWith('/login'))).toHaveLength(2);
  });
});

describe('closing', () => {
  it('logs out once, however often it is asked', async () => {
    const at = await start(answerOf(newBox()));
    const session = await open(at);
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect(at.paths()).toEqual(['v2.0.0/login', 'v2.0.0/logout']);
  });

  it('logs out after an abort too', async () => {
    const at = await start(answerOf(newBox()));
    const abort = new AbortController();
    const session = await open(at, { signal: abort.signal });
    abort.abort();
    await session.close();
    expect(at.paths()).toEqual(['v2.0.0/login', 'v2.0.0/logout']);
  });

  it('never throws, also when the box is gone', async () => {
    const at = await start(answerOf(newBox()));
    const session = await open(at);
    await at.stop();
    await expect(session.close()).resolves.toBeUndefined();
  });

  it('minds no refusal', async () => {
    const at = await start(({ path }) =>
      path.endsWith('/login') ? { ...ok, token: 'a1b2c3' } : failed('20004'),
    );
    const session = await open(at);
    await expect(session.close()).resolves.toBeUndefined();
  });
});
