import { describe, expect, it } from 'vitest';
import type { Doorstep } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar-p/driver.ts';
import { errorOf } from '../../support/session.ts';
import { newBox } from './box.ts';
import { calls, serving, start } from './scene.ts';
import { type Answer, contextOf, ok, refusal, targetAt } from './support.ts';

async function knocked(answer: Answer): Promise<Doorstep | undefined> {
  const at = await serving(() => answer);
  return driver.knock?.(targetAt(at.url), { ...contextOf(), credentials: {} });
}

const page: Answer = { headers: { 'content-type': 'text/html' }, text: '<html>Yeastar</html>' };

describe('knocking', () => {
  it.each<[string, Answer, Doorstep['api']]>([
    ['a dead token', refusal(10004, 'TOKEN EXPIRED'), 'on'],
    ['a parameter error', refusal(40002, 'PARAMETER ERROR'), 'on'],
    ['another address', refusal(70087, 'IP FORBIDDEN'), 'on'],
    ['a number that nobody knows', refusal(99999, '?'), 'on'],
    ['success', ok, 'on'],
    ['no such interface', refusal(10001, 'INTERFACE NOT EXISTED'), 'unknown'],
    ['JSON of somebody else', { status: 'Failed', errno: '10003' }, 'unknown'],
    ['the panel', page, 'off'],
    ['404', { status: 404, text: 'Not Found' }, 'off'],
    ['nothing', { text: '' }, 'off'],
    ['403', { status: 403, text: '' }, 'unknown'],
    ['503', { status: 503, text: '' }, 'unknown'],
    [
      'a redirection',
      { status: 302, headers: { location: 'https://elsewhere.example/?x=1' }, text: '' },
      'unknown',
    ],
  ])('hears %s', async (_what, answer, api) => {
    expect((await knocked(answer))?.api).toBe(api);
  });

  it('asks once, without credential and token, and names itself', async () => {
    const at = await start(newBox());
    await driver.knock?.(targetAt(at.url), { ...contextOf(), credentials: {} });
    expect(calls().map(({ path, token, agent, raw }) => [path, token, agent, raw])).toEqual([
      ['extension/list', null, 'OpenAPI', ''],
    ]);
  });

  it('tells numbers and statuses, and nothing that the box said', async () => {
    const found = [await knocked(refusal(10004, 'TOKEN EXPIRED echo-41c5')), await knocked(page)];
    expect(found.map((one) => one?.evidence)).toEqual([
      'errcode 10004: token expired',
      expect.stringContaining('200, text/html'),
    ]);
    expect(JSON.stringify(found)).not.toMatch(/echo-41c5|Yeastar/);
  });

  it('throws what the transport throws', async () => {
    const at = await serving(() => 'drop');
    const error = await errorOf(driver.knock?.(targetAt(at.url), contextOf()) ?? Promise.resolve());
    expect(error.code).toBe('connection-reset');
  });
});
