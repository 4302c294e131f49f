import { describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, error, extension, newBox, page, STORED_SECRET, store } from './box.ts';
import { arrived, calls, spoil, start } from './scene.ts';
import { KEY, type Opening, readAll, using } from './support.ts';

const read = async (box: Box, opening: Opening = {}) => readAll(await start(box), opening);
const failedRead = async (box: Box, opening: Opening = {}) => errorOf(read(box, opening));
const first = async (box: Box) => (await read(box)).resources[0];

describe('reading a tenant', () => {
  it('brings what is nested and renamed to the names of the YAML', async () => {
    const box = newBox();
    const more = { title: 'Jefa', user_language: 'es', department: '4', max_contacts: '2', ringtime: '30' };
    store(box, '10', extension('118', { ...more, recordcalls: '1', encryption: 'offer' }));
    box.callerIds.set('10', { callerid: '+34910000001', emergency: '112', state: 'yes' });
    const found = await first(box);
    expect(found?.values).toEqual({
      number: '118',
      type: 'sip',
      name: 'Ana',
      email: 'ext118@acme.example',
      title: 'Jefa',
      language: 'es',
      location: 'remote',
      status: 'active',
      nat: true,
      voicemail: true,
      incomingLimit: 2,
      outgoingLimit: 2,
      concurrentRegistrations: 2,
      ringTimeout: 30,
      dtmfMode: 'rfc2833',
      callRecording: true,
      mediaEncryption: 'optional',
      userAgent: 'generic-sip',
      registrationName: '301118',
      department: 'Ventas',
      callerId: '+34910000001',
      emergencyCallerId: '112',
    });
  });

  it('keeps readable secrets wrapped', async () => {
    const reading = await read(newBox('118'));
    expect(JSON.stringify(reading)).not.toContain(STORED_SECRET);
    const { sip, pin } = reading.resources[0]?.secrets ?? {};
    expect([sip && reveal(sip), pin && reveal(pin)]).toEqual([STORED_SECRET, '9081']);
  });

  it('says what the server is and whose the tenant', async () => {
    const { edition, identity, can } = await read(newBox());
    expect([edition, identity]).toEqual([
      'PBXware Multi-Tenant 8.1 (9f2c)',
      { tenant: '301', tenantName: 'Acme S.L.' },
    ]);
    expect(can).toEqual({ guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false });
  });

  it('takes a list where PHP wrote an empty map', async () => {
    const box = newBox();
    expect((await read(box)).resources).toEqual([]);
  });

  it('asks two things of each extension, and the state of a number only where one is set', async () => {
    const box = newBox('118', '119', '120');
    box.callerIds.set('11', { callerid: '910000001', emergency: '', state: 'yes' });
    await read(box);
    const perExtension = arrived().filter((action) => /^ext\.(configuration|es\.)/.test(action));
    const count = (action: string) => perExtension.filter((one) => one === action).length;
    expect([
      count('ext.configuration'),
      count('ext.es.callerid.configuration'),
      count('ext.es.callerid.get'),
      perExtension.length,
    ]).toEqual([3, 3, 1, 7]);
  });

  it('shows the key in bodies only', async () => {
    await read(newBox('118'));
    expect(calls().every(({ method, key, exposed }) => method === 'POST' && key === KEY && !exposed)).toBe(
      true,
    );
  });

  it('names the server by its internal id, never by the code', async () => {
    await read(newBox('118'));
    const named = calls().flatMap(({ params }) => params.server ?? []);
    expect([named.length > 3, new Set(named)]).toEqual([true, new Set(['169'])]);
  });

  it('reads by key what a whole reading shows', async () => {
    const server = await start(newBox('118', '119'));
    const [all, some] = await using(server, {}, async (session) => [
      await session.read({ kinds: ['extension'] }),
      await session.read({ kinds: ['extension'], keys: ['119', '777'] }),
    ]);
    expect(some?.resources).toEqual(all?.resources.filter(({ key }) => key === '119'));
  });

  it('asks for names once more only where everything is read', async () => {
    const server = await start(newBox('118'));
    await using(server, {}, async (session) => {
      await session.read({ kinds: ['extension'] });
      await session.read({ kinds: ['extension'], keys: ['118'] });
    });
    expect(arrived().filter((action) => action === 'department.list').length).toBe(1);
  });

  it('lives without the version, which is only shown', async () => {
    const box = newBox('118');
    box.denied.add('license.info');
    expect((await read(box)).edition).toBe('PBXware of unknown version');
  });

  it('keeps the order of the list, however the answers arrive', async () => {
    const box = newBox(...Array.from({ length: 40 }, (_, index) => String(200 + index)));
    const reading = await read(box);
    expect(reading.resources.map(({ key }) => key)).toEqual(
      Array.from({ length: 40 }, (_, index) => String(200 + index)),
    );
  });
});

describe('values that differ from server to server', () => {
  it.each([
    ['status', { status: '2' }, 'status', 'suspended'],
    ['a status that the YAML cannot say', { status: '0' }, 'status', undefined],
    ['location', { location: 'local' }, 'location', 'local'],
    ['nat never', { nat: '2' }, 'nat', false],
    ['nat in words', { nat: 'yes' }, 'nat', true],
    ['recording not set', { recordcalls: '2' }, 'callRecording', undefined],
    ['no encryption', { encryption: '' }, 'mediaEncryption', undefined],
    ['encryption', { encryption: 'yes' }, 'mediaEncryption', 'required'],
    ['no contacts', { max_contacts: '0' }, 'concurrentRegistrations', undefined],
    ['a language of another shape', { user_language: 'Spanish' }, 'language', undefined],
    ['no title', { title: '' }, 'title', undefined],
    ['a device type by its own name', { ua: '127' }, 'userAgent', 'gloCOM'],
    ['a limit', { incominglimit: '0' }, 'incomingLimit', 0],
  ])('reads %s', async (_what, stored: Record<string, string>, field, value) => {
    const box = newBox();
    store(box, '10', extension('118', stored));
    expect((await first(box))?.values[field]).toBe(value);
  });

  it('shows several departments as observed, since the YAML names one', async () => {
    const box = newBox();
    store(box, '10', extension('118', { department: '4,6' }));
    const found = await first(box);
    expect([found?.values.department, found?.observed.departments]).toEqual([undefined, 'Ventas, Soporte']);
  });

  it('knows Generic SIP by the declared id', async () => {
    const box = newBox();
    store(box, '10', extension('118', { ua: '127' }));
    const { resources } = await read(box, { options: { userAgentId: 127 } });
    expect(resources[0]?.values.userAgent).toBe('generic-sip');
  });
});

it('has no blanks around texts, as the YAML has none', async () => {
  const box = newBox();
  store(box, '10', extension('118', { name: '  Ana ', title: ' ' }));
  const found = await first(box);
  expect([found?.values.name, found?.values.title]).toEqual(['Ana', undefined]);
});

describe('the outgoing number', () => {
  it.each([
    ['on', { callerid: '910000001', emergency: '', state: 'yes' }, '910000001', undefined],
    ['off', { callerid: '910000001', emergency: '', state: 'no' }, undefined, '910000001'],
    ['none', { callerid: '', emergency: '', state: 'yes' }, undefined, undefined],
    ['no number', { callerid: 'TestCID', emergency: '', state: 'yes' }, undefined, 'TestCID'],
  ])('counts with its service: %s', async (_what, set, value, observed) => {
    const box = newBox('118');
    box.callerIds.set('10', set);
    const found = await first(box);
    expect([found?.values.callerId, found?.observed.callerId]).toEqual([value, observed]);
  });

  it.each([
    ['counts', { callerid: '910000001', emergency: '112', state: 'yes' }, '112', undefined],
    ['is off', { callerid: '910000001', emergency: '112', state: 'no' }, undefined, '112'],
    ['is none', { callerid: '', emergency: '112', state: 'no' }, undefined, '112'],
  ])(
    'that %s decides about the emergency number, which the YAML has beside it',
    async (_what, set, value, seen) => {
      const box = newBox('118');
      box.callerIds.set('10', set);
      const found = await first(box);
      expect([found?.values.emergencyCallerId, found?.observed.emergencyCallerId]).toEqual([value, seen]);
    },
  );

  it('is hidden, with a warning that names the action, where the key may not look', async () => {
    const box = newBox('118', '119');
    box.denied.add('ext.es.callerid.configuration');
    const { can, diagnostics, resources } = await read(box);
    expect(can.hiddenFields).toEqual({ extension: ['callerId', 'emergencyCallerId'] });
    expect(diagnostics?.map(({ severity, code, params }) => [severity, code, params.operation])).toEqual([
      ['warning', 'forbidden', 'pbxware.ext.es.callerid.configuration'],
    ]);
    expect(resources.length).toBe(2);
  });

  it('is hidden, with a warning, where the server refuses the service: all the rest is read', async () => {
    const box = newBox('118', '119');
    box.callerIds.set('10', { callerid: '910000001', emergency: '', state: 'yes' });
    spoil(box, 'ext.es.callerid.get', error('The service is not licensed'), { times: 9 });
    spoil(box, 'ext.es.callerid.configuration', error('License required'), { times: 9 });
    const { can, diagnostics, resources } = await read(box);
    expect(can.hiddenFields).toEqual({ extension: ['callerId', 'emergencyCallerId'] });
    expect(diagnostics?.map(({ severity, code, params }) => [severity, code, params.evidence])).toEqual([
      ['warning', 'forbidden', 'an error about a limit; callerId is not compared'],
    ]);
    expect(resources.map(({ key }) => key)).toEqual(['118', '119']);
  });

  it('does not hide that the extension itself is gone', async () => {
    const box = newBox('118', '119');
    box.disturb = ({ action, params }) => {
      if (action !== 'ext.es.callerid.configuration' || params.id !== '10') return undefined;
      box.extensions.delete('10');
      return error('nope');
    };
    const { can, resources } = await read(box);
    expect([can.hiddenFields, resources.map(({ key }) => key)]).toEqual([{}, ['119']]);
  });

  it('is not asked for again and again where the key may not look', async () => {
    const box = newBox(...Array.from({ length: 30 }, (_, index) => String(200 + index)));
    box.denied.add('ext.es.callerid.configuration');
    await read(box);
    const asked = arrived().filter((action) => action === 'ext.es.callerid.configuration');
    expect(asked.length).toBeLessThanOrEqual(5);
  });
});

describe('what is not ours to touch', () => {
  it('shows extensions of other protocols as what they are', async () => {
    const box = newBox('118');
    store(box, '11', extension('119', { prot: 'iax' }));
    const { resources } = await read(box);
    expect(resources[1]).toEqual({
      kind: 'extension',
      key: '119',
      id: '11',
      values: { number: '119', type: 'iax', name: 'Sala 119' },
      secrets: {},
      observed: { status: 'enabled' },
    });
  });

  it('asks nothing more of them', async () => {
    const box = newBox();
    store(box, '11', extension('119', { prot: 'iax' }));
    await read(box);
    expect(arrived()).not.toContain('ext.configuration');
  });
});

describe('an answer that is not whole', () => {
  it('leaves out what somebody deleted in between, once a new list says so', async () => {
    const box = newBox('118', '119');
    box.disturb = ({ action, params }) => {
      if (action !== 'ext.configuration' || params.id !== '10') return undefined;
      box.extensions.delete('10');
      return undefined;
    };
    expect((await read(box)).resources.map(({ key }) => key)).toEqual(['119']);
  });

  it('throws where it is still listed', async () => {
    const box = newBox('118', '119');
    spoil(box, 'ext.configuration', error('nope'), { times: 9 });
    expect((await failedRead(box)).code).toBe('strange-answer');
  });

  it.each([
    ['a page', page()],
    ['a list of texts', { text: '["a"]' }],
    ['a map of texts', { text: '{"10":"a"}' }],
    ['a wrapper', { text: '{"data":{"ext":"118"}}' }],
    ['no number', { text: '{"10":{"name":"Ana"}}' }],
    ['one number twice', { text: '{"10":{"ext":"118"},"11":{"ext":"118"}}' }],
    ['half of it', { text: '{"10":{"ext":"118"}' }],
    ['null', { text: 'null' }],
    ['nothing', { text: '' }],
  ])('is never taken for a list: %s', async (_what, reply) => {
    const box = newBox('118');
    spoil(box, 'ext.list', reply, { times: 9 });
    expect((await failedRead(box)).code).toBe('strange-answer');
  });

  it('throws on the configuration of another extension', async () => {
    const box = newBox('118');
    spoil(box, 'ext.configuration', { text: '{"10":{"ext":"119","options":[]}}' }, { times: 9 });
    expect((await failedRead(box)).params.evidence).toBe('another extension than asked for');
  });

  it.each(['ext.list', 'ext.configuration'])('is forbidden by name without %s', async (action) => {
    const box = newBox('118');
    box.denied.add(action);
    const { code, params } = await failedRead(box);
    expect([code, params.operation]).toEqual(['forbidden', `pbxware.${action}`]);
  });

  it('says how long to wait while a tenant is being built', async () => {
    const box = newBox();
    spoil(box, 'ext.list', error("Table 'pbx.t301_ext' doesn't exist"), { times: 9 });
    const { code, facts } = await failedRead(box);
    expect([code, facts.retryAfter]).toEqual(['target-busy', 15]);
  });

  it('reads past notices that PHP printed before whole JSON', async () => {
    const box = newBox();
    const notice = '<br />\n<b>Notice</b>:  Undefined index: x in <b>/opt/a.php</b> on line <b>3</b><br />\n';
    spoil(box, 'ext.list', page(`${notice}[]`));
    const logs: string[] = [];
    expect((await read(box, { logs })).resources).toEqual([]);
    expect(logs.some((one) => one.startsWith('php notices') && one.includes('ext.list'))).toBe(true);
  });
});

describe('lists that names are chosen from', () => {
  it('holds departments, device types that are on, numbers and their length', async () => {
    const { lists } = await read(newBox('118'));
    expect(lists).toEqual({
      numbers: ['118'],
      numberLength: ['3'],
      departments: ['Ventas', 'Soporte'],
      userAgents: ['generic-sip', 'gloCOM'],
    });
  });

  it('keeps a device type that is off and in use', async () => {
    const box = newBox();
    store(box, '10', extension('118', { ua: '61' }));
    expect((await read(box)).lists?.userAgents).toContain('Yealink T46');
  });

  it('leaves out what the key may not list, hides the department and says so', async () => {
    const box = newBox('118');
    box.denied.add('department.list').add('uads.list');
    const { lists, can, diagnostics } = await read(box);
    expect(Object.keys(lists ?? {})).toEqual(['numbers', 'numberLength']);
    expect(can.hiddenFields).toEqual({ extension: ['department'] });
    expect(diagnostics?.map(({ params }) => params.operation)).toEqual([
      'pbxware.department.list',
      'pbxware.uads.list',
    ]);
  });
});
