import { describe, expect, it } from 'vitest';
import type { Desired, Publication, Target } from '../../../../engine/model/index.ts';
import { check } from '../../../../providers/device/yealink/check.ts';
import { account, phone, seedValues } from './declared.ts';

function codes(desired: Partial<Desired>, target: Partial<Target> = {}): string[] {
  return check(account(desired), phone(target)).map(({ code }) => code);
}

function valued(values: Desired['values'], target: Partial<Target> = {}) {
  return check(account({ values: { ...seedValues, ...values } }), phone(target));
}

const publication: Publication = {
  store: { name: 'oficina', place: { directory: 'provisioning' } },
  trigger: 'none',
  sipPort: 5060,
};
const pulled = { publication, endpoint: null };

describe('an account', () => {
  it('of the procedure is fine', () => {
    expect(codes({})).toEqual([]);
  });

  it.each(['2', '16'])('on line %s of a T46U is fine', (key) => {
    expect(codes({ key })).toEqual([]);
  });

  it('beyond the last line is refused with both numbers', () => {
    const [found] = check(account({ key: '17' }), phone());
    expect(found).toMatchObject({
      code: 'line-beyond-model',
      severity: 'error',
      params: { line: '17', max: 16, model: 'T46U', field: 'line' },
    });
  });

  it.each(['0', 'x', '01', '1.2'])('on line %s is refused', (key) => {
    expect(codes({ key })).toEqual(['value-unsupported']);
  });

  it('without a server is refused', () => {
    const { server: _none, ...values } = seedValues;
    expect(codes({ values })).toEqual(['account-without-server']);
  });

  it('whose server is known after apply is fine', () => {
    const { server: _none, ...values } = seedValues;
    expect(codes({ values, references: { server: { address: 'acme/pbx:main', field: 'x' } } })).toEqual([]);
  });

  it('without a password is refused, unless its line is off', () => {
    expect(codes({ secrets: {} })).toEqual(['secret-required']);
    expect(codes({ secrets: {}, values: { active: false } })).toEqual([]);
  });

  it.each([
    [{ expires: 29 }, 'value-out-of-range'],
    [{ retries: 21 }, 'value-out-of-range'],
    [{ port: 65_536 }, 'value-out-of-range'],
    [{ retryInterval: 1_801 }, 'value-out-of-range'],
    [{ keepAlive: 1.5 }, 'value-out-of-range'],
    [{ transport: 'sctp' }, 'value-one-of'],
    [{ mediaEncryption: 'yes' }, 'value-one-of'],
    [{ domain: 'acme.example' }, 'field-unsupported'],
    [{ label: 'a\nb' }, 'text-uncarriable'],
    [{ label: '%NULL%' }, 'text-uncarriable'],
    [{ label: ' a' }, 'text-uncarriable'],
    [{ label: '' }, 'text-uncarriable'],
    [{ label: 'x'.repeat(257) }, 'value-too-long'],
  ] as const)('with %j is refused: %s', (values, code) => {
    const [found, ...more] = valued(values);
    expect(found).toMatchObject({ code, severity: 'error', params: { field: Object.keys(values)[0] } });
    expect(more).toEqual([]);
  });

  it.each(['#1', 'a # b', '"a"', 'Ana 😀'])('with the label %s is warned of', (label) => {
    const [found, ...more] = valued({ label });
    expect(found).toMatchObject({ code: 'text-doubtful', severity: 'warning' });
    expect(more).toEqual([]);
  });

  it('has all its problems said at once', () => {
    const found = valued({ expires: 1, transport: 'x', label: '\n' });
    expect(found.map(({ params }) => params.field)).toEqual(['label', 'transport', 'expires']);
  });

  it('with retries on V70 is refused', () => {
    const [found] = valued({ retries: 5 }, { options: { model: 'T32G', firmware: '32.70' } });
    expect(found).toMatchObject({
      code: 'field-generation',
      params: { field: 'retries', generation: 'V70' },
    });
  });

  it('with the usual retries on V70 goes without them', () => {
    expect(valued({ retries: 3 }, { options: { model: 'T32G', firmware: '32.70' } })).toEqual([]);
  });

  it('is the only kind', () => {
    expect(codes({ kind: 'extension' })).toEqual(['field-unsupported']);
  });
});

describe('a phone', () => {
  it.each([{}, { model: 'T99X' }, { model: 'T77U' }])(
    'with %j is warned of: its limits are not checked',
    (options) => {
      const [found] = check(account(), phone({ options }));
      expect(found).toMatchObject({
        code: 'model-limits-unknown',
        severity: 'warning',
        address: 'acme/device:recepcion',
      });
    },
  );

  it('with a firmware that is none is refused', () => {
    expect(codes({}, { options: { model: 'T46U', firmware: 'V86' } })).toEqual(['firmware-unknown']);
  });

  it('with neither address nor publish is refused', () => {
    expect(codes({}, { endpoint: null })).toEqual(['target-without-way']);
  });

  it('that a person sets up needs no way', () => {
    expect(codes({}, { endpoint: null, mode: 'guided' })).toEqual([]);
  });

  it('that fetches its file needs no firmware where its model never had other names', () => {
    expect(codes({}, { ...pulled, options: { model: 'T46U' } })).toEqual([]);
  });

  it('that fetches its file needs its firmware where the names depend on it', () => {
    expect(codes({}, { ...pulled, options: { model: 'T46G' } })).toEqual(['firmware-required']);
    expect(codes({}, { ...pulled, options: { model: 'T46G', firmware: '28.80' } })).toEqual([]);
  });

  it('that fetches its file and is ours alone needs a known number of lines', () => {
    const options = { model: 'T77U', exclusive: true };
    expect(codes({}, { ...pulled, options })).toEqual(['model-limits-unknown', 'exclusive-boundless']);
  });

  it('cannot be told through a bastion', () => {
    const identity = { secret: 'access/oficina/key', scope: 'acme' };
    const via = {
      name: 'oficina',
      host: 'bastion.example.com',
      port: 22,
      user: 'alta',
      hostKeys: [],
      identity,
    };
    const endpoint = { url: 'http://192.168.1.20', tls: {}, via };
    const told = { publication: { ...publication, trigger: 'notify' as const }, endpoint };
    expect(codes({}, told)).toEqual(['trigger-through-bastion']);
    expect(codes({}, { ...told, publication: { ...publication, trigger: 'action-uri' } })).toEqual([]);
  });

  it('cannot be told without an address', () => {
    expect(codes({}, { ...pulled, publication: { ...publication, trigger: 'notify' } })).toEqual([
      'trigger-without-address',
    ]);
  });
});
