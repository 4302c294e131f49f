import { AltaError, type Diagnostic, toDiagnostic } from '../../model/index.ts';
import {
  clientLeaseName,
  hostLeaseName,
  type Lease,
  type StateStore,
  type StateWriter,
} from '../../state/index.ts';
import type { RunContext } from '../contract.ts';
import type { WriteGuard } from '../targets/sessions.ts';

/** The right to write one client's state, and the state opened under it. */
export interface Hold {
  readonly client: string;
  readonly lease: Lease;
  readonly writer: StateWriter;
}

/** Everything this run holds. Releasing it twice is safe. */
export interface Holds {
  readonly clients: ReadonlyMap<string, Hold>;
  /** Why a client could not be held: `lease-held` above all. It is left alone, the others go on. */
  readonly refused: ReadonlyMap<string, Diagnostic>;
  /**
   * Takes the leases of hosts that bear few writers. In name order, so that two runs never wait for each other. Answers why a host
   * could not be held: its clients are left alone, the others go on.
   */
  holdHosts(hosts: readonly string[]): Promise<ReadonlyMap<string, Diagnostic>>;
  /** What must be asked immediately before every write to `host` for `client`. */
  guard(client: string, host: string): WriteGuard;
  release(): Promise<void>;
}

/** Takes the leases of clients. `waitMs`: how long to wait for a held one. `ttlMs`: how long a lease lives without a renewal. */
export async function holdClients(
  context: RunContext,
  store: StateStore,
  clients: readonly string[],
  { waitMs, ttlMs }: { readonly waitMs: number; readonly ttlMs?: number },
): Promise<Holds> {
  const held = new Map<string, Hold>();
  const refused = new Map<string, Diagnostic>();
  const hosts = new Map<string, Lease>();
  const until = context.clock.elapsed() + waitMs;
  const take = (name: string, shown: string): Promise<Lease> =>
    store.lease(name, {
      user: context.user,
      command: context.command,
      ...(ttlMs === undefined ? {} : { ttlMs }),
      waitMs: Math.max(0, until - context.clock.elapsed()),
      signal: context.stop,
      onWait: () =>
        context.progress({ phase: 'lease', done: held.size, total: clients.length, detail: shown }),
    });

  const release = async (): Promise<void> => {
    const writers = [...held.values()];
    await Promise.allSettled(writers.map((hold) => hold.writer.close()));
    const leases = [...writers.map((hold) => hold.lease), ...hosts.values()];
    await Promise.allSettled(leases.map((lease) => lease.release()));
    held.clear();
    hosts.clear();
  };

  for (const client of [...clients].sort()) {
    try {
      const lease = await take(clientLeaseName(client), client);
      const writer = await openOrRelease(store, client, lease);
      held.set(client, { client, lease, writer });
    } catch (error) {
      if (!(error instanceof AltaError)) await release();
      refused.set(client, refusalOf(error, client));
    }
  }

  return {
    clients: held,
    refused,
    holdHosts: (names) => holdHosts(names, hosts, take),
    guard: (client, host) => async (deadlineMs) => {
      const hold = held.get(client);
      if (hold === undefined) throw new AltaError('internal', { message: `no lease held for ${client}` });
      await hold.lease.mayWrite(deadlineMs);
      await hosts.get(host)?.mayWrite(deadlineMs);
    },
    release,
  };
}

async function holdHosts(
  names: readonly string[],
  held: Map<string, Lease>,
  take: (name: string, shown: string) => Promise<Lease>,
): Promise<ReadonlyMap<string, Diagnostic>> {
  const busy = new Map<string, Diagnostic>();
  for (const host of [...new Set(names)].sort()) {
    if (held.has(host)) continue;
    try {
      held.set(host, await take(hostLeaseName(host), host));
    } catch (error) {
      busy.set(host, refusalOf(error, host));
    }
  }
  return busy;
}

/** Somebody else's lease is an answer; an interrupted wait ends the run. */
function refusalOf(error: unknown, address: string): Diagnostic {
  if (!(error instanceof AltaError)) throw error;
  return toDiagnostic(error, { address });
}

async function openOrRelease(store: StateStore, client: string, lease: Lease): Promise<StateWriter> {
  try {
    return await store.openWriter(client, lease);
  } catch (error) {
    await lease.release();
    throw error;
  }
}
