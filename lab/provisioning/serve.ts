import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, fileAnswer, page, spoilt } from './answer.ts';
import type { LabProvisioningOptions, LabProvisioningRequest } from './contract.ts';
import type { FaultList } from './faults.ts';
import type { Line } from './log.ts';
import { type Visitor, visitorOf } from './login.ts';

/** What serving a request needs and leaves behind. */
export interface Desk {
  readonly options: LabProvisioningOptions;
  readonly faults: FaultList;
  now(): number;
  note(request: LabProvisioningRequest): void;
  log(line: Line): void;
}

/** Answers one request. It stands in the log before its last byte is sent, so that whoever has the file can rely on the line. */
export async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: target = '/', headers, socket, httpVersion } = request;
  const { 'user-agent': userAgent = '', referer = '' } = headers;
  const visitor = visitorOf(headers.authorization, desk.options.login);
  const fault = desk.faults.strike(target);
  const found = await answerTo(method, target, visitor, desk.options.folder);
  const answer = fault === undefined ? found : spoilt(fault, found);
  const body = method === 'HEAD' ? Buffer.alloc(0) : sentPart(answer);
  const { status } = answer;
  const { remoteAddress: address = '' } = socket;
  const at = desk.now();
  desk.note({ method, path: target, status, userAgent, at });
  const asked = { address, user: visitor.user, at, method, target, httpVersion, referer, userAgent };
  desk.log({ ...asked, status, bytes: body.length });
  response.writeHead(status, { ...answer.headers, 'Content-Length': answer.body.length });
  if (answer.isTruncated) response.write(body, () => response.destroy());
  else response.end(body);
}

async function answerTo(method: string, target: string, visitor: Visitor, folder: string): Promise<Answer> {
  if (!visitor.isWelcome) {
    return page(401, '401 Authorization Required', { 'WWW-Authenticate': 'Basic realm="phones"' });
  }
  if (method !== 'GET' && method !== 'HEAD') return page(405, '405 Not Allowed');
  return fileAnswer(folder, target.split('?', 1)[0] ?? '/');
}

function sentPart({ body, isTruncated }: Answer): Buffer {
  return isTruncated ? body.subarray(0, Math.floor(body.length / 2)) : body;
}
