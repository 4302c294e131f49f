import { describe, expect, test } from 'vitest';
import type { Desired, Diagnostic } from '../../../engine/model/index.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { llanoProfile } from './llano.ts';
import { desired, edited, type Place, proven, shipped, targetAt } from './support.ts';

const url = 'https://pbx.example.com:1443';
const check = (one: Desired, place: Place = {}): readonly Diagnostic[] =>
  driver.check(one, targetAt(url, place));
const codes = (found: readonly Diagnostic[]) =>
  found.map(({ code, params }) => [code, params.field ?? params.target]);

const unmanaged: Desired['secrets'] = {
  sip: { name: 'x/sip', source: 'unmanaged', marker: null },
  portal: { name: 'x/portal', source: 'unmanaged', marker: null },
};

describe('check', () => {
  test('finds nothing wrong with what the panel takes', () => {
    const values = {
      role: 'admin',
      internalOnly: true,
      callerId: '34910000001',
      mobile: '34600000001',
      mobileExtension: '610',
      voicemail: true,
      callRecording: false,
    };
    expect(check(desired(values))).toEqual([]);
    expect(check(desired({ callerId: 'anonymous' }))).toEqual([]);
  });

  test('marks are no reason to refuse a plan', () => {
    expect(check(desired(), { profile: shipped })).toEqual([]);
  });

  test('no profile, no API', () => {
    const [found] = check(desired(), { profile: null });
    expect(found).toMatchObject({ code: 'profile-required', severity: 'error', address: 'acme/pbx:nube' });
  });

  test('a person needs no profile', () => {
    expect(check(desired({ callerId: 'anonymous' }), { profile: null, mode: 'guided' })).toEqual([]);
  });

  const { email: _email, name: _name, ...values } = desired().values;
  const bare = { ...desired(), values, secrets: {} };
  const lacking = [
    ['field-required', 'name'],
    ['field-required', 'email'],
  ];

  test('mail, name and panel password are required, whatever the profile says', () => {
    expect(codes(check(bare))).toEqual([...lacking, ['secret-required', 'portal']]);
  });

  test('a panel password may be left alone, and its registration name may be said', () => {
    const imported = { ...desired().values, registrationName: 'ext9000110' };
    expect(check({ ...desired(), values: imported, secrets: unmanaged })).toEqual([]);
  });

  test('what the profile requires beside that', () => {
    const fields = {
      ...proven.fields,
      mobile: { path: 'mobile', required: true },
      sip: { path: 'sip', required: true },
    };
    const { sip: _sip, ...secrets } = desired().secrets;
    expect(codes(check({ ...desired(), secrets }, { profile: edited(proven, { fields }) }))).toEqual([
      ['field-required', 'mobile'],
      ['secret-required', 'sip'],
    ]);
  });

  test('fields that it does not have, and the one that it computes', () => {
    const found = check(desired({ nat: true, department: 'Ventas', registrationName: 'ext9000110' }));
    expect(codes(found)).toEqual([
      ['field-unsupported', 'nat'],
      ['field-unsupported', 'department'],
    ]);
    expect(codes(check(desired({ registrationName: 'ext9000210' })))).toEqual([
      ['field-read-only', 'registrationName'],
    ]);
  });

  test('what the profile limits', () => {
    const fields = {
      ...proven.fields,
      name: { path: 'name', maxLength: 5 },
      mobile: { path: 'mobile', minLength: 3, pattern: '\\+?\\d*', allowed: '+ 0-9', nullAs: '' },
      mobileExtension: { path: 'ext', codec: 'int' },
    } as const;
    const identity = { ...proven.identity, number: { path: 'number', maxLength: 1 } };
    const profile = edited(proven, { fields, identity });
    const found = (more: Desired['values']) => codes(check(desired(more), { profile }));
    expect(found({ name: 'Añil 1', mobile: '6x', mobileExtension: '0610' })).toEqual([
      ['value-too-long', 'name'],
      ['value-too-short', 'mobile'],
      ['value-characters', 'mobile'],
      ['value-unsupported', 'mobileExtension'],
      ['value-too-long', 'number'],
    ]);
    expect(found({ callerIdName: 'Recepción', name: 'Ana', mobile: '', mobileExtension: '610' })).toEqual([
      ['value-too-long', 'callerIdName'],
      ['value-too-long', 'number'],
    ]);
  });

  test('the own number is no caller ID, and neither is what the profile has no word for', () => {
    expect(codes(check(desired({ callerId: 'internal' })))).toEqual([['value-unsupported', 'callerId']]);
    const fields = { ...proven.fields, callerId: { path: 'cid' } };
    const profile = edited(proven, { fields });
    expect(codes(check(desired({ callerId: 'anonymous' }), { profile }))).toEqual([
      ['value-unsupported', 'callerId'],
    ]);
  });

  test('a role that the profile has no word for', () => {
    const fields = { ...proven.fields, role: { path: 'role', codec: 'enum', values: { user: 1 } } } as const;
    const [found] = check(desired({ role: 'admin' }), { profile: edited(proven, { fields }) });
    expect(found).toMatchObject({ code: 'value-one-of', params: { field: 'role', allowed: ['user'] } });
  });

  test('a secret cannot come from a server that never shows it', () => {
    const secrets = { ...desired().secrets, sip: { name: 'x/sip', source: 'pbx' as const, marker: null } };
    expect(codes(check({ ...desired(), secrets }))).toEqual([['value-unsupported', 'sip']]);
    expect(check({ ...desired(), secrets }, { profile: llanoProfile })).toEqual([]);
  });

  test('whose extensions they are must be said, and by five digits', () => {
    expect(codes(check(desired(), { identity: {} }))).toEqual([['tenant-required', 'acme/pbx:nube']]);
    expect(codes(check(desired(), { identity: { tenant: '301' } }))).toEqual([
      ['value-characters', 'tenant'],
    ]);
    expect(codes(check(desired(), { identity: { tenantName: 'Acme S.L.' } }))).toEqual([]);
    const serial = { tenant: '90001', serial: '123' };
    expect(codes(check(desired(), { identity: serial }))).toEqual([['serial-unsupported', 'acme/pbx:nube']]);
  });

  test('only extensions', () => {
    expect(codes(check(desired({}, { kind: 'account' })))).toEqual([['field-unsupported', 'account']]);
  });
});

describe('checkReading', () => {
  const facts = {
    edition: '',
    identity: {},
    can: { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false },
  };
  const judge = (callerId: string, callerIds?: readonly string[]) =>
    driver.checkReading?.(desired({ callerId }), targetAt(url), {
      ...facts,
      ...(callerIds === undefined ? {} : { lists: { callerIds } }),
    });

  test('a DID of the company, or anonymous', () => {
    expect(judge('34910000001', ['34910000001'])).toEqual([]);
    expect(judge('anonymous', [])).toEqual([]);
  });

  test('any other number', () => {
    expect(judge('34910000009', ['34910000001'])).toMatchObject([
      {
        code: 'value-one-of',
        severity: 'error',
        address: 'acme/pbx:nube/extension:10',
        params: { field: 'callerId', value: '34910000009', allowed: ['anonymous', '34910000001'] },
      },
    ]);
  });

  test('a new extension whose panel password is left alone, which every new one needs', () => {
    const judged = (numbers: readonly string[]) =>
      driver.checkReading?.({ ...desired(), secrets: unmanaged }, targetAt(url), {
        ...facts,
        lists: { numbers },
      });
    expect(judged(['10'])).toEqual([]);
    expect(judged(['11'])).toMatchObject([
      { code: 'secret-required', severity: 'error', params: { field: 'portal' } },
    ]);
  });

  test('a long list is not told whole', () => {
    const many = Array.from({ length: 40 }, (_, index) => `349100001${index}`);
    const [found] = judge('34910000009', many) ?? [];
    expect(found?.params.allowed).toHaveLength(14);
  });

  test('a list that was not read judges nothing', () => {
    expect(judge('34910000009')).toEqual([]);
  });
});

describe('normalise', () => {
  const normal = (values: Desired['values'], place: Place = {}) =>
    driver.normalise(desired(values), targetAt(url, place)).values;

  test('there is one name', () => {
    expect(normal({ callerIdName: 'Front desk' })).toMatchObject({ name: 'Front desk' });
    expect(normal({ callerIdName: 'Front desk' })).not.toHaveProperty('callerIdName');
  });

  test('a prefix that the server does not keep comes back with every reading', () => {
    expect(normal({ callerId: '34910000001' }, { profile: llanoProfile }).callerId).toBe('+34910000001');
    expect(normal({ callerId: 'anonymous' }, { profile: llanoProfile }).callerId).toBe('anonymous');
  });

  test.each([proven, llanoProfile])('is idempotent', (profile) => {
    const values = {
      callerId: '+34910000001',
      role: 'admin',
      mobile: '+34600000001',
      voicemail: true,
      name: ' A  b ',
    };
    const target = targetAt(url, { profile });
    const once = driver.normalise(desired(values), target);
    expect(driver.normalise(once, target)).toEqual(once);
  });
});

describe('computed', () => {
  test('the registration name, also without a profile', () => {
    const place: Place = { profile: null, mode: 'guided' };
    expect(driver.computed?.(desired(), targetAt(url, place))).toEqual({ registrationName: 'ext9000110' });
    expect(driver.computed?.(desired(), targetAt(url, { ...place, identity: {} }))).toEqual({});
  });
});
