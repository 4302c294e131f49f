import { connect, type Socket } from 'node:net';
import { AltaError } from '../../engine/model/index.ts';
import { type ResolvedAddress, resolveHost } from './address.ts';
import { type Errand, isOver, orAborted } from './deadline.ts';
import { kindOf } from './kind.ts';

/** How long one of several addresses of a name is tried before the next joins in, ms. Node's 250 is too short for VPNs. */
const NEXT_ADDRESS_MS = 2_000;

/**
 * A TCP connection to a host, to one of the very addresses that were checked. Throws `unreachable` (also when nothing
 * answers until the deadline: that is what a box that is switched off looks like), `address-refused` or the signal's reason.
 */
export async function dial(
  hostname: string,
  port: number,
  errand: Errand,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const addresses = await orAborted(resolveHost(hostname, errand), signal);
    return await open(addresses, port, errand, signal);
  } catch (error) {
    if (error === signal.reason && isOver(signal)) {
      throw new AltaError('unreachable', { ...errand, kind: 'no-answer' });
    }
    throw error;
  }
}

function open(
  addresses: readonly ResolvedAddress[],
  port: number,
  errand: Errand,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({
      host: 'checked.invalid',
      port,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
      lookup: (_host, _options, found) =>
        found(
          null,
          addresses.map(({ address, family }) => ({ address, family })),
        ),
    });
    const stop = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const done = () => signal.removeEventListener('abort', stop);
    socket.once('connect', () => {
      done();
      socket.setNoDelay(true).setKeepAlive(true, 60_000);
      resolve(socket);
    });
    socket.on('error', (error) => {
      done();
      reject(
        signal.aborted ? signal.reason : new AltaError('unreachable', { ...errand, kind: kindOf(error) }),
      );
    });
  });
}
