import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AltaError, Secret } from '../../../engine/model/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import { cleanup, HEAD, opened, read, write } from './http-scene.ts';
import { serveHttp, serveTcp, thrown, wide } from './servers.ts';

describe('an answer', () => {
  it('is handed back with status, headers and body', async () => {
    const client = await opened(
      await serveHttp((_request, response) => response.writeHead(404, { 'X-One': 'a' }).end('gone')),
    );
    const answer = await client.request(read);
    expect([answer.status, answer.headers['x-one'], answer.body.toString()]).toEqual([404, 'a', 'gone']);
  });

  it('keeps several cookies apart', async () => {
    const client = await opened(
      await serveHttp((_request, response) =>
        response.writeHead(200, { 'set-cookie': ['a=1, x', 'b=2'] }).end(),
      ),
    );
    expect((await client.request(read)).headers['set-cookie']).toBe('a=1, x\nb=2');
  });

  it('is logged without path, query and headers', async () => {
    const lines: unknown[] = [];
    const client = await opened(await serveHttp((_request, response) => response.end('abc')), {
      log: (event, facts) => lines.push([event, facts]),
    });
    await client.request({ ...read, query: { token: 'canary' } });
    expect(lines).toEqual([
      [
        'http',
        { host: expect.any(String), operation: 'test/read', status: 200, bytes: 3, ms: expect.any(Number) },
      ],
    ]);
  });
});

describe('a request', () => {
  it('opens secrets in query, headers and body', async () => {
    const seen: string[] = [];
    const server = await serveHttp(async (request, response) => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk);
      seen.push(request.url ?? '', request.headers['x-key'] as string, Buffer.concat(body).toString());
      response.end();
    });
    const client = await opened(server, {}, '/base/');
    const query = { name: 'José & María', token: new Secret('t/1') };
    const body = new Secret('b1');
    await client.request({
      ...read,
      method: 'POST',
      path: '/x',
      query,
      headers: { 'x-key': new Secret('k1') },
      body,
    });
    expect(seen).toEqual(['/base/x?name=Jos%C3%A9%20%26%20Mar%C3%ADa&token=t%2F1', 'k1', 'b1']);
  });

  it('with a line feed in a header is refused without naming it', async () => {
    const client = await opened(await serveHttp((_request, response) => response.end()));
    const error = await thrown(
      client.request({ ...write, headers: { 'x-key': new Secret('canary\r\nx: y') } }),
    );
    expect(error).toMatchObject({ code: 'request-unsendable', written: 'nothing' });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it('cannot smuggle a query into the path', async () => {
    const client = await opened(await serveHttp((_request, response) => response.end()));
    const error = await thrown(client.request({ ...write, path: '/x?token=1' }));
    expect(error).toMatchObject({ code: 'request-unsendable', written: 'nothing' });
  });
});

describe('redirection', () => {
  it('is not followed: the key of a 307 stays here', async () => {
    const elsewhere: string[] = [];
    const other = await serveHttp((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end();
    });
    cleanup.push(other.close);
    const server = await serveHttp((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${other.port}/take` }).end(),
    );
    const client = await opened(server);
    const answer = await client.request({ ...write, headers: { 'x-key': new Secret('k1') } });
    expect([answer.status, elsewhere]).toEqual([307, []]);
  });
});

describe('size', () => {
  it('ends an answer that has no end', async () => {
    const server = await serveHttp((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1024)));
      };
      response.on('drain', more);
      more();
    });
    const client = await opened(server);
    const error = await thrown(client.request({ ...read, maxBytes: 10_000 }));
    expect(error).toMatchObject({ code: 'answer-too-large', params: { limit: 10_000 } });
  });

  it('accepts an answer of exactly the limit', async () => {
    const client = await opened(await serveHttp((_request, response) => response.end(Buffer.alloc(1000))));
    expect((await client.request({ ...read, maxBytes: 1000 })).body.length).toBe(1000);
  });

  it('limits to 32 MiB where nothing is said', async () => {
    const client = await opened(
      await serveHttp((_request, response) => response.end(Buffer.alloc(32 * 1024 * 1024 + 1))),
    );
    expect(await thrown(client.request(read))).toMatchObject({ code: 'answer-too-large' });
  });
});

describe('time', () => {
  it('ends a body that comes byte by byte', async () => {
    const server = await serveHttp((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const client = await opened(server);
    const error = await thrown(client.request({ ...read, timeoutMs: 150 }));
    expect(error).toMatchObject({ code: 'timeout', params: { seconds: 0.15, operation: 'test/read' } });
  });

  it('ends a head that comes byte by byte', async () => {
    const server = await serveTcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const client = await opened(server);
    expect(await thrown(client.request({ ...read, timeoutMs: 150 }))).toMatchObject({ code: 'timeout' });
  });

  it('does not count the wait for a turn', async () => {
    const gate = createGate({ ...wide, concurrency: 1 }, realClock);
    const server = await serveHttp((_request, response) => setTimeout(() => response.end('ok'), 120));
    const client = await opened(server, { gate });
    const answers = await Promise.all([1, 2, 3].map(() => client.request({ ...read, timeoutMs: 250 })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('ends with the run', async () => {
    const run = new AbortController();
    const client = await opened(await serveHttp(() => run.abort()), { signal: run.signal });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'aborted', written: 'unknown' });
  });

  it('does not begin after the run has ended', async () => {
    const seen: string[] = [];
    const server = await serveHttp((request) => seen.push(request.url ?? ''));
    const client = await opened(server, { signal: AbortSignal.abort() });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'aborted', written: 'nothing' });
    expect(seen).toEqual([]);
  });

  it('leaves no listeners on the run', async () => {
    const run = new AbortController();
    let listeners = 0;
    const add = run.signal.addEventListener.bind(run.signal);
    const remove = run.signal.removeEventListener.bind(run.signal);
    run.signal.addEventListener = (...all: Parameters<typeof add>) => {
      listeners += 1;
      add(...all);
    };
    run.signal.removeEventListener = (...all: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...all);
    };
    const client = await opened(await serveHttp((_request, response) => response.end()), {
      signal: run.signal,
    });
    await client.request(read);
    await client.request(write);
    expect(listeners).toBe(0);
  });
});

describe('what was written', () => {
  it('is nothing where the connection was refused', async () => {
    const server = await serveTcp(() => {});
    const client = await opened(server);
    await server.close();
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'unreachable',
      params: { kind: 'ECONNREFUSED' },
      written: 'nothing',
    });
  });

  it('is unknown where the connection was cut after the request', async () => {
    const client = await opened(await serveTcp((socket) => socket.once('data', () => socket.destroy())));
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'connection-reset',
      written: 'unknown',
    });
  });

  it('is unknown where the answer was cut', async () => {
    const client = await opened(
      await serveTcp((socket) => socket.once('data', () => socket.end(`${HEAD}content-length: 9\r\n\r\nok`))),
    );
    expect(await thrown(client.request(write))).toMatchObject({
      code: 'connection-reset',
      params: { kind: 'mid-answer' },
      written: 'unknown',
    });
  });

  it('is unknown where no answer came in time', async () => {
    const client = await opened(await serveTcp(() => {}));
    const error = await thrown(client.request({ ...write, timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'timeout', written: 'unknown' });
  });

  it('is left out for reads', async () => {
    const client = await opened(await serveTcp((socket) => socket.once('data', () => socket.destroy())));
    expect(await thrown(client.request(read))).toMatchObject({
      code: 'connection-reset',
      written: undefined,
    });
  });

  it('is nothing where the lease allows no write', async () => {
    const mayWrite = () => {
      throw new AltaError('target-busy', { host: 'box.example', evidence: 'lease' });
    };
    const gate = createGate(wide, realClock, { mayWrite });
    const client = await opened(await serveHttp((_request, response) => response.end()), { gate });
    expect(await thrown(client.request(write))).toMatchObject({ code: 'target-busy', written: 'nothing' });
  });

  it('is nothing where the gate was closed in the queue', async () => {
    const run = new AbortController();
    const gate = createGate({ ...wide, concurrency: 1 }, realClock, { signal: run.signal });
    const client = await opened(await serveTcp(() => run.abort()), { gate });
    const first = thrown(client.request({ ...write, timeoutMs: 100 }));
    const second = thrown(client.request(write));
    expect(await second).toMatchObject({ code: 'aborted', written: 'nothing' });
    expect(await first).toMatchObject({ code: 'timeout', written: 'unknown' });
  });

  it('asks the gate with the time the write may take', async () => {
    const asked: number[] = [];
    const gate = createGate(wide, realClock, { mayWrite: (ms) => void asked.push(ms) });
    const client = await opened(await serveHttp((_request, response) => response.end()), { gate });
    await client.request({ ...write, timeoutMs: 4_000 });
    await client.request(write);
    expect(asked).toEqual([4_000, 15_000]);
  });
});

describe('an error', () => {
  const canary = `canary${randomBytes(8).toString('hex')}`;

  it('holds nothing of an answer that is not HTTP', async () => {
    const client = await opened(
      await serveTcp((socket) => socket.once('data', () => socket.end(`${canary} is no HTTP\r\n\r\n`))),
    );
    const error = await thrown(client.request(read));
    expect(error).toMatchObject({ code: 'strange-answer' });
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
  });

  it('holds nothing of the request', async () => {
    const client = await opened(await serveTcp((socket) => socket.once('data', () => socket.destroy())));
    const secret = new Secret(canary);
    const error = await thrown(
      client.request({
        ...write,
        path: `/${canary}`,
        query: { q: secret },
        headers: { 'x-h': secret },
        body: secret,
      }),
    );
    expect(error).toBeInstanceOf(AltaError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
  });
});
