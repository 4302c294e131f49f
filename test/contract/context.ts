import { tmpdir } from 'node:os';
import { type HostLimits, Secret } from '../../engine/model/index.ts';
import type { SessionContext } from '../../providers/contract.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { createGate } from '../../providers/transport/gate.ts';
import type { Opening } from './harness.ts';

/** What a harness knows when it makes the context of a session. */
export interface ContextInput extends Opening {
  readonly purpose: 'read' | 'write';
  readonly limits: HostLimits;
  /** Parts of the credential in clear. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Receives every log line as text. */
  readonly logs: string[];
}

/** The context of one session with the machine's clock and a gate of its own. For harnesses of any driver. */
export function sessionContext(input: ContextInput): SessionContext {
  const { mayWrite } = input;
  const credentials = Object.entries(input.credentials).map(([part, clear]) => [part, new Secret(clear)]);
  return {
    credentials: Object.fromEntries(credentials),
    signal: input.signal ?? new AbortController().signal,
    gate: createGate(input.limits, realClock, mayWrite === undefined ? {} : { mayWrite }),
    purpose: input.purpose,
    clock: realClock,
    root: tmpdir(),
    log: (event, facts) => input.logs.push(`${event} ${JSON.stringify(facts)}`),
  };
}
