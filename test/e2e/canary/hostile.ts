import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The token that a hostile box gives out: as secret as the password it stands for. */
export const token = 'c4d1e8f27b9a4063a5be61d07f3c92e8';

/** What a hostile box makes of a request of one kind. `said` is everything that the request held: URL and body. */
export type Spite = (response: ServerResponse, said: string) => void;

const json = { 'content-type': 'application/json' };

const decent: Readonly<Record<string, object>> = {
  login: { status: 'Success', token },
  logout: { status: 'Success' },
  'deviceinfo/query': {
    status: 'Success',
    deviceinfo: { devicename: 'S100', firmwarever: '30.13.0.30', sn: '000000000000' },
  },
  'extension/list': { status: 'Success', extlist: [] },
  'extension/query': { status: 'Success', extinfos: [] },
};

/** Ways to send back what was said, all of which a client could print by accident. */
export const spites: Readonly<Record<string, Spite>> = {
  'the request as the answer': (response, said) => void response.writeHead(200, json).end(said),
  'a page with the request in it': (response, said) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${said}</p>`),
  'an internal error with the request in it': (response, said) =>
    void response.writeHead(500, { 'content-type': 'text/plain' }).end(`Traceback: ${said}`),
  'the request as an error code': (response, said) =>
    void response.writeHead(200, json).end(JSON.stringify({ status: 'Failed', errno: said })),
  'the request as a status': (response, said) =>
    void response.writeHead(200, json).end(JSON.stringify({ status: said, errno: said })),
  'headers with the request in them': (response, said) =>
    void response
      .writeHead(503, { 'content-type': encodeURIComponent(said), 'retry-after': encodeURIComponent(said) })
      .end(),
  'a reason with the request in it': (response, said) =>
    void response.writeHead(418, encodeURIComponent(said)).end(),
  'a redirection with the request in it': (response, said) =>
    void response.writeHead(307, { location: `http://127.0.0.1:9/${encodeURIComponent(said)}` }).end(),
  'something that is no HTTP': (response, said) => void response.socket?.end(`${said}\r\n\r\n`),
  'half of an answer': (response, said) => {
    response.writeHead(200, { ...json, 'content-length': '100000' });
    response.write(JSON.stringify({ status: 'Failed', errno: said }), () => response.destroy());
  },
};

/** A box that is decent but for one call: `login`, `extension/add`. Answers its address. */
export async function hostileBox(call: string, spite: Spite): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const said = `${request.url} ${Buffer.concat(chunks)}`;
    const action = (request.url ?? '').replace(/^\/api\/v[0-9.]+\//, '').replace(/\?.*$/, '');
    if (action === call) return spite(response, said);
    response.writeHead(200, json).end(JSON.stringify(decent[action] ?? { status: 'Failed', errno: '10003' }));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
