import { describe, expect, test } from 'vitest';
import { bench, person } from './fixture.ts';

describe('the server', () => {
  test.each([
    ['v1', '8.1 (3f2a9c1)'],
    ['v2', '8.2 (b07d4e8)'],
  ] as const)('edition %s reports version %s, all in strings', async (edition, version) => {
    const { api } = await bench({ edition });
    const { json } = await api('license.info');
    expect(json).toMatchObject({ Edition: 'Multi-Tenant', Version: version });
    expect(new Set(Object.values(json).map((value) => typeof value))).toEqual(new Set(['string']));
  });

  test('the version can be chosen', async () => {
    const { api } = await bench({ version: '6.7 (0a1b2c3)' });
    expect((await api('license.info')).json.Version).toBe('6.7 (0a1b2c3)');
  });
});

describe('tenants', () => {
  test('are listed by server id, which is not their code', async () => {
    const { api, service } = await bench();
    const { json } = await api('tenant.list');
    expect(json).toEqual({
      '169': {
        name: 'T301-H910000301-ACME',
        tenantcode: '301',
        package_id: 2,
        package: 'Oficina',
        ext_length: 3,
        country_id: 869,
        country_code: 34,
      },
      '203': expect.objectContaining({ tenantcode: '412', ext_length: 4 }),
    });
    expect(service.tenants.map(({ id, code }) => [id, code])).toEqual([
      ['169', '301'],
      ['203', '412'],
    ]);
  });

  test('ids as strings, in doubt', async () => {
    const { api } = await bench({ doubts: { tenantNumbers: 'strings' } });
    expect((await api('tenant.list')).json['169']).toMatchObject({
      package_id: '2',
      country_code: '34',
      ext_length: 3,
    });
  });

  test('one in detail: other names, a mixture of flags, its password in clear', async () => {
    const { api } = await bench({ tenants: [{ code: '301', codecs: ['alaw'], callerId: '910000009' }] });
    const { json } = await api('tenant.configuration', { id: '169' });
    expect(json).toMatchObject({
      server_name: 'T301-H910000301-ACME',
      tenantcode: '301',
      incominglimit: '8',
      local_codecs: ['alaw'],
      tenantcid: '910000009',
      status: 'active',
      glocom_dns_srv_lookup: 'yes',
      enabletcalls: 'no',
      hdautologout: '0',
      didsaveupdatecid: null,
    });
    expect(json.appassword).toMatch(/^\S{20,}$/);
  });

  test('server in place of id, in doubt', async () => {
    const strict = await bench();
    expect((await strict.api('tenant.configuration', { server: '169' })).json.error).toBe(
      "Required field 'id' is missing",
    );
    const lax = await bench({ doubts: { tenantByServer: true } });
    expect((await lax.api('tenant.configuration', { server: '169' })).json.tenantcode).toBe('301');
  });

  test('not by code', async () => {
    const { api } = await bench();
    expect((await api('tenant.configuration', { id: '301' })).json.error).toBe('Invalid server id');
  });

  test('packages are names by id', async () => {
    const { api } = await bench();
    expect((await api('package.list')).json).toEqual({ '2': 'Oficina' });
  });
});

describe('departments', () => {
  test('are names under ids, for each tenant', async () => {
    const { api } = await bench({
      tenants: [{ code: '301' }, { code: '302', departments: { '9': 'Caja' } }],
    });
    expect((await api('department.list', { server: '169' })).json).toEqual({
      '4': { name: 'Ventas' },
      '6': { name: 'Soporte' },
    });
    expect((await api('department.list', { server: '203' })).json).toEqual({ '9': { name: 'Caja' } });
  });

  test('none are an empty array', async () => {
    const { api } = await bench({ tenants: [{ code: '301', departments: {} }] });
    expect((await api('department.list', { server: '169' })).text).toBe('[]');
  });

  test.each(['add', 'edit', 'delete'])('there is no department.%s', async (verb) => {
    const { api } = await bench();
    expect((await api(`department.${verb}`, { server: '169', name: 'Caja' })).json.error).toBe(
      'Unknown action',
    );
  });
});

describe('user agents', () => {
  test('say whether they are enabled, as booleans', async () => {
    const { api } = await bench();
    expect((await api('uads.list', { server: '169' })).json).toEqual({
      '24': { name: 'yealink_t46s', fullname: 'Yealink T46S', enabled: false },
      '50': { name: 'generic_sip', fullname: 'Generic SIP', enabled: true },
      '127': { name: 'glocom', fullname: 'gloCOM', enabled: true },
    });
  });

  test('have ids of the server’s own', async () => {
    const uads = [{ id: '71', name: 'generic_sip', fullname: 'Generic SIP' }];
    const { api } = await bench({ tenants: [{ code: '301', uads, extensions: 1 }] });
    expect((await api('ext.add', person('118'))).json.error).toMatch(/: ua: /);
    expect((await api('ext.configuration', { server: '169', ext: '100' })).json['10']).toMatchObject({
      ua_id: '71',
    });
  });

  test('are switched for one tenant', async () => {
    const { api } = await bench();
    await api('uads.deactivate', { server: '169', id: '50' });
    expect((await api('ext.add', person('118'))).json.error).toMatch(/: ua: /);
    expect((await api('ext.add', person('1180', { server: '203' }))).json.ext).toBe(1180);
  });

  test('uad.list is none, in doubt one', async () => {
    expect((await (await bench()).api('uad.list', { server: '169' })).json.error).toBe('Unknown action');
    const { api } = await bench({ doubts: { uadAlias: true } });
    expect((await api('uad.list', { server: '169' })).json['50']).toBeDefined();
  });
});

describe('DIDs', () => {
  const did = {
    server: '169',
    trunk: '12',
    did: '910000001',
    dest_type: '0',
    destination: '100',
    disabled: '0',
  };
  const seeded = { tenants: [{ code: '301', extensions: 1 }, { code: '302' }] };

  test('none are an empty array', async () => {
    const { api } = await bench();
    expect((await api('did.list', { server: '169' })).text).toBe('[]');
  });

  test('a new one has a number for its id, and shows the name of its trunk', async () => {
    const { api } = await bench(seeded);
    expect((await api('did.add', did)).json).toEqual({ success: 'DID ID: 1.', id: 1 });
    expect((await api('did.list', { server: '169', ext: '100' })).json['1']).toMatchObject({
      number: '910000001',
      number2: null,
      trunk: 'Salida',
      type: 'Extension',
      ext: '100',
      status: 'enabled',
      sms_enabled: null,
    });
    expect((await api('did.list', { server: '169', ext: '101' })).text).toBe('[]');
    expect((await api('did.list', { server: '203' })).text).toBe('[]');
  });

  test.each([
    [{ trunk: 'Salida' }, "'trunk=Salida' contains invalid data"],
    [{ server: '1' }, 'master'],
    [{ destination: '199' }, 'No such extension'],
    [{ dest_type: '18' }, "'dest_type=18' contains invalid data"],
  ])('%j is refused', async (change, error) => {
    const { api } = await bench(seeded);
    expect((await api('did.add', { ...did, ...change })).json.error).toContain(error);
  });

  test('a number exists once', async () => {
    const { api } = await bench({
      tenants: [{ code: '301', extensions: 1, dids: [{ number: '910000001', ext: '100' }] }],
    });
    expect((await api('did.add', did)).json.error).toContain('already exist');
  });

  test('trunks by id', async () => {
    const { api } = await bench();
    expect((await api('trunk.list', { server: '169' })).json['12']).toMatchObject({
      name: 'Salida',
      provider_id: '20',
    });
  });
});
