import { describe, expect, test } from 'vitest';
import type { LabFault } from '../../lab/index.ts';
import { bench } from './fixture.ts';
import { api, login, send } from './raw.ts';

const DND = { number: '1000', dnd: 'on' };
const update = { path: 'extension/update' };

async function struck(fault: LabFault, tls = false) {
  const { service, box } = await bench({ tls });
  const v2 = await api(service);
  box.addFault({ match: update, ...fault });
  const outcome = await v2('extension/update', DND).then(
    (answer) => ({ answer, error: undefined }),
    (error: NodeJS.ErrnoException) => ({ answer: undefined, error }),
  );
  return { ...outcome, done: box.saved()['1000']?.dnd === 'on', v2, box, service };
}

describe('each fault', () => {
  test('latency delays and carries out', async () => {
    const from = performance.now();
    const { answer, done } = await struck({ kind: 'latency', ms: 120 });
    expect([answer?.json.status, done]).toEqual(['Success', true]);
    expect(performance.now() - from).toBeGreaterThan(115);
  });

  test.each([false, true])('reset happens before anything else (TLS %s)', async (tls) => {
    const { error, done } = await struck({ kind: 'reset' }, tls);
    expect([error?.code, done]).toEqual(['ECONNRESET', false]);
  });

  test.each([false, true])('lostAnswer carries out and resets (TLS %s)', async (tls) => {
    const { error, done } = await struck({ kind: 'lostAnswer' }, tls);
    expect([error?.code, done]).toEqual(['ECONNRESET', true]);
  });

  test('status answers that status, nothing happens', async () => {
    const { answer, done } = await struck({ kind: 'status', status: 503 });
    expect([answer?.status, answer?.json, done]).toEqual([503, undefined, false]);
  });

  test('truncate carries out and cuts the answer', async () => {
    const { error, done } = await struck({ kind: 'truncate' });
    expect([error?.code, done]).toEqual(['ECONNRESET', true]);
  });

  test('nonJson answers a page with 200, nothing happens', async () => {
    const { answer, done } = await struck({ kind: 'nonJson' });
    expect([answer?.status, answer?.json, done]).toEqual([200, undefined, false]);
  });

  test('phpNotice carries out and puts a notice before the JSON', async () => {
    const { answer, done } = await struck({ kind: 'phpNotice' });
    expect(answer?.text).toMatch(/Notice.*\n.*"status":"Success"/s);
    expect([answer?.json, done]).toEqual([undefined, true]);
  });

  test('redirect points elsewhere, nothing happens', async () => {
    const { answer, done } = await struck({ kind: 'redirect', location: 'https://pbx.example/' });
    expect([answer?.status, answer?.headers.location, done]).toEqual([307, 'https://pbx.example/', false]);
  });

  test('slowloris carries out and drips the answer', async () => {
    const from = performance.now();
    const { answer, done } = await struck({ kind: 'slowloris', ms: 5 });
    expect([answer?.json.status, done]).toEqual(['Success', true]);
    expect(performance.now() - from).toBeGreaterThan(80);
  });

  test('hugeBody pours that many bytes', async () => {
    const { answer, done } = await struck({ kind: 'hugeBody', bytes: 8 * 1024 * 1024 });
    expect(answer?.text.length).toBeGreaterThan(8 * 1024 * 1024);
    expect([answer?.json.status, done]).toEqual(['Success', false]);
  });

  test('errno fails with that code, nothing happens', async () => {
    const { answer, done, box } = await struck({ kind: 'errno', errno: '30003' });
    expect([answer?.json, done]).toEqual([{ status: 'Failed', errno: '30003' }, false]);
    expect(box.requests().entries.at(-1)?.errno).toBe('30003');
  });

  test('hang never answers, and closing the lab ends it', async () => {
    const { service, box, lab } = await bench();
    const v2 = await api(service);
    box.addFault({ kind: 'hang' });
    const waiting = v2('extension/update', DND).then(
      () => 'answered',
      () => 'cut',
    );
    expect(await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 60, 'waits'))])).toBe(
      'waits',
    );
    await lab.close();
    expect(await waiting).toBe('cut');
    expect(box.saved()['1000']?.dnd).toBe('off');
  });

  test.each([false, true])('offline closes connections at accept (TLS %s)', async (tls) => {
    const { service, box } = await bench({ tls });
    box.addFault({ kind: 'offline', times: 0 });
    await expect(login(service)).rejects.toThrow();
    await expect(login(service)).rejects.toThrow();
    box.clearFaults();
    expect((await login(service)).json.status).toBe('Success');
    expect(box.requests().total).toBe(1);
  });
});

describe('when a fault strikes', () => {
  test('once by default', async () => {
    const { v2 } = await struck({ kind: 'errno' });
    expect((await v2('extension/update', DND)).json.status).toBe('Success');
  });

  test('from the nth request that matches, that many times', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    box.addFault({ kind: 'errno', match: { path: 'list', nth: 2 }, times: 2 });
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push((await v2('extension/list')).json.errno);
    expect(answers).toEqual([undefined, '20010', '20010', undefined]);
    expect(box.faults()[0]).toMatchObject({ kind: 'errno', struck: 2 });
  });

  test('until cleared with times 0', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    const id = box.addFault({ kind: 'errno', times: 0 });
    for (let count = 0; count < 3; count += 1) {
      expect((await v2('extension/list')).json.errno).toBe('20010');
    }
    box.clearFaults(id);
    expect((await v2('extension/list')).json.status).toBe('Success');
  });

  test('latency joins another fault', async () => {
    const { service, box } = await bench();
    box.addFault({ kind: 'latency', ms: 100 });
    box.addFault({ kind: 'status', status: 502 });
    const from = performance.now();
    expect((await login(service)).status).toBe(502);
    expect(performance.now() - from).toBeGreaterThan(95);
  });

  test('a redirect that is followed shows in the log', async () => {
    const { service, box } = await bench();
    box.addFault({ kind: 'redirect' });
    const { headers } = await login(service);
    await send(`${service.url}${headers.location}`, undefined, { method: 'GET' });
    expect(box.requests().counts['/redirected']).toBe(1);
  });
});
