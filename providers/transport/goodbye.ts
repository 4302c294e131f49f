import type { HostGate, SessionContext } from '../contract.ts';

/** A way to a target, as the drivers' own links hold it. */
export interface Way {
  readonly http: { close(): Promise<void> };
  readonly context: SessionContext;
}

/** How a driver leaves a target. */
export interface Goodbye<L extends Way> {
  /** A new way to the target, for when the session's own is dead. */
  readonly connect: (context: SessionContext) => Promise<L>;
  readonly say: (link: L) => Promise<unknown>;
  /** How long leaving may take in all after an abort. */
  readonly ms: number;
}

/** Says goodbye as far as that is possible: after an abort too, when the session's own connections are dead. Never throws. */
export async function leaveBy<L extends Way>(link: L, goodbye: Goodbye<L>): Promise<void> {
  try {
    if (link.context.signal.aborted) await leaveAnew(link.context, goodbye);
    else await goodbye.say(link);
  } catch {
    // No connection for a goodbye: targets end an idle session by themselves.
  }
}

async function leaveAnew<L extends Way>(
  context: SessionContext,
  { connect, say, ms }: Goodbye<L>,
): Promise<void> {
  const anew = await connect(farewell(context, ms));
  try {
    await say(anew);
  } finally {
    await anew.http.close();
  }
}

/** A session's `close`: leaves once, in every path, then closes its connections. */
export function closerBy<L extends Way>(link: L, goodbye: Goodbye<L>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= leaveBy(link, goodbye).then(() => link.http.close());
    return closing;
  };
}

/**
 * The context for logging out after an abort, when the session's own signal and connections are dead: open the transport anew with it. Its
 * signal has a time of its own, and it waits for nobody's turn. (No `AbortSignal.timeout`: on Node 20 one that is joined to others may be
 * collected before it fires.)
 * @param ms how long leaving may take in all
 */
export function farewell(context: SessionContext, ms: number): SessionContext {
  const end = new AbortController();
  setTimeout(() => end.abort(), ms).unref();
  return { ...context, signal: end.signal, gate: noTurns };
}

/** A goodbye waits for nobody. */
const noTurns: HostGate = { read: (request) => request(), write: (request) => request() };
