import { describe, expect, test } from 'vitest';
import type { ProfileField } from '../../../engine/model/profile.ts';
import { type Decoded, decode, encode, settled } from '../../../providers/pbx/pekepbx/profile/codec.ts';
import { changesSince, fingerprintOf } from '../../../providers/pbx/pekepbx/profile/fingerprint.ts';
import { isMarked, marksIn } from '../../../providers/pbx/pekepbx/profile/marks.ts';
import { valueAt, withoutPath, withValue } from '../../../providers/pbx/pekepbx/profile/path.ts';
import { fill, fillPath } from '../../../providers/pbx/pekepbx/profile/template.ts';
import { diff } from '../../../providers/pbx/pekepbx/site/index.ts';
import { edited, locked, proven, shipped } from './support.ts';

const variables = { companyId: '90001' };
const choices = [{ key: 71, shown: '34910000001' }];

const read = (wire: unknown, mapping: Partial<ProfileField>, field = 'name'): Decoded =>
  decode(wire, { field, mapping: { path: 'x', ...mapping }, variables, choices });
const write = (value: string | boolean, mapping: Partial<ProfileField>, field = 'name') =>
  encode(value, { field, mapping: { path: 'x', ...mapping }, variables, choices });

describe('paths', () => {
  const data = { a: { b: [{ c: 1 }] }, 'd e': null };

  test('values are found by keys and indexes; the whole is `$`', () => {
    expect(valueAt(data, 'a.b.0.c')).toBe(1);
    expect(valueAt(data, '$')).toBe(data);
    expect(valueAt(data, 'd e')).toBeNull();
    expect(valueAt(data, 'a.b.1.c')).toBeUndefined();
    expect(valueAt(data, 'a.b.length')).toBeUndefined();
  });

  test('what stands in prototypes is nothing', () => {
    for (const path of ['constructor', 'toString.name', '__proto__', 'a.b.map'])
      expect(valueAt(data, path)).toBeUndefined();
  });

  test('a value is set without changing what was given, and without touching prototypes', () => {
    const made = withValue(data, 'a.x.constructor', 2);
    expect(made).toMatchObject({ a: { b: [{ c: 1 }], x: { constructor: 2 } } });
    expect(data.a).not.toHaveProperty('x');
    expect(withValue({ a: 'text' }, 'a.b', 1)).toEqual({ a: { b: 1 } });
    expect(withValue({}, 'a.__proto__.polluted', true)).toBeDefined();
    expect({}).not.toHaveProperty('polluted');
  });

  test('a key is taken out, wherever it stands', () => {
    expect(withoutPath(data, 'a.b')).toEqual({ a: {}, 'd e': null });
    expect(withoutPath(data, 'a.none.x')).toEqual(data);
  });
});

describe('templates', () => {
  test('are filled in with what is known', () => {
    expect(fill('ext{companyId}{number}', { ...variables, number: '10' })).toBe('ext9000110');
    expect(fill('{constructor}{x}', {})).toBe('{constructor}{x}');
  });

  test('stay one part of a path', () => {
    expect(fillPath('/extension/{id}', { id: '../company/1?x=2' })).toBe(
      '/extension/..%2Fcompany%2F1%3Fx%3D2',
    );
  });
});

describe('codecs', () => {
  const pairs: readonly (readonly [string, Partial<ProfileField>, string, string | boolean, unknown])[] = [
    ['string', {}, 'name', 'Ana', 'Ana'],
    ['int', { codec: 'int' }, 'mobileExtension', '610', 610],
    ['bool', { codec: 'bool' }, 'voicemail', true, true],
    ['0-1', { codec: '0-1' }, 'voicemail', false, 0],
    ['on-off', { codec: 'on-off' }, 'voicemail', true, 'on'],
    ['enum', { codec: 'enum', values: { user: 3, admin: 9 } }, 'role', 'admin', 9],
    ['enum of truth', { codec: 'enum', values: { true: 'S', false: 'N' } }, 'internalOnly', false, 'N'],
    ['lookup', { codec: 'lookup' }, 'callerId', '34910000001', 71],
    ['word over lookup', { codec: 'lookup', values: { anonymous: null } }, 'callerId', 'anonymous', null],
    ['null', { nullAs: '' }, 'mobile', '', null],
    ['strip', { strip: 'ext{companyId}' }, 'number', '10', 'ext9000110'],
    ['add', { add: '+' }, 'mobile', '+34600000001', '34600000001'],
    ['both', { strip: '00', add: '+' }, 'mobile', '+34600000001', '0034600000001'],
  ];

  test.each(pairs)('%s there and back again', (_name, mapping, field, here, there) => {
    expect(write(here, mapping, field)).toBe(there);
    expect(read(there, mapping, field)).toEqual({ value: here });
  });

  const lenient: readonly (readonly [unknown, boolean])[] = [
    [1, true],
    ['1', true],
    ['SI', true],
    ['off', false],
    ['', false],
    [false, false],
  ];

  test.each(lenient)('a switch is read in whatever words: %j', (wire, value) => {
    expect(read(wire, { codec: 'bool' }, 'voicemail')).toEqual({ value });
  });

  test('what says nothing is not shown, and what cannot be is told by its type', () => {
    expect(read(undefined, {})).toEqual({});
    expect(read(null, {})).toEqual({});
    expect(read({ a: 1 }, {})).toEqual({ odd: 'object' });
    expect(read([], {})).toEqual({ odd: 'array' });
    expect(read('ext9000210', { strip: 'ext{companyId}' })).toEqual({ odd: 'string without ext{companyId}' });
  });

  test('a row that answers its text instead of its key is understood; one that is gone is no number', () => {
    expect(read('34910000001', { codec: 'lookup' }, 'callerId')).toEqual({ value: '34910000001' });
    expect(read(99, { codec: 'lookup' }, 'callerId')).toEqual({ value: '#99' });
  });

  test('numbers and text are the same word, true and 1 are not', () => {
    expect(read('2', { codec: 'enum', values: { admin: 2 } }, 'role')).toEqual({ value: 'admin' });
    expect(read(true, { codec: 'enum', values: { admin: 1 } }, 'role')).toEqual({ value: 'true' });
  });

  test('a value without a form is refused, written nothing', () => {
    expect(() => write('boss', { codec: 'enum', values: { user: 1 } }, 'role')).toThrow('value-one-of');
    expect(() => write('34919999999', { codec: 'lookup' }, 'callerId')).toThrow('value-one-of');
    expect(() => write('x1', { codec: 'int' }, 'mobileExtension')).toThrow('value-unsupported');
  });

  test('settling is idempotent', () => {
    const mapping: ProfileField = { path: 'x', add: '+', strip: '00' };
    const once = settled('34600000001', 'mobile', mapping, variables);
    expect(once).toBe('+34600000001');
    expect(settled(once, 'mobile', mapping, variables)).toBe(once);
  });
});

describe('fingerprints', () => {
  test('hold keys and types of all samples, and no value', () => {
    const print = fingerprintOf([
      { id: 1, name: 'Ana', mobile: null, did: { id: 4 }, tags: [1] },
      { id: 2, name: 'Eva', mobile: '600000001', did: null, tags: [] },
    ]);
    expect(print).toEqual({
      did: 'null|object',
      'did.id': 'number?',
      id: 'number',
      mobile: 'null|string',
      name: 'string',
      tags: 'array',
    });
    expect(JSON.stringify(print)).not.toMatch(/Ana|600000001/);
  });

  test('leave out keys that are data', () => {
    const forward = {
      'Ana García': 1,
      '34600111222': 1,
      ext9000110: 1,
      'ana@acme.example': 1,
      '+34': 1,
      '2026-05-12': 1,
      '3f2a9c1e-77b0-4c1d': 1,
      e164: 1,
      contraseña: 1,
      'no-answer': 1,
      _links: 1,
    };
    expect(Object.keys(fingerprintOf([{ forward }]))).toEqual([
      'forward',
      'forward._links',
      'forward.contraseña',
      'forward.e164',
      'forward.no-answer',
    ]);
  });

  test('leave out keys that are no names', () => {
    expect(fingerprintOf([JSON.parse('{"a\\u001b[31m":1,"__proto__":2,"ok":3,"x.y":4}')])).toEqual({
      ok: 'number',
    });
  });

  const locks: readonly (readonly [
    string,
    Record<string, string>,
    Record<string, string>,
    readonly string[],
  ])[] = [
    ['the same', { a: 'string' }, { a: 'string' }, []],
    ['nothing to compare', { a: 'string' }, {}, []],
    ['null says nothing', { a: 'string' }, { a: 'null|string' }, []],
    ['only null so far', { a: 'null' }, { a: 'string' }, []],
    ['optional', { a: 'string', b: 'string?' }, { a: 'string' }, []],
    ['a parent that is null everywhere', { a: 'object', 'a.b': 'string' }, { a: 'null' }, []],
    ['data that was taken for a key', { a: 'object', 'a.34600111222': 'string' }, { a: 'object' }, []],
    ['gone', { a: 'string', b: 'string' }, { a: 'string' }, ['- b']],
    ['new', { a: 'string' }, { a: 'string', b: 'number' }, ['+ b']],
    ['other', { a: 'string' }, { a: 'number|string' }, ['a: string → number|string']],
  ];

  test.each(locks)('%s', (_name, before, after, changes) => {
    expect(changesSince(before, after)).toEqual(changes);
  });

  test('what is to be ignored is, with all below it', () => {
    expect(
      changesSince({ a: 'string' }, { a: 'string', 'x.y': 'number', x: 'object' }, { ignore: ['x'] }),
    ).toEqual([]);
  });
});

describe('marks', () => {
  test('are found wherever they stand', () => {
    const marks = marksIn(shipped);
    expect(marks).toContain('tenant.scopes.0');
    expect(marks).toContain('fields.callerId.shown');
    expect(marks).toContain('auth.refresh');
    expect(isMarked(shipped, 'auth.login')).toBe(false);
  });

  test('a lock clears exactly what is proven, and remembers the looks', () => {
    const before = JSON.stringify(shipped);
    const after = locked(shipped, ['fields.name', 'list.pager', 'fields.sip'], { id: 'number' });
    const cleared = marksIn(shipped).filter((mark) => !marksIn(after).includes(mark));
    expect(cleared).toEqual(['list.pager', 'fields.name', 'fields.sip']);
    expect(after.guard?.keys).toEqual({ id: 'number' });
    expect(JSON.stringify(shipped)).toBe(before);
    expect(edited(after, {})).toEqual(after);
  });

  test('a lock without samples keeps the looks that it has', () => {
    const guarded = edited(proven, { guard: { keys: { a: 'string' } } });
    expect(locked(guarded, []).guard).toEqual({ keys: { a: 'string' } });
  });
});

describe('diff', () => {
  const sample = {
    id: 1,
    companyId: 90001,
    number: 10,
    name: 'Ana',
    email: 'a@b.example',
    role: 'user',
    callerId: null,
  };

  test('what is left over, what is missing, what is of another type', () => {
    const found = diff(proven, { ...sample, department: { id: 3 }, updated_at: 'now' });
    expect(found.unmapped).toEqual([
      { path: 'department', types: 'object' },
      { path: 'department.id', types: 'number' },
    ]);
    expect(found.missing.map(({ place }) => place)).toEqual([
      'fields.internalOnly',
      'fields.mobile',
      'fields.mobileExtension',
      'fields.voicemail',
      'fields.callRecording',
    ]);
    expect(found.mistyped).toEqual([
      { place: 'identity.number', path: 'number', expected: 'string', found: 'number' },
    ]);
  });

  test('a key that one of several samples has is there', () => {
    const found = diff(proven, [sample, { ...sample, mobile: '600000001' }]);
    expect(found.missing.map(({ place }) => place)).not.toContain('fields.mobile');
  });

  test('no value is part of it', () => {
    expect(JSON.stringify(diff(proven, { ...sample, secretThing: 'canary-value' }))).not.toContain(
      'canary-value',
    );
    expect(fingerprintOf([sample])).toHaveProperty('name', 'string');
  });
});
