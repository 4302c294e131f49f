import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { closeLater } from './fixture.ts';

/** What the server was asked. */
export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  status: number;
}

export interface FileServer {
  url: string;
  /** Path to text; may be changed at any time. */
  files: Record<string, string>;
  asked: Asked[];
  /** Paths asked for since the last call. */
  paths(): string[];
}

/** A provisioning server with files in memory, closed after the test. */
export async function fileServer(
  files: Record<string, string>,
  login?: { username: string; password: string },
  tls?: { key: string; cert: string },
): Promise<FileServer> {
  const asked: Asked[] = [];
  const wanted = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const answer: RequestListener = ({ url: path = '', headers }, response) => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    const allowed = wanted === undefined || headers.authorization === wanted;
    const status = allowed ? (content === undefined ? 404 : 200) : 401;
    asked.push({ path, headers, status });
    const type = content?.startsWith('<') ? 'text/html' : 'text/plain';
    const challenge = status === 401 ? { 'WWW-Authenticate': 'Basic realm="files"' } : {};
    response.writeHead(status, { 'Content-Type': type, ...challenge }).end(status === 200 ? content : '');
  };
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => new Promise((resolve) => server.close(resolve)));
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let seen = 0;
  const paths = () => {
    const fresh = asked.slice(seen).map(({ path }) => path);
    seen = asked.length;
    return fresh;
  };
  return { url, files, asked, paths };
}
