import { describe, expect, test } from 'vitest';
import { phoneBench } from './fixture.ts';
import { get } from './servlet.ts';

async function oldPhone() {
  const bench = await phoneBench({ generation: 'a', mac: '001565000001' });
  const { username, password } = bench.service.credentials;
  const basic = { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  return { ...bench, see: (path: string, headers = basic) => get(bench.service.url, path, headers) };
}

describe('a phone of V7x', () => {
  test('asks for Basic credentials everywhere', async () => {
    const { see, phone } = await oldPhone();
    const answer = await see('/cgi-bin/ConfigManApp.com?Id=1', { Authorization: 'Basic eDp5' });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="Yealink SIP-T22P"',
    ]);
    expect(phone.logins()).toMatchObject([{ accepted: false }]);
  });

  test('shows what it is', async () => {
    const { see } = await oldPhone();
    const { text } = await see('/cgi-bin/ConfigManApp.com?Id=1');
    expect([text.includes('devtype="t22p"'), text.includes('00:15:65:00:00:01')]).toEqual([true, true]);
  });

  test('exports its configuration in two steps', async () => {
    const { see, phone } = await oldPhone();
    phone.edit({ 'account.1.label': 'Recepción', 'account.1.transport': '1' });
    expect((await see('/cgi-bin/cgiServer.exx?command=getDownloadConfig(%221%22)')).status).toBe(200);
    expect((await see('/cgi-bin/cgiServer.exx?download=/tmp/config.bin')).text).toBe(
      '#!version:1.0.0.1\naccount.1.label = Recepción\naccount.1.transport = 1\n',
    );
  });

  test('shows the registration of an account with its own keys', async () => {
    const { see, phone, account } = await oldPhone();
    const { 'account.1.sip_server.1.expires': expires = '', ...rest } = account;
    phone.edit({ ...rest, 'account.1.sip_server.1.expires': expires });
    expect(phone.accounts()['1']?.status).toBe('registered');
    expect((await see('/cgi-bin/ConfigManApp.com?Id=1')).text).toContain(
      '<td>1000@sede.example</td><td>registered</td>',
    );
  });
});
