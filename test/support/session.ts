/** What a driver's unit tests open their sessions with. */
import { tmpdir } from 'node:os';
import { AltaError, type HostLimits, Secret } from '../../engine/model/index.ts';
import type { Clock, PoweredSession, SessionContext } from '../../providers/contract.ts';
import { createGate } from '../../providers/transport/gate.ts';

/** How a session of a test differs from the usual one, which may write. */
export interface Opening {
  readonly purpose?: 'read' | 'write';
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Takes the session's log lines: event and facts as JSON. */
  readonly logs?: string[];
}

/**
 * @param parts of the credential, in clear: `{ username, password }`
 * @param limits of the driver's facts; the pause between writes is left out
 */
export function sessionContext(
  parts: Readonly<Record<string, string>>,
  limits: HostLimits,
  { purpose = 'write', clock = handClock(), signal = new AbortController().signal, logs }: Opening = {},
): SessionContext {
  const secrets = Object.entries(parts).map(([name, value]) => [name, new Secret(value)] as const);
  return {
    credentials: Object.fromEntries(secrets),
    signal,
    gate: createGate({ ...limits, writeIntervalMs: 0 }, clock),
    purpose,
    clock,
    root: tmpdir(),
    log: (event, facts) => logs?.push(`${event} ${JSON.stringify(facts)}`),
  };
}

/** Time that passes only when somebody sleeps or says so. */
export interface HandClock extends Clock {
  readonly slept: number[];
  pass(ms: number): void;
}

export function handClock(): HandClock {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    elapsed: () => now,
    pass: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

/** Uses a session and closes it. */
export async function inSession<S extends PoweredSession, T>(
  opened: Promise<S>,
  use: (session: S) => Promise<T>,
): Promise<T> {
  const session = await opened;
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** The AltaError that a promise must fail with. */
export async function errorOf(promise: Promise<unknown>): Promise<AltaError> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof AltaError) return outcome;
  throw new Error(`expected an AltaError, got ${String(outcome)}`);
}
