import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** The least of a SIP phone: it registers over UDP and answers when it is looked for. Loopback only. */
export interface SipPhone {
  readonly user: string;
  readonly port: number;
  /** Methods of the requests that came, in order. */
  readonly asked: string[];
  /** Registers. Resolves with the status of the final answer: 200, 401, 403, 404. */
  register(seconds?: number): Promise<number>;
  /** Takes its registration back. */
  unregister(): Promise<number>;
  /** Falls silent without a word, as a phone that lost its power. */
  die(): Promise<void>;
}

export interface SipAccount {
  /** UDP port of the PBX on loopback. */
  readonly pbx: number;
  readonly user: string;
  readonly password: string;
  /** How long it thinks before it answers anything, ms; default 0. With Infinity it never does. */
  readonly slowMs?: number;
}

interface Answer {
  readonly status: number;
  readonly headers: string;
}

const answerMs = 3_000;

export async function sipPhone(account: SipAccount): Promise<SipPhone> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const waiting = new Map<string, (answer: Answer) => void>();
  const asked: string[] = [];
  socket.on('message', (packet) => {
    const text = packet.toString('latin1');
    const status = /^SIP\/2\.0 (\d{3})/.exec(text)?.[1];
    if (status === undefined) answerRequest(socket, text, account, asked);
    else if (Number(status) >= 200)
      waiting.get(headerOf(text, 'CSeq'))?.({ status: Number(status), headers: text });
  });
  const callId = randomBytes(12).toString('hex');
  let turn = 0;
  const send = (expires: number, authorization?: string): Promise<Answer> => {
    turn += 1;
    const cseq = `${turn} REGISTER`;
    const request = requestOf(account, socket.address().port, { callId, cseq, expires, authorization });
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the PBX does not answer REGISTER')), answerMs);
      waiting.set(cseq, (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
      socket.send(request, account.pbx, '127.0.0.1');
    });
  };
  const register = async (expires: number): Promise<number> => {
    const first = await send(expires);
    if (first.status !== 401) return first.status;
    return (await send(expires, digest(headerOf(first.headers, 'WWW-Authenticate'), account))).status;
  };
  return {
    user: account.user,
    port: socket.address().port,
    asked,
    register: (seconds = 300) => register(seconds),
    unregister: () => register(0),
    die: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function requestOf(
  { pbx, user }: SipAccount,
  port: number,
  about: { callId: string; cseq: string; expires: number; authorization: string | undefined },
): string {
  return [
    `REGISTER sip:127.0.0.1:${pbx} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`,
    'Max-Forwards: 70',
    `From: <sip:${user}@127.0.0.1:${pbx}>;tag=${randomBytes(4).toString('hex')}`,
    `To: <sip:${user}@127.0.0.1:${pbx}>`,
    `Call-ID: ${about.callId}`,
    `CSeq: ${about.cseq}`,
    `Contact: <sip:${user}@127.0.0.1:${port}>`,
    `Expires: ${about.expires}`,
    'User-Agent: test phone',
    ...(about.authorization === undefined ? [] : [`Authorization: ${about.authorization}`]),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** RFC 2617, MD5, with and without `qop`. */
function digest(challenge: string, { pbx, user, password }: SipAccount): string {
  const part = (name: string) => new RegExp(`${name}="?([^",]+)"?`, 'i').exec(challenge)?.[1];
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const [realm = '', nonce = '', opaque] = [part('realm'), part('nonce'), part('opaque')];
  const uri = `sip:127.0.0.1:${pbx}`;
  const [ha1, ha2] = [md5(`${user}:${realm}:${password}`), md5(`REGISTER:${uri}`)];
  const cnonce = randomBytes(8).toString('hex');
  const qop = part('qop') === undefined ? '' : `00000001:${cnonce}:auth:`;
  const fields = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${md5(`${ha1}:${nonce}:${qop}${ha2}`)}"`,
    'algorithm=MD5',
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop === '' ? [] : ['qop=auth', 'nc=00000001', `cnonce="${cnonce}"`]),
  ];
  return `Digest ${fields.join(', ')}`;
}

function answerRequest(socket: Socket, text: string, { slowMs = 0 }: SipAccount, asked: string[]): void {
  const method = text.slice(0, text.indexOf(' '));
  asked.push(method);
  if (method === 'ACK' || slowMs === Number.POSITIVE_INFINITY) return;
  const status = method === 'OPTIONS' ? '200 OK' : '486 Busy Here';
  const to = headerOf(text, 'To');
  const port = Number(/^Via:[^\r\n]*?127\.0\.0\.1:(\d+)/im.exec(text)?.[1]);
  const answer = [
    `SIP/2.0 ${status}`,
    ...[...text.matchAll(/^Via:[^\r\n]*/gim)].map(([via]) => via),
    `From: ${headerOf(text, 'From')}`,
    `To: ${to.includes('tag=') ? to : `${to};tag=phone`}`,
    `Call-ID: ${headerOf(text, 'Call-ID')}`,
    `CSeq: ${headerOf(text, 'CSeq')}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  setTimeout(() => {
    // It may have died while it was thinking.
    try {
      socket.send(answer, port, '127.0.0.1');
    } catch {}
  }, slowMs);
}

function headerOf(text: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*([^\\r\\n]*)`, 'im').exec(text)?.[1] ?? '';
}
