import type { Doorstep, Driver, HostGate, PoweredSession } from '../../../providers/contract.ts';
import { onceRefused } from '../../../providers/transport/flight.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import { AltaError, type HostLimits, originOf, type Target } from '../../model/index.ts';
import type { Vault } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';
import { bastionKeys } from './bastion-keys.ts';
import { patient } from './patience.ts';
import { refusedLogins } from './refused.ts';

/** Asked immediately before every remote write: throws where a lease no longer covers the call. */
export type WriteGuard = (deadlineMs: number) => void | Promise<void>;

/** The sessions of one run: one per target, one gate per host, one try per credential. */
export interface Sessions {
  /** The target's session; the same one for every caller. A failed login stays failed for the run. */
  open(
    target: Target,
    driver: Driver,
    purpose: 'read' | 'write',
    guard?: WriteGuard,
  ): Promise<PoweredSession>;
  /** What a look without credentials tells of a target's API; null where there is no address, or the driver does not look. */
  knock(target: Target, driver: Driver): Promise<Doorstep | null>;
  /** Ends one session, if there is one: the next to ask for it logs in anew. Never throws. */
  leave(target: Target, purpose: 'read' | 'write'): Promise<void>;
  close(): Promise<void>;
}

/** What a lease must still cover where a driver does not say how long its write may take. */
const longestWriteMs = 15_000;

/** `retryRefused`: try credentials again that an earlier run learned to be refused. */
export function createSessions(
  context: RunContext,
  vault: Vault,
  options: { readonly retryRefused: boolean } = { retryRefused: false },
): Sessions {
  const gates = new Map<string, HostGate>();
  const refusals = onceRefused();
  const refused = refusedLogins(context, vault);
  const keyTo = bastionKeys(vault);
  const opened = new Map<string, Promise<PoweredSession>>();

  const gateOf = (target: Target, driver: Driver): HostGate => {
    const known = gates.get(target.host);
    if (known !== undefined) return known;
    const gate = createGate(paced(driver.facts.host, target), context.clock);
    gates.set(target.host, gate);
    return gate;
  };

  /** Everything of a session's context but who we are and what we may do. */
  const surroundings = async (target: Target, driver: Driver, guard?: WriteGuard) => {
    const { via } = target.endpoint ?? {};
    return {
      ...(via === undefined ? {} : { ssh: await keyTo(via) }),
      signal: context.abort,
      gate: guarded(gateOf(target, driver), guard),
      clock: context.clock,
      root: context.root,
      log: context.log,
    };
  };

  const login: Sessions['open'] = async (target, driver, purpose, guard) => {
    const credentials = await vault.credential(target.credentials[purpose], originOf(target));
    const around = await surroundings(target, driver, guard);
    const place = target.publication?.store.place;
    const store = place !== undefined && 'sftp' in place ? { store: await keyTo(place.sftp) } : {};
    const origin = target.host;
    const at = options.retryRefused ? null : refused.since(origin, credentials);
    if (at !== null) throw new AltaError('refused-before', { host: origin, at }, { written: 'nothing' });
    const enter = (): Promise<PoweredSession> =>
      driver.open(target, { ...around, ...store, credentials, purpose });
    try {
      const session = await refusals.attempt({ origin, credentials }, enter);
      refused.forget(origin, credentials);
      const remember = (refusal: AltaError): void => {
        refusals.rememberRefusal({ origin, credentials }, refusal);
        refused.remember(origin, credentials);
      };
      return patient(remembering(session, remember), context);
    } catch (error) {
      if (error instanceof AltaError && error.code === 'wrong-credentials')
        refused.remember(origin, credentials);
      throw error;
    }
  };

  const nameOf = (target: Target, purpose: 'read' | 'write'): string => `${purpose} ${target.address}`;

  return {
    open: (target, driver, purpose, guard) => {
      const key = nameOf(target, purpose);
      const known = opened.get(key);
      if (known !== undefined) return known;
      const session = login(target, driver, purpose, guard);
      opened.set(key, session);
      return session;
    },
    knock: async (target, driver) => {
      if (target.endpoint === null || driver.knock === undefined) return null;
      return driver.knock(target, {
        ...(await surroundings(target, driver)),
        credentials: {},
        purpose: 'read',
      });
    },
    leave: async (target, purpose) => {
      const key = nameOf(target, purpose);
      const session = await opened.get(key)?.catch(() => null);
      opened.delete(key);
      await session?.close();
    },
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(
        all.map((session) => (session.status === 'fulfilled' ? session.value.close() : null)),
      );
    },
  };
}

/** A session that tells when its credentials are refused: some log in at their first request, or anew where the host ended their session. */
function remembering(session: PoweredSession, remember: (refusal: AltaError) => void): PoweredSession {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof AltaError && error.code === 'wrong-credentials') remember(error);
      throw error;
    }
  };
  const { registrations, ready, commit, callFlows, placeCall } = session;
  return {
    ...session,
    read: (scope) => told(session.read(scope)),
    apply: (write) => told(session.apply(write)),
    ...(registrations && { registrations: (keys) => told(registrations(keys)) }),
    ...(ready && { ready: () => told(ready()) }),
    ...(commit && { commit: () => told(commit()) }),
    ...(callFlows && { callFlows: (asked) => told(callFlows(asked)) }),
    ...(placeCall && { placeCall: (from, to) => told(placeCall(from, to)) }),
  };
}

/** The vendor's limits, unless this target's options name their own. */
function paced(limits: HostLimits, target: Target): HostLimits {
  const { options } = target;
  const number = (name: keyof HostLimits): number | undefined =>
    typeof options[name] === 'number' ? options[name] : undefined;
  return {
    ...limits,
    concurrency: number('concurrency') ?? limits.concurrency,
    readIntervalMs: number('readIntervalMs') ?? limits.readIntervalMs,
    writeIntervalMs: number('writeIntervalMs') ?? limits.writeIntervalMs,
  };
}

/** The host's gate with one client's leases in front of every write. */
function guarded(gate: HostGate, guard: WriteGuard | undefined): HostGate {
  if (guard === undefined) return gate;
  return {
    read: (request, signal) => gate.read(request, signal),
    write: (request, signal, deadlineMs = longestWriteMs) =>
      gate.write(
        async () => {
          await guard(deadlineMs);
          return request();
        },
        signal,
        deadlineMs,
      ),
  };
}
