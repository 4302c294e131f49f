import { describe, expect, test } from 'vitest';
import { type Har, harOf, SENTINELS } from '../../../lab/pekepbx/har.ts';
import { platform } from './fixture.ts';

/** 'POST /api/v2/login 200' for every call to the platform's API. */
function calls(har: Har, url: string): string[] {
  return har.log.entries
    .filter(({ request }) => request.url.startsWith(`${url}/api/`))
    .map(({ request, response }) => {
      const { pathname } = new URL(request.url);
      return `${request.method} ${pathname.replace('/api/v2/', '')} ${response.status}`;
    });
}

const names = (pairs: ReadonlyArray<{ name: string }>) => pairs.map(({ name }) => name.toLowerCase());

describe.each(['a', 'b', 'c'] as const)('a recording of dialect %s', (edition) => {
  test('holds what the operator did, in order, and leaves nobody behind', async () => {
    const { box, service } = await platform({ edition, extensions: 12 });
    const har = await harOf(service);
    const [write, erase] = edition === 'b' ? [204, 204] : [200, 200];
    const seen = calls(har, service.url).map((line) => line.replace(/extension\/[\w-]+/, 'extension/{id}'));
    expect(seen).toEqual([
      'POST login 200',
      'GET company 200',
      ...(edition === 'c' ? ['POST company/90001/enter 200'] : []),
      'GET extension 200',
      ...(edition === 'c' ? [] : ['GET extension 200']),
      'GET did 200',
      'POST extension 201',
      'GET extension 200',
      'GET extension/{id} 200',
      `PUT extension/{id} ${write}`,
      'GET extension/{id} 200',
      `PUT extension/{id} ${write}`,
      'GET extension 200',
      `DELETE extension/{id} ${erase}`,
      'GET extension 200',
      `GET logout ${erase}`,
    ]);
    expect(Object.keys(box.saved())).toHaveLength(12);
    expect(box.sessions()).toBe(0);
  });

  test('has the sentinels in the creation, and a switch flipped between two saves', async () => {
    const { service } = await platform({ edition });
    const { entries } = (await harOf(service)).log;
    const bodies = (method: string) =>
      entries
        .filter(({ request }) => request.method === method && request.url.includes('extension'))
        .map(({ request }) => request.postData?.text ?? '');
    const [created = ''] = bodies('POST');
    for (const name of ['name', 'email', 'mobile', 'sipPassword', 'password'] as const) {
      expect(created).toContain(`"${SENTINELS[name]}"`);
    }
    const [on = '', off = ''] = bodies('PUT');
    expect(on).not.toBe(off);
    expect(on.replace(/("(?:only_internal|internalOnly)":)(true|1)/, '$1off')).toBe(
      off.replace(/("(?:only_internal|internalOnly)":)(false|0)/, '$1off'),
    );
    expect(on).not.toContain(String(SENTINELS.password));
  });
});

describe('the format', () => {
  test('is HAR 1.2 of Chrome: a page, files, one call to somebody else, sizes and times', async () => {
    const { service } = await platform();
    const { log } = JSON.parse(JSON.stringify(await harOf(service))) as Har;
    expect([log.version, log.creator.name, log.pages[0]?.id]).toEqual(['1.2', 'WebInspector', 'page_1']);
    expect([...new Set(log.entries.map(({ _resourceType }) => _resourceType))]).toEqual([
      'document',
      'stylesheet',
      'script',
      'image',
      'ping',
      'xhr',
    ]);
    const foreign = log.entries.filter(({ request }) => !request.url.startsWith(service.url));
    expect(foreign.map(({ request }) => new URL(request.url).host)).toEqual(['stats.example']);
    for (const { request, response, pageref, time, timings, startedDateTime } of log.entries) {
      expect(pageref).toBe('page_1');
      expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
      expect(time).toBe(timings.wait);
      expect(request.bodySize).toBe(Buffer.byteLength(request.postData?.text ?? ''));
      expect(response.content.size).toBe(Buffer.byteLength(response.content.text ?? ''));
      expect(names(request.queryString)).toEqual(
        names([...new URL(request.url).searchParams.keys()].map((name) => ({ name }))),
      );
    }
  });

  test('as recorded it holds tokens and cookies; as Chrome exports it, neither, but passwords still', async () => {
    const { service } = await platform();
    const secrets = async (sanitized: boolean) => {
      const { entries } = (await harOf(service, { sanitized })).log;
      const last = entries.at(-1);
      const headers = entries.flatMap(({ request, response }) =>
        names([...request.headers, ...response.headers]),
      );
      return {
        authorization: headers.includes('authorization'),
        cookie: headers.includes('cookie'),
        setCookie: headers.includes('set-cookie'),
        cookies: (last?.request.cookies.length ?? 0) > 0,
        xsrf: headers.includes('x-xsrf-token'),
        password: JSON.stringify(entries).includes(service.credentials.password),
      };
    };
    expect(await secrets(false)).toEqual({
      authorization: true,
      cookie: true,
      setCookie: true,
      cookies: true,
      xsrf: true,
      password: true,
    });
    expect(await secrets(true)).toEqual({
      authorization: false,
      cookie: false,
      setCookie: false,
      cookies: false,
      xsrf: true,
      password: true,
    });
  });

  test('works over TLS, in another company, with other values and another pager', async () => {
    const { service } = await platform({ edition: 'b', tls: true, pager: 'offset' });
    const har = await harOf(service, { company: '90002', values: { name: 'Otra-1' }, pager: 'offset' });
    const text = JSON.stringify(har);
    expect(text).toContain('ext90002987');
    expect(text).toContain('Otra-1');
  });

  test('fails where the platform refuses', async () => {
    const { service } = await platform({ apiForbidden: true });
    await expect(harOf(service)).rejects.toThrow('GET /api/v2/company answered 403');
  });
});
