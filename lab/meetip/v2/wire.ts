/**
 * The wire of the API v2 of version 8.2, as far as it is known (all C: field notes): JSON, a Bearer key, real statuses, and an error
 * of four parts. What stands in those parts is I.
 */
import { randomBytes } from 'node:crypto';
import type { Reply } from '../../sabotage.ts';
import type { Platform, Tenant } from '../platform.ts';
import { SERVER } from '../wire.ts';

/** One request below `/api/org/<tenant>/v2/`. */
export interface CallV2 {
  readonly platform: Platform;
  readonly tenant: Tenant;
  readonly method: string;
  /** What follows `/v2/`, taken apart. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON of the body; undefined without one. */
  readonly body: unknown;
  readonly now: number;
}

/** A status and what it carries; a failure carries its description, or several details. */
export interface AnswerV2 {
  readonly status: number;
  readonly body?: unknown;
  readonly failure?: string;
  readonly details?: readonly string[];
  /** How late it is sent, beyond what a slow write takes. */
  readonly holdMs?: number;
}

export function ok(body: unknown, status = 200): AnswerV2 {
  return { status, body };
}

export function failed(status: number, failure: string, details: readonly string[] = []): AnswerV2 {
  return { status, failure, details };
}

const WORDS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'too_many_requests',
  500: 'internal_error',
};

/** `code`, `description`, `details` and `trace_id` (C). */
export function replyV2(answer: AnswerV2, headers: Readonly<Record<string, string>>): Reply {
  const { status, body, failure, details = [] } = answer;
  const content =
    failure === undefined
      ? body
      : {
          code: WORDS[status] ?? 'error',
          description: failure,
          details,
          trace_id: randomBytes(8).toString('hex'),
        };
  const reply: Reply = {
    status,
    headers: { ...SERVER, 'Content-Type': 'application/json', ...headers },
    body: content === undefined ? '' : JSON.stringify(content),
  };
  return failure === undefined ? reply : { ...reply, errno: `${status} ${failure}` };
}

/** A key with an object under it, or nothing. */
export function objectAt(value: unknown, key?: string): Readonly<Record<string, unknown>> {
  const inner = key === undefined ? value : objectAt(value)[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? (inner as Record<string, unknown>)
    : {};
}
