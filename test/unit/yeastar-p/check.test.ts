import { describe, expect, it } from 'vitest';
import type { Desired, Target } from '../../../engine/model/index.ts';
import { message } from '../../../engine/report/message.ts';
import type { TargetFacts } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/yeastar-p/driver.ts';
import { desired, targetAt } from './support.ts';

const target = targetAt('http://pbx.example');
const told = (of: Desired, at: Target = target) =>
  driver.check(of, at).map(({ severity, code, params }) => [severity, code, params.field]);

describe('check', () => {
  it('accepts what a box can hold', () => {
    const values = {
      name: 'Ana Lopez',
      email: "ana.o'hara-1@acme.example",
      callerId: 'internal',
      registrationName: 'acme10',
      concurrentRegistrations: 3,
      mobile: '+34 600'.replace(' ', '-'),
      title: 'Jefa',
      voicemail: true,
      role: 'admin',
      department: 'Ventas',
      nat: true,
      internalOnly: false,
      type: 'sip',
    };
    expect(told(desired(values))).toEqual([]);
    expect(told(desired({ callerIdName: 'Ana' }))).toEqual([]);
  });

  it.each<[string, Desired['values'], string, string, string]>([
    [
      'a fourth registration',
      { concurrentRegistrations: 4 },
      'error',
      'value-out-of-range',
      'concurrentRegistrations',
    ],
    ['none', { concurrentRegistrations: 0 }, 'error', 'value-out-of-range', 'concurrentRegistrations'],
    ['another type', { type: 'fxs' }, 'error', 'value-one-of', 'type'],
    ['anonymous', { callerId: 'anonymous' }, 'error', 'value-unsupported', 'callerId'],
    ['a space in a caller ID', { callerId: '91 000' }, 'error', 'value-characters', 'callerId'],
    ['a long caller ID', { callerId: '9'.repeat(32) }, 'error', 'value-too-long', 'callerId'],
    ['a long mobile number', { mobile: '9'.repeat(32) }, 'error', 'value-too-long', 'mobile'],
    [
      'a long registration name',
      { registrationName: 'a'.repeat(64) },
      'error',
      'value-too-long',
      'registrationName',
    ],
    ['an empty one', { registrationName: '' }, 'error', 'value-too-short', 'registrationName'],
    ['a long first word', { name: 'a'.repeat(64) }, 'error', 'value-too-long', 'name'],
    ['a long rest', { name: `A ${'b'.repeat(64)}` }, 'error', 'value-too-long', 'name'],
    ['an odd mail address', { email: 'ana+x@acme.example' }, 'warning', 'value-characters', 'email'],
    ['a long one', { email: `${'a'.repeat(256)}` }, 'error', 'value-too-long', 'email'],
    ['another role', { role: 'boss' }, 'error', 'value-one-of', 'role'],
    ['a language', { language: 'es' }, 'error', 'field-read-only', 'language'],
    ['what nobody knows', { colour: 'red' }, 'error', 'field-unsupported', 'colour'],
  ])('refuses %s', (_what, values, severity, code, field) => {
    expect(told(desired({ name: 'Ana', ...values }))).toEqual([[severity, code, field]]);
  });

  it('names the field as the YAML does', () => {
    expect(told(desired({ callerIdName: 'a'.repeat(64) }))).toEqual([
      ['error', 'value-too-long', 'callerIdName'],
    ]);
  });

  it.each([
    ['1234567', []],
    ['12345678', [['warning', 'value-too-long', 'number']]],
    ['123456789', [['error', 'value-too-long', 'number']]],
    ['12a', [['error', 'value-characters', 'number']]],
  ])('judges the number %s', (key, expected) => {
    expect(told(desired({ name: 'Ana' }, { key }))).toEqual(expected);
  });

  it('misses what no create can do without, all at once', () => {
    expect(told(desired({}, { secrets: {} }))).toEqual([
      ['error', 'field-required', 'name'],
      ['error', 'secret-required', 'sip'],
      ['error', 'secret-required', 'portal'],
    ]);
  });

  it('takes a name that comes from elsewhere for a name', () => {
    const references = { name: { address: 'x', field: 'name' } };
    expect(told(desired({}, { references }))).toEqual([]);
  });

  it('knows no tenants, except for a person who fills in a form', () => {
    const at = targetAt('http://pbx.example', { identity: { tenant: '100' } });
    expect(told(desired({ name: 'Ana' }), at)).toEqual([['error', 'tenant-unsupported', 'tenant']]);
    expect(told(desired({ name: 'Ana' }), { ...at, mode: 'guided' })).toEqual([]);
  });

  it('knows extensions only', () => {
    expect(told(desired({}, { kind: 'account' }))).toEqual([['error', 'field-unsupported', 'account']]);
  });
});

describe('checkReading', () => {
  const facts = (lists: TargetFacts['lists']): TargetFacts => ({
    edition: 'P550',
    identity: {},
    can: { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false },
    ...(lists === undefined ? {} : { lists }),
  });
  const judged = (of: Desired, lists: TargetFacts['lists'], at: Target = target) =>
    (driver.checkReading?.(of, at, facts(lists)) ?? []).map(({ code, params }) => [code, params.field]);
  const old = { numbers: ['10'] };

  it.each<[string, Desired['values'], TargetFacts['lists'], unknown[]]>([
    ['an organisation that is there', { department: 'Ventas' }, { ...old, departments: ['Ventas'] }, []],
    [
      'one that is not',
      { department: 'Compras' },
      { ...old, departments: ['Ventas'] },
      [['value-one-of', 'department']],
    ],
    [
      'one where there are none',
      { department: 'Ventas' },
      { ...old, departments: [] },
      [['field-switched-off', 'department']],
    ],
    ['one where nobody tells', { department: 'Ventas' }, old, []],
    ['an administrator', { role: 'admin' }, { ...old, roles: ['administrator'] }, []],
    [
      'one where there is no such role',
      { role: 'admin' },
      { ...old, roles: ['Employee'] },
      [['value-unsupported', 'role']],
    ],
    ['one where nobody tells', { role: 'admin' }, old, []],
    ['who has no role', { role: 'user' }, { ...old, roles: [] }, []],
    ['nothing at all', {}, undefined, []],
  ])('judges %s', (_what, values, lists, expected) => {
    expect(judged(desired({ name: 'Ana', ...values }), lists)).toEqual(expected);
  });

  it('says which box has organisations switched off', () => {
    const [found] =
      driver.checkReading?.(
        desired({ name: 'Ana', department: 'Ventas' }),
        target,
        facts({ departments: [] }),
      ) ?? [];
    expect(found === undefined ? '' : message(found, 'es').detail).toBe(
      'acme/pbx:sede/extension:10 declara `department`, pero acme/pbx:sede tiene Organization Management sin activar, o su firmware no lo incluye.',
    );
  });

  it("judges the target's own organisation for new extensions that name none", () => {
    const at = targetAt('http://pbx.example', { options: { organization: 'Compras' } });
    const lists = { numbers: ['11'], departments: ['Ventas'] };
    expect(judged(desired({ name: 'Ana' }), lists, at)).toEqual([['value-one-of', 'organization']]);
    expect(judged(desired({ name: 'Ana' }), { ...lists, numbers: ['10'] }, at)).toEqual([]);
    expect(judged(desired({ name: 'Ana' }), { ...lists, departments: [] }, at)).toEqual([]);
    expect(judged(desired({ name: 'Ana', department: 'Ventas' }), lists, at)).toEqual([]);
  });

  it('wants passwords that are sent for a new extension, and for no other', () => {
    const left = { name: 'x', source: 'unmanaged', marker: null } as const;
    const of = desired({ name: 'Ana' }, { secrets: { sip: { ...left, source: 'pbx' }, portal: left } });
    expect(judged(of, { numbers: [] })).toEqual([
      ['secret-required', 'sip'],
      ['secret-required', 'portal'],
    ]);
    expect(judged(of, old)).toEqual([]);
  });
});

describe('normalise', () => {
  const values = (of: Desired) => driver.normalise(of, target).values;

  it('takes the shown name for the name, and the own number for `internal`', () => {
    expect(values(desired({ name: 'Ana', callerIdName: 'Recepcion', callerId: 'internal' }))).toEqual({
      name: 'Recepcion',
      callerId: '10',
    });
  });

  it('leaves single spaces in a name, since the box keeps it in two parts', () => {
    expect(values(desired({ name: '  Ana   de la  Torre ' }))).toEqual({ name: 'Ana de la Torre' });
  });

  it('is idempotent', () => {
    const once = driver.normalise(desired({ callerIdName: ' A  B ', callerId: 'internal' }), target);
    expect(driver.normalise(once, target)).toEqual(once);
  });
});
