import type { HostGate, SessionContext } from '../contract.ts';

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
