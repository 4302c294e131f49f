import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Started, serveTcp } from '../transport/servers.ts';

/** Fields of one action as they came. */
export type Request = Readonly<Record<string, string>>;

/** What one action is answered: packets without the ActionID, which is added, or raw text, or something that goes wrong. */
export type Reply = readonly Request[] | { readonly raw: (id: string) => string } | 'silence' | 'cut';

/** A manager interface of a test: it knows one login, and answers what it was told to. */
export interface FakeAmi extends Started {
  /** Every action that came, in order. */
  readonly asked: Request[];
  /** Bytes that came, for what may not be in them. */
  readonly heard: () => string;
  readonly connections: { open: number; total: number };
}

export interface AmiOptions {
  readonly greeting?: string;
  readonly username?: string;
  readonly password?: string;
  /** False for a server that knows no challenge. */
  readonly challenge?: boolean;
  /** What any login is answered. */
  readonly login?: Reply;
  readonly answer?: (request: Request) => Reply;
}

export const error = (Message: string): Reply => [{ Response: 'Error', Message }];

/** A list as versions from 10 on announce and end it. */
export function list(events: readonly Request[], end: string): Reply {
  const first = { Response: 'Success', EventList: 'start', Message: 'A list will follow' };
  return [first, ...events, { Event: end, EventList: 'Complete', ListItems: String(events.length) }];
}

export async function startAmi(options: AmiOptions = {}): Promise<FakeAmi> {
  const asked: Request[] = [];
  const connections = { open: 0, total: 0 };
  let heard = '';
  const server = await serveTcp((socket) => {
    connections.open += 1;
    connections.total += 1;
    socket.on('close', () => {
      connections.open -= 1;
    });
    socket.write(options.greeting ?? 'Asterisk Call Manager/5.0.4\r\n');
    const state = { challenge: '', isIn: false };
    let rest = '';
    socket.on('data', (chunk) => {
      heard += chunk;
      const pieces = `${rest}${chunk}`.split('\r\n\r\n');
      rest = pieces.pop() ?? '';
      for (const piece of pieces) {
        const request = fieldsOf(piece);
        asked.push(request);
        reply(socket, request, replyTo(request, state, options));
      }
    });
  });
  return { ...server, asked, heard: () => heard, connections };
}

function fieldsOf(piece: string): Request {
  const pairs = piece.split('\r\n').map((line) => line.split(/: (.*)/s).slice(0, 2));
  return Object.fromEntries(pairs);
}

function replyTo(request: Request, state: { challenge: string; isIn: boolean }, options: AmiOptions): Reply {
  const { username = 'alta', password = 'Kf7mQ2xRt', challenge = true } = options;
  if (request.Action === 'Challenge') {
    state.challenge = '318149577';
    return challenge ? [{ Response: 'Success', Challenge: state.challenge }] : error('Permission denied');
  }
  if (request.Action === 'Login' && options.login !== undefined) return options.login;
  if (request.Action === 'Login') {
    const key = createHash('md5').update(`${state.challenge}${password}`).digest('hex');
    const fits = request.AuthType === 'MD5' ? request.Key === key : request.Secret === password;
    state.isIn = fits && request.Username === username;
    return state.isIn
      ? [{ Response: 'Success', Message: 'Authentication accepted' }]
      : error('Authentication failed');
  }
  if (request.Action === 'Logoff') return [{ Response: 'Goodbye', Message: 'Thanks for all the fish.' }];
  if (!state.isIn) return error('Permission denied');
  return (
    options.answer?.(request) ??
    error(`Invalid/unknown command: ${request.Action}. Use Action: ListCommands to show available commands.`)
  );
}

function reply(socket: Socket, { Action, ActionID = '' }: Request, answer: Reply): void {
  if (answer === 'silence') return;
  if (answer === 'cut') {
    socket.destroy();
    return;
  }
  if ('raw' in answer) socket.write(answer.raw(ActionID));
  else for (const packet of answer) socket.write(textOf({ ...packet, ActionID }));
  const isRefused = Action === 'Login' && Array.isArray(answer) && answer[0]?.Response === 'Error';
  if (isRefused || Action === 'Logoff') socket.end();
}

function textOf(packet: Request): string {
  return `${Object.entries(packet)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
}
