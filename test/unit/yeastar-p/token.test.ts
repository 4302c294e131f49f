import { describe, expect, it } from 'vitest';
import { errorOf, handClock } from '../../support/session.ts';
import { accessOf, newBox, refreshOf, row } from './box.ts';
import { calls, onPath, serving, start } from './scene.ts';
import { all, CLIENT_SECRET, creation, ok, opening, type Reply, refusal, using } from './support.ts';

const tokenCalls = () => calls().filter(({ path }) => path.endsWith('_token'));
const tokenPaths = () => tokenCalls().map(({ path }) => path);

describe('getting a token', () => {
  it('posts Client ID and Secret in clear, once, and no token', async () => {
    await using(await start(newBox()), {}, (session) => session.read(all));
    const [first] = calls();
    expect(first).toMatchObject({
      method: 'POST',
      path: 'get_token',
      token: null,
      body: { username: 'client-id', password: CLIENT_SECRET },
    });
    expect(tokenPaths()).toEqual(['get_token', 'del_token']);
  });

  it('names itself in every request, and gives the token in the query of all others', async () => {
    const box = newBox(row('10'));
    await using(await start(box), {}, async (session) => {
      await session.read(all);
      await session.apply(creation({ name: 'Eva' }, '11'));
    });
    expect(new Set(calls().map(({ agent }) => agent))).toEqual(new Set(['OpenAPI']));
    const others = calls().slice(1);
    expect(new Set(others.map(({ token }) => token))).toEqual(new Set([accessOf(1)]));
  });

  it('holds one token, however many ask at once', async () => {
    await using(await start(newBox(row('10'))), {}, (session) =>
      Promise.all([session.read(all), session.read(all), session.registrations?.(['10'])]),
    );
    expect(tokenPaths()).toEqual(['get_token', 'del_token']);
  });

  it.each<[string, Reply, string]>([
    ['errcode 1', refusal(1), 'wrong-credentials'],
    ['a parameter error', refusal(40002, 'PARAMETER ERROR'), 'wrong-credentials'],
    ['unknown data', refusal(60001, 'DATA NOT FOUND'), 'wrong-credentials'],
    ['words about the client', refusal(77, 'INVALID CLIENT'), 'wrong-credentials'],
    ['eight tokens in use', refusal(60002, 'MAX LIMITATION EXCEEDED'), 'target-busy'],
    ['another address', refusal(70087, 'IP FORBIDDEN'), 'forbidden'],
    ['a blocked address', refusal(70099, 'IP LOCKED'), 'locked-out'],
    ['no such interface', refusal(10001, 'INTERFACE NOT EXISTED'), 'unsupported-operation'],
    ['a number that nobody knows', refusal(99999, '?'), 'strange-answer'],
    ['no token', { ...ok }, 'strange-answer'],
    ['an answer without errcode', { status: 'Success' }, 'strange-answer'],
    ['403', { status: 403, text: '' }, 'forbidden'],
    ['429', { status: 429, text: '' }, 'target-busy'],
    ['502', { status: 502, text: '' }, 'unreachable'],
    ['a redirection', { status: 302, headers: { location: '/login?x=1' }, text: '' }, 'redirected'],
    ['a page', { headers: { 'content-type': 'text/html' }, text: '<html>' }, 'strange-answer'],
  ])('fails once and for all on %s', async (_what, reply, code) => {
    const at = await serving(() => reply);
    const error = await errorOf(opening(at));
    expect([error.code, at.paths()]).toEqual([code, ['get_token']]);
  });

  it('says what the limit of tokens is and when one becomes free', async () => {
    const at = await serving(() => refusal(60002, 'MAX LIMITATION EXCEEDED'));
    const error = await errorOf(opening(at));
    expect(String(error.params.evidence)).toMatch(/eight tokens.*30 minutes/);
  });

  it('does not repeat a lost login: each wrong one counts', async () => {
    const at = await serving(() => 'drop');
    const error = await errorOf(opening(at));
    expect([error.code, at.paths()]).toEqual(['connection-reset', ['get_token']]);
  });

  it('wants both parts of the credential before anything is sent', async () => {
    const at = await start(newBox());
    const { driver } = await import('../../../providers/pbx/yeastar-p/driver.ts');
    const { contextOf, targetAt } = await import('./support.ts');
    const { clientSecret: _gone, ...credentials } = contextOf().credentials;
    const error = await errorOf(driver.open(targetAt(at.url), { ...contextOf(), credentials }));
    expect([error.code, error.params.part, at.calls.length]).toEqual([
      'credential-missing',
      'clientSecret',
      0,
    ]);
  });
});

describe('a token that dies', () => {
  it('is renewed before it is used, by our own clock, with the refresh token', async () => {
    const clock = handClock();
    await using(await start(newBox()), { clock }, async (session) => {
      await session.read(all);
      clock.pass(1_800_001);
      await session.read(all);
    });
    const [, second] = tokenCalls();
    expect(tokenPaths()).toEqual(['get_token', 'refresh_token', 'del_token']);
    expect(second?.body).toEqual({ refresh_token: refreshOf(1) });
  });

  it('is not renewed while it lives', async () => {
    const clock = handClock();
    await using(await start(newBox()), { clock }, async (session) => {
      clock.pass(1_790_000);
      await session.read(all);
    });
    expect(tokenPaths()).toEqual(['get_token', 'del_token']);
  });

  it('is renewed in one request, never repeated: a lost answer may hold another token', async () => {
    const box = newBox();
    const clock = handClock();
    onPath(box, 'refresh_token', () => 'drop');
    await using(await start(box), { clock }, async (session) => {
      await session.read(all);
      clock.pass(1_800_001);
      expect((await errorOf(session.read(all))).code).toBe('connection-reset');
    });
    expect(tokenPaths()).toEqual(['get_token', 'refresh_token', 'del_token']);
  });

  it('is asked for anew with the credentials once the refresh token is dead too', async () => {
    const clock = handClock();
    await using(await start(newBox()), { clock }, async (session) => {
      clock.pass(86_400_001);
      await session.read(all);
    });
    expect(tokenPaths()).toEqual(['get_token', 'get_token', 'del_token']);
  });

  it('is asked for anew where the box refuses to refresh it', async () => {
    const box = newBox();
    const clock = handClock();
    onPath(box, 'refresh_token', () => refusal(10004, 'TOKEN EXPIRED'));
    await using(await start(box), { clock }, async (session) => {
      clock.pass(1_800_001);
      await session.read(all);
    });
    expect(tokenPaths()).toEqual(['get_token', 'refresh_token', 'get_token', 'del_token']);
  });

  it.each([
    ['our address is blocked', refusal(70004, 'IP BLOCKED'), 'locked-out'],
    ['our address is not permitted', refusal(70087, 'IP FORBIDDEN'), 'forbidden'],
  ])('is not asked for with the credentials where %s', async (_what, reply, code) => {
    const box = newBox();
    const clock = handClock();
    onPath(box, 'refresh_token', () => reply);
    const failure = await using(await start(box), { clock }, (session) => {
      clock.pass(1_800_001);
      return errorOf(session.read(all));
    });
    expect([failure.code, tokenPaths()]).toEqual([code, ['get_token', 'refresh_token', 'del_token']]);
  });

  it('is renewed once for all who were told that it is dead', async () => {
    const box = newBox(row('10'));
    const at = await start(box);
    await using(at, {}, async (session) => {
      box.tokens.clear();
      await Promise.all([session.read(all), session.registrations?.(['10']), session.read(all)]);
    });
    expect(tokenPaths()).toEqual(['get_token', 'refresh_token', 'del_token']);
  });

  it('is known dead by the words, whatever the number', async () => {
    const box = newBox();
    let left = 1;
    onPath(box, 'system/information', () => (left-- > 0 ? refusal(10001, 'TOKEN EXPIRED') : undefined));
    await using(await start(box), {}, (session) => session.read(all));
    expect(tokenPaths()).toContain('refresh_token');
  });

  it('is not renewed for ever', async () => {
    const box = newBox();
    onPath(box, 'system/information', () => refusal(10004, 'TOKEN EXPIRED'));
    const error = await using(await start(box), {}, (session) => errorOf(session.read(all)));
    expect(error.code).toBe('strange-answer');
    expect(tokenPaths()).toEqual(['get_token', 'refresh_token', 'del_token']);
  });

  it('repeats the call that it died under, also a write, which did nothing', async () => {
    const box = newBox();
    await using(await start(box), {}, async (session) => {
      await session.read(all);
      box.tokens.clear();
      await session.apply(creation());
    });
    expect(box.rows).toHaveLength(1);
  });

  it('stays lost where the credentials are refused by now: they are not tried a third time', async () => {
    const box = newBox();
    await using(await start(box), {}, async (session) => {
      box.tokens.clear();
      box.disturb = ({ path }) => (/^(get|refresh)_token$/.test(path) ? refusal(1) : undefined);
      const codes = [await errorOf(session.read(all)), await errorOf(session.read(all))].map(
        ({ code }) => code,
      );
      expect(codes).toEqual(['wrong-credentials', 'wrong-credentials']);
    });
    expect(tokenPaths().filter((path) => path === 'get_token')).toHaveLength(2);
  });
});

describe('giving the token back', () => {
  it('happens once, however often the session is closed', async () => {
    const box = newBox();
    const session = await opening(await start(box));
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect([tokenPaths(), box.tokens.size]).toEqual([['get_token', 'del_token'], 0]);
  });

  it('happens after an abort too', async () => {
    const box = newBox();
    const end = new AbortController();
    const session = await opening(await start(box), { signal: end.signal });
    end.abort();
    await session.close();
    expect([tokenPaths(), box.tokens.size]).toEqual([['get_token', 'del_token'], 0]);
  });

  it('is tried once more where the connection breaks, and never throws', async () => {
    const box = newBox();
    let left = 1;
    onPath(box, 'del_token', () => (left-- > 0 ? 'drop' : undefined));
    await (await opening(await start(box))).close();
    expect([tokenPaths().length, box.tokens.size]).toEqual([3, 0]);
    onPath(box, 'del_token', () => ({ status: 500, text: '' }));
    await (await opening(await start(box))).close();
  });

  it('is over where the box says that the token is dead already', async () => {
    const box = newBox();
    const session = await opening(await start(box));
    box.tokens.clear();
    await session.close();
    expect(tokenPaths()).toEqual(['get_token', 'del_token']);
  });

  it('waits for a token that is still on its way', async () => {
    const box = newBox();
    const clock = handClock();
    const session = await opening(await start(box), { clock });
    box.tokens.clear();
    clock.pass(1_800_001);
    const reading = session.read(all).catch(() => {});
    await session.close();
    await reading;
    expect(box.tokens.size).toBe(0);
  });

  it('happens after every failure: eight failed sessions leave room for a ninth', async () => {
    const box = newBox();
    onPath(box, 'system/information', () => refusal(10005, 'ACCESS DENIED'));
    const at = await start(box);
    for (let run = 0; run < 9; run += 1) {
      await using(at, {}, (session) => errorOf(session.read(all)));
    }
    expect(box.tokens.size).toBe(0);
  });
});
