import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { AltaError } from '../../engine/model/index.ts';
import type { SessionContext } from '../contract.ts';
import { type ResolvedAddress, resolveHost } from './address.ts';
import type { Errand } from './deadline.ts';
import { kindOf } from './kind.ts';

/** Who is told. */
export interface NotifyTarget {
  /** Host name or IP address, IPv6 without brackets. */
  readonly hostname: string;
  /** UDP port it listens on for SIP. */
  readonly port: number;
  /** User part of its address; phones take any. [field] */
  readonly user: string;
}

/** What the transport needs of a session to send one. */
export type NotifyContext = Pick<SessionContext, 'signal' | 'gate' | 'clock' | 'log'>;

/** Timers of RFC 3261 §17.1.2 for requests that are no INVITE, ms: first wait, longest wait. */
const T1 = 500;
const T2 = 4_000;
/** Given up after this many ms, where the RFC would go on to 32 s: five times sent is enough on a network that works. */
const LIMIT_MS = 8_000;

/**
 * SIP NOTIFY `check-sync;reboot=false`: the phone fetches its settings, without a reboot where `sip.notify_reboot_enable` is 0.
 * [vendor-docs] Sent again until a final answer comes. Waits for a writer's turn.
 * @throws `unreachable` (silence, or nobody on that port), `notify-refused` (any final answer but 2xx), `address-refused`, `aborted`
 */
export async function notifyCheckSync(target: NotifyTarget, context: NotifyContext): Promise<void> {
  const errand: Errand = { host: nameOf(target), operation: 'sip/notify' };
  try {
    await context.gate.write(() => deliver(target, errand, context), context.signal, LIMIT_MS + T2);
  } catch (error) {
    throw error === context.signal.reason ? new AltaError('aborted', { ...errand }) : error;
  }
}

async function deliver(target: NotifyTarget, errand: Errand, context: NotifyContext): Promise<void> {
  const [address] = await resolveHost(target.hostname, errand);
  if (address === undefined) throw new AltaError('unreachable', { ...errand, kind: 'no-address' });
  const socket = await openSocket(address, target.port, errand);
  try {
    const status = await exchange(socket, requestOf(target, socket), errand, context);
    context.log('notify', { ...errand, status });
    if (status < 200 || status > 299) {
      throw new AltaError('notify-refused', { ...errand, status, kind: refusals[status] ?? 'refused' });
    }
  } finally {
    socket.close();
  }
}

/** What an answer means here. [RFC 3261, RFC 6665] */
const refusals: Readonly<Record<number, string>> = {
  401: 'challenged',
  403: 'forbidden',
  404: 'unknown-user',
  407: 'challenged',
  481: 'no-subscription',
  489: 'bad-event',
};

/** Connected to the very address that was checked, so that only its answers arrive. */
function openSocket({ address, family }: ResolvedAddress, port: number, errand: Errand): Promise<Socket> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close();
      reject(new AltaError('unreachable', { ...errand, kind: kindOf(error) }));
    };
    socket.once('error', fail);
    socket.connect(port, address, () => {
      socket.removeListener('error', fail);
      resolve(socket);
    });
  });
}

interface Request {
  readonly text: string;
  /** What every answer to it repeats. */
  readonly marks: readonly string[];
}

function requestOf(target: NotifyTarget, socket: Socket): Request {
  const { address, port } = socket.address();
  const here = `${bracketed(address)}:${port}`;
  const branch = `z9hG4bK${randomBytes(12).toString('hex')}`;
  const callId = randomBytes(16).toString('hex');
  const there = `sip:${target.user}@${nameOf(target)}`;
  const lines = [
    `NOTIFY ${there} SIP/2.0`,
    `Via: SIP/2.0/UDP ${here};branch=${branch};rport`,
    'Max-Forwards: 70',
    `From: <sip:alta@${here}>;tag=${randomBytes(8).toString('hex')}`,
    `To: <${there}>`,
    `Call-ID: ${callId}`,
    'CSeq: 1 NOTIFY',
    `Contact: <sip:alta@${here}>`,
    'Event: check-sync;reboot=false',
    'Subscription-State: terminated',
    'Content-Length: 0',
  ];
  return { text: [...lines, '', ''].join('\r\n'), marks: [branch, callId] };
}

/** The status of the final answer. */
async function exchange(
  socket: Socket,
  request: Request,
  errand: Errand,
  context: NotifyContext,
): Promise<number> {
  const over = new AbortController();
  const heard = { provisional: false };
  const answer = new Promise<number>((resolve, reject) => {
    socket.on('message', (packet) => {
      const status = statusOf(packet.toString('latin1'), request);
      if (status !== null && status >= 200) resolve(status);
      else if (status !== null) heard.provisional = true;
    });
    // Nobody listens on that port.
    socket.on('error', (error) => reject(new AltaError('unreachable', { ...errand, kind: kindOf(error) })));
    const stop = () => reject(context.signal.reason);
    context.signal.addEventListener('abort', stop, { once: true });
    over.signal.addEventListener('abort', () => context.signal.removeEventListener('abort', stop));
  });
  const silence = repeat(socket, request, heard, context, over.signal).then(() => {
    throw new AltaError('unreachable', { ...errand, kind: 'no-answer' });
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    over.abort();
    answer.catch(() => {});
    silence.catch(() => {});
  }
}

/** Sends, waits twice as long each time, and returns when the limit is over. */
async function repeat(
  socket: Socket,
  request: Request,
  heard: { readonly provisional: boolean },
  { clock }: NotifyContext,
  over: AbortSignal,
): Promise<void> {
  const started = clock.elapsed();
  for (let wait = T1; ; wait = Math.min(wait * 2, T2)) {
    socket.send(request.text);
    const left = LIMIT_MS - (clock.elapsed() - started);
    await clock.sleep(Math.min(heard.provisional ? T2 : wait, Math.max(left, 0)), over);
    if (clock.elapsed() - started >= LIMIT_MS) return;
  }
}

/** Null for anything that is no answer to this request. */
function statusOf(packet: string, { marks }: Request): number | null {
  const [, status] = /^SIP\/2\.0 ([1-6]\d\d) /.exec(packet) ?? [];
  return status !== undefined && marks.every((mark) => packet.includes(mark)) ? Number(status) : null;
}

function nameOf({ hostname, port }: NotifyTarget): string {
  return `${bracketed(hostname)}:${port}`;
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
