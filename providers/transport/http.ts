import { setMaxListeners } from 'node:events';
import { AltaError, type Endpoint, type Secret } from '../../engine/model/index.ts';
import type { SessionContext } from '../contract.ts';
import { DEFAULT_TIMEOUT_MS } from './deadline.ts';
import { errandOf, exchange } from './exchange.ts';
import { createLanes } from './lanes.ts';
import { type Site, siteOf } from './site.ts';
import type { SshAccess } from './ssh.ts';
import { wayTo } from './way.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request to the endpoint's host. Nothing of it but `operation` and lengths ever stands in an error or a log line. */
export interface HttpRequest {
  readonly method: Method;
  /** Starts with `/`, already encoded, without a query. Appended to the path of the endpoint's URL. */
  readonly path: string;
  /** Percent-encoded here. */
  readonly query?: Readonly<Record<string, string | Secret>>;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: string | Secret | Uint8Array;
  /** For everything from the start of the turn (connecting included) to the last byte, ms; default 15 000. */
  readonly timeoutMs?: number;
  /** Longest body accepted, bytes; default 32 MiB. */
  readonly maxBytes?: number;
  /** Takes a writer's turn at the gate; never repeated; its errors say what was `written`. */
  readonly write?: boolean;
  /** Sent over a connection of its own and never repeated: for logins, which count towards a lock-out. */
  readonly once?: boolean;
  /** For errors and logs: `extension/query`. Never holds a value. */
  readonly operation: string;
}

/** Whatever the host answered, also 3xx, 4xx and 5xx. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. Repeated headers are joined by `, `, repeated `set-cookie` by line feeds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends all connections; requests under way fail as `aborted`. Never throws; safe to call twice. */
  close(): Promise<void>;
}

/** What the transport needs of a session. */
export type HttpContext = Pick<SessionContext, 'signal' | 'gate' | 'clock' | 'log'>;

/**
 * A client for one endpoint. Nothing is dialled before the first request. Throws `url-invalid`, `insecure-url`,
 * `tls-pins-invalid`, and `ssh-key` where the endpoint lies behind a bastion and `ssh` is missing or unusable.
 *
 * Requests throw: `unreachable` (refused, no route, no such name, no answer), `timeout`, `connection-reset`,
 * `answer-too-large`, `strange-answer` (not HTTP), `tls-untrusted`, `tls-pin-mismatch`, `tls-handshake`,
 * `address-refused`, `request-unsendable`, `aborted`, and the `ssh-…` codes. The errors of a `write` say `nothing` where
 * no connection stood, `unknown` otherwise.
 */
export async function openHttp(
  endpoint: Endpoint,
  context: HttpContext,
  ssh?: SshAccess,
): Promise<HttpClient> {
  // As many as there are requests under way and waiting, which is no leak.
  setMaxListeners(0, context.signal);
  const site = siteOf(endpoint);
  const way = await wayTo(site, endpoint.via, ssh);
  const lanes = createLanes(site.origin, way);
  return {
    request: (request) => inTurn(request, site, context, () => exchange(request, site, lanes, context)),
    close: async () => {
      await lanes.close();
      way.leave();
    },
  };
}

/** The deadline starts with the turn: a long queue at the gate is no fault of the host. */
async function inTurn(
  request: HttpRequest,
  site: Site,
  context: HttpContext,
  send: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const { gate } = context;
  let started = false;
  const start = () => {
    started = true;
    return send();
  };
  try {
    if (!request.write) return await gate.read(start, context.signal);
    return await gate.write(start, context.signal, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  } catch (error) {
    throw started ? error : neverStarted(error, request, site, context.signal);
  }
}

/** What ended the wait for a turn: the run, or the lease that allows no more writes. */
function neverStarted(error: unknown, request: HttpRequest, site: Site, run: AbortSignal): unknown {
  const facts = request.write ? ({ written: 'nothing' } as const) : {};
  const isAbort = error === run.reason || (error instanceof Error && error.name === 'AbortError');
  if (isAbort) return new AltaError('aborted', { ...errandOf(request, site) }, facts);
  if (!(error instanceof AltaError)) return error;
  return new AltaError(error.code, error.params, { ...error.facts, ...facts });
}
