import { describe, expect, test } from 'vitest';
import { createdId, inCompany, loggedIn, pick, userBody, withToken } from './fixture.ts';

const companies = [
  { code: '90001', name: 'Acme S.L.', extensions: 2 },
  { code: '90002', name: 'Beta S.A.', extensions: 1 },
];

describe('a: companyId in the query', () => {
  test('without it a list mixes every company', async () => {
    const { ask } = await loggedIn({ companies });
    const { json } = await ask('GET', 'extension');
    const owners = (pick(json, 'data') as Array<{ company_id: number }>).map(({ company_id }) => company_id);
    expect(owners).toEqual([90001, 90001, 90002]);
    expect(pick((await ask('GET', 'extension?companyId=90002')).json, 'meta.total')).toBe(1);
  });

  test('nothing is created without it', async () => {
    const { ask, box } = await loggedIn({ companies });
    const answer = await ask('POST', 'extension', userBody('a', '50'));
    expect([answer.status, pick(answer.json, 'errors.companyId')]).toEqual([
      422,
      ['The companyId field is required.'],
    ]);
    expect(Object.keys(box.saved())).toEqual(['10', '11']);
  });

  test('an object of another company is not found under it', async () => {
    const { ask } = await loggedIn({ companies });
    const id = pick((await ask('GET', 'extension?companyId=90002')).json, 'data.0.id');
    expect((await ask('GET', `extension/${id}`)).status).toBe(200);
    expect((await ask('DELETE', `extension/${id}?companyId=90001`)).status).toBe(404);
    expect((await ask('GET', 'extension?companyId=12345')).status).toBe(422);
  });
});

describe('b: X-Company-Id', () => {
  test('is demanded, and takes the id of the company, not its code', async () => {
    const { ask, service, token } = await loggedIn({ edition: 'b', companies });
    const asked = await ask('GET', 'extension');
    expect([asked.status, pick(asked.json, 'code')]).toEqual([400, 'company_required']);
    const wrong = await withToken(service, token, { 'X-Company-Id': '90002' })('GET', 'extension');
    expect([wrong.status, pick(wrong.json, 'code')]).toEqual([404, 'company_not_found']);
    const id = service.tenants[1]?.id ?? '';
    const { json } = await withToken(service, token, { 'X-Company-Id': id })('GET', 'extension');
    expect(pick(json, 'results.0.sip.name')).toBe('ext9000210');
  });

  test('the list of companies says code and id', async () => {
    const { ask, service } = await loggedIn({ edition: 'b', companies });
    const { json } = await ask('GET', 'company');
    const [acme] = service.tenants;
    expect(acme).toMatchObject({
      code: '90001',
      name: 'Acme S.L.',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(pick(json, 'results.0')).toMatchObject({
      uuid: acme?.id,
      code: '90001',
      legalName: 'Acme S.L.',
      extensionsInUse: 2,
    });
  });
});

describe('c: a call enters the company', () => {
  test('before it nothing is shown; it binds its own token alone', async () => {
    const { ask, bare, service } = await loggedIn({ edition: 'c', companies });
    expect((await ask('GET', 'extension')).json).toEqual({ message: 'No company selected.' });
    expect((await ask('POST', 'company/90002/enter')).status).toBe(200);
    expect((await ask('GET', 'extension')).json).toMatchObject([{ company_id: 90002 }]);
    const other = await bare('POST', 'login', service.credentials);
    expect((await withToken(service, String(pick(other.json, 'token')))('GET', 'did')).status).toBe(403);
    expect((await ask('POST', 'company/90009/enter')).status).toBe(404);
  });

  test('other dialects have no such call', async () => {
    const { ask } = await loggedIn({ companies });
    expect((await ask('POST', 'company/90002/enter')).status).toBe(404);
  });
});

describe('companies', () => {
  test('a: their id is their code, and the next one is given', async () => {
    const { ask, box } = await loggedIn({ companies });
    expect((await ask('GET', 'company/90001')).json).toMatchObject({
      data: { id: 90001, name: 'Acme S.L.', max_extensions: 102, extensions_count: 2, active: true },
    });
    const made = await ask('POST', 'company', { name: 'Gamma', max_extensions: 1 });
    expect([made.status, createdId(made)]).toEqual([201, '90003']);
    box.tenant('90003').create({ number: '10' });
    expect((await ask('DELETE', 'company/90003')).status).toBe(422);
    box.tenant('90003').empty();
    expect(box.sessions()).toBe(0);
  });

  test('b: an empty one can be renamed and deleted', async () => {
    const { ask, box } = await loggedIn({ edition: 'b', companies });
    const id = createdId(await ask('POST', 'company', { legalName: 'Gamma' }));
    expect((await ask('PUT', `company/${id}`, { legalName: 'Delta' })).status).toBe(204);
    expect((await ask('GET', `company/${id}`)).json).toMatchObject({ legalName: 'Delta', code: '90003' });
    expect((await ask('DELETE', `company/${id}`)).status).toBe(204);
    expect((await ask('GET', `company/${id}`)).status).toBe(404);
    expect(() => box.tenant('90003')).toThrow('no company 90003');
  });

  test('the same number in two companies is two SIP users', async () => {
    const { ask, box } = await inCompany({ companies }, 1);
    expect((await ask('POST', 'extension', userBody('a', '11'))).json).toMatchObject({
      data: { sip_user: 'ext9000211' },
    });
    expect(box.saved()['11']?.sipUser).toBe('ext9000111');
    expect(box.tenant('90002').saved()['11']?.email).toBe('p11@acme.example');
  });
});
