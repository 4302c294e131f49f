import { describe, expect, test } from 'vitest';
import type { LabPhone } from '../../../lab/index.ts';
import { phoneBench } from './fixture.ts';
import { get } from './servlet.ts';

const OPEN = { limitIp: '127.0.0.1', showOption: false };

async function remote(wanted: Partial<LabPhone> = {}) {
  const bench = await phoneBench({ generation: 'b1', actionUri: OPEN, ...wanted });
  const { username, password } = bench.service.credentials;
  const basic = { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  const ask = (path: string, headers: Record<string, string> = basic) =>
    get(bench.service.url, path, headers);
  return { ...bench, ask };
}

describe('the gates of the Action URI', () => {
  test.each<[string, Partial<LabPhone>, number]>([
    ['nothing is set', { actionUri: {} }, 403],
    ['the address is on the list', {}, 200],
    ['the list has patterns', { actionUri: { ...OPEN, limitIp: '192.0.2.1, 127.0.0.*' } }, 200],
    ['anybody may', { actionUri: { ...OPEN, limitIp: 'any' } }, 200],
    ['the list is of others', { actionUri: { ...OPEN, limitIp: '127.0.0.10' } }, 403],
    ['a pattern begins late', { actionUri: { ...OPEN, limitIp: '27.0.*' } }, 403],
    ['the feature is off', { actionUri: { ...OPEN, enable: false } }, 403],
    ['the interface is the newest', { generation: 'c' }, 200],
    ['the interface is the oldest', { generation: 'a' }, 200],
  ])('when %s', async (_, wanted, status) => {
    const { ask } = await remote(wanted);
    expect((await ask('/servlet?key=DNDOn')).status).toBe(status);
  });

  test('ask for the password, in the header or the old way', async () => {
    const { ask, service } = await remote();
    const { username, password } = service.credentials;
    expect((await ask('/servlet?key=DNDOn', {})).status).toBe(401);
    const old = `/servlet?p=login&q=login&username=${username}&pwd=${password}&jumpto=URI&key=DNDOn`;
    expect((await ask(old, {})).status).toBe(200);
  });

  test('keep the password of the old way out of the log', async () => {
    const { ask, service, phone } = await remote();
    await ask(`/servlet?p=login&q=login&username=admin&pwd=${service.credentials.password}&key=DNDOn`, {});
    expect(JSON.stringify(phone.requests())).not.toContain(service.credentials.password);
  });

  test('wait for somebody at the phone, who then lets the address in', async () => {
    const { ask, phone } = await remote({ actionUri: { ...OPEN, showOption: true } });
    expect((await ask('/servlet?key=DNDOn')).status).toBe(403);
    expect(phone.prompts()).toEqual(['127.0.0.1']);
    phone.allowRemoteControl();
    expect([(await ask('/servlet?key=DNDOn')).status, phone.prompts()]).toEqual([200, []]);
  });
});

describe('a key', () => {
  test.each([['/servlet'], ['/cgi-bin/ConfigManApp.com'], ['/cgi-bin/cgiServer.exx']])(
    'is pressed at %s',
    async (path) => {
      const { ask, phone } = await remote();
      expect((await ask(`${path}?key=Reboot`)).status).toBe(200);
      await phone.settled();
      expect(phone.reboots()).toBe(1);
    },
  );

  test('Reboot does nothing on some phones', async () => {
    const { ask, phone } = await remote({ doubts: { actionUriReboot: 'ignored' } });
    await ask('/servlet?key=Reboot');
    await phone.settled();
    expect(phone.reboots()).toBe(0);
  });

  test('AutoP fetches', async () => {
    const { ask, phone } = await remote({ provisioning: { url: 'http://127.0.0.1:1/' } });
    const before = phone.fetches().length;
    await ask('/servlet?key=AutoP');
    await phone.settled();
    expect(phone.fetches().length).toBeGreaterThan(before);
  });

  test('Reset goes back to the factory', async () => {
    const { ask, phone } = await remote();
    await ask('/servlet?key=Reset');
    await phone.settled();
    expect(phone.settings()).toEqual({});
  });

  test('that no phone has is refused', async () => {
    const { ask } = await remote();
    expect((await ask('/servlet?key=Selfdestruct')).status).toBe(403);
  });
});

describe('phonecfg=get', () => {
  test('tells firmware, MAC and accounts, counted from 0', async () => {
    const { ask, phone, account } = await remote({ mac: '805ec0000001' });
    phone.edit(account);
    const { text } = await ask('/servlet?phonecfg=get&accounts=1&dnd=0&fw=1');
    expect(text.split('\n')).toEqual([
      'FirmwareVersion=52.84.0.15',
      'MACAddress=80:5E:C0:00:00:01',
      'Account0=Enabled|Recepción|1000|Recepción||1000@sede.example|',
      'Account1=Disabled||||||',
      '',
    ]);
  });

  test('only reads', async () => {
    const { ask, phone } = await remote();
    const before = phone.settings();
    expect((await ask('/servlet?phonecfg=set&account.1.label=x')).status).toBe(403);
    expect(phone.settings()).toEqual(before);
  });
});
