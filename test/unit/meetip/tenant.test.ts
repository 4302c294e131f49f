import { describe, expect, it } from 'vitest';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import { json } from '../../support/serve.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, error, newBox, page } from './box.ts';
import { applied, arrived, calls, failed, refused, spoil, start, writes } from './scene.ts';
import { contextOf, creation, type Opening, readAll, targetAt, update, using } from './support.ts';

const serverId = { options: { serverId: 169 } };

async function read(box: Box, opening: Opening = {}) {
  return readAll(await start(box), opening);
}

function narrow(box: Box, ...actions: readonly string[]): Box {
  for (const action of actions) box.denied.add(action);
  return box;
}

describe('the tenant', () => {
  it('is found by its code', async () => {
    await read(newBox());
    expect(calls().find(({ action }) => action === 'ext.list')?.params.server).toBe('169');
  });

  it.each([
    ['a code that the server does not have', { tenant: '302' }],
    ['another name', { tenant: '301', tenantName: 'Globex' }],
    ['a serial, which no server tells', { tenant: '301', serial: 'S-1' }],
  ])('is not written to where it is declared with %s', async (_what, identity) => {
    expect(await refused(newBox(), creation(), { identity })).toEqual(['wrong-identity', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('says what was found in place of it', async () => {
    const { params } = await failed(newBox(), creation(), {
      identity: { tenant: '301', tenantName: 'Globex' },
    });
    expect([params.expected, params.found]).toEqual([['tenantName Globex'], ['tenantName Acme S.L.']]);
  });

  it.each<[string, Opening, string[]]>([
    ['codes', { identity: { tenant: '302', tenantName: 'Acme S.L.' } }, ['tenant 100', 'tenant 301']],
    ['names', { identity: { tenantName: 'Globex' } }, ['tenantName System', 'tenantName Acme S.L.']],
    ['ids', { options: { serverId: 1 } }, ['tenant 100 serverId 1', 'tenant 301 serverId 169']],
  ])('names the tenants that there are, by their %s', async (_what, opening, expected) => {
    expect((await errorOf(read(newBox(), opening))).params.found).toEqual(expected);
  });

  it('names a few of many, and says where there is none', async () => {
    const box = newBox();
    for (let id = 200; id < 260; id += 1) box.tenants[id] = { name: 'X', tenantcode: String(id) };
    const { params } = await errorOf(read(box, { identity: { tenant: '999' } }));
    expect(params.found).toHaveLength(21);
    const none = await errorOf(read({ ...newBox(), tenants: {} }));
    expect(none.params.found).toEqual(['?']);
  });

  it('is not read where the server does not have it', async () => {
    const failure = await errorOf(read(newBox(), { identity: { tenant: '302' } }));
    expect([failure.code, failure.params.expected]).toEqual(['wrong-identity', ['tenant 302']]);
    expect(arrived()).not.toContain('ext.list');
  });

  it('is another one where the declared id belongs to another code', async () => {
    expect((await errorOf(read(newBox(), { options: { serverId: 1 } }))).code).toBe('wrong-identity');
  });

  it('is found by its name, where only one has it', async () => {
    const box = newBox();
    const identity = { tenantName: 'Acme S.L.' };
    expect((await read(box, { identity })).identity.tenant).toBe('301');
    box.tenants[170] = { name: 'Acme S.L.', tenantcode: '302', ext_length: 3 };
    expect((await errorOf(read(box, { identity }))).code).toBe('tenant-ambiguous');
  });

  it('is found by its id alone', async () => {
    const { identity } = await read(newBox(), { ...serverId, identity: {} });
    expect(identity).toEqual({ tenant: '301', tenantName: 'Acme S.L.' });
  });
});

describe('a key that may not list tenants', () => {
  it('needs the id, and says so with the action to be allowed', async () => {
    const { code, params } = await errorOf(read(narrow(newBox(), 'tenant.list')));
    expect([code, params.operation]).toEqual(['forbidden', 'pbxware.tenant.list']);
    expect(params.evidence).toContain('options.serverId');
  });

  it('proves the tenant by its configuration', async () => {
    const { identity, diagnostics } = await read(narrow(newBox(), 'tenant.list'), serverId);
    expect([identity, diagnostics]).toEqual([{ tenant: '301', tenantName: 'Acme S.L.' }, []]);
  });

  it('does not write where that says otherwise', async () => {
    const opening = { ...serverId, identity: { tenant: '302' } };
    const found = await refused(narrow(newBox(), 'tenant.list'), creation(), opening);
    expect([found, writes()]).toEqual([['wrong-identity', 'nothing'], []]);
  });

  it('proves the code by an extension where it may not see the configuration either', async () => {
    const box = narrow(newBox('118'), 'tenant.list', 'tenant.configuration');
    const { identity, diagnostics } = await read(box, serverId);
    expect(identity).toEqual({ tenant: '301' });
    expect(diagnostics?.map(({ code, severity }) => [severity, code])).toEqual([['warning', 'forbidden']]);
    expect(diagnostics?.[0]?.params.evidence).toBe(
      'not proven: tenantName; options.serverId 169 is believed',
    );
  });

  it('does not write where the extension says otherwise', async () => {
    const box = narrow(newBox('118'), 'tenant.list', 'tenant.configuration');
    const opening = { ...serverId, identity: { tenant: '302' } };
    expect([await refused(box, update({ name: 'B' }), opening), writes()]).toEqual([
      ['wrong-identity', 'nothing'],
      [],
    ]);
  });

  it.each([
    ['301', '301'],
    ['286', '286'],
    ['302', '301'],
  ])('that is declared as %s is taken for %s where an extension shows two codes', async (tenant, found) => {
    const box = narrow(newBox('118'), 'tenant.list', 'tenant.configuration');
    const options = { username: '286118', context: 't-301', secret: 'x' };
    const reply = json({ 10: { ext: '118', name: 'Ana', protocol: 'sip', options } });
    spoil(box, 'ext.configuration', reply, { times: 9 });
    const { identity } = await read(box, { ...serverId, identity: { tenant } });
    expect(identity).toEqual({ tenant: found });
  });

  it('believes the id of an empty tenant, and warns of it', async () => {
    const box = narrow(newBox(), 'tenant.list', 'tenant.configuration');
    const { diagnostics } = await read(box, serverId);
    expect(diagnostics?.[0]?.params.evidence).toContain('not proven: tenant, tenantName');
    await applied(box, creation(), serverId);
    expect(writes().map(([action]) => action)).toEqual(['ext.add']);
  });

  it('never lets the password in a configuration out', async () => {
    const logs: string[] = [];
    const reading = await read(narrow(newBox(), 'tenant.list'), { ...serverId, logs });
    expect(`${JSON.stringify(reading)}${logs.join()}`).not.toContain('App-Canary-77');
  });

  it('is told that an id is none', async () => {
    const box = narrow(newBox(), 'tenant.list', 'tenant.configuration');
    const failure = await errorOf(read(box, { options: { serverId: 301 } }));
    expect(failure.code).toBe('wrong-identity');
  });
});

describe('the key', () => {
  it('is shown once where it is refused', async () => {
    const server = await start(newBox());
    const failure = await errorOf(using(server, { key: 'wrong-key-of-somebody' }, async () => null));
    expect([failure.code, failure.params.target, arrived()]).toEqual([
      'wrong-credentials',
      'acme/pbx:main',
      ['tenant.list'],
    ]);
  });

  it('is not shown again where it is refused later', async () => {
    const box = newBox('118');
    spoil(box, 'ext.list', error('Invalid API key.'));
    const server = await start(box);
    const codes = await using(server, {}, async (session) => {
      const before = server.calls.length;
      const first = await errorOf(session.read({ kinds: ['extension'] }));
      const second = await errorOf(session.read({ kinds: ['extension'] }));
      const third = await errorOf(session.apply(creation()));
      const lists = server.calls.slice(before).filter(({ action }) => action === 'ext.list');
      return [first.code, second.code, third.code, third.written, lists.length];
    });
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials', 'wrong-credentials', 'nothing', 1]);
  });

  it('is missed before anything is sent', async () => {
    const server = await start(newBox());
    const context = { ...contextOf(), credentials: {} };
    const failure = await errorOf(driver.open(targetAt(server.url), context));
    expect([failure.code, failure.params.part, arrived()]).toEqual(['credential-missing', 'apiKey', []]);
  });

  it.each(['API key suspended', 'Access denied for IP 192.0.2.1', 'This apikey has been suspended.'])(
    'gets a hint with %j, whose words nobody documents',
    async (text) => {
      const box = newBox();
      spoil(box, 'tenant.list', error(text), { times: 9 });
      const { code, params } = await errorOf(read(box));
      expect(code).toBe('strange-answer');
      expect(params.evidence).toContain('may be suspended');
    },
  );
});

describe('where the key goes', () => {
  it('goes into the query where the server shows that it reads no body', async () => {
    const box = { ...newBox('118'), queryOnly: true };
    const logs: string[] = [];
    const { resources } = await read(box, { logs });
    expect(resources.length).toBe(1);
    expect(arrived().slice(0, 3)).toEqual(['tenant.list', 'tenant.list', 'tenant.list']);
    expect(
      calls()
        .map(({ method }) => method)
        .slice(0, 4),
    ).toEqual(['POST', 'POST', 'GET', 'GET']);
    expect(logs.some((one) => one.startsWith('key in the query'))).toBe(true);
  });

  it('stays in the body after a page that came once', async () => {
    const box = newBox();
    spoil(box, 'tenant.list', page());
    await read(box);
    expect(calls().some(({ exposed }) => exposed)).toBe(false);
  });

  it.each([
    ['405', { status: 405, text: 'no' }],
    ['a complaint that it is missing', error("Required field 'apikey' is missing")],
  ])('goes into the query after %s', async (_what, reply) => {
    const box = newBox();
    box.disturb = ({ method }) => (method === 'POST' ? reply : undefined);
    await read(box);
    expect(
      calls()
        .map(({ method }) => method)
        .slice(0, 2),
    ).toEqual(['POST', 'GET']);
  });

  it('is not shown in the query where it was read and refused', async () => {
    const server = await start(newBox());
    await errorOf(using(server, { key: 'wrong-key-of-somebody' }, async () => null));
    expect(server.calls.map(({ method }) => method)).toEqual(['POST']);
  });

  it('stays in the body where GET is answered with the same complaint', async () => {
    const box = newBox();
    const missing = error("Required field 'server' is missing");
    spoil(box, 'tenant.list', missing, { times: 2 });
    expect((await errorOf(read(box))).code).toBe('strange-answer');
    expect(calls().length).toBe(2);
  });

  it('ends with what POST was answered where GET is no better', async () => {
    const box = newBox();
    box.disturb = ({ method }) => (method === 'POST' ? page() : { status: 500, text: 'x' });
    const { code, params } = await errorOf(read(box));
    expect([code, String(params.evidence).includes('status 200')]).toEqual(['strange-answer', true]);
  });
});
