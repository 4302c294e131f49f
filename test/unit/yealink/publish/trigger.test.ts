import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../engine/model/index.ts';
import type { Write } from '../../../../providers/contract.ts';
import type { Answer } from '../../../support/serve.ts';
import { create, remove } from '../pure/declared.ts';
import { takeApi } from '../web/api-phone.ts';
import { answering, newPhone, type Phone } from '../web/phone.ts';
import { type Call, type Server, servePhone } from '../web/support.ts';
import { type Desk, logLine, MAC, newDesk, type Opening, WEB_PASSWORD } from './desk.ts';

let desk: Desk;
let server: Server | undefined;
let socket: Socket | undefined;

beforeEach(async () => {
  desk = await newDesk();
});
afterEach(async () => {
  await server?.stop();
  socket?.close();
  server = undefined;
  socket = undefined;
  await desk.remove();
});

function endpoint(url: string): Endpoint {
  return { url, tls: {}, insecure: 'test on loopback' };
}

/** A phone's SIP port that answers 200 to everything. */
async function listen(): Promise<{ port: number; packets: string[] }> {
  const packets: string[] = [];
  const listener = createSocket('udp4');
  socket = listener;
  listener.on('message', (data, from) => {
    packets.push(data.toString());
    const kept = data
      .toString()
      .split('\r\n')
      .filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
    listener.send(['SIP/2.0 200 OK', ...kept, '', ''].join('\r\n'), from.port, from.address);
  });
  await new Promise<void>((resolve) => listener.bind(0, '127.0.0.1', resolve));
  return { port: listener.address().port, packets };
}

const triggered = () => desk.logs.filter((line) => line.startsWith('trigger'));

describe('a phone that is told by NOTIFY', () => {
  async function opened(port: number, change: Opening = {}) {
    const target = { endpoint: endpoint('http://127.0.0.1') };
    return desk.open({ target, publication: { trigger: 'notify', sipPort: port }, ...change });
  }

  it('is told once, after the last write', async () => {
    const { port, packets } = await listen();
    const session = await opened(port);
    await session.apply(create());
    await session.apply(remove('2'));
    expect(packets).toHaveLength(0);
    await session.close();
    expect(packets).toHaveLength(1);
    expect(packets[0]).toContain(`NOTIFY sip:${MAC}@127.0.0.1:${port} SIP/2.0`);
  });

  it('is told before it is read again, and not twice', async () => {
    const { port, packets } = await listen();
    const session = await opened(port);
    await session.apply(create());
    await session.read({ kinds: ['account'] });
    await session.read({ kinds: ['account'] });
    await session.close();
    await session.close();
    expect(packets).toHaveLength(1);
  });

  it('is not told of nothing', async () => {
    const { port, packets } = await listen();
    const session = await opened(port);
    await session.read({ kinds: ['account'] });
    await session.apply(create({ values: { label: '\n' } })).catch(() => {});
    await session.close();
    expect(packets).toHaveLength(0);
  });

  it('is told in the next second where a log is to prove the fetch', async () => {
    const { port } = await listen();
    const session = await opened(port, { log: true });
    await session.apply(create());
    await session.close();
    expect(desk.slept).toContain(1_000);
  });

  it('that is not there has its file all the same, and stays to be told of', async () => {
    const session = await opened(9);
    await session.apply(create());
    const { resources } = await session.read({ kinds: ['account'] });
    await session.close();
    expect(resources).toMatchObject([{ key: '1', delivery: 'unknown' }]);
    expect(triggered()).toEqual([expect.stringContaining('"code":"unreachable"')]);
  });

  it('that could not be told is shown with why', async () => {
    const session = await opened(9);
    await session.apply(create());
    const { diagnostics } = await session.read({ kinds: ['account'] });
    await session.close();
    expect(diagnostics).toMatchObject([
      {
        code: 'trigger-failed',
        severity: 'warning',
        params: { target: 'acme/device:recepcion', trigger: 'notify', kind: 'unreachable' },
      },
    ]);
  });

  it('that was told is shown with no warning', async () => {
    const { port } = await listen();
    const session = await opened(port);
    await session.apply(create());
    expect(await session.read({ kinds: ['account'] })).not.toHaveProperty('diagnostics');
    await session.close();
  });

  it('is not told after the end of the run', async () => {
    const { port, packets } = await listen();
    const end = new AbortController();
    const session = await opened(port, { signal: end.signal });
    await session.apply(create());
    end.abort();
    await session.close();
    expect(packets).toHaveLength(0);
  });
});

describe('a phone that an earlier run wrote for without telling it', () => {
  let port: number;
  let packets: string[];

  beforeEach(async () => {
    ({ port, packets } = await listen());
    await desk.put('access.log', '');
    const end = new AbortController();
    const session = await opened({ signal: end.signal });
    await session.apply(create());
    end.abort();
    await session.close();
  });

  function opened(change: Opening = {}) {
    const target = { endpoint: endpoint('http://127.0.0.1:1') };
    return desk.open({ target, publication: { trigger: 'notify', sipPort: port }, log: true, ...change });
  }

  async function look(change: Opening = {}, ...writes: readonly Write[]): Promise<void> {
    const session = await opened(change);
    await session.read({ kinds: ['account'] });
    for (const write of writes) await session.apply(write);
    await session.read({ kinds: ['account'] });
    await session.close();
    await session.close();
  }

  it('is told by the next one that may write, once, at its end', async () => {
    const session = await opened();
    expect((await session.read({ kinds: ['account'] })).resources).toMatchObject([{ delivery: 'waiting' }]);
    await session.read({ kinds: ['account'] });
    expect(packets).toHaveLength(0);
    await session.close();
    await session.close();
    expect(packets).toHaveLength(1);
  });

  it('is told once where that one writes too', async () => {
    await look({}, remove('2'));
    expect(packets).toHaveLength(1);
  });

  it('is not told by one that only reads', async () => {
    await look({ purpose: 'read' });
    expect(packets).toHaveLength(0);
  });

  it('is not told by one that is ended', async () => {
    const end = new AbortController();
    const session = await opened({ signal: end.signal });
    await session.read({ kinds: ['account'] });
    end.abort();
    await session.close();
    expect(packets).toHaveLength(0);
  });

  it('is not told once the log proves that it fetched', async () => {
    await desk.put('access.log', `${logLine((await desk.modifiedAt(`${MAC}.cfg`)) + 1_000)}\n`);
    await look();
    expect(packets).toHaveLength(0);
  });

  it('is not told where nothing tells whether it fetched', async () => {
    await look({ log: false });
    expect(packets).toHaveLength(0);
  });

  it('is not told of a file that is another phone’s', async () => {
    const text = await desk.text(`${MAC}.cfg`);
    await desk.put(`${MAC}.cfg`, text.replace(MAC, '805ec0000009'));
    await look();
    expect(packets).toHaveLength(0);
  });

  it('is not told of a file that we did not write', async () => {
    await desk.put(`${MAC}.cfg`, '#!version:1.0.0.1\naccount.1.enable = 1\n');
    await look();
    expect(packets).toHaveLength(0);
  });

  it('is not told where its boot file leads elsewhere: that would not help', async () => {
    await desk.put(`${MAC}.boot`, '#!version:1.0.0.1\n');
    await look();
    expect(packets).toHaveLength(0);
  });
});

describe('a phone whose own word is that it lacks what is in its file', () => {
  const mac = (phone: Phone, value: string) => Object.assign(phone, { mac: value });

  async function packetsFor(phone: Phone): Promise<number> {
    const { port, packets } = await listen();
    const shown = await servePhone(answering(phone, takeApi));
    server = shown;
    const end = new AbortController();
    const target = { endpoint: endpoint(shown.url), host: shown.url };
    const opening = { target, publication: { trigger: 'notify', sipPort: port }, login: true } as const;
    const first = await desk.open({ ...opening, signal: end.signal });
    await first.apply(create());
    end.abort();
    await first.close();
    const session = await desk.open(opening);
    await session.read({ kinds: ['account'] });
    await session.close();
    return packets.length;
  }

  it('is told without a log', async () => {
    expect(await packetsFor(newPhone())).toBe(1);
  });

  it('is not told where another phone answers there', async () => {
    expect(await packetsFor(mac(newPhone(), '805ec0000077'))).toBe(0);
  });
});

describe('a phone that is told by its Action URI', () => {
  async function told(answer: Answer, writes = 1): Promise<readonly Call[]> {
    server = await servePhone((call) =>
      call.query.get('key') === 'AutoP' ? answer : { status: 404, text: '' },
    );
    const target = { endpoint: endpoint(server.url) };
    const session = await desk.open({ target, publication: { trigger: 'action-uri' }, login: true });
    for (let count = 0; count < writes; count += 1) {
      await session.apply(create());
      await session.read({ kinds: ['account'] });
    }
    await session.close();
    return server.calls.filter(({ query }) => query.get('key') !== null);
  }

  it('is asked with its login', async () => {
    const [call, ...more] = await told({ text: '' });
    const login = Buffer.from(`admin:${WEB_PASSWORD}`).toString('base64');
    expect(call).toMatchObject({
      method: 'GET',
      path: '/servlet',
      headers: { authorization: `Basic ${login}` },
    });
    expect(more).toEqual([]);
    expect(triggered()).toEqual([expect.stringContaining('"trigger":"action-uri"')]);
  });

  it.each([
    [401, 'wrong-credentials'],
    [403, 'forbidden'],
    [404, 'strange-answer'],
    [302, 'redirected'],
  ])('that answers %i has its file all the same: %s', async (status, code) => {
    await told({ status, text: '', headers: status === 302 ? { location: 'http://198.51.100.7/' } : {} });
    expect(triggered()).toEqual([expect.stringContaining(`"code":"${code}"`)]);
    expect(await desk.text(`${MAC}.cfg`)).toContain('account.1.enable = 1');
  });

  it('that refused the login before is asked once by the next run', async () => {
    await desk.put('access.log', '');
    await told({ status: 401, text: '' });
    await server?.stop();
    server = await servePhone((call) => ({ status: call.query.get('key') === null ? 404 : 401, text: '' }));
    const session = await desk.open({
      target: { endpoint: endpoint(server.url) },
      publication: { trigger: 'action-uri' },
      login: true,
      log: true,
    });
    await session.read({ kinds: ['account'] });
    await session.close();
    await session.close();
    expect(server.calls.filter(({ query }) => query.get('key') !== null)).toHaveLength(1);
  });

  it('that refuses the login is not asked again', async () => {
    expect(await told({ status: 401, text: '' }, 3)).toHaveLength(1);
  });

  it('without a login is not asked', async () => {
    server = await servePhone(() => ({ text: '' }));
    const target = { endpoint: endpoint(server.url) };
    const session = await desk.open({ target, publication: { trigger: 'action-uri' } });
    await session.apply(create());
    await session.close();
    expect(server.calls).toEqual([]);
    expect(triggered()).toEqual([expect.stringContaining('"code":"credential-missing"')]);
  });

  it('has its password in no log line', async () => {
    await told({ status: 401, text: '' });
    const hidden = [WEB_PASSWORD, Buffer.from(`admin:${WEB_PASSWORD}`).toString('base64')];
    expect(hidden.filter((text) => desk.logs.join('\n').includes(text))).toEqual([]);
  });
});
