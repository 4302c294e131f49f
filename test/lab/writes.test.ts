import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';
import { api, md5, strong } from './raw.ts';

const newcomer = (number: string, more: Record<string, unknown> = {}) => ({
  number,
  username: 'Recepción',
  registername: number,
  registerpassword: strong(number),
  ...more,
});

describe('add', () => {
  test('answers Success alone and takes the defaults', async () => {
    const { service } = await bench();
    const v2 = await api(service);
    expect((await v2('extension/add', newcomer('1500'))).json).toEqual({ status: 'Success' });
    const [entry] = (await v2('extension/query', { number: '1500' })).json.extinfos;
    expect(entry).toMatchObject({
      type: 'SIP',
      username: 'Recepción',
      callerid: '1500',
      vmsecret: '1500',
      maxregistrations: '1',
      hasvoicemail: 'on',
      enablevmtoemail: 'off',
      alwaysforward: 'off',
      noanswerforward: 'on',
      ntransferto: 'Voicemail',
      ringtimeout: '30',
      maxduration: 'Follow System',
      language: 'System Default',
    });
  });

  test.each(['number', 'username', 'registername', 'registerpassword'])(
    'without %s answers 10004',
    async (key) => {
      const v2 = await api((await bench()).service);
      expect((await v2('extension/add', newcomer('1500', { [key]: '' }))).json.errno).toBe('10004');
    },
  );

  test('an existing number answers 10085', async () => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/add', newcomer('1000'))).json.errno).toBe('10085');
  });

  test('beyond the limit answers 10087', async () => {
    const v2 = await api((await bench({ maxExtensions: 3 })).service);
    expect((await v2('extension/add', newcomer('1500'))).json.errno).toBe('10087');
  });

  test.each(['12345678', '10a0'])('the number %s answers 10017', async (number) => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/add', newcomer(number))).json.errno).toBe('10017');
  });
});

describe('update', () => {
  test('changes only what is sent', async () => {
    const { service, box } = await bench();
    const before = box.saved()['1000'];
    const v2 = await api(service);
    expect((await v2('extension/update', { number: '1000', dnd: 'on' })).json).toEqual({ status: 'Success' });
    expect(box.saved()['1000']).toEqual({ ...before, dnd: 'on' });
  });

  test('takes JSON numbers and stores strings', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', maxregistrations: 3 });
    expect(box.saved()['1000']?.maxregistrations).toBe('3');
  });

  test('an unknown extension answers 10006, a blank one 10004', async () => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/update', { number: '9999', dnd: 'on' })).json.errno).toBe('10006');
    expect((await v2('extension/update', { dnd: 'on' })).json.errno).toBe('10004');
  });

  test('v1.x renames through extnumber', async () => {
    const { service, box } = await bench({ edition: 'v1.1.0' });
    const v1 = await api(service, 'v1.1.0');
    expect((await v1('extension/update', { extid: '1000', extnumber: '1700' })).json.status).toBe('Success');
    expect(Object.keys(box.running())).toEqual(['1001', '1002', '1700']);
    expect((await v1('extension/update', { extid: '1700', extnumber: '1001' })).json.errno).toBe('10017');
  });

  test('v2.0.0 does not rename', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', extnumber: '1700' });
    expect(box.saved()['1700']).toBeUndefined();
  });

  test('the user password reads back as MD5', async () => {
    const { service } = await bench();
    const v2 = await api(service);
    const password = strong('user');
    await v2('extension/update', { number: '1000', loginpassword: password });
    const [entry] = (await v2('extension/query', { number: '1000' })).json.extinfos;
    expect(entry.loginpassword).toBe(md5(password));
  });

  test('a refused value changes nothing', async () => {
    const { service, box } = await bench();
    const before = box.saved();
    const v2 = await api(service);
    const answer = await v2('extension/update', { number: '1000', dnd: 'on', ringtimeout: 'soon' });
    expect(answer.json.errno).toBe('10017');
    expect(box.saved()).toEqual(before);
  });
});

describe('delete', () => {
  test('takes one and a comma list', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    expect((await v2('extension/delete', { number: '1000,1002' })).json).toEqual({ status: 'Success' });
    expect(Object.keys(box.saved())).toEqual(['1001']);
  });

  test('"all" deletes every extension', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    await v2('extension/delete', { number: 'all' });
    expect([box.saved(), box.running()]).toEqual([{}, {}]);
  });

  test.each(['10006', '10086'] as const)(
    'an unknown extension answers %s and nothing goes',
    async (errno) => {
      const { service, box } = await bench({ doubts: { deleteUnknownErrno: errno } });
      const v2 = await api(service);
      expect((await v2('extension/delete', { number: '1000,9999' })).json.errno).toBe(errno);
      expect(Object.keys(box.saved())).toHaveLength(3);
    },
  );

  test('an analogue extension answers 10086', async () => {
    const { service } = await bench({ seed: [{ number: '2000', type: 'FXS' }] });
    const v2 = await api(service);
    expect((await v2('extension/delete', { number: '2000' })).json.errno).toBe('10086');
  });

  test('without number answers 10004', async () => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/delete', {})).json.errno).toBe('10004');
  });
});
