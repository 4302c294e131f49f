import { AltaError, type Target } from '../../engine/model/index.ts';
import { leaseMs } from '../../engine/run/apply/lease-length.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import type { WriteGuard } from '../../engine/run/targets/sessions.ts';
import { hostLeaseName, type Lease, type StateStore } from '../../engine/state/index.ts';
import type { Driver } from '../../providers/contract.ts';

/** The turns of hosts that bear one writer, between processes: taken at the first write, kept until the end. */
export interface HostLeases {
  /** What must be asked immediately before every write to a target. */
  guard(target: Target, driver: Driver, signal: AbortSignal): WriteGuard;
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
    try {
      const { user, command } = context;
      return await store.lease(hostLeaseName(host), {
        user,
        command,
        ttlMs,
        waitMs: patienceMs,
        signal,
      });
    } catch (error) {
      if (error instanceof AltaError && unkeepable.has(error.code)) return null;
      throw error;
    }
  };
  return {
    guard: (target, driver, signal) => {
      const { host, kind } = target;
      if (kind !== 'pbx' || driver.facts.host.writers !== 1) return () => {};
      const ttlMs = leaseMs([target], new Map([[target.driver, driver]]));
      return async (deadlineMs) => {
        const known = held.get(host) ?? take(host, ttlMs, signal);
        held.set(host, known);
        // Who was stopped while he waited keeps nobody from asking again.
        known.catch(() => held.delete(host));
        const lease = await known;
        await lease?.mayWrite(deadlineMs);
      };
    },
    release: async () => {
      const leases = await Promise.allSettled(held.values());
      held.clear();
      await Promise.all(
        leases.map((lease) => (lease.status === 'fulfilled' ? lease.value?.release() : null)),
      );
    },
  };
}

const unkeepable: ReadonlySet<string> = new Set(['state-local-in-ci', 'state-network-filesystem']);
