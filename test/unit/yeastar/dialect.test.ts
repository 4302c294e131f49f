import { describe, expect, it } from 'vitest';
import { AltaError, reveal, Secret } from '../../../engine/model/index.ts';
import { readRows } from '../../../providers/pbx/yeastar/answers.ts';
import { apiOf } from '../../../providers/pbx/yeastar/api.ts';
import {
  holds,
  isWeak,
  loginBody,
  numberOf,
  queryBody,
  secretProblems,
  toActual,
  toNative,
  writeBody,
} from '../../../providers/pbx/yeastar/dialect.ts';
import type { About } from '../../../providers/transport/refusal.ts';
import { extension } from './box.ts';

const v1 = apiOf('v1.1.0');
const v2 = apiOf('v2.0.0');
const about: About = { host: 'box.example', target: 't', operation: 'o', object: 'x', write: false };

function rowOf(fields: Record<string, unknown>, api = v2) {
  const [row] = readRows({ extinfos: [fields] }, api, about);
  if (row === undefined) throw new Error('no row');
  return row;
}

describe('what is sent', () => {
  it('puts the values of the model into the names and words of the box', () => {
    const values = { name: 'Almacén', internalOnly: true, voicemail: false, concurrentRegistrations: 2 };
    expect(toNative(values, {}, {})).toEqual({
      username: 'Almacén',
      callrestriction: 'on',
      hasvoicemail: 'off',
      maxregistrations: '2',
    });
  });

  it('says yes and no in the words that the box uses', () => {
    expect(toNative({ nat: true }, {}, { nat: 'no' })).toEqual({ nat: 'yes' });
    expect(toNative({ nat: true }, {}, { nat: '0' })).toEqual({ nat: '1' });
    expect(toNative({ nat: false }, {}, { nat: 'on' })).toEqual({ nat: 'off' });
  });

  it('names secrets as the box does and keeps them wrapped', () => {
    const pin = new Secret('4071');
    expect(toNative({}, { pin }, {})).toEqual({ vmsecret: pin });
  });

  it('refuses a field that the box does not have', () => {
    expect(() => toNative({ department: 'Ventas' }, {}, {})).toThrow('field-unsupported');
    expect(() => toNative({ constructor: 'x' }, {}, {})).toThrow('field-unsupported');
  });

  it('names the extension by the key of the generation', () => {
    expect(JSON.parse(reveal(writeBody(v1, '10', { email: 'a@b.example' })))).toEqual({
      email: 'a@b.example',
      extid: '10',
    });
    expect(JSON.parse(reveal(writeBody(v2, '10', {})))).toEqual({ number: '10' });
  });

  it('asks for all in the words of the generation', () => {
    expect([queryBody(v1), queryBody(v2)]).toEqual(['{}', '{"number":"all"}']);
  });

  it('logs in with the lower-case MD5 of the password', () => {
    const body = loginBody(new Secret('api'), new Secret('password'));
    expect(JSON.parse(reveal(body))).toEqual({
      username: 'api',
      password: '5f4dcc3b5aa765d61d8327deb882cf99',
    });
  });
});

describe('the number of a write', () => {
  const alphabet = 'al0123456789, -+"\n٣ａ';

  /** The same walk on every run. */
  function words(count: number): readonly string[] {
    let seed = 7;
    const next = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    const chars = [...alphabet];
    return Array.from({ length: count }, () =>
      Array.from({ length: next(9) }, () => chars[next(chars.length)]).join(''),
    );
  }

  function accepted(key: string): boolean {
    try {
      return numberOf(key) === key;
    } catch (error) {
      return !(error instanceof AltaError && error.written === 'nothing');
    }
  }

  it('is never `all`, a list, or anything but one to seven digits', () => {
    const wrong = words(5_000).filter((key) => accepted(key) !== /^[0-9]{1,7}$/.test(key));
    expect(wrong).toEqual([]);
  });

  it.each(['all', 'ALL', '10,11', '', '12345678', '10 ', '10\n'])('refuses %j in a body', (key) => {
    expect(() => writeBody(v2, key, {})).toThrow('value-characters');
  });

  it('cannot be replaced by a field', () => {
    expect(JSON.parse(reveal(writeBody(v2, '10', { number: 'all' })))).toEqual({ number: '10' });
  });
});

describe('what is read', () => {
  const line = { number: '10', type: 'sip', status: 'Idle', name: 'Almacen' };

  it('gives the values of the model', () => {
    const row = rowOf(extension('10', { callrestriction: 'on', nat: 'yes', language: 'System Default' }));
    expect(toActual(row, line)).toMatchObject({
      kind: 'extension',
      key: '10',
      values: {
        number: '10',
        type: 'sip',
        name: 'Almacen',
        registrationName: '10',
        concurrentRegistrations: 1,
        internalOnly: true,
        voicemail: true,
        callerId: '10',
        nat: true,
      },
      observed: { status: 'Idle', language: 'System Default' },
    });
  });

  it('reads the mobile number under its misspelt name', () => {
    const { mobile: _, ...fields } = extension('10', { extnumber: '10', moblie: '600000001' });
    expect(toActual(rowOf(fields, v1), line).values.mobile).toBe('600000001');
  });

  it('leaves out what is not shown', () => {
    expect(toActual(rowOf({ number: '10' }), line).values).toEqual({ number: '10', type: 'sip' });
  });

  it('wraps the secrets, and never takes the digest of the user password', () => {
    const row = rowOf(extension('10', { loginpassword: '5f4dcc3b5aa765d61d8327deb882cf99' }));
    const { secrets } = toActual(row, line);
    expect(Object.keys(secrets)).toEqual(['sip', 'pin']);
    expect(JSON.stringify(row)).not.toMatch(/Zt5kPm|5f4dcc3b/);
  });
});

describe('whether the box holds what was sent', () => {
  const row = rowOf(extension('10', { registerpassword: 'abc' }));

  it('compares values and readable secrets', () => {
    expect(holds(row, { username: 'Almacen', registerpassword: new Secret('abc') })).toBe(true);
    expect(holds(row, { registerpassword: new Secret('abd') })).toBe(false);
    expect(holds(row, { username: 'Otro' })).toBe(false);
  });

  it('takes two words for the same switch as one', () => {
    expect(holds(row, { hasvoicemail: '1' })).toBe(true);
    expect(holds(row, { hasvoicemail: 'no' })).toBe(false);
  });

  it('passes over what is never shown', () => {
    expect(holds(row, { loginpassword: new Secret('whatever') })).toBe(true);
  });
});

describe('rules of secrets', () => {
  const codes = (field: string, value: string, api = v2) =>
    secretProblems({ [field]: new Secret(value) }, api).map(({ code }) => code);

  it.each([
    ['sip', 'Kw4mTz-Qp7rXb9sNd3hV', []],
    ['sip', 'short', ['secret-too-short']],
    ['sip', 'contraseña-larga', ['secret-characters']],
    ['pin', '12a4', ['secret-characters']],
    ['pin', '1'.repeat(64), ['secret-too-long']],
    ['portal', '12345', ['secret-too-short']],
  ])('%s on v2.0.0: %s', (field, value, expected) => {
    expect(codes(field, value)).toEqual(expected);
  });

  it.each([
    ['with space', ['secret-forbidden-characters']],
    ['a;b', ['secret-forbidden-characters']],
    ['a#b', []],
    ['x'.repeat(32), ['secret-too-long']],
  ])('sip on v1.x: %s', (value, expected) => {
    expect(codes('sip', value, v1)).toEqual(expected);
  });

  it('never tells the value', () => {
    const problems = secretProblems({ sip: new Secret('ñandúñandú') }, v2);
    expect(JSON.stringify(problems)).not.toContain('ñandú');
  });

  it.each([
    ['Kw4mTz-Qp7rXb9sNd3hV', false],
    ['Kw4mTz-Qp7rXb9', true],
    ['kw4mtz-qp7rxb9snd3hv', true],
    ['Kw45mTz-Qp7rXb9sNd3hV', true],
    ['KwALMACENTz-Qp7rXb9s', true],
  ])('a password that boxes call weak: %s', (value, weak) => {
    expect(isWeak(new Secret(value), '10', 'Almacen')).toBe(weak);
  });
});
