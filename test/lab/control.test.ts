import { describe, expect, test } from 'vitest';
import { startLab } from '../../lab/index.ts';
import { bench } from './fixture.ts';
import { api, login, send } from './raw.ts';

async function remote(wanted: Parameters<typeof bench>[0] = {}) {
  const made = await bench(wanted);
  const ask = (method: string, path: string, body?: unknown, headers = {}) =>
    send(`${made.lab.controlUrl}${path}`, body === undefined ? undefined : JSON.stringify(body), {
      method,
      headers,
    });
  return {
    ...made,
    ask,
    box1: (method: string, what: string, body?: unknown) => ask(method, `/boxes/sede/${what}`, body),
  };
}

describe('control endpoint', () => {
  test('lists the services and its routes', async () => {
    const { ask, service } = await remote();
    const { json } = await ask('GET', '/');
    expect(json.services).toEqual([service]);
    expect(json.routes).toContain('POST faults');
  });

  test('adds, lists and clears faults', async () => {
    const { box1, service } = await remote();
    const { id } = (await box1('POST', 'faults', { fault: { kind: 'status', status: 502, times: 0 } })).json;
    expect((await login(service)).status).toBe(502);
    expect((await box1('GET', 'faults')).json).toMatchObject([{ id, kind: 'status', struck: 1 }]);
    await box1('DELETE', `faults/${id}`);
    expect((await login(service)).status).toBe(200);
  });

  test('edits like a colleague, and shows saved and running apart', async () => {
    const { box1 } = await remote();
    await box1('POST', 'edit', { number: '1000', fields: { dnd: 'on' } });
    await box1('POST', 'create', { seed: { number: '2000' } });
    await box1('POST', 'remove', { number: '1001' });
    const saved = (await box1('GET', 'saved')).json;
    const running = (await box1('GET', 'running')).json;
    expect([Object.keys(saved), saved['1000'].dnd]).toEqual([['1000', '1002', '2000'], 'on']);
    expect([Object.keys(running), running['1000'].dnd]).toEqual([['1000', '1001', '1002'], 'off']);
    await box1('POST', 'apply');
    expect((await box1('GET', 'running')).json).toEqual(saved);
    await box1('POST', 'empty');
    expect((await box1('GET', 'saved')).json).toEqual({});
  });

  test('registers and unregisters', async () => {
    const { box1, box } = await remote();
    const secret = box.running()['1000']?.registerpassword;
    expect((await box1('POST', 'register', { number: '1000', secret })).json).toEqual({ registered: true });
    expect((await box1('POST', 'register', { number: '1000', secret: 'no' })).json).toEqual({
      registered: false,
    });
    expect((await box1('POST', 'unregister', { number: '1000' })).json).toEqual({});
  });

  test('sees requests, sessions, logins and lockouts', async () => {
    const { box1, service } = await remote();
    await api(service);
    expect((await box1('GET', 'requests')).json.counts).toEqual({ '/api/v2.0.0/login': 1 });
    expect((await box1('GET', 'sessions')).json).toEqual({ sessions: 1 });
    expect((await box1('GET', 'logins')).json).toMatchObject([{ accepted: true }]);
    expect((await box1('GET', 'lockouts')).json).toEqual([]);
    await box1('POST', 'expire');
    expect((await box1('GET', 'sessions')).json).toEqual({ sessions: 0 });
    await box1('DELETE', 'requests');
    expect((await box1('GET', 'requests')).json.total).toBe(0);
  });

  test('rotates the certificate', async () => {
    const { box1, service } = await remote({ tls: true });
    expect((await box1('POST', 'certificate')).json).toEqual(service.pins);
  });

  test.each([
    ['GET', '/boxes/other/saved', 404],
    ['GET', '/boxes/sede/constructor', 404],
    ['POST', '/boxes/sede/edit', 400],
    ['POST', '/boxes/sede/faults', 400],
  ])('%s %s answers %d', async (method, path, status) => {
    const { ask } = await remote();
    expect((await ask(method, path)).status).toBe(status);
  });

  test('refuses a fault it does not know', async () => {
    const { box1 } = await remote();
    const answer = await box1('POST', 'faults', { fault: { kind: 'earthquake' } });
    expect([answer.status, answer.json.error]).toEqual([400, 'no fault of kind "earthquake"']);
  });

  test('unblocks an address', async () => {
    const { box1, box, service } = await remote();
    for (let count = 0; count < 5; count += 1) {
      await send(`${service.url}/api/v2.0.0/login`, '{"username":"api","password":"wrong"}', {
        method: 'POST',
      });
    }
    expect(box.lockouts()).toHaveLength(1);
    await box1('POST', 'unlock', { address: '127.0.0.1' });
    expect(box.lockouts()).toEqual([]);
  });

  test('refuses web pages', async () => {
    const { ask } = await remote();
    expect((await ask('POST', '/boxes/sede/empty', {}, { Origin: 'https://evil.example' })).status).toBe(400);
  });
});

describe('startLab', () => {
  test('starts several boxes, each its own credentials, serial and port', async () => {
    const lab = await startLab({
      boxes: [
        { name: 'norte', edition: 'v1.1.0', tls: false },
        { name: 'sur', edition: 'v2.0.0', tls: false },
      ],
    });
    const [norte, sur] = lab.boxes;
    expect(norte?.credentials.password).not.toBe(sur?.credentials.password);
    expect(norte?.serial).not.toBe(sur?.serial);
    expect(norte?.url).not.toBe(sur?.url);
    await lab.close();
  });

  test('refuses two boxes of one name, and a name nobody started', async () => {
    const twin = { name: 'sede', edition: 'v2.0.0', tls: false } as const;
    await expect(startLab({ boxes: [twin, twin] })).rejects.toThrow('share a name');
    const { lab } = await bench();
    expect(() => lab.box('luna')).toThrow('no box "luna"');
  });

  test('serves on the ports asked for', async () => {
    const first = await bench();
    const port = Number(new URL(first.service.url).port);
    await first.lab.close();
    const lab = await startLab({
      boxes: [{ name: 'sede', edition: 'v2.0.0', tls: false }],
      ports: { sede: port },
    });
    expect(lab.boxes[0]?.url).toBe(`http://127.0.0.1:${port}`);
    await lab.close();
  });
});
