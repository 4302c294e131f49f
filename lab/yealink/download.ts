import { request as plainRequest } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';

/** How a phone asks a server for a file. */
export interface Download {
  userAgent: string;
  username: string;
  password: string;
  /** Whether the server's certificate must be trusted (D: `trust_certificates`); its name is not compared (D: off at first). */
  verify: boolean;
  authorities: readonly string[];
  signal: AbortSignal;
}

export interface Downloaded {
  /** 0 where no answer came. */
  status: number;
  type: string;
  body: string;
}

const PATIENCE_MS = 5000;
const LARGEST = 5 * 1024 * 1024;
const NOTHING: Downloaded = { status: 0, type: '', body: '' };

/** Basic credentials only after the server asked for them (I). Never throws. */
export async function download(address: URL, how: Download): Promise<Downloaded> {
  const first = await ask(address, how, {});
  if (first.status !== 401 || how.username === '') return first;
  const basic = Buffer.from(`${how.username}:${how.password}`).toString('base64');
  return ask(address, how, { Authorization: `Basic ${basic}` });
}

function ask(address: URL, how: Download, headers: Record<string, string>): Promise<Downloaded> {
  const request = address.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve) => {
    const sent = request(optionsOf(address, how, headers), (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST) response.destroy();
        else chunks.push(chunk);
      });
      response.on('error', () => resolve(NOTHING)).on('aborted', () => resolve(NOTHING));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body });
      });
    });
    sent.on('error', () => resolve(NOTHING)).on('close', () => resolve(NOTHING));
    sent.setTimeout(PATIENCE_MS, () => sent.destroy());
    sent.end();
  });
}

function optionsOf(address: URL, how: Download, headers: Record<string, string>): RequestOptions {
  return {
    protocol: address.protocol,
    hostname: address.hostname.replace(/^\[|\]$/g, ''),
    port: address.port,
    path: address.pathname + address.search,
    agent: false,
    headers: { 'User-Agent': how.userAgent, Accept: '*/*', ...headers },
    signal: how.signal,
    rejectUnauthorized: how.verify,
    checkServerIdentity: () => undefined,
    ...(how.authorities.length === 0 ? {} : { ca: [...how.authorities] }),
  };
}
