import { describe, expect, it } from 'vitest';
import { type Message, messages } from '../../../engine/model/index.ts';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { desired, targetAt } from './support.ts';

const url = 'https://192.0.2.10:8088';

function found(values: Parameters<typeof desired>[0], options = {}, more = {}): string[] {
  const target = targetAt(url, { options });
  return driver
    .check(desired(values, more), target)
    .map(({ severity, code, params }) => `${severity} ${code} ${params.field}`);
}

describe('check', () => {
  it('is content with a whole extension', () => {
    const values = {
      number: '10',
      type: 'sip',
      name: 'Almacén (planta 1)',
      email: 'ext10@acme.example',
      callerId: '+34910000001',
      registrationName: 'acme10',
      concurrentRegistrations: 5,
      internalOnly: false,
      mobile: '+34600000001',
      voicemail: true,
      nat: true,
    };
    expect(found(values)).toEqual([]);
  });

  it.each([
    ['api', ['tenant-unsupported tenant', 'tenant-unsupported tenantName']],
    ['guided', []],
  ] as const)('judges tenants in mode %s: the box never tells of one', (mode, expected) => {
    const identity = { tenant: '301', tenantName: 'Acme', serial: 'S-1' };
    const target = { ...targetAt(url), identity, mode };
    const problems = driver.check(desired({ number: '10', name: 'Ana' }), target);
    expect(problems.map(({ code, params }) => `${code} ${params.field}`)).toEqual(expected);
  });

  it.each([
    'department',
    'role',
    'userAgent',
    'location',
    'status',
    'incomingLimit',
    'outgoingLimit',
    'constructor',
  ])('has no %s', (field) => {
    expect(found({ name: 'A', [field]: 'x' })).toEqual([`error field-unsupported ${field}`]);
  });

  it('shows the language and cannot set it', () => {
    expect(found({ name: 'A', language: 'es' })).toEqual(['error field-read-only language']);
  });

  it.each([
    [{ callerId: 'anonymous' }, 'error value-unsupported callerId'],
    [{ callerId: '34 910' }, 'error value-characters callerId'],
    [{ callerId: '1'.repeat(32) }, 'error value-too-long callerId'],
    [{ registrationName: 'acme-10' }, 'error value-characters registrationName'],
    [{ registrationName: '' }, 'error value-too-short registrationName'],
    [{ concurrentRegistrations: 6 }, 'error value-out-of-range concurrentRegistrations'],
    [{ concurrentRegistrations: 0 }, 'error value-out-of-range concurrentRegistrations'],
    [{ mobile: '600 000' }, 'error value-characters mobile'],
    [{ type: 'fxs' }, 'error value-one-of type'],
  ])('refuses %j', (values, expected) => {
    expect(found({ name: 'A', ...values })).toEqual([expected]);
  });

  it.each(['a.b', 'a@b', 'a`b', "O'Brien", 'a\\b', '50%'])('refuses the name %j', (name) => {
    expect(found({ name })).toEqual(['error value-forbidden-characters name']);
  });

  it('judges the caller ID name where it takes the place of the name', () => {
    expect(found({ name: 'a.b', callerIdName: 'Ventas' })).toEqual([]);
    expect(found({ name: 'Ventas', callerIdName: 'a.b' })).toEqual([
      'error value-forbidden-characters callerIdName',
    ]);
  });

  it('only warns of accents on v1.x, whose documents name letters and digits', () => {
    expect(found({ name: 'Almacén' }, { api: 'v1.1.0' })).toEqual(['warning value-characters name']);
    expect(found({ name: 'Almacén' }, { api: 'v2.0.0' })).toEqual([]);
  });

  it('takes 31 characters as the limit of v1.x only where the box is known to be one', () => {
    const name = 'x'.repeat(32);
    expect(found({ name }, { api: 'v1.1.0' })).toEqual(['error value-too-long name']);
    expect(found({ name })).toEqual(['warning value-too-long name']);
    expect(found({ name }, { api: 'v2.0.0' })).toEqual([]);
  });

  it('wants a name and a SIP secret', () => {
    expect(found({}, {}, { secrets: {} })).toEqual([
      'error field-required name',
      'error secret-required sip',
    ]);
  });

  it('takes a name that is known after apply as a name', () => {
    const references = { name: { address: 'acme/pbx:sede/extension:11', field: 'name' } };
    expect(found({}, {}, { references })).toEqual([]);
  });

  it.each([
    ['12345678', 'error value-too-long number'],
    ['all', 'error value-characters number'],
  ])('refuses the number %s', (key, expected) => {
    expect(found({ name: 'A' }, {}, { key })).toEqual([expected]);
  });

  it('tells all problems at once', () => {
    expect(found({ name: 'a.b', department: 'x', callerId: 'anonymous' })).toHaveLength(3);
  });

  it('has a place and every parameter that the texts name', () => {
    const wrong = {
      name: 'a.b',
      department: 'x',
      callerId: 'anonymous',
      concurrentRegistrations: 9,
      type: 'fxs',
    };
    const diagnostics = driver.check(desired(wrong), targetAt(url));
    const holes = diagnostics.flatMap(({ code, params }) => {
      const { es }: Message = messages[code];
      const names = Object.values(es).flatMap((text) =>
        [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
      );
      return names.filter((name) => params[name] === undefined).map((name) => `${code}.${name}`);
    });
    expect([holes, diagnostics.map(({ address }) => address)]).toEqual([
      [],
      diagnostics.map(() => 'acme/pbx:sede/extension:10'),
    ]);
  });
});

describe('normalise', () => {
  const target = targetAt(url);

  it('gives the form that the box gives back', () => {
    const values = { name: 'Ana', callerIdName: 'Ventas', callerId: '+34910000001', mobile: '+34600000001' };
    expect(driver.normalise(desired(values), target).values).toEqual({
      name: 'Ventas',
      callerId: '34910000001',
      mobile: '34600000001',
    });
  });

  it('takes the own number for an internal caller ID', () => {
    expect(driver.normalise(desired({ callerId: 'internal' }), target).values).toEqual({ callerId: '10' });
  });

  it.each([
    { callerId: 'internal' },
    { callerId: '++1' },
    { callerId: '+internal' },
    { mobile: '+34600' },
    { name: 'a', callerIdName: 'b' },
    { number: '10', type: 'sip', nat: true, concurrentRegistrations: 2 },
    {},
  ])('is idempotent on %j', (values) => {
    const once = driver.normalise(desired(values), target);
    expect(driver.normalise(once, target)).toEqual(once);
  });
});
