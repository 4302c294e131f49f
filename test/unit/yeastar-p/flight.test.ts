/** Answers that come late: the token's own clock and order, without a server. */
import { expect, it } from 'vitest';
import type { Answer } from '../../../providers/pbx/yeastar-p/answers.ts';
import type { Link } from '../../../providers/pbx/yeastar-p/call.ts';
import { logIn } from '../../../providers/pbx/yeastar-p/token.ts';
import type { HttpAnswer, HttpRequest } from '../../../providers/transport/http.ts';
import { accessOf, refreshOf } from './box.ts';
import { contextOf, ok, targetAt } from './support.ts';

const answer = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(value)),
});
const dead = answer({ errcode: 10004, errmsg: 'TOKEN EXPIRED' });

it('renews nothing for an answer that comes after the renewal', async () => {
  const seen: string[] = [];
  const late: ((given: HttpAnswer) => void)[] = [];
  let issued = 0;
  const request = async ({ operation }: HttpRequest): Promise<HttpAnswer> => {
    seen.push(operation);
    if (operation.endsWith('_token')) {
      issued += 1;
      return answer({ ...ok, access_token: accessOf(issued), refresh_token: refreshOf(issued) });
    }
    if (operation === 'slow' && late.length === 0) return new Promise((resolve) => late.push(resolve));
    return seen.filter((one) => one === operation).length === 1 ? dead : answer(ok);
  };
  const target = targetAt('http://pbx.example');
  const link: Link = { http: { request, close: async () => {} }, target, context: contextOf() };
  const login = await logIn(link);
  const slow: Promise<Answer> = login.ask({ path: 'slow' });
  expect((await login.ask({ path: 'quick' })).ok).toBe(true);
  late[0]?.(dead);
  expect((await slow).ok).toBe(true);
  expect(seen.filter((one) => one.endsWith('_token'))).toEqual(['get_token', 'refresh_token']);
});
