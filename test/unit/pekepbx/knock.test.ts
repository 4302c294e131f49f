import { afterEach, describe, expect, test } from 'vitest';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { type Answer, html, json, type Server, serve } from '../../support/serve.ts';
import { llanoProfile } from './llano.ts';
import { contextOf, errorOf, proven, targetAt } from './support.ts';

let server: Server;

afterEach(() => server.stop());

async function knocked(answer: Answer, profile = proven as typeof proven | null) {
  server = await serve(
    (heard) => heard,
    () => answer,
  );
  const context = { ...contextOf({ purpose: 'read' }), credentials: {} };
  return driver.knock?.(targetAt(server.url, { profile, mode: 'guided' }), context);
}

describe('a look from outside', () => {
  const looks: readonly (readonly [string, Answer, string, string])[] = [
    [
      'a refusal in JSON',
      json({ message: 'Unauthenticated.' }, { status: 401 }),
      'on',
      'HTTP 401, application/json',
    ],
    ['a refusal as a page', html('no', { status: 401 }), 'unknown', 'HTTP 401, text/html'],
    ['the panel', html('<title>PekePBX</title>'), 'off', 'HTTP 200, text/html'],
    ['nothing of that name', html('no', { status: 404 }), 'off', 'HTTP 404, text/html'],
    ['a redirection', html('', { status: 302, headers: { location: '/' } }), 'unknown', 'HTTP 302, none'],
    ['a ban', json({}, { status: 403 }), 'unknown', 'HTTP 403, application/json'],
  ];

  test.each(looks)('%s', async (_name, answer, api, evidence) => {
    expect(await knocked(answer)).toEqual({ api, evidence });
  });

  test('asks once, without any credential, for what the profile says', async () => {
    await knocked(json({}, { status: 401 }));
    expect(server.calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/api/v2/extension']]);
    expect(server.calls[0]?.headers).not.toHaveProperty('authorization');
    expect(server.calls[0]?.headers.accept).toBe('application/json');
  });

  test('without a profile, or with one whose paths need a company, for what the vendor documents', async () => {
    await knocked(json({}, { status: 401 }), null);
    expect(server.calls[0]?.path).toBe('/api/v2/extension');
    await server.stop();
    await knocked(json({}, { status: 401 }), llanoProfile);
    expect(server.calls[0]?.path).toBe('/api/v2/extension');
  });

  test('nobody there', async () => {
    await knocked(json({}));
    await server.stop();
    const error = await errorOf(driver.knock?.(targetAt(server.url), contextOf()) ?? Promise.resolve());
    expect(error.code).toBe('unreachable');
  });
});
