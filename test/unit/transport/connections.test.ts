import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { realClock } from '../../../providers/transport/clock.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import { cleanup, HEAD, OK, opened, read, write } from './http-scene.ts';
import { later, type Started, serveHttp, serveTcp, thrown, wide } from './servers.ts';

describe('a server that closes after each answer', () => {
  const closing = () =>
    serveHttp((_request, response) => response.setHeader('connection', 'close').end('ok'));

  it('answers five requests one after another', async () => {
    const client = await opened(await closing());
    const bodies: string[] = [];
    for (const _ of [1, 2, 3, 4, 5]) bodies.push((await client.request(read)).body.toString());
    expect(bodies).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('answers five requests at once', async () => {
    const client = await opened(await closing());
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => client.request(read)));
    expect(answers.map(({ body }) => body.toString())).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('answers five writes one after another', async () => {
    const client = await opened(await closing());
    const statuses: number[] = [];
    for (const _ of [1, 2, 3, 4, 5]) statuses.push((await client.request(write)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });

  it('may forget to say so', async () => {
    const client = await opened(
      await serveTcp((socket) => socket.once('data', () => socket.end(`${HEAD}\r\nok`))),
    );
    const bodies: string[] = [];
    for (const _ of [1, 2, 3, 4, 5]) bodies.push((await client.request(read)).body.toString());
    expect(bodies).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });
});

describe('a kept connection', () => {
  /** Answers the first request of each connection; does `then` at the second. Counts requests per connection. */
  async function stale(then: (socket: Socket) => void): Promise<{ server: Started; counts: number[] }> {
    const counts: number[] = [];
    const server = await serveTcp((socket) => {
      const index = counts.push(0) - 1;
      socket.on('data', () => {
        const count = (counts[index] ?? 0) + 1;
        counts[index] = count;
        if (count === 1) socket.write(OK);
        else then(socket);
      });
    });
    return { server, counts };
  }

  it('serves several requests', async () => {
    const { server, counts } = await stale((socket) => socket.write(OK));
    const client = await opened(server);
    for (const _ of [1, 2, 3]) await client.request(read);
    expect(counts).toEqual([3]);
  });

  it('that the host has closed in between is replaced', async () => {
    const server = await serveTcp((socket) =>
      socket.once('data', () => socket.write(OK, () => socket.end())),
    );
    const client = await opened(server);
    await client.request(write);
    await later(30);
    expect((await client.request(write)).status).toBe(200);
  });

  it('that breaks under a read is replaced once', async () => {
    const { server, counts } = await stale((socket) => socket.destroy());
    const client = await opened(server);
    await client.request(read);
    expect((await client.request(read)).status).toBe(200);
    expect(counts).toEqual([2, 1]);
  });

  it('that is reset under a read is replaced once', async () => {
    const { server, counts } = await stale((socket) => socket.resetAndDestroy());
    const client = await opened(server);
    await client.request(read);
    expect((await client.request(read)).status).toBe(200);
    expect(counts).toEqual([2, 1]);
  });

  it('that breaks under a write fails', async () => {
    const { server, counts } = await stale((socket) => socket.destroy());
    const client = await opened(server);
    await client.request(read);
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'connection-reset',
      written: 'unknown',
    });
    expect(counts).toEqual([2]);
  });

  it('that breaks in the middle of an answer fails', async () => {
    const { server, counts } = await stale((socket) => socket.end(`${HEAD}content-length: 9\r\n\r\nok`));
    const client = await opened(server);
    await client.request(read);
    expect(await thrown(client.request(read))).toMatchObject({ code: 'connection-reset' });
    expect(counts).toEqual([2]);
  });

  it('is not used for what may be sent only once', async () => {
    const { server, counts } = await stale((socket) => socket.destroy());
    const client = await opened(server);
    await client.request(read);
    expect((await client.request({ ...read, once: true })).status).toBe(200);
    expect(counts).toEqual([1, 1]);
  });

  it('is no reason to repeat on a new one', async () => {
    let connections = 0;
    const server = await serveTcp((socket) => {
      connections += 1;
      socket.once('data', () => socket.destroy());
    });
    const client = await opened(server);
    expect(await thrown(client.request(read))).toMatchObject({ code: 'connection-reset' });
    expect(connections).toBe(1);
  });
});

describe('many requests at once', () => {
  it('raise no warning about listeners', async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on('warning', note);
    cleanup.push(async () => void process.off('warning', note));
    const gate = createGate({ ...wide, concurrency: 20 }, realClock, {
      signal: new AbortController().signal,
    });
    const client = await opened(await serveHttp((_request, response) => response.end('ok')), { gate });
    await Promise.all(Array.from({ length: 60 }, () => client.request(read)));
    await later(10);
    expect(warnings).toEqual([]);
  });
});

describe('close', () => {
  it('ends what is under way', async () => {
    const client = await opened(await serveTcp(() => {}));
    const waiting = thrown(client.request(write));
    await later(50);
    await client.close();
    expect(await waiting).toMatchObject({ code: 'aborted', written: 'unknown' });
  });

  it('refuses what comes after it', async () => {
    const client = await opened(await serveHttp((_request, response) => response.end()));
    await client.close();
    expect(await thrown(client.request(write))).toMatchObject({ code: 'aborted', written: 'nothing' });
  });

  it('may be called twice', async () => {
    const client = await opened(await serveHttp((_request, response) => response.end()));
    await client.request(read);
    await client.close();
    await expect(client.close()).resolves.toBeUndefined();
  });
});
