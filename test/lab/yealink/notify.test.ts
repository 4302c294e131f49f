import { createSocket } from 'node:dgram';
import { describe, expect, test } from 'vitest';
import type { LabPhone } from '../../../lab/index.ts';
import { phoneBench } from './fixture.ts';

/** Sends one SIP request over UDP; undefined without an answer in a short while. */
function sip(port: number, event: string, method = 'NOTIFY'): Promise<string | undefined> {
  const socket = createSocket('udp4');
  const lines = [
    `${method} sip:1000@127.0.0.1:${port} SIP/2.0`,
    'Via: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK-1;rport',
    'From: <sip:alta@pbx.example>;tag=1',
    'To: <sip:1000@127.0.0.1>',
    'Call-ID: 7@pbx.example',
    `CSeq: 2 ${method}`,
    `Event: ${event}`,
    'Content-Length: 0',
  ];
  return new Promise((resolve) => {
    const finish = (text?: string) => {
      clearTimeout(timer);
      socket.close();
      resolve(text);
    };
    const timer = setTimeout(finish, 300);
    socket.on('message', (message) => finish(message.toString('utf8')));
    socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, '127.0.0.1');
  });
}

async function notified(event: string, wanted: Partial<LabPhone> = {}) {
  const { phone, service } = await phoneBench({ provisioning: { url: 'http://127.0.0.1:1/' }, ...wanted });
  const before = phone.fetches().length;
  const answer = await sip(service.sipPort, event);
  await phone.settled();
  return { answer, phone, fetched: phone.fetches().length > before, reboots: phone.reboots() };
}

const mode = (value: string) => ({ cfg: [['sip.notify_reboot_enable', value]] as const });

describe('SIP NOTIFY check-sync', () => {
  test('is answered with 200 and the headers of the request', async () => {
    const { answer } = await notified('check-sync', mode('0'));
    expect(answer?.split('\r\n')).toEqual([
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK-1;rport',
      'From: <sip:alta@pbx.example>;tag=1',
      'To: <sip:1000@127.0.0.1>',
      'Call-ID: 7@pbx.example',
      'CSeq: 2 NOTIFY',
      'Content-Length: 0',
      '',
      '',
    ]);
  });

  test.each([
    ['0', 'check-sync', 0],
    ['0', 'check-sync;reboot=false', 0],
    ['0', 'check-sync;reboot=true', 1],
    ['1', 'check-sync;reboot=false', 1],
    ['2', 'check-sync;reboot=true', 0],
  ])('with mode %s: %s fetches, and reboots %d times', async (value, event, times) => {
    const { fetched, reboots } = await notified(event, mode(value));
    expect([fetched, reboots]).toEqual([true, times]);
  });

  test('reboots always, to begin with', async () => {
    expect((await notified('check-sync')).reboots).toBe(1);
  });

  test('of another event is refused', async () => {
    const { answer, fetched } = await notified('message-summary', mode('0'));
    expect([answer?.startsWith('SIP/2.0 489 '), fetched]).toEqual([true, false]);
  });

  test('is the only method taken', async () => {
    const { service } = await phoneBench();
    expect(await sip(service.sipPort, 'check-sync', 'INFO')).toMatch(/^SIP\/2\.0 405 /);
  });

  test('is not heard without power', async () => {
    const { service, phone } = await phoneBench();
    await phone.power(false);
    expect(await sip(service.sipPort, 'check-sync')).toBeUndefined();
  });
});
