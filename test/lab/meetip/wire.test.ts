import { describe, expect, test } from 'vitest';
import { bench, FORM, person } from './fixture.ts';

describe('envelope', () => {
  test('a failure has status 200 and a text under error', async () => {
    const { api } = await bench();
    const answer = await api('ext.list');
    expect([answer.status, answer.json]).toEqual([200, { error: "Required field 'server' is missing" }]);
  });

  test('the root answers like index.php', async () => {
    const { raw, service } = await bench();
    const query = `apikey=${service.credentials.apiKey}&action=pbxware.license.info`;
    const [root, index] = [await raw(`/?${query}`), await raw(`/index.php?${query}`)];
    expect(root.json).toEqual(index.json);
    expect(root.json.Edition).toBe('Multi-Tenant');
  });

  test('another path is no part of the API', async () => {
    const { raw, service } = await bench();
    const answer = await raw(`/api.php?apikey=${service.credentials.apiKey}&action=pbxware.license.info`);
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
  });

  test('without any parameter there is the panel', async () => {
    const { raw } = await bench();
    expect((await raw('/')).headers['content-type']).toContain('text/html');
  });

  test('no CORS header', async () => {
    const { api } = await bench();
    const { headers } = await api('license.info');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('the media type is in doubt', async () => {
    const { api } = await bench({ doubts: { mediaType: 'text/html; charset=UTF-8' } });
    expect((await api('license.info')).headers['content-type']).toBe('text/html; charset=UTF-8');
  });

  test('PHP escapes slashes and accents, which JSON reads back', async () => {
    const { api } = await bench();
    await api('ext.add', person('118', { title: 'Dirección / Norte' }));
    const { text } = await api('ext.configuration', { server: '169', ext: '118' });
    expect(text).toContain('Direcci\\u00f3n \\/ Norte');
  });

  test('a text may hold any line end but a line feed, as PHP reads patterns', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('118', { title: 'uno\u2028dos' }))).json.error).toBeUndefined();
    expect((await api('ext.add', person('119', { title: 'uno\ndos' }))).json.error).toContain("'title=");
  });

  test('plain HTTP where it is asked for, and then there is no certificate', async () => {
    const { api, box, service } = await bench({ tls: false });
    expect([service.url.slice(0, 5), (await api('license.info')).status]).toEqual(['http:', 200]);
    await expect(box.rotateCertificate()).rejects.toThrow('plain HTTP');
  });

  test('apiformat=php is not made up', async () => {
    const { api } = await bench();
    expect((await api('license.info', { apiformat: 'php' })).json.error).toContain('apiformat=php');
    expect((await api('license.info', { apiformat: 'json' })).json.error).toBeUndefined();
  });

  test.each(['ext.create', 'extension.add', 'constructor', ''])('there is no action %j', async (action) => {
    const { api } = await bench();
    expect((await api(action)).json.error).toBe('Unknown action');
  });

  test.each(['tenant.add', 'did.delete'])('%s is documented, and honestly not served', async (action) => {
    const { api } = await bench();
    expect((await api(action)).json.error).toBe(`This simulator does not serve ${action}`);
  });

  test('an action without its pbxware. is none', async () => {
    const { raw, service } = await bench();
    const answer = await raw(`/?apikey=${service.credentials.apiKey}&action=license.info`);
    expect(answer.json.error).toBe('Unknown action');
  });

  test('server.* is not for a server with tenants', async () => {
    const { api } = await bench();
    expect((await api('server.configuration', { id: '1' })).json.error).toBe(
      'Tenant mode enabled, please use action "tenant" object instead of "server"',
    );
  });
});

describe('POST', () => {
  test('a form does what a query does', async () => {
    const { post } = await bench();
    expect((await post('ext.add', person('118'))).json).toMatchObject({ ext: 118 });
  });

  test('parameters in the URL count together with the form, in doubt not', async () => {
    const ask = async ({ raw, service }: Awaited<ReturnType<typeof bench>>) =>
      raw(
        '/index.php?action=pbxware.ext.list',
        'POST',
        `apikey=${service.credentials.apiKey}&server=169`,
        FORM,
      );
    expect((await ask(await bench())).json.error).toBeUndefined();
    expect((await ask(await bench({ doubts: { postQuery: 'ignored' } }))).json.error).toBe('Unknown action');
  });

  test('JSON is no form', async () => {
    const { raw, service } = await bench();
    const body = JSON.stringify({ apikey: service.credentials.apiKey, action: 'pbxware.license.info' });
    const answer = await raw('/index.php?action=pbxware.license.info', 'POST', body, {
      'Content-Type': 'application/json',
    });
    expect(answer.json.error).toBe('Invalid API key.');
  });

  test('some servers take no body', async () => {
    const { post, api } = await bench({ post: false });
    expect((await post('license.info')).headers['content-type']).toContain('text/html');
    expect((await api('license.info')).json.Edition).toBe('Multi-Tenant');
  });
});

describe('faults', () => {
  test('errno answers its text, once', async () => {
    const { api, box } = await bench();
    box.addFault({ kind: 'errno', errno: 'Failed to generate configuration', match: { path: 'ext.add' } });
    expect((await api('ext.add', person('118'))).json).toEqual({ error: 'Failed to generate configuration' });
    expect((await api('ext.add', person('118'))).json.ext).toBe(118);
  });

  test('errno with a status answers as the API v2 does', async () => {
    const { api, box } = await bench();
    box.addFault({ kind: 'errno', errno: '409 the number is taken' });
    const answer = await api('license.info');
    expect([answer.status, answer.json.description]).toEqual([409, 'the number is taken']);
  });

  test('phpNotice writes and spoils the JSON', async () => {
    const { api, box } = await bench();
    box.addFault({ kind: 'phpNotice', match: { path: 'ext.add' } });
    const { text } = await api('ext.add', person('118'));
    expect(text).toMatch(/Notice[\s\S]*"ext":118/);
    expect(box.saved()['118']).toBeDefined();
  });
});

describe('the log of requests', () => {
  test('shows the action of a POST, and never key, secret, password or PIN', async () => {
    const { post, api, box, service } = await bench();
    const given = person('118', { password: 'Canary-User-5t' });
    await post('ext.add', given);
    await api('ext.add', given);
    const { entries } = box.requests();
    const secrets = [service.credentials.apiKey, given.secret, 'Canary-User-5t', '4821'].map(String);
    expect(entries.map(({ path }) => path.includes('action=pbxware.ext.add'))).toEqual([true, true]);
    expect(entries.filter(({ path }) => secrets.some((secret) => path.includes(secret)))).toEqual([]);
  });

  test('keeps what was refused, and not the secret in it', async () => {
    const { api, box } = await bench();
    const answer = await api('ext.add', person('118', { secret: 'Canary Secret' }));
    expect(answer.json.error).toContain('secret=Canary Secret');
    expect(box.requests().entries[0]?.errno).toMatch(/^Required field 'secret' contains invalid data/);
  });
});
