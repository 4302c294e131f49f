import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { LabAmiControl } from '../contract.ts';
import { type Desk, zero } from './desk.ts';
import { isTold } from './login.ts';
import { packet } from './packet.ts';
import { type Open, openSession, serveSession } from './session.ts';

/** The manager interface while it is served. */
export interface AmiInService {
  readonly port: number;
  readonly control: LabAmiControl;
  /** Forgets what was counted and asked. */
  reset(): void;
  /** Refuses connections, or takes them again at the same place. */
  listening(on: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function serveAmi(desk: Desk, place: { host: string; port: number }): Promise<AmiInService> {
  const open = new Map<Socket, Open>();
  // Without `noDelay` pieces that are said one by one arrive together.
  const front = createServer({ noDelay: true }, (socket) => receive(socket, desk, open));
  const port = await listen(front, place);
  const dropConnections = (): void => {
    for (const socket of open.keys()) socket.destroy();
  };
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      front.close(() => resolve());
      dropConnections();
    });
  return {
    port,
    control: controlOf(desk, open, dropConnections),
    reset() {
      Object.assign(desk.counters, zero(open.size));
      desk.actions.length = 0;
    },
    async listening(on) {
      if (on === front.listening) return;
      if (on) await listen(front, { host: place.host, port });
      else await stop();
    },
    close: () => (front.listening ? stop() : Promise.resolve()),
  };
}

async function listen(front: Server, { host, port }: { host: string; port: number }): Promise<number> {
  front.listen(port, host);
  await once(front, 'listening');
  return (front.address() as AddressInfo).port;
}

function receive(socket: Socket, desk: Desk, open: Map<Socket, Open>): void {
  const { counters, failures, maxFailedLogins } = desk;
  counters.connections += 1;
  socket.on('error', () => {});
  if ((failures.get(socket.remoteAddress ?? '') ?? 0) >= maxFailedLogins) {
    counters.barred += 1;
    socket.destroy();
    return;
  }
  const opened = openSession(socket, desk);
  open.set(socket, opened);
  counters.open += 1;
  socket.once('close', () => {
    open.delete(socket);
    counters.open -= 1;
  });
  serveSession(socket, desk, opened).catch(() => socket.destroy());
}

function controlOf(desk: Desk, open: Map<Socket, Open>, dropConnections: () => void): LabAmiControl {
  return {
    chatter(events) {
      desk.chatter = events;
    },
    pace(pace) {
      desk.pace = pace;
    },
    cutAfter(bytes) {
      desk.untilCut = bytes ?? Number.POSITIVE_INFINITY;
    },
    mute(on) {
      desk.isMute = on;
    },
    emit(fields) {
      for (const { session, voice } of open.values()) {
        if (isTold(session, fields.Privilege ?? '')) voice.say(packet(Object.entries(fields)));
      }
    },
    dropConnections,
    unlock: () => desk.failures.clear(),
    counters: () => ({ ...desk.counters }),
    actions: () => desk.actions.map((action) => ({ ...action })),
  };
}
