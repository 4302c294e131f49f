import { afterEach, describe, expect, test, vi } from 'vitest';
import { startLab } from '../../../lab/index.ts';
import { api, strong } from '../raw.ts';
import { accountFor, closeLater, phoneBench } from './fixture.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a phone registers', () => {
  test('with the settings of a running extension, and both sides say so', async () => {
    const { phone, box, account } = await phoneBench();
    phone.edit(account);
    expect(phone.accounts()['1']).toEqual({
      enabled: true,
      status: 'registered',
      server: 'sede.example:5060',
      user: '1000',
      userAgent: 'Yealink SIP-T54W 96.86.0.70',
    });
    expect(box.contacts()).toEqual({
      '1000': [{ holder: 'mesa', line: 1, userAgent: 'Yealink SIP-T54W 96.86.0.70' }],
    });
  });

  test('and the API of the box shows it', async () => {
    const { phone, lab, account } = await phoneBench();
    phone.edit(account);
    const [box] = lab.boxes;
    const v2 = await api(box as Parameters<typeof api>[0]);
    expect((await v2('extension/query', { number: '1000' })).json.extinfos[0].status).toBe('Registered');
  });

  test('from its first moment, with starting settings', async () => {
    const first = await phoneBench();
    const { phone } = await phoneBench({ cfg: Object.entries(first.account) });
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('whatever the case of the server', async () => {
    const { phone, account } = await phoneBench();
    phone.edit({ ...account, 'account.1.sip_server.1.address': 'SEDE.Example' });
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('at the server and port that a box was given', async () => {
    const { phone, account } = await phoneBench({}, { sip: { server: 'sip.acme.example', port: 5070 } });
    phone.edit(account);
    expect(phone.accounts()['1']).toMatchObject({ status: 'registered', server: 'sip.acme.example:5070' });
  });
});

describe('a phone does not register', () => {
  test.each([
    ['a wrong password', { 'account.1.password': 'Not-the-secret-7' }, 'failed'],
    ['another user name', { 'account.1.user_name': '1001' }, 'failed'],
    ['an unknown registration name', { 'account.1.auth_name': '9', 'account.1.user_name': '9' }, 'failed'],
    ['another port', { 'account.1.sip_server.1.port': '5061' }, 'registering'],
    ['another server', { 'account.1.sip_server.1.address': 'other.example' }, 'registering'],
    ['another transport', { 'account.1.sip_server.1.transport_type': '1' }, 'registering'],
    ['no server', { 'account.1.sip_server.1.address': '' }, 'unregistered'],
    ['the line off', { 'account.1.enable': '0' }, 'disabled'],
  ])('with %s', async (_, changes, status) => {
    const { phone, box, account } = await phoneBench();
    phone.edit({ ...account, ...changes });
    expect(phone.accounts()['1']?.status).toBe(status);
    expect(box.contacts()).toEqual({});
  });

  test('to an extension that is saved and not running', async () => {
    const { phone, box, lab } = await phoneBench();
    box.create({ number: '2000', registerpassword: strong('2000') });
    const account = { ...accountFor(lab, '1000'), 'account.1.password': strong('2000') };
    phone.edit({ ...account, 'account.1.auth_name': '2000', 'account.1.user_name': '2000' });
    expect(phone.accounts()['1']?.status).toBe('failed');
    box.applyNow();
    expect(box.contacts()).toHaveProperty('2000');
  });

  test('without power', async () => {
    const { phone, box, account } = await phoneBench();
    phone.edit(account);
    await phone.power(false);
    expect([phone.accounts()['1']?.status, box.contacts()]).toEqual(['unregistered', {}]);
    await phone.power(true);
    expect(phone.accounts()['1']?.status).toBe('registered');
  });
});

describe('a registration ends', () => {
  test('as soon as the running secret changes', async () => {
    const { phone, box, account } = await phoneBench();
    phone.edit(account);
    box.edit('1000', { registerpassword: strong('new') });
    expect(phone.accounts()['1']?.status).toBe('registered');
    box.applyNow();
    expect([phone.accounts()['1']?.status, box.contacts()]).toEqual(['failed', {}]);
  });

  test('only when it is renewed, on a box with stale registrations', async () => {
    const { phone, box, account } = await phoneBench({}, { doubts: { staleRegistrations: true } });
    phone.edit(account);
    box.edit('1000', { registerpassword: strong('new') }, { apply: true });
    expect(phone.accounts()['1']?.status).toBe('registered');
    await phone.reboot();
    expect(phone.accounts()['1']?.status).toBe('failed');
  });

  test('when it expires there, and the secret is another', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { phone, box, account } = await phoneBench({}, { doubts: { staleRegistrations: true } });
    phone.edit(account);
    box.edit('1000', { registerpassword: strong('new') }, { apply: true });
    vi.setSystemTime(Date.now() + 179_000);
    expect(phone.accounts()['1']?.status).toBe('registered');
    vi.setSystemTime(Date.now() + 2000);
    expect([phone.accounts()['1']?.status, box.contacts()]).toEqual(['failed', {}]);
  });

  test('when the account becomes another extension', async () => {
    const { phone, box, lab, account } = await phoneBench();
    phone.edit(account);
    phone.edit(accountFor(lab, '1001'));
    expect(Object.keys(box.contacts())).toEqual(['1001']);
  });

  test('when its extension is removed', async () => {
    const { phone, box, account } = await phoneBench();
    phone.edit(account);
    box.remove('1000', { apply: true });
    expect(phone.accounts()['1']?.status).toBe('failed');
  });

  test('when the box is emptied', async () => {
    const { phone, box, account } = await phoneBench();
    phone.edit(account);
    box.empty();
    expect([phone.accounts()['1']?.status, box.contacts()]).toEqual(['failed', {}]);
  });
});

describe('concurrent registrations', () => {
  async function twoPhones() {
    const lab = await startLab({
      boxes: [{ name: 'sede', edition: 'v2.0.0', extensions: 2, tls: false }],
      phones: [
        { name: 'una', generation: 'c', tls: false },
        { name: 'otra', generation: 'b1', tls: false },
      ],
    });
    closeLater(() => lab.close());
    return { lab, box: lab.box('sede'), una: lab.phone('una'), otra: lab.phone('otra') };
  }

  test('stop at the limit of the extension', async () => {
    const { lab, box, una, otra } = await twoPhones();
    una.edit(accountFor(lab, '1000'));
    otra.edit(accountFor(lab, '1000'));
    expect([una.accounts()['1']?.status, otra.accounts()['1']?.status]).toEqual(['registered', 'failed']);
    box.edit('1000', { maxregistrations: '2' }, { apply: true });
    expect(box.contacts()['1000']?.map(({ holder }) => holder)).toEqual(['una', 'otra']);
  });

  test('count two lines of one phone twice', async () => {
    const { lab, una } = await twoPhones();
    una.edit({ ...accountFor(lab, '1000'), ...accountFor(lab, '1000', 2) });
    expect([una.accounts()['1']?.status, una.accounts()['2']?.status]).toEqual(['registered', 'failed']);
  });

  test('count the nameless phone of the control too', async () => {
    const { lab, box, una } = await twoPhones();
    expect(box.register('1000', box.running()['1000']?.registerpassword ?? '')).toBe(true);
    una.edit(accountFor(lab, '1000'));
    expect(una.accounts()['1']?.status).toBe('failed');
    box.unregister('1000');
    expect(una.accounts()['1']?.status).toBe('registered');
  });

  test('are untouched by the end of the nameless one', async () => {
    const { lab, box, una } = await twoPhones();
    una.edit(accountFor(lab, '1000'));
    box.unregister('1000');
    expect(box.contacts()['1000']).toHaveLength(1);
  });
});
