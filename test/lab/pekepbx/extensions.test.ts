import { describe, expect, test } from 'vitest';
import { createdId, inCompany, pick, userBody } from './fixture.ts';

const dids = { '+34910000001': '', '+34910000002': '' };
const companies = [{ code: '90001', dids }, { code: '90002' }];
const EDITIONS = ['a', 'b'] as const;

describe.each(EDITIONS)('extensions in dialect %s', (edition) => {
  const one = (answer: unknown) => pick(answer, 'data') ?? answer;

  test('created, read, listed, deleted, not found', async () => {
    const { ask, box } = await inCompany({ edition, companies });
    const made = await ask('POST', 'extension', userBody(edition, '10'));
    expect(made.status).toBe(201);
    const id = createdId(made);
    const read = one((await ask('GET', `extension/${id}`)).json);
    const listed = (await ask('GET', 'extension')).json;
    expect([pick(listed, 'data.0') ?? pick(listed, 'results.0')]).toEqual([read]);
    expect((await ask('DELETE', `extension/${id}`)).status).toBe(edition === 'a' ? 200 : 204);
    expect((await ask('GET', `extension/${id}`)).status).toBe(404);
    expect((await ask('DELETE', `extension/${id}`)).status).toBe(404);
    expect(box.saved()).toEqual({});
  });

  test('role, e-mail, name, password and number are required; the rest takes its defaults', async () => {
    const { ask, box } = await inCompany({ edition, companies });
    const answer = await ask('POST', 'extension', {});
    expect(answer.status).toBe(422);
    const named =
      edition === 'a'
        ? Object.keys(pick(answer.json, 'errors') as object)
        : (pick(answer.json, 'messages') as string[]).map((text) => text.split(' ')[0]);
    expect(named).toHaveLength(5);
    await ask('POST', 'extension', userBody(edition, '10'));
    expect(box.saved()['10']).toEqual({
      number: '10',
      name: 'Persona 10',
      email: 'p10@acme.example',
      role: 'user',
      password: expect.stringMatching(/^<set [0-9a-f]{8}>$/),
      sipUser: 'ext9000110',
      sipPassword: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
      callerId: '',
      internalOnly: 'false',
      mobileExtension: '',
      mobile: '',
      voicemail: 'false',
      recording: 'false',
      dialling: 'national',
    });
    expect(box.running()).toEqual(box.saved());
  });

  test('no panel password is ever answered', async () => {
    const { ask } = await inCompany({ edition, companies });
    const made = await ask('POST', 'extension', userBody(edition, '10'));
    const read = await ask('GET', `extension/${createdId(made)}`);
    for (const { text } of [made, read]) expect(text).not.toMatch(/correct horse|"password"/);
  });

  test('bad values are named as the wire names them', async () => {
    const { ask, box } = await inCompany({ edition, companies });
    const bad =
      edition === 'a'
        ? { email: 'nobody', role: 'boss', did_out_id: 999_999, only_internal: 'yes', sip_password: 'short' }
        : {
            user: { mail: 'nobody', roleId: 9 },
            sip: { callerId: '+34999', secret: 'short' },
            limits: { internalOnly: 2 },
          };
    const { status, text } = await ask('POST', 'extension', userBody(edition, '10', bad));
    expect(status).toBe(422);
    const names =
      edition === 'a'
        ? ['email', 'role', 'did_out_id', 'only_internal', 'sip_password']
        : ['user.mail', 'user.roleId', 'sip.callerId', 'limits.internalOnly', 'sip.secret'];
    for (const name of names) expect(text).toContain(name);
    expect(box.saved()).toEqual({});
  });

  test('an e-mail exists once on the platform, a number once in a company', async () => {
    const { ask, box } = await inCompany({ edition, companies });
    const status = edition === 'a' ? 422 : 409;
    box.tenant('90002').create({ number: '10', email: 'P10@acme.example' });
    expect((await ask('POST', 'extension', userBody(edition, '10'))).status).toBe(status);
    box.create({ number: '11' });
    const again = await ask('POST', 'extension', userBody(edition, '11'));
    expect([again.status, again.text]).toEqual([
      status,
      expect.stringMatching(edition === 'a' ? /extension has already been taken/ : /sip\.name is in use/),
    ]);
  });

  test('beyond its quota a company gets none', async () => {
    const { ask, box } = await inCompany({ edition, companies: [{ code: '90001', quota: 1 }] });
    box.create({ number: '10' });
    const { status, text } = await ask('POST', 'extension', userBody(edition, '11'));
    expect([status, text]).toEqual(
      edition === 'a'
        ? [422, expect.stringContaining('número máximo de extensiones')]
        : [403, expect.stringContaining('quota_exceeded')],
    );
    expect(Object.keys(box.saved())).toEqual(['10']);
  });

  test('a caller ID is a DID of the company, or nobody', async () => {
    const { ask, box } = await inCompany({ edition, companies });
    const list = (await ask('GET', 'did')).json;
    const did = pick(list, 'data.1.id');
    const chosen = edition === 'a' ? { did_out_id: did } : { sip: { callerId: '+34910000002' } };
    const made = await ask('POST', 'extension', userBody(edition, '10', chosen));
    expect(box.saved()['10']?.callerId).toBe('+34910000002');
    const read = one((await ask('GET', `extension/${createdId(made)}`)).json);
    expect(pick(read, edition === 'a' ? 'did_out_id' : 'sip.callerId')).toBe(
      edition === 'a' ? did : '+34910000002',
    );
    box.edit('10', { callerId: '' });
    const anonymous = one((await ask('GET', `extension/${createdId(made)}`)).json);
    expect(pick(anonymous, edition === 'a' ? 'did_out_id' : 'sip.callerId')).toBe(
      edition === 'a' ? null : 'anonymous',
    );
  });
});

describe('a: what an object looks like', () => {
  test('flat, with integers, booleans, nulls, and keys of the server’s own', async () => {
    const { ask } = await inCompany({ companies });
    const made = await ask('POST', 'extension', userBody('a', '10', { only_internal: true, role: 'admin' }));
    const stamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(made.json).toEqual({
      data: {
        id: expect.any(Number),
        extension: '10',
        full_name: 'Persona 10',
        email: 'p10@acme.example',
        role: 'admin',
        only_internal: true,
        mobile_extension: null,
        mobile_phone: null,
        sip_password: expect.stringMatching(/^\w{16}$/),
        did_out_id: null,
        voicemail: false,
        record_calls: false,
        call_permission: 'national',
        sip_user: 'ext9000110',
        status: 'offline',
        did_out: null,
        company_id: 90001,
        created_at: stamp,
        updated_at: stamp,
        deleted_at: null,
      },
    });
  });

  test('PUT replaces: what is not sent is lost, the SIP password too, the panel’s is not', async () => {
    const { ask, box, bare } = await inCompany({ companies });
    const full = { mobile_phone: '600000001', voicemail: true, sip_password: 'chosen-secret-1' };
    const id = createdId(await ask('POST', 'extension', userBody('a', '10', full)));
    const { password: _unsent, ...rest } = userBody('a', '10') as Record<string, unknown>;
    expect((await ask('PUT', `extension/${id}`, rest)).status).toBe(200);
    expect(box.saved()['10']).toMatchObject({ mobile: '', voicemail: 'false' });
    expect(box.saved()['10']?.sipPassword).toMatch(/^[A-Za-z0-9]{16}$/);
    const user = { username: 'p10@acme.example', password: 'correct horse' };
    expect((await bare('POST', 'login', user)).status).toBe(200);
    expect((await ask('PUT', `extension/${id}`, { full_name: 'Only a name' })).status).toBe(422);
  });

  test('the object sent back as it was read changes nothing but its time', async () => {
    const { ask, box } = await inCompany({ companies });
    const made = await ask('POST', 'extension', userBody('a', '10', { mobile_phone: '600000001' }));
    const before = box.saved()['10'];
    expect((await ask('PUT', `extension/${createdId(made)}`, pick(made.json, 'data'))).status).toBe(200);
    expect(box.saved()['10']).toEqual(before);
  });

  test('a number can be changed, and frees the old one', async () => {
    const { ask, box } = await inCompany({ companies });
    const made = await ask('POST', 'extension', userBody('a', '10'));
    await ask('PUT', `extension/${createdId(made)}`, {
      ...(pick(made.json, 'data') as object),
      extension: '20',
    });
    expect(Object.keys(box.saved())).toEqual(['20']);
    expect(box.saved()['20']?.sipUser).toBe('ext9000120');
  });
});

describe('b: what an object looks like', () => {
  test('nested, with UUIDs, bits and words; created answers its id alone', async () => {
    const { ask } = await inCompany({ edition: 'b', companies });
    const more = { limits: { internalOnly: 1, outbound: 3 }, services: { voicemail: 'on' } };
    const made = await ask('POST', 'extension', userBody('b', '10', more));
    const id = createdId(made);
    expect(made.json).toEqual({ uuid: expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/) });
    expect(made.headers.location).toBe(`/api/v2/extension/${id}`);
    expect((await ask('GET', `extension/${id}`)).json).toEqual({
      uuid: id,
      sip: { name: 'ext9000110', callerId: 'anonymous' },
      user: { fullName: 'Persona 10', mail: 'p10@acme.example', roleId: 2 },
      limits: { internalOnly: 1, outbound: 3 },
      mobile: { ext: '', msisdn: '' },
      services: { voicemail: 'on', recording: 'off' },
      companyCode: '90001',
      state: 'UNREGISTERED',
      createdAt: expect.any(Number),
      updatedAt: expect.any(Number),
      rev: 1,
      _links: { self: `/api/v2/extension/${id}` },
    });
  });

  test('PUT merges, deep: what is not sent stays, and nothing is answered', async () => {
    const { ask, box } = await inCompany({ edition: 'b', companies });
    const full = { mobile: { msisdn: '600000001' }, sip: { secret: 'chosen-secret-1' } };
    const id = createdId(await ask('POST', 'extension', userBody('b', '10', full)));
    const put = await ask('PUT', `extension/${id}`, { user: { fullName: 'Otra' } });
    expect([put.status, put.text]).toEqual([204, '']);
    expect(box.saved()['10']).toMatchObject({
      name: 'Otra',
      email: 'p10@acme.example',
      mobile: '600000001',
      sipPassword: 'chosen-secret-1',
    });
    expect(pick((await ask('GET', `extension/${id}`)).json, 'rev')).toBe(2);
  });

  test('a number is the whole SIP name of this company, and stays', async () => {
    const { ask } = await inCompany({ edition: 'b', companies });
    for (const name of ['10', 'ext9000210', 'ext90001', 'ext90001x']) {
      expect((await ask('POST', 'extension', userBody('b', '10', { sip: { name } }))).status).toBe(422);
    }
    const id = createdId(await ask('POST', 'extension', userBody('b', '10')));
    const moved = await ask('PUT', `extension/${id}`, { sip: { name: 'ext9000120' } });
    expect([moved.status, pick(moved.json, 'messages')]).toEqual([422, ['sip.name cannot be changed']]);
    expect((await ask('PUT', `extension/${id}`, { sip: { name: 'ext9000110' } })).status).toBe(204);
  });
});
