import type { RegistrationReader } from '../../../providers/contract.ts';
import { createGate } from '../../../providers/transport/gate.ts';
import { AltaError, type HostLimits, type ObserverPlace, type Target } from '../../model/index.ts';
import type { Vault } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';
import { bastionKeys } from './bastion-keys.ts';

/** The observers of one run: one for each target that declares one. */
export interface Observations {
  /**
   * A look at the target's registrations from beside its API; null where the YAML declares none. The same one for every caller; what failed
   * stays failed for the run.
   */
  of(target: Target): Promise<RegistrationReader | null>;
  close(): Promise<void>;
}

type Observation = Awaited<ReturnType<NonNullable<Awaited<ReturnType<ObserverLoader>>>['open']>>;
type ObserverLoader = NonNullable<RunContext['observer']>;

/** A shell or a manager answers one question after the other; a few at once do no harm. */
const limits: HostLimits = {
  concurrency: 4,
  writers: 1,
  readIntervalMs: 0,
  writeIntervalMs: 0,
  sessions: null,
};

export function createObservations(context: RunContext, vault: Vault): Observations {
  const keyTo = bastionKeys(vault);
  const opened = new Map<string, Promise<Observation>>();

  const enter = async (target: Target, place: ObserverPlace): Promise<Observation> => {
    const observer = (await context.observer?.(place.driver)) ?? null;
    if (observer === null) throw new AltaError('observer-unknown', { driver: place.driver });
    const { manager, via, credentials = {} } = place;
    const at =
      manager === undefined ? `ssh://${via.host}:${via.port}` : `ami://${manager.host}:${manager.port}`;
    return observer.open(target, {
      credentials: await vault.credential(credentials, at),
      ssh: await keyTo(via),
      signal: context.abort,
      gate: createGate(limits, context.clock),
      purpose: 'read',
      clock: context.clock,
      root: context.root,
      log: context.log,
    });
  };

  return {
    of: (target) => {
      const { observer, address } = target;
      if (observer === undefined) return Promise.resolve(null);
      const known = opened.get(address) ?? enter(target, observer);
      opened.set(address, known);
      return known;
    },
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.close() : null)));
    },
  };
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
  const read = observer.read(text, filename);
  return { registrations: async (keys) => read(keys) };
}
