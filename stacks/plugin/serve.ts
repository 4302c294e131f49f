import { openConnection } from './connection.ts';
import type { Provider, Reattach, Serving } from './contract.ts';
import { type Log, silent } from './log.ts';
import { type Listening, listen, type MutualTls } from './server/listen.ts';
import { routes } from './server/routes.ts';
import { providerService } from './service/index.ts';

export interface ServeOptions {
  /** Told of what failed unexpectedly. Default: nobody is. */
  readonly log?: Log;
}

/**
 * Serves a provider from this process, without TLS, to every Terraform that is told of it by TF_REATTACH_PROVIDERS. Each connection has its
 * own configured instance.
 */
export async function serve<I>(provider: Provider<I>, { log = silent }: ServeOptions = {}): Promise<Serving> {
  // Terraform asks a plugin that it did not start to end, too: that ends the one client's use of it, not the service.
  const served = await serveConnections(provider, log, { shutdown: () => {} });
  return { reattach: reattachOf(served), close: served.close };
}

function reattachOf({ address: { network, text } }: Listening): Reattach {
  return {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: network, String: text },
  };
}

/** Listens; `close` also waits until every instance is released. */
export async function serveConnections<I>(
  provider: Provider<I>,
  log: Log,
  { shutdown, tls }: { readonly shutdown: () => void; readonly tls?: MutualTls },
): Promise<Listening> {
  const ending = new Set<Promise<void>>();
  const opened = () => {
    const connection = openConnection(provider, log);
    const controller = {
      shutdown: () => {
        shutdown();
        return {};
      },
    };
    const answer = routes({ provider: providerService(provider, connection, log), controller }, log);
    const ended = () => {
      const end = connection.end().finally(() => ending.delete(end));
      ending.add(end);
    };
    return { answer, ended };
  };
  const { address, close } = await listen(opened, tls);
  return {
    address,
    close: async () => {
      await close();
      await Promise.all(ending);
    },
  };
}
