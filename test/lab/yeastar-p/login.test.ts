import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Bench, bench, strong } from './fixture.ts';

const API = '/openapi/v1.0';

function probe({ raw }: Bench, token: string) {
  return raw('GET', `${API}/system/information?access_token=${token}`).then(({ json }) => json.errcode);
}

function refresh({ raw }: Bench, token: string) {
  const body = JSON.stringify({ refresh_token: token });
  return raw('POST', `${API}/refresh_token`, body).then(({ json }) => json);
}

describe('get_token', () => {
  test('takes id and secret in clear and answers two tokens with their seconds', async () => {
    const { getToken, service } = await bench();
    const answer = await getToken();
    expect(answer).toMatchObject({
      errcode: 0,
      errmsg: 'SUCCESS',
      access_token_expire_time: 1800,
      refresh_token_expire_time: 86_400,
    });
    expect(answer.access_token).toHaveLength(32);
    expect(answer.refresh_token).not.toBe(answer.access_token);
    expect(service.credentials.clientId).toHaveLength(32);
  });

  test('names the field it misses, and does not count that as a failure', async () => {
    const { raw, box } = await bench();
    for (const body of ['{}', '{"username":"a"}', '{"username":"","password":"b"}']) {
      const { json } = await raw('POST', `${API}/get_token`, body);
      expect(json.errcode, body).toBe(40002);
      expect(json.invalid_param_list[0]?.validation_type).toBe('required');
    }
    for (let turn = 0; turn < 4; turn += 1) await raw('POST', `${API}/get_token`, '{}');
    expect(box.lockouts()).toEqual([]);
  });

  test('refuses a wrong secret with -1, or 1 in the other reading', async () => {
    const { getToken } = await bench();
    expect(await getToken(strong('wrong'))).toMatchObject({ errcode: -1, errmsg: 'FAILURE' });
    const other = await bench({ doubts: { badCredentials: '1' } });
    expect((await other.getToken(strong('wrong'))).errcode).toBe(1);
  });

  test('locks the address after five failures, the right secret included', async () => {
    const { getToken, box } = await bench();
    for (let turn = 0; turn < 5; turn += 1) await getToken(strong('wrong'));
    expect(await getToken()).toMatchObject({ errcode: 70004, errmsg: 'ACCOUNT IP BLOCKED' });
    expect(box.lockouts()).toHaveLength(1);
    box.unlock();
    expect((await getToken()).errcode).toBe(0);
    expect(box.logins().map(({ accepted }) => accepted)).toEqual([...Array(6).fill(false), true]);
  });

  test('forgets failures after a success, and the lock with time', async () => {
    const { getToken } = await bench({ lockMs: 60 });
    for (const _round of [1, 2]) {
      for (let turn = 0; turn < 4; turn += 1) await getToken(strong('wrong'));
      expect((await getToken()).errcode).toBe(0);
    }
    for (let turn = 0; turn < 5; turn += 1) await getToken(strong('wrong'));
    expect((await getToken()).errcode).toBe(70004);
    await pause(80);
    expect((await getToken()).errcode).toBe(0);
  });

  test.each([
    ['auth', 0],
    ['every-request', 70004],
  ] as const)('a lock of scope %s answers %i to a live token', async (lockScope, expected) => {
    const lab = await bench({ doubts: { lockScope } });
    const { access_token } = await lab.getToken();
    for (let turn = 0; turn < 5; turn += 1) await lab.getToken(strong('wrong'));
    expect(await probe(lab, access_token)).toBe(expected);
  });
});

describe('tokens', () => {
  test('are eight at most; the ninth waits for one to be revoked', async () => {
    const lab = await bench();
    const tokens: string[] = [];
    for (let turn = 0; turn < 8; turn += 1) tokens.push((await lab.getToken()).access_token);
    expect(await lab.getToken()).toEqual({ errcode: 60002, errmsg: 'MAX LIMITATION EXCEEDED' });
    expect(lab.box.sessions()).toBe(8);
    await lab.raw('GET', `${API}/del_token?access_token=${tokens[3]}`);
    expect(lab.box.sessions()).toBe(7);
    expect(await probe(lab, tokens[3] ?? '')).toBe(10004);
    expect(await probe(lab, tokens[0] ?? '')).toBe(0);
    expect((await lab.getToken()).errcode).toBe(0);
  });

  test('make room when they expire', async () => {
    const { getToken, box } = await bench({ maxTokens: 1 });
    await getToken();
    expect((await getToken()).errcode).toBe(60002);
    box.expireTokens();
    expect((await getToken()).errcode).toBe(0);
  });

  test('expire so long after their issue, used or not', async () => {
    const lab = await bench({ tokenMs: 150 });
    const { access_token } = await lab.getToken();
    expect(await probe(lab, access_token)).toBe(0);
    await pause(90);
    expect(await probe(lab, access_token)).toBe(0);
    await pause(90);
    expect(await probe(lab, access_token)).toBe(10004);
    expect(lab.box.sessions()).toBe(0);
  });

  test('count in the query alone', async () => {
    const { raw, getToken } = await bench();
    const { access_token } = await getToken();
    const headers = { Authorization: `Bearer ${access_token}` };
    const { json } = await raw('GET', `${API}/extension/list`, undefined, { headers });
    expect(json).toEqual({ errcode: 10004, errmsg: 'TOKEN EXPIRED' });
  });

  test('a second one leaves the first alive, or kills it in the other reading', async () => {
    const lab = await bench();
    const first = await lab.getToken();
    await lab.getToken();
    expect(await probe(lab, first.access_token)).toBe(0);
    const other = await bench({ doubts: { secondToken: 'replaces' } });
    const gone = await other.getToken();
    await other.getToken();
    expect(await probe(other, gone.access_token)).toBe(10004);
  });

  test('del_token wants a live token', async () => {
    const { raw } = await bench();
    expect((await raw('GET', `${API}/del_token?access_token=none`)).json.errcode).toBe(10004);
  });
});

describe('refresh_token', () => {
  test('renews without a new place, and ends what it renews', async () => {
    const lab = await bench({ maxTokens: 1 });
    const first = await lab.getToken();
    const second = await refresh(lab, first.refresh_token);
    expect(second).toMatchObject({ errcode: 0, access_token_expire_time: 1800 });
    expect(await probe(lab, second.access_token)).toBe(0);
    expect(await probe(lab, first.access_token)).toBe(10004);
    expect((await refresh(lab, first.refresh_token)).errcode).toBe(10004);
  });

  test('still works once the access token has expired', async () => {
    const lab = await bench();
    const first = await lab.getToken();
    lab.box.expireTokens();
    expect(await probe(lab, first.access_token)).toBe(10004);
    const second = await refresh(lab, first.refresh_token);
    expect(await probe(lab, second.access_token)).toBe(0);
  });

  test('leaves the old token in the other reading, which takes a place', async () => {
    const lab = await bench({ maxTokens: 2, doubts: { refreshed: 'kept' } });
    const first = await lab.getToken();
    expect((await refresh(lab, first.refresh_token)).errcode).toBe(0);
    expect(await probe(lab, first.access_token)).toBe(0);
    expect((await refresh(lab, first.refresh_token)).errcode).toBe(60002);
  });

  test('expires too, goes with del_token, and may not be missing', async () => {
    const lab = await bench({ refreshMs: 50 });
    const { refresh_token } = await lab.getToken();
    await pause(70);
    expect((await refresh(lab, refresh_token)).errcode).toBe(10004);
    expect((await refresh(lab, '')).errcode).toBe(40002);
    const other = await bench();
    const pair = await other.getToken();
    await other.raw('GET', `${API}/del_token?access_token=${pair.access_token}`);
    expect((await refresh(other, pair.refresh_token)).errcode).toBe(10004);
  });
});
