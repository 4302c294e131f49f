import { createSocket, type Socket } from 'node:dgram';
import { settingOf } from './config.ts';
import type { Phone } from './phone.ts';
import { reboot } from './power.ts';
import { fetchConfiguration } from './provisioning.ts';

/** A SIP request taken apart: header names in lower case, in long form. */
interface SipRequest {
  method: string;
  headers: ReadonlyMap<string, string[]>;
}

export interface NotifyEndpoint {
  port: number;
  close(): Promise<void>;
}

/** Takes SIP NOTIFY over UDP. Nobody is challenged (D: it depends on `sip.trust_ctrl`). */
export async function listenForNotify(phone: Phone, host: string): Promise<NotifyEndpoint> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (message, sender) => {
    const request = phone.on ? parseSip(message.toString('utf8')) : undefined;
    if (request === undefined) return;
    const status = request.method === 'NOTIFY' ? obey(phone, request) : '405 Method Not Allowed';
    if (request.method !== 'ACK') answer(socket, request, status, sender);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(phone.settings.sipPort, host, resolve);
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let open = true;
  return {
    port: socket.address().port,
    close() {
      if (open) socket.close();
      open = false;
      return closed;
    },
  };
}

/** `check-sync` fetches; a reboot happens, or not, as {@link wantsReboot} says (D). */
function obey(phone: Phone, { headers }: SipRequest): string {
  const [event = '', ...parameters] = (headers.get('event')?.[0] ?? '').split(';').map((part) => part.trim());
  if (event.toLowerCase() !== 'check-sync') return '489 Bad Event';
  if (wantsReboot(phone, parameters)) void reboot(phone);
  else void fetchConfiguration(phone);
  return '200 OK';
}

/** `sip.notify_reboot_enable`: 0 obeys the parameter, 1 always reboots, 2 never does (D). A boot fetches as well. */
function wantsReboot({ config }: Phone, parameters: readonly string[]): boolean {
  const mode = settingOf(config, 'sip.notify_reboot_enable');
  return mode === '1' || (mode === '0' && parameters.some((text) => /^reboot\s*=\s*true$/i.test(text)));
}

const LONG_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  o: 'event',
};

function parseSip(text: string): SipRequest | undefined {
  const [start = '', ...lines] = text
    .split(/\r?\n\r?\n/, 1)
    .join('')
    .split(/\r?\n/);
  const [, method] = /^([A-Z]+) \S+ SIP\/2\.0$/.exec(start) ?? [];
  if (method === undefined) return undefined;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at < 1) continue;
    const short = line.slice(0, at).trim().toLowerCase();
    const name = LONG_NAMES[short] ?? short;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return { method, headers };
}

function answer(
  socket: Socket,
  { headers }: SipRequest,
  status: string,
  { address, port }: { address: string; port: number },
): void {
  const copied = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
    (headers.get(name) ?? []).map((value) => `${SPELLING[name] ?? name}: ${value}`),
  );
  const text = [`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n');
  socket.send(text, port, address, () => {});
}

const SPELLING: Readonly<Record<string, string>> = {
  via: 'Via',
  from: 'From',
  to: 'To',
  'call-id': 'Call-ID',
  cseq: 'CSeq',
};
