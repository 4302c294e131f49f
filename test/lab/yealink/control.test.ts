import { describe, expect, test } from 'vitest';
import { startLab } from '../../../lab/index.ts';
import { send } from '../raw.ts';
import { closeLater, phoneBench } from './fixture.ts';
import { logIn, submit } from './modern.ts';
import { get } from './servlet.ts';

async function remote() {
  const bench = await phoneBench();
  const ask = (method: string, what: string, body?: unknown) =>
    send(
      `${bench.lab.controlUrl}/phones/mesa/${what}`,
      body === undefined ? undefined : JSON.stringify(body),
      { method },
    );
  return { ...bench, ask };
}

describe('a lab with phones', () => {
  test('describes each phone', async () => {
    const { service, lab } = await phoneBench({
      mac: '80-5E-C0-AB-00-01',
      credentials: { password: 'Clave-de-7' },
    });
    expect(service).toMatchObject({
      name: 'mesa',
      driver: 'yealink',
      generation: 'c',
      model: 'T54W',
      firmware: '96.86.0.70',
      mac: '80:5e:c0:ab:00:01',
      credentials: { username: 'admin', password: 'Clave-de-7' },
    });
    expect(lab.services.map(({ driver }) => driver)).toEqual(['yeastar', 'yealink']);
    expect(lab.services.filter((one) => one.driver === 'yeastar').map(({ sip }) => sip)).toEqual([
      { server: 'sede.example', port: 5060, transport: 'udp' },
    ]);
  });

  test('makes MAC and password from the name, the same each time', async () => {
    const [one, other] = [await phoneBench(), await phoneBench()];
    const third = await phoneBench({ name: 'puerta' });
    expect(one.service.mac).toBe(other.service.mac);
    expect(one.service.mac).toMatch(/^80:5e:c0:/);
    expect(third.service.mac).not.toBe(one.service.mac);
    expect(third.service.credentials.password).not.toBe(one.service.credentials.password);
  });

  test('refuses a name twice, and one that nobody has', async () => {
    const twin = { name: 'sede', generation: 'c' } as const;
    await expect(startLab({ boxes: [{ name: 'sede', edition: 'v2.0.0' }], phones: [twin] })).rejects.toThrow(
      'share a name',
    );
    const { lab } = await phoneBench();
    expect(() => lab.phone('sede')).toThrow('no phone "sede"');
    expect(() => lab.box('mesa')).toThrow('no box "mesa"');
  });

  test('refuses a model it does not know', async () => {
    await expect(phoneBench({ model: 'T1000' })).rejects.toThrow('T1000');
  });

  test('takes ports by name', async () => {
    const first = await phoneBench();
    const port = Number(new URL(first.service.url).port);
    await first.lab.close();
    const lab = await startLab({
      boxes: [],
      phones: [{ name: 'mesa', generation: 'c', tls: false }],
      ports: { mesa: port },
    });
    closeLater(() => lab.close());
    expect(lab.phones[0]?.url).toBe(`http://127.0.0.1:${port}`);
  });
});

describe('power', () => {
  test('off refuses connections, on comes back on the same port', async () => {
    const { service, phone } = await phoneBench();
    await phone.power(false);
    await expect(get(service.url, '/api')).rejects.toThrow('ECONNREFUSED');
    await phone.power(true);
    expect((await get(service.url, '/api')).status).toBe(200);
  });

  test('is away for as long as a boot takes', async () => {
    const { service, phone } = await phoneBench({ bootMs: 300 });
    const back = phone.reboot();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(get(service.url, '/api')).rejects.toThrow('ECONNREFUSED');
    await back;
    expect((await get(service.url, '/api')).status).toBe(200);
  });

  test('a reboot ends sessions and calls', async () => {
    const { service, phone } = await phoneBench();
    await logIn(service);
    phone.call(true);
    await phone.reboot();
    const { read } = await logIn(service);
    expect((await read('/api/common/info/status/talking')).text).toContain('false');
  });
});

describe('faults strike phones too', () => {
  test('by path and count', async () => {
    const { service, phone } = await phoneBench();
    phone.addFault({ kind: 'status', status: 503, match: { path: '/api/auth/login' } });
    expect((await submit(service, 'x')).status).toBe(503);
    expect((await submit(service, 'x')).status).toBe(200);
    expect(phone.faults()).toMatchObject([{ struck: 1 }]);
  });

  test('an answer lost after the deed', async () => {
    const { service, phone } = await phoneBench();
    const { tell } = await logIn(service);
    phone.addFault({ kind: 'lostAnswer', match: { path: 'writeconfig' } });
    await expect(tell('/api/inner/writeconfig', { formData: { 'AccountLabel.1': 'x' } })).rejects.toThrow();
    expect(phone.settings()).toEqual({ 'account.1.label': 'x' });
  });

  test('a vendor failure', async () => {
    const { service, phone } = await phoneBench();
    phone.addFault({ kind: 'errno', errno: 'auth_err_user_busy' });
    expect((await get(service.url, '/api')).text).toContain('auth_err_user_busy');
  });
});

describe('the control endpoint', () => {
  test('lists phones among the services, and their routes', async () => {
    const { lab, service } = await phoneBench();
    const { text } = await send(lab.controlUrl, undefined, { method: 'GET' });
    const listed = JSON.parse(text) as { services: unknown[]; phoneRoutes: string[] };
    expect(listed.services).toContainEqual(service);
    expect(listed.phoneRoutes).toContain('POST fetch');
  });

  test('edits, and shows settings and accounts', async () => {
    const { ask, account, box } = await remote();
    await ask('POST', 'edit', { changes: account });
    expect(JSON.parse((await ask('GET', 'settings')).text)).toMatchObject({ 'account.1.label': 'Recepción' });
    expect(JSON.parse((await ask('GET', 'accounts')).text)).toMatchObject({ '1': { status: 'registered' } });
    expect(box.contacts()).toHaveProperty('1000');
  });

  test('refuses an edit of what the phone does not know', async () => {
    const { ask } = await remote();
    const answer = await ask('POST', 'edit', { changes: { 'no.such.key': '1' } });
    expect([answer.status, answer.json.error]).toEqual([400, 'mesa does not take no.such.key']);
  });

  test('occupies and vacates', async () => {
    const { ask, phone } = await remote();
    await ask('POST', 'occupy', {});
    expect(phone.sessions()).toBe(1);
    await ask('POST', 'vacate');
    expect(phone.sessions()).toBe(0);
  });

  test('reboots, switches off and on, and resets', async () => {
    const { ask, phone } = await remote();
    await ask('POST', 'reboot');
    expect(JSON.parse((await ask('GET', 'reboots')).text)).toEqual({ reboots: 1 });
    await ask('POST', 'power', { on: false });
    await ask('POST', 'power', { on: true });
    await ask('POST', 'reset');
    expect(phone.settings()).toEqual({});
  });

  test.each([
    ['GET', '/phones/other/settings', 404],
    ['GET', '/phones/mesa/saved', 404],
    ['GET', '/boxes/mesa/saved', 404],
    ['GET', '/phones/mesa/constructor', 404],
    ['POST', '/phones/mesa/call', 400],
  ])('%s %s answers %d', async (method, path, status) => {
    const { lab } = await phoneBench();
    expect((await send(`${lab.controlUrl}${path}`, undefined, { method })).status).toBe(status);
  });
});

describe('certificates', () => {
  test('rotate, and the service follows', async () => {
    const { service, phone } = await phoneBench({ tls: true });
    const before = service.pins.spki;
    const after = await phone.rotateCertificate();
    expect([service.pins, after.spki === before]).toEqual([after, false]);
  });

  test('are not there over plain HTTP', async () => {
    const { phone } = await phoneBench();
    await expect(phone.rotateCertificate()).rejects.toThrow('no certificate');
  });
});
