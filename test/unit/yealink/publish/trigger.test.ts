import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../engine/model/index.ts';
import { create, remove } from '../pure/declared.ts';
import { type Answer, type Call, type Server, serve } from '../web/support.ts';
import { type Desk, MAC, newDesk, type Opening, WEB_PASSWORD } from './desk.ts';

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

describe('a phone that is told by its Action URI', () => {
  async function told(answer: Answer, writes = 1): Promise<readonly Call[]> {
    server = await serve((call) => (call.query.get('key') === 'AutoP' ? answer : { status: 404, text: '' }));
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

  it('that refuses the login is not asked again', async () => {
    expect(await told({ status: 401, text: '' }, 3)).toHaveLength(1);
  });

  it('without a login is not asked', async () => {
    server = await serve(() => ({ text: '' }));
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
