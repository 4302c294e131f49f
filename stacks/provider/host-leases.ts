import { AltaError, type Target } from '../../engine/model/index.ts';
import { leaseMs } from '../../engine/run/apply/lease-length.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import type { WriteGuard } from '../../engine/run/targets/sessions.ts';
import { hostLeaseName, type Lease, type StateStore } from '../../engine/state/index.ts';
import type { Driver } from '../../providers/contract.ts';
import type { Place } from './instance.ts';

/** The turns of hosts that bear one writer, between processes: taken before the first write, kept until the end. */
export interface HostLeases {
  /** Waits for the turn. @throws AltaError `lease-held`; the signal's reason once it is aborted */
  hold(place: Place, signal: AbortSignal): Promise<void>;
  /** What must be asked immediately before every write to a target. */
  guard(place: Place): WriteGuard;
  release(): Promise<void>;
}

/** How long to wait for whoever else writes to the host, ms. */
const patienceMs = 120_000;

/**
 * Terraform locks the state of one stack; a PBX is shared by many. Where no lease can be kept (a CI runner's disk says nothing about other
 * runners), the run queue in front of Terraform is what keeps two of them apart.
 */
export function createHostLeases(context: RunContext, store: StateStore): HostLeases {
  const held = new Map<string, Promise<Lease | null>>();
  const take = async (host: string, ttlMs: number, signal: AbortSignal): Promise<Lease | null> => {
    const { user, command } = context;
    try {
      return await store.lease(hostLeaseName(host), { user, command, ttlMs, waitMs: patienceMs, signal });
    } catch (error) {
      if (error instanceof AltaError && unkeepable.has(error.code)) return null;
      // Who was stopped while he waited keeps nobody from asking again.
      held.delete(host);
      throw error;
    }
  };
  const lease = ({ target, driver }: Place, signal: AbortSignal): Promise<Lease | null> => {
    const { host } = target;
    const known = held.get(host) ?? take(host, leaseMs([target], new Map([[target.driver, driver]])), signal);
    held.set(host, known);
    return known;
  };
  return {
    hold: async (place, signal) => {
      if (bearsOne(place.target, place.driver)) await lease(place, signal);
    },
    guard: (place) => {
      if (!bearsOne(place.target, place.driver)) return () => {};
      return async (deadlineMs) => {
        const holding = await lease(place, context.stop);
        await holding?.mayWrite(deadlineMs);
      };
    },
    release: async () => {
      const leases = await Promise.allSettled(held.values());
      held.clear();
      await Promise.all(leases.map((one) => (one.status === 'fulfilled' ? one.value?.release() : null)));
    },
  };
}

function bearsOne({ kind }: Target, { facts }: Driver): boolean {
  return kind === 'pbx' && facts.host.writers === 1;
}

const unkeepable: ReadonlySet<string> = new Set(['state-local-in-ci', 'state-network-filesystem']);
