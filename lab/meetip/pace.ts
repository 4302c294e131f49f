import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../sabotage.ts';

/** Never sent: tells {@link LateResponse} how long to wait. */
const HOLD = 'lab-hold-ms';

/** The reply, sent so long after what it tells of was done. */
export function held(reply: Reply, ms: number): Reply {
  return ms <= 0 ? reply : { ...reply, headers: { ...reply.headers, [HOLD]: String(ms) } };
}

/**
 * The response that the HTTP server makes for each request; Node wants a class. A held reply is put off as a whole: until then not even
 * its headers are on the wire, as with a script that has done its work and not finished.
 */
export class LateResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #holdMs = 0;

  override writeHead(status: number, headers?: unknown): this {
    const { [HOLD]: hold = '0', ...sent } = { ...(headers as Record<string, string>) };
    this.#holdMs = Number(hold);
    return super.writeHead(status, sent);
  }

  override end(content?: unknown): this {
    if (this.#holdMs <= 0) return super.end(content);
    setTimeout(() => super.end(content), this.#holdMs).unref();
    return this;
  }
}
