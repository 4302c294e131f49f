import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabAmiAction } from '../contract.ts';
import { actionOf, mayRun } from './actions.ts';
import type { Desk, Session } from './desk.ts';
import { challenge, hearsWith, isTold, knownUser, welcome } from './login.ts';
import { packet, type Request, refusal, requestReader, response } from './packet.ts';
import { type Speaker, speaker } from './speaker.ts';

/** A client that sends more than this without an end is cut off. */
const LONGEST = 64 * 1024;

/** A connection that is open, and how it is told of events. */
export interface Open {
  readonly session: Session;
  readonly voice: Speaker;
}

export function openSession(socket: Socket, desk: Desk): Open {
  const address = socket.remoteAddress ?? '';
  return {
    session: { address, user: null, challenge: '', hears: false },
    voice: speaker(socket, desk),
  };
}

/** Answers one connection, one request after the other, until either side ends it. */
export async function serveSession(socket: Socket, desk: Desk, open: Open): Promise<void> {
  const { voice } = open;
  voice.say(`Asterisk Call Manager/${desk.daemon.release.ami}\r\n`);
  const read = requestReader();
  const decoder = new TextDecoder();
  let unread = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const requests = read(decoder.decode(chunk, { stream: true }));
    unread = requests.length > 0 ? 0 : unread + chunk.length;
    if (unread > LONGEST) socket.destroy();
    for (const request of requests) {
      if (desk.isMute) continue;
      const { packets, isLast } = await answer(desk, open.session, request);
      say(desk, open, packets);
      if (isLast) {
        voice.end();
        // Whatever else it says is not heard, so that the end is.
        socket.resume();
        return;
      }
    }
  }
}

/** Events stand between packets where they are asked for, for those who are told of them. */
function say(desk: Desk, { session, voice }: Open, packets: readonly string[]): void {
  for (const [index, one] of packets.entries()) {
    voice.say(one);
    if (index === packets.length - 1) continue;
    for (let turn = index; turn < index + desk.chatter; turn += 1) {
      const told = gossip[turn % gossip.length];
      if (told !== undefined && isTold(session, told.Privilege)) voice.say(packet(Object.entries(told)));
    }
  }
}

/** What happens on a busy exchange meanwhile. Some of it looks like an answer. */
const gossip = [
  {
    Event: 'PeerStatus',
    Privilege: 'system,all',
    ChannelType: 'SIP',
    Peer: 'SIP/elsewhere',
    PeerStatus: 'Registered',
    Address: '192.0.2.99:5060',
  },
  {
    Event: 'VarSet',
    Privilege: 'dialplan,all',
    Channel: 'SIP/elsewhere-00000001',
    Variable: 'Response',
    Value: 'Response: Success',
  },
];

interface Answered {
  readonly packets: readonly string[];
  /** The connection ends after it. */
  readonly isLast: boolean;
}

const going = (...packets: string[]): Answered => ({ packets, isLast: false });

async function answer(desk: Desk, session: Session, request: Request): Promise<Answered> {
  const note = (outcome: LabAmiAction['outcome']): void => {
    const command = request.get('Command');
    const username = session.user?.username ?? '';
    desk.actions.push({ action: request.action, username, ...(command === '' ? {} : { command }), outcome });
  };
  const refused = (why: string): Answered => {
    note('refused');
    return going(refusal(request, why));
  };
  if (request.action === '') return refused('Missing action in request');
  const general = await admission(desk, session, request);
  if (general !== undefined) {
    note('done');
    return general;
  }
  const { user } = session;
  if (user === null) return refused('Permission denied');
  const action = actionOf(desk.daemon, request.action);
  if (action === undefined) {
    note('unknown');
    const said = `Invalid/unknown command: ${request.action}. Use Action: ListCommands to show available commands.`;
    return going(refusal(request, said));
  }
  if (!mayRun(user, action)) return refused('Permission denied');
  note('done');
  return { packets: action.run(desk.daemon, request, session), isLast: false };
}

/** What anybody may ask: to come in and to go. Undefined: something else was asked. */
async function admission(desk: Desk, session: Session, request: Request): Promise<Answered | undefined> {
  switch (request.action.toLowerCase()) {
    case 'challenge':
      return going(challenge(session, request));
    case 'login':
      return logIn(desk, session, request);
    case 'logoff': {
      const goodbye = response(request, 'Goodbye', [['Message', 'Thanks for all the fish.']]);
      return { packets: [goodbye], isLast: true };
    }
    default:
      return undefined;
  }
}

/** Who is refused waits for it, and is cut off (V). */
async function logIn(desk: Desk, session: Session, request: Request): Promise<Answered> {
  if (session.user !== null)
    return going(response(request, 'Success', [['Message', 'Already authenticated']]));
  const user = knownUser(desk, session, request);
  if (user === null) {
    desk.counters.refusedLogins += 1;
    desk.failures.set(session.address, (desk.failures.get(session.address) ?? 0) + 1);
    await pause(desk.refusalMs, undefined, { ref: false });
    return { packets: [refusal(request, 'Authentication failed')], isLast: true };
  }
  session.user = user;
  session.hears = hearsWith(request.get('Events'));
  desk.counters.logins += 1;
  return { packets: welcome(session, request), isLast: false };
}
