import { Console } from 'node:console';
import type { Provider } from '../contract.ts';
import { framesOf, type Log, toStandardError } from '../log.ts';
import { serveConnections } from '../serve.ts';
import type { Listening } from '../server/listen.ts';
import { createIdentity } from './certificate.ts';
import { handshakeLine, handshakeOf } from './handshake.ts';
import { watchParent } from './orphan.ts';

/** How long running requests may take to come to an end after everything else did. */
const lastRequestsMs = 60_000;

/**
 * Serves a provider in a program that Terraform starts. Returns when Terraform ends it or is gone, every instance is released and the
 * socket is removed; the program should then exit. Standard output belongs to the handshake: what is printed goes to standard error.
 * Sets the exit code where the program was not started by Terraform.
 */
export async function runSpawned<I>(provider: Provider<I>, log: Log = toStandardError): Promise<void> {
  const handshake = handshakeOf(process.env, process.versions.node);
  if (handshake.kind === 'refused') {
    process[handshake.to].write(handshake.message);
    process.exitCode = 1;
    return;
  }
  // A Terraform that was killed reads neither: what is written then must not end the provider before it has cleaned up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  globalThis.console = new Console(process.stderr, process.stderr);
  // Terraform would say no more than that the plugin did not respond.
  process.on('uncaughtException', (error) => {
    log('error', 'something failed that no request waited for', { frames: framesOf(error) });
  });
  const ending = endOfService(log);
  const listening = await start(provider, log, handshake.client, ending.end);
  if (listening === null) return;
  await ending.ended;
  setTimeout(() => process.exit(1), lastRequestsMs).unref();
  await listening.close();
}

/** Listens and says where; null where it could not, which Terraform then shows. */
async function start<I>(
  provider: Provider<I>,
  log: Log,
  client: string | null,
  shutdown: () => void,
): Promise<Listening | null> {
  const identity = client === null ? null : createIdentity(new Date());
  const tls = identity === null || client === null ? {} : { tls: { ...identity, client } };
  try {
    const listening = await serveConnections(provider, log, { shutdown, ...tls });
    process.stdout.write(handshakeLine(listening.address, identity?.der ?? null));
    return listening;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    process.stdout.write(
      `This provider cannot listen (${code}): is the folder for temporary files writable?\n`,
    );
    process.exitCode = 1;
    shutdown();
    return null;
  }
}

/** Ends on Shutdown, on SIGTERM and SIGHUP, and when Terraform is gone. Ctrl-C reaches this process too, but Terraform decides what it means. */
function endOfService(log: Log): { readonly end: () => void; readonly ended: Promise<void> } {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const unwatch = watchParent(() => {
    log('warn', 'Terraform is gone: the provider ends');
    end();
  });
  process.on('SIGINT', () => {});
  process.once('SIGTERM', () => end());
  process.once('SIGHUP', () => end());
  return { end: () => end(), ended: ended.finally(unwatch) };
}
