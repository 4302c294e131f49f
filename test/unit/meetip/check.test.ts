import { describe, expect, it } from 'vitest';
import { type Desired, type Message, messages } from '../../../engine/model/index.ts';
import { driver } from '../../../providers/pbx/meetip/driver.ts';
import { desired, type Opening, person, targetAt } from './support.ts';

const url = 'https://sip17.example.net';

function found(values: Desired['values'], opening: Opening = {}, more: Partial<Desired> = {}): string[] {
  return driver
    .check(desired({ ...person, ...values }, more), targetAt(url, opening))
    .map(({ severity, code, params }) => `${severity} ${code} ${params.field}`);
}

describe('check', () => {
  it('is content with a whole extension', () => {
    const values = {
      number: '118',
      type: 'sip',
      callerId: '+34910000001',
      emergencyCallerId: '112',
      department: 'Ventas',
      title: 'Jefa',
      language: 'es',
      userAgent: 'Generic SIP',
      location: 'remote',
      status: 'active',
      registrationName: '301118',
      concurrentRegistrations: 99,
      nat: true,
      voicemail: false,
      incomingLimit: 0,
      outgoingLimit: 999,
      ringTimeout: 99,
      dtmfMode: 'auto',
      callRecording: true,
      mediaEncryption: 'optional',
    };
    expect(found(values)).toEqual([]);
  });

  it.each([
    ['301118', []],
    ['412118', []],
    ['118', ['error field-read-only registrationName']],
    ['3011180', ['error field-read-only registrationName']],
    ['30118', ['error field-read-only registrationName']],
  ])('takes %s for the name of some tenant where no code is declared', (registrationName, expected) => {
    const opening = { identity: { tenantName: 'Acme S.L.' } };
    expect(found({ registrationName }, opening)).toEqual(expected);
  });

  it.each(['role', 'internalOnly', 'mobile', 'doNotDisturb', 'voicemailToEmail', 'agentId', 'constructor'])(
    'has no %s',
    (field) => {
      expect(found({ [field]: 'x' })).toEqual([`error field-unsupported ${field}`]);
    },
  );

  it.each([
    [{ email: "o'hara@acme.example" }, 'value-characters email'],
    [{ email: 'ana@acme.123' }, 'value-characters email'],
    [{ name: '   ' }, 'value-too-short name'],
    [{ callerId: 'anonymous' }, 'value-unsupported callerId'],
    [{ callerId: 'internal' }, 'value-unsupported callerId'],
    [{ callerId: 'Acme' }, 'value-characters callerId'],
    [{ title: 'x'.repeat(61) }, 'value-too-long title'],
    [{ type: 'iax' }, 'value-one-of type'],
    [{ location: 'home' }, 'value-one-of location'],
    [{ status: 'paused' }, 'value-one-of status'],
    [{ dtmfMode: 'sip' }, 'value-one-of dtmfMode'],
    [{ mediaEncryption: 'off' }, 'value-unsupported mediaEncryption'],
    [{ mediaEncryption: 'srtp' }, 'value-one-of mediaEncryption'],
    [{ incomingLimit: 1000 }, 'value-out-of-range incomingLimit'],
    [{ outgoingLimit: -1 }, 'value-out-of-range outgoingLimit'],
    [{ ringTimeout: 100 }, 'value-out-of-range ringTimeout'],
    [{ ringTimeout: 0 }, 'value-out-of-range ringTimeout'],
    [{ concurrentRegistrations: 100 }, 'value-out-of-range concurrentRegistrations'],
    [{ registrationName: '118' }, 'field-read-only registrationName'],
    [{ emergencyCallerId: '112' }, 'field-required callerId'],
  ])('refuses %j', (values, expected) => {
    expect(found(values)).toEqual([`error ${expected}`]);
  });

  it.each([
    ['1', 'value-too-short'],
    ['1'.repeat(17), 'value-too-long'],
    ['11a', 'value-characters'],
    ['1,2', 'value-characters'],
  ])('refuses the number %s', (key, code) => {
    expect(found({}, {}, { key })).toContain(`error ${code} number`);
  });

  it.each(['12', '1'.repeat(16)])('takes the number %s: the tenant says how long they are', (key) => {
    expect(found({}, {}, { key })).toEqual([]);
  });

  it('finds everything at once, at the names that the YAML uses', () => {
    const values = { callerIdName: ' ', incomingLimit: 5000, mobile: '600' };
    expect(found(values).sort()).toEqual([
      'error field-unsupported mobile',
      'error value-out-of-range incomingLimit',
      'error value-too-short callerIdName',
    ]);
  });

  it('wants the e-mail, the SIP secret and the PIN, which creating needs', () => {
    const nothing = driver.check(desired({ name: 'Ana' }, { secrets: {} }), targetAt(url));
    expect(nothing.map(({ code, params }) => `${code} ${params.field}`)).toEqual([
      'field-required email',
      'secret-required sip',
      'secret-required pin',
    ]);
  });

  it('lets the panel make a PIN where a person fills in the form', () => {
    const { pin: _none, ...secrets } = desired({}).secrets;
    const target = { ...targetAt(url), mode: 'guided' as const };
    expect(driver.check(desired(person, { secrets }), target)).toEqual([]);
  });

  it('cannot leave the user password to the PBX, which never shows it', () => {
    const { sip, pin } = desired({}).secrets;
    const portal = { name: 'extensions/main/118/portal', source: 'pbx', marker: null } as const;
    const secrets = { ...(sip && { sip }), ...(pin && { pin }), portal };
    expect(found({}, {}, { secrets })).toEqual(['error value-unsupported portal']);
  });

  it.each([
    ['no tenant and no id', { identity: {} }, ['tenant-required undefined']],
    ['an id alone', { identity: {}, options: { serverId: 169 } }, []],
    ['a code of two digits', { identity: { tenant: '31' } }, ['value-characters tenant']],
    ['a name alone', { identity: { tenantName: 'Acme S.L.' } }, []],
    ['a serial', { identity: { tenant: '301', serial: 'S-1' } }, ['serial-unsupported undefined']],
  ])('judges the target with %s', (_what, opening, expected) => {
    const problems = driver.check(desired(person), targetAt(url, opening));
    expect(problems.map(({ code, params }) => `${code} ${params.field}`)).toEqual(expected);
    expect(problems.every(({ address }) => address === 'acme/pbx:main')).toBe(true);
  });

  it('has no accounts', () => {
    expect(found({}, {}, { kind: 'account' })).toEqual(['error field-unsupported account']);
  });

  it('fills every placeholder of its texts', () => {
    const target = targetAt(url, { identity: { tenant: 'x', serial: 'S' } });
    const bad = desired(
      {
        name: '',
        email: '',
        callerId: 'anonymous',
        title: 'x'.repeat(61),
        type: 'iax',
        ringTimeout: 0,
        x: 1,
      },
      { key: '1', secrets: {} },
    );
    for (const { code, params } of driver.check(bad, target)) {
      const { en }: Message = messages[code];
      const wanted = [...`${en.detail}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      expect(wanted.filter((name) => params[name] === undefined)).toEqual([]);
    }
  });
});

describe('what the reading told', () => {
  const facts = {
    edition: 'PBXware',
    identity: {},
    can: { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false },
    lists: {
      departments: ['Ventas'],
      userAgents: ['generic-sip', 'gloCOM'],
      numberLength: ['3'],
      numbers: ['118'],
    },
  };
  const judged = (values: Desired['values'], more: Partial<Desired> = {}, lists: object = facts.lists) =>
    (
      driver.checkReading?.(desired({ ...person, ...values }, more), targetAt(url), {
        ...facts,
        lists: { ...lists },
      }) ?? []
    ).map(({ severity, code, params, address }) => [severity, code, params.field, params.allowed, address]);
  const at = (key: string) => `acme/pbx:main/extension:${key}`;
  const unsent = (source: 'pbx' | 'unmanaged') => ({ name: 'x', source, marker: null });
  const { sip, pin } = desired({}).secrets;

  it('finds nothing wrong with what is there', () => {
    expect(judged({ department: 'Ventas', userAgent: 'Generic SIP' })).toEqual([]);
  });

  it('names the departments that there are', () => {
    expect(judged({ department: 'Almacén' })).toEqual([
      ['error', 'value-one-of', 'department', ['Ventas'], at('118')],
    ]);
  });

  it('names the device types that there are', () => {
    expect(judged({ userAgent: 'Snom 320' })).toEqual([
      ['error', 'value-one-of', 'userAgent', ['generic-sip', 'gloCOM'], at('118')],
    ]);
  });

  it.each([
    ['1180', 'value-too-long'],
    ['18', 'value-too-short'],
  ])('knows that %s has another length than the tenant wants', (key, code) => {
    expect(judged({}, { key, address: at(key) })).toEqual([['error', code, 'number', undefined, at(key)]]);
  });

  it('judges nothing by a list that the key may not see', () => {
    const values = { department: 'Almacén', userAgent: 'Snom 320' };
    expect(judged(values, { key: '1180' }, {})).toEqual([]);
  });

  it('misses secrets that nobody would send to a new extension', () => {
    const secrets = { sip: unsent('unmanaged'), pin: unsent('pbx') };
    expect(judged({}, { key: '119', address: at('119'), secrets })).toEqual([
      ['error', 'secret-required', 'sip', undefined, at('119')],
      ['error', 'secret-required', 'pin', undefined, at('119')],
    ]);
  });

  it('lets a SIP secret be made up, and asks nothing of an extension that is there', () => {
    expect(judged({}, { key: '119', secrets: { sip: unsent('pbx'), ...(pin && { pin }) } })).toEqual([]);
    expect(judged({}, { secrets: { ...(sip && { sip }), pin: unsent('unmanaged') } })).toEqual([]);
  });
});

describe('normalise', () => {
  const normalised = (values: Desired['values']) => driver.normalise(desired(values), targetAt(url)).values;

  it.each([
    [{ name: 'Ana', callerIdName: 'Ana Sur' }, { name: 'Ana Sur' }],
    [{ name: '  Ana ' }, { name: 'Ana' }],
    [{ userAgent: 'Generic SIP' }, { userAgent: 'generic-sip' }],
    [{ userAgent: 'generic_sip' }, { userAgent: 'generic-sip' }],
    [{ userAgent: 'gloCOM' }, { userAgent: 'gloCOM' }],
    [
      { callerId: '+34910000001', nat: false, incomingLimit: 2 },
      { callerId: '+34910000001', nat: false, incomingLimit: 2 },
    ],
  ])('brings %j to what the server gives back', (values, expected) => {
    expect(normalised(values)).toEqual(expected);
  });

  it('is idempotent, and leaves its argument alone', () => {
    const one = desired({ name: ' A ', callerIdName: ' B ', userAgent: 'GENERIC SIP' });
    const before = structuredClone(one);
    const once = driver.normalise(one, targetAt(url));
    expect([driver.normalise(once, targetAt(url)), one]).toEqual([once, before]);
  });
});
