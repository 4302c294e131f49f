import type { Call, Provider } from './contract.ts';
import { framesOf, type Log } from './log.ts';

/**
 * One client's connection, and the provider that was configured over it. Terraform opens a connection for each provider configuration and
 * tells aliases apart by nothing else: whatever is shared between connections would end up in the wrong PBX.
 */
export interface Connection<I> {
  readonly call: () => Call;
  /** The configured provider; null before, and where configuring failed. */
  readonly instance: () => I | null;
  /** Replaces the configured provider; the former one is released. */
  configure(instance: I | null, terraformVersion: string): Promise<void>;
  /** Runs a request that {@link end} waits for. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Asks every running request to start nothing new. */
  stop(): void;
  /** Stops, waits for what runs, releases. Safe to call twice. */
  end(): Promise<void>;
}

export function openConnection<I>(provider: Provider<I>, log: Log): Connection<I> {
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  let instance: I | null = null;
  let terraformVersion = '';
  let ended: Promise<void> | undefined;

  const release = async (former: I | null): Promise<void> => {
    if (former === null) return;
    await provider.release?.(former).catch((error) => {
      log('error', 'the release of the provider failed', { frames: framesOf(error) });
    });
  };
  const replace = async (next: I | null): Promise<void> => {
    const former = instance;
    instance = next;
    await release(former);
  };
  return {
    call: () => ({ signal: stopping.signal, terraformVersion }),
    instance: () => instance,
    configure: (next, version) => {
      terraformVersion = version;
      return replace(next);
    },
    run: (work) => {
      const request = work();
      running.add(request);
      return request.finally(() => running.delete(request));
    },
    stop: () => stopping.abort(),
    end: () => {
      stopping.abort();
      ended ??= Promise.allSettled(running).then(() => replace(null));
      return ended;
    },
  };
}
