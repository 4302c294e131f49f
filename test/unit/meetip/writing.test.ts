import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import { errorOf } from '../../support/session.ts';
import { error, extension, newBox, store } from './box.ts';
import { applied, arrived, calls, failed, refused, start, writes } from './scene.ts';
import {
  ADDRESS,
  creation,
  deletion,
  desired,
  PIN,
  person,
  readAll,
  SIP_SECRET,
  targetAt,
  update,
  using,
} from './support.ts';

describe('a new extension', () => {
  it('is made with all that the API asks for, and always with its number', async () => {
    await applied(newBox(), creation());
    expect(writes()).toEqual([
      [
        'ext.add',
        {
          ext: '118',
          prot: 'sip',
          name: 'Ana',
          email: 'ana@acme.example',
          ua: '50',
          location: '2',
          status: '1',
          incominglimit: '2',
          outgoinglimit: '2',
          voicemail: '1',
          secret: SIP_SECRET,
          pin: PIN,
        },
      ],
    ]);
  });

  it('takes what is declared in place of what is usual', async () => {
    const values = { location: 'local', status: 'suspended', incomingLimit: 5, voicemail: false };
    await applied(newBox(), creation({ ...values, userAgent: 'gloCOM', department: 'Soporte', nat: false }));
    const [, sent] = writes()[0] ?? [];
    expect(sent).toMatchObject({
      location: '1',
      status: '2',
      incominglimit: '5',
      voicemail: '0',
      ua: '127',
      department: '6',
      nat: '0',
    });
  });

  it('answers its id', async () => {
    expect(await applied(newBox('117'), creation())).toEqual({ id: '11' });
  });

  it('reads back as it was declared', async () => {
    const values = {
      ...person,
      callerId: '+34910000001',
      department: 'Ventas',
      title: 'Jefa',
      language: 'es',
      userAgent: 'generic-sip',
      location: 'remote',
      status: 'active',
      concurrentRegistrations: 3,
      nat: true,
      voicemail: false,
      incomingLimit: 4,
      outgoingLimit: 4,
      ringTimeout: 25,
      dtmfMode: 'info',
      callRecording: false,
      mediaEncryption: 'required',
    };
    const server = await start(newBox());
    const wanted = driver.normalise(desired(values), targetAt(server.url)).values;
    await using(server, {}, (session) => session.apply(creation(wanted)));
    const reading = await readAll(server);
    expect(reading.resources[0]?.values).toMatchObject(wanted);
  });

  it('is the same when it is made twice', async () => {
    const box = newBox();
    const server = await start(box);
    await using(server, {}, async (session) => {
      await session.apply(creation({ callerId: '910000001' }));
      const once = structuredClone([...box.extensions]);
      await session.apply(creation({ callerId: '910000001' }));
      expect([...box.extensions]).toEqual(once);
    });
    expect(writes().map(([action]) => action)).toEqual([
      'ext.add',
      'ext.es.callerid.edit',
      'ext.es.callerid.set',
      'ext.add',
    ]);
  });

  it('never takes the place of another', async () => {
    const box = newBox('118');
    const before = structuredClone([...box.extensions]);
    expect(await refused(box, creation())).toEqual(['already-exists', 'nothing']);
    expect([...box.extensions]).toEqual(before);
  });

  it('is refused where a menu or a group has the number', async () => {
    const box = newBox();
    box.disturb = ({ action }) =>
      action === 'ext.add'
        ? error('ua_id: extension is reserved - number 118 is reserved by (IVR) Main')
        : undefined;
    expect(await refused(box, creation())).toEqual(['already-exists', 'nothing']);
  });

  it.each<[string, Partial<Write>, string]>([
    ['e-mail', { values: { name: 'Ana' } }, 'field-required email'],
    ['name', { values: { email: 'a@acme.example' } }, 'field-required name'],
    ['SIP secret', { secrets: { pin: new Secret(PIN) } }, 'secret-required sip'],
    ['PIN', { secrets: { sip: new Secret(SIP_SECRET) } }, 'secret-required pin'],
  ])('needs its %s before anything is sent', async (_what, less, expected) => {
    const failure = await failed(newBox(), { ...creation(), ...less } as Write);
    expect([`${failure.code} ${failure.params.field}`, failure.written, writes()]).toEqual([
      expected,
      'nothing',
      [],
    ]);
  });

  it.each([
    ['1180', 'value-too-long'],
    ['18', 'value-too-short'],
    ['1a8', 'value-characters'],
  ])('of the number %s is refused before anything is sent', async (key, code) => {
    const failure = await failed(newBox(), creation({}, key));
    expect([failure.code, failure.params.field, failure.written, writes()]).toEqual([
      code,
      'number',
      'nothing',
      [],
    ]);
  });

  it.each([
    ['a department that is not there', { department: 'Almacén' }, ['Ventas', 'Soporte']],
    ['a device type that is not there', { userAgent: 'Snom' }, ['generic-sip', 'gloCOM']],
  ])('with %s is refused with those that are', async (_what, values, allowed) => {
    const failure = await failed(newBox(), creation(values));
    expect([failure.code, failure.params.allowed, failure.params.address, failure.written]).toEqual([
      'value-one-of',
      allowed,
      ADDRESS,
      'nothing',
    ]);
  });

  it('does not use a device type that is off', async () => {
    const failure = await failed(newBox(), creation({ userAgent: 'Yealink T46' }));
    expect([failure.code, failure.written, writes()]).toEqual(['unsupported-operation', 'nothing', []]);
  });

  it('checks a declared id of Generic SIP too', async () => {
    expect(await refused(newBox(), creation(), { options: { userAgentId: 61 } })).toEqual([
      'unsupported-operation',
      'nothing',
    ]);
    expect(await refused(newBox(), creation(), { options: { userAgentId: 99 } })).toEqual([
      'value-one-of',
      'nothing',
    ]);
  });

  it('believes the declared id where device types may not be listed', async () => {
    const box = newBox();
    box.denied.add('uads.list');
    await applied(box, creation(), { options: { userAgentId: 50 } });
    expect(writes()[0]?.[1].ua).toBe('50');
  });

  it('names the action that is missing where nothing tells the id', async () => {
    const box = newBox();
    box.denied.add('uads.list');
    const failure = await failed(box, creation());
    expect([failure.code, failure.params.operation, failure.written]).toEqual([
      'forbidden',
      'pbxware.uads.list',
      'nothing',
    ]);
  });

  it('is refused for a right that the key lacks, by name', async () => {
    const box = newBox();
    box.denied.add('ext.add');
    const failure = await failed(box, creation());
    expect([failure.code, failure.params.operation, failure.written]).toEqual([
      'forbidden',
      'pbxware.ext.add',
      'nothing',
    ]);
  });

  it.each([
    ["Required field 'email' is missing", ['email'], 'missing'],
    ["Required field 'secret=hunter2' contains invalid data (Regex: /x/)", ['sip'], 'invalid data'],
    ["Required field 'ua=1' contains invalid data (Regex: /x/)", ['userAgent'], 'invalid data'],
    ["Required field 'server' is missing", ['server'], 'missing'],
  ])('says what the server minds, without its value: %s', async (text, fields, evidence) => {
    const box = newBox();
    box.disturb = ({ action }) => (action === 'ext.add' ? error(text) : undefined);
    const failure = await failed(box, creation());
    const { code, written, params } = failure;
    expect([code, params.fields, params.evidence, written]).toEqual([
      'field-refused',
      fields,
      evidence,
      'nothing',
    ]);
  });
});

describe('a change', () => {
  it('sends what changes and nothing else', async () => {
    await applied(newBox('118'), update({ name: 'Eva' }));
    expect(writes()).toEqual([['ext.edit', { id: '10', name: 'Eva' }]]);
  });

  it('sends a secret only where it changes', async () => {
    const secrets = { sip: new Secret(SIP_SECRET), portal: new Secret('Panel-Word-7') };
    await applied(newBox('118'), update({}, secrets));
    expect(writes()).toEqual([['ext.edit', { id: '10', secret: SIP_SECRET, password: 'Panel-Word-7' }]]);
  });

  it('leaves all else as it was', async () => {
    const box = newBox('118');
    const before = { ...box.extensions.get('10') };
    await applied(box, update({ ringTimeout: 20 }));
    expect(box.extensions.get('10')).toEqual({ ...before, ringtime: '20' });
  });

  it('of the outgoing number alone leaves the extension alone', async () => {
    await applied(newBox('118'), update({ callerId: '910000001' }));
    expect(writes().map(([action]) => action)).toEqual(['ext.es.callerid.edit', 'ext.es.callerid.set']);
  });

  it('of what is not there is refused', async () => {
    expect(await refused(newBox('119'), update({ name: 'Eva' }))).toEqual(['not-found', 'nothing']);
  });

  it('finds an extension that was made after the last reading', async () => {
    const box = newBox();
    const server = await start(box);
    await using(server, {}, async (session) => {
      await session.read({ kinds: ['extension'] });
      store(box, '44', extension('118'));
      await session.apply(update({ name: 'Eva' }));
    });
    expect(writes()).toEqual([['ext.edit', { id: '44', name: 'Eva' }]]);
  });

  it.each(['iax'])('never touches an %s extension', async (prot) => {
    const box = newBox();
    store(box, '10', extension('118', { prot }));
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['unsupported-operation', 'nothing']);
    expect(await refused(box, deletion)).toEqual(['unsupported-operation', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it.each([
    [{ callerId: 'anonymous' }, 'value-unsupported'],
    [{ callerId: 'internal' }, 'value-unsupported'],
    [{ incomingLimit: 1000 }, 'value-out-of-range'],
    [{ ringTimeout: 100 }, 'value-out-of-range'],
    [{ mediaEncryption: 'off' }, 'value-unsupported'],
    [{ registrationName: '999' }, 'field-read-only'],
    [{ mobile: '600000001' }, 'field-unsupported'],
  ])('to %j is refused before anything is sent', async (values, code) => {
    expect([await refused(newBox('118'), update(values)), writes()]).toEqual([[code, 'nothing'], []]);
  });

  it.each([
    ['sip', 'Short-1', 'secret-too-short'],
    ['sip', 'alllowercase-1', 'secret-characters'],
    ['sip', 'NoSpecialSign12', 'secret-characters'],
    ['sip', 'Spaces are-Not4', 'secret-characters'],
    ['pin', '12345', 'secret-too-long'],
    ['pin', '12a4', 'secret-characters'],
    ['portal', 'ümlaut', 'secret-characters'],
  ])('of the secret %s breaking a rule is refused, and not printed', async (field, value, code) => {
    const failure = await failed(newBox('118'), update({}, { [field]: new Secret(value) }));
    expect([failure.code, failure.written, writes()]).toEqual([code, 'nothing', []]);
    expect(JSON.stringify([failure.params, failure.facts])).not.toContain(value);
  });
});

describe('a deletion', () => {
  it('is by the internal id', async () => {
    const box = newBox('117', '118');
    await applied(box, deletion);
    expect([writes(), [...box.extensions.keys()]]).toEqual([[['ext.delete', { id: '11' }]], ['10']]);
  });

  it('of what is gone succeeds without a word', async () => {
    await applied(newBox('117'), deletion);
    expect(writes()).toEqual([]);
  });

  it('twice is once', async () => {
    const box = newBox('118');
    await using(await start(box), {}, async (session) => {
      await session.apply(deletion);
      await session.apply(deletion);
    });
    expect(writes().length).toBe(1);
  });

  it('makes room for a new one of the same number', async () => {
    const box = newBox('118');
    const server = await start(box);
    await using(server, {}, async (session) => {
      await session.apply(deletion);
      await session.apply(creation({ name: 'Eva' }));
      await session.apply(update({ name: 'Lea' }));
    });
    expect([...box.extensions.values()].map(({ name }) => name)).toEqual(['Lea']);
  });
});

describe('a session for reading', () => {
  it('writes nothing', async () => {
    const server = await start(newBox());
    const failure = await using(server, { purpose: 'read' }, (session) => errorOf(session.apply(creation())));
    expect([failure.code, failure.written, writes()]).toEqual(['read-only-session', 'nothing', []]);
  });

  it('never writes by reading', async () => {
    const box = newBox('118');
    box.monitor['1'] = { ext: '118', ip: '192.0.2.7', status: 'OK' };
    const server = await start(box);
    await using(server, { purpose: 'read' }, async (session) => {
      await session.read({ kinds: ['extension'] });
      await session.registrations?.(['118']);
      await session.callFlows?.([{ name: 'Ventas' }]);
    });
    expect([writes(), calls().length > 0]).toEqual([[], true]);
  });

  it('closes twice as once, and has no login to end', async () => {
    const server = await start(newBox());
    const session = await using(server, {}, async (one) => one);
    await session.close();
    expect(arrived()).toEqual(['tenant.list', 'license.info']);
  });
});
