import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AcceptConnection, RejectConnection, ServerChannel, TcpipRequestInfo } from 'ssh2';
import type { LabPlace } from './contract.ts';
import { delayed } from './delay.ts';
import { count, type Ledger, strikes } from './ledger.ts';
import type { Reason, Refuse } from './refusal.ts';
import type { Seats } from './seats.ts';

/** Addresses of the closed network → what listens there in truth. */
export type Routes = Map<string, LabPlace>;

/** What one connection needs to forward. */
export interface Forwarding {
  readonly routes: Routes;
  readonly seats: Seats;
  readonly ledger: Ledger;
  readonly refuse: Refuse;
  /** Aborted when the connection is gone. */
  readonly gone: AbortSignal;
}

/** Answers requests for `direct-tcpip` channels of one connection. */
export function forwarder({ routes, seats, ledger, refuse, gone }: Forwarding) {
  return (
    accept: AcceptConnection<ServerChannel>,
    reject: RejectConnection,
    { destIP, destPort }: TcpipRequestInfo,
  ): void => {
    const address = `${destIP}:${destPort}`;
    const refused = (reason: Reason): void => {
      count(ledger.counters.refusedForwards, address);
      refuse(reject, reason);
    };
    const opened = (socket: Socket): void => {
      count(ledger.counters.forwards, address);
      carry(socket, accept(), ledger.latencyMs);
    };
    const place = routes.get(address);
    if (place === undefined || strikes(ledger.strikes, 'forwards')) {
      refused('prohibited');
      return;
    }
    const release = seats.take();
    if (release === null) refused('resourceShortage');
    else dial({ place, gone, opened, failed: () => refused('connectFailed'), closed: release });
  };
}

interface Call {
  readonly place: LabPlace;
  readonly gone: AbortSignal;
  opened(socket: Socket): void;
  /** Nobody there. Not called when the connection is gone. */
  failed(): void;
  /** Always called, last. */
  closed(): void;
}

function dial({ place, gone, opened, failed, closed }: Call): void {
  const socket = connect({ ...place, noDelay: true, signal: gone });
  const nobody = (): void => {
    if (!gone.aborted) failed();
  };
  socket.once('close', closed).once('error', nobody);
  socket.once('connect', () => {
    socket.off('error', nobody);
    opened(socket);
  });
}

function carry(socket: Socket, channel: ServerChannel, ms: number): void {
  socket.on('error', () => channel.destroy());
  // What is still on its way to the socket arrives there first.
  channel.on('error', () => {}).once('close', () => setTimeout(() => socket.destroySoon(), ms));
  join(socket, channel, ms);
  join(channel, socket, ms);
}

/** What `from` says is heard by `to`, `ms` later. */
function join(from: Duplex, to: Duplex, ms: number): void {
  if (ms === 0) from.pipe(to);
  else from.pipe(delayed(ms)).pipe(to);
}
