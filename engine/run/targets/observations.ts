import type { Observer, RegistrationReader, SessionContext } from '../../../providers/contract.ts';
import { type Login, onceRefused } from '../../../providers/transport/flight.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import {
  AltaError,
  canonicalJson,
  type HostLimits,
  locationOf,
  type ObserverPlace,
  type Target,
} from '../../model/index.ts';
import type { Vault } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';
import { bastionKeys } from './bastion-keys.ts';
import { refusedLogins } from './refused.ts';

/** The observers of one run: one for each place to look from, however many targets are seen there. */
export interface Observations {
  /**
   * A look at the target's registrations from beside its API; null where the YAML declares none. The same one for every caller; what failed
   * stays failed for the run, and a login that was refused is not tried again by later runs either.
   */
  of(target: Target): Promise<RegistrationReader | null>;
  close(): Promise<void>;
}

type Observation = Awaited<ReturnType<Observer['open']>>;

/** A shell or a manager answers one question after the other; a few at once do no harm. */
const limits: HostLimits = {
  concurrency: 4,
  writers: 1,
  readIntervalMs: 0,
  writeIntervalMs: 0,
  sessions: null,
};

/** `retryRefused`: try a login again that an earlier run learned to be refused. */
export function createObservations(
  context: RunContext,
  vault: Vault,
  options: { readonly retryRefused: boolean } = { retryRefused: false },
): Observations {
  const keyTo = bastionKeys(vault);
  const refusals = onceRefused();
  // Read anew each time: the sessions of the same run keep their refusals in the same file.
  const refused = () => refusedLogins(context, vault);
  const opened = new Map<string, Promise<Observation>>();

  const contextFor = async ({ via }: ObserverPlace, credentials: SessionContext['credentials']) => ({
    credentials,
    ssh: await keyTo(via),
    signal: context.abort,
    gate: createGate(limits, context.clock),
    purpose: 'read' as const,
    clock: context.clock,
    root: context.root,
    log: context.log,
  });

  /** Several ways to look may lead to one manager interface: a wrong password reaches it once. */
  const logIn = async (
    host: string,
    login: Login,
    enter: () => Promise<Observation>,
  ): Promise<Observation> => {
    const { origin, credentials } = login;
    const at = options.retryRefused ? null : refused().since(origin, credentials);
    if (at !== null) throw new AltaError('refused-before', { host, at }, { written: 'nothing' });
    try {
      const observation = await refusals.attempt(login, enter);
      refused().forget(origin, credentials);
      return observation;
    } catch (error) {
      if (error instanceof AltaError && error.code === 'wrong-credentials')
        refused().remember(origin, credentials);
      throw error;
    }
  };

  const enter = async (target: Target, place: ObserverPlace): Promise<Observation> => {
    const observer = (await context.observer?.(place.driver)) ?? null;
    if (observer === null) throw new AltaError('observer-unknown', { driver: place.driver });
    const { manager, via, credentials: parts = {} } = place;
    if (manager === undefined) return observer.open(target, await contextFor(place, {}));
    const url = managerUrl(manager);
    const credentials = await vault.credential(parts, url);
    const around = await contextFor(place, credentials);
    const origin = locationOf(url, via);
    return logIn(url, { origin, credentials }, () => observer.open(target, around));
  };

  return {
    of: (target) => {
      const { observer } = target;
      if (observer === undefined) return Promise.resolve(null);
      const place = canonicalJson(observer);
      const known = opened.get(place) ?? enter(target, observer);
      opened.set(place, known);
      return known.catch((error: unknown) => {
        throw about(target, error);
      });
    },
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.close() : null)));
    },
  };
}

/** A refusal names whoever asks now, not who asked first. */
function about({ address }: Target, error: unknown): unknown {
  if (!(error instanceof AltaError) || !('target' in error.params)) return error;
  return new AltaError(error.code, { ...error.params, target: address });
}

/** `ami://127.0.0.1:5038`, `ami://[2001:db8::1]:5038`: what a login may be bound to. */
function managerUrl({ host, port }: NonNullable<ObserverPlace['manager']>): string {
  return `ami://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Registrations out of what a person pasted.
 * @throws AltaError `paste-unreadable`, `observer-unknown`
 */
export async function pastedRegistrations(
  context: RunContext,
  target: Target,
  { text, filename }: { readonly text: string; readonly filename: string },
): Promise<RegistrationReader> {
  const name = target.observer?.driver ?? null;
  const observer = (await context.observer?.(name)) ?? null;
  if (observer === null) throw new AltaError('observer-unknown', { driver: name ?? '-' });
  const read = observer.read(text, filename, target.observer);
  return { registrations: async (keys) => read(keys) };
}
