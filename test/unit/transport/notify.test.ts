import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { type NotifyContext, notifyCheckSync } from '../../../providers/transport/notify.ts';
import { contextOf, thrown } from './servers.ts';

/** A clock on which a sleep lasts until the phone has kept silent once more. */
interface StepClock extends Clock {
  tick(): void;
}

function stepClock(): StepClock {
  let elapsed = 0;
  let wake = () => {};
  return {
    now: () => elapsed,
    elapsed: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        wake = () => {
          elapsed += ms;
          resolve();
        };
      }),
    tick: () => wake(),
  };
}

const open: Socket[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

interface Phone {
  readonly port: number;
  readonly clock: StepClock;
  readonly packets: string[];
}

type Reaction = (packet: string, count: number) => readonly string[];

/** A phone that answers each packet with what `react` says. */
async function startPhone(react: Reaction): Promise<Phone> {
  const socket = createSocket('udp4');
  open.push(socket);
  const packets: string[] = [];
  const clock = stepClock();
  socket.on('message', (data: Buffer, from: RemoteInfo) => {
    packets.push(data.toString());
    const answers = react(data.toString(), packets.length);
    for (const text of answers) socket.send(text, from.port, from.address);
    if (answers.length === 0) clock.tick();
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, clock, packets };
}

/** An answer to a request, with what RFC 3261 has it repeat. */
function answer(request: string, line: string): string {
  const kept = request.split('\r\n').filter((header) => /^(Via|From|To|Call-ID|CSeq):/.test(header));
  return [`SIP/2.0 ${line}`, ...kept, 'Content-Length: 0', '', ''].join('\r\n');
}

function tell({ port, clock }: Phone, change: Partial<NotifyContext> = {}): Promise<void> {
  const context = { ...contextOf(), clock, ...change };
  return notifyCheckSync({ hostname: '127.0.0.1', port, user: '805ec0000001' }, context);
}

describe('NOTIFY check-sync', () => {
  it.each(['200 OK', '202 Accepted'])('is done with %s', async (line) => {
    const phone = await startPhone((packet) => [answer(packet, line)]);
    await tell(phone);
    expect(phone.packets).toHaveLength(1);
  });

  it('asks for no reboot, and is a whole request', async () => {
    const phone = await startPhone((packet) => [answer(packet, '200 OK')]);
    await tell(phone);
    const [request = ''] = phone.packets;
    expect(request.split('\r\n')[0]).toBe(`NOTIFY sip:805ec0000001@127.0.0.1:${phone.port} SIP/2.0`);
    expect(request).toContain('\r\nEvent: check-sync;reboot=false\r\n');
    const headers = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Content-Length'];
    expect(headers.filter((name) => !request.includes(`\r\n${name}: `))).toEqual([]);
    expect(request.endsWith('\r\n\r\n')).toBe(true);
  });

  it('is sent again, the same, until an answer comes', async () => {
    const phone = await startPhone((packet, count) => (count < 3 ? [] : [answer(packet, '200 OK')]));
    await tell(phone);
    expect(phone.packets).toHaveLength(3);
    expect(new Set(phone.packets).size).toBe(1);
  });

  it('waits for the final answer after a provisional one', async () => {
    const phone = await startPhone((packet) => [answer(packet, '100 Trying'), answer(packet, '200 OK')]);
    await tell(phone);
    expect(phone.packets).toHaveLength(1);
  });

  it('is not fooled by answers to something else', async () => {
    const other = (packet: string) => answer(packet, '200 OK').replace(/branch=\w+/, 'branch=z9hG4bKother');
    const phone = await startPhone((packet) => ['nonsense', other(packet), answer(packet, '489 Bad Event')]);
    expect(await thrown(tell(phone))).toMatchObject({ code: 'notify-refused' });
  });

  it.each([
    ['401 Unauthorized', 'challenged'],
    ['407 Proxy Authentication Required', 'challenged'],
    ['403 Forbidden', 'forbidden'],
    ['481 Subscription Does Not Exist', 'no-subscription'],
    ['489 Bad Event', 'bad-event'],
    ['503 Service Unavailable', 'refused'],
    ['302 Moved', 'refused'],
  ])('that is answered %s was refused: %s', async (line, kind) => {
    const phone = await startPhone((packet) => [answer(packet, line)]);
    expect(await thrown(tell(phone))).toMatchObject({
      code: 'notify-refused',
      params: { kind, status: Number(line.slice(0, 3)), host: `127.0.0.1:${phone.port}` },
    });
  });

  it('that nobody answers was sent five times', async () => {
    const phone = await startPhone(() => []);
    expect(await thrown(tell(phone))).toMatchObject({
      code: 'unreachable',
      params: { kind: 'no-answer' },
    });
    expect(phone.packets).toHaveLength(5);
    expect(phone.clock.elapsed()).toBe(8_000);
  });

  it('to a port where nobody listens is unreachable at once', async () => {
    const phone = await startPhone(() => []);
    await new Promise<void>((resolve) => open.pop()?.close(() => resolve()));
    const failure = await thrown(tell(phone, { clock: realClock }));
    expect(failure).toMatchObject({ code: 'unreachable', params: { kind: 'ECONNREFUSED' } });
  });

  it('ends with the run', async () => {
    const phone = await startPhone(() => []);
    const end = new AbortController();
    const telling = tell(phone, { clock: realClock, signal: end.signal });
    setTimeout(() => end.abort(), 30);
    expect(await thrown(telling)).toMatchObject({ code: 'aborted' });
  });

  it('is not sent to an address that nobody may talk to', async () => {
    const context = { ...contextOf(), clock: realClock };
    const failure = await thrown(
      notifyCheckSync({ hostname: '169.254.169.254', port: 5060, user: 'x' }, context),
    );
    expect(failure).toMatchObject({ code: 'address-refused' });
  });
});
