import { describe, expect, it } from 'vitest';
import { type Schema, unknown, type ValueObject } from '../../../stacks/plugin/contract.ts';
import { RefusedRequest } from '../../../stacks/plugin/remarks.ts';
import { exactNumber, wireNumber } from '../../../stacks/plugin/values/numbers.ts';
import { readObject } from '../../../stacks/plugin/values/read.ts';
import { typeJson } from '../../../stacks/plugin/values/types.ts';
import { withoutWriteOnly, writeObject } from '../../../stacks/plugin/values/write.ts';
import { type Plain, pack, UNKNOWN, unpack } from '../../support/plugin-client/index.ts';

const description = '';
const schema: Schema = {
  version: 0,
  description,
  attributes: {
    text: { type: 'string', description, optional: true },
    count: { type: 'number', description, optional: true },
    on: { type: 'bool', description, optional: true },
    tags: { type: { map: 'string' }, description, optional: true },
    lines: { type: { list: { object: { line: 'number', label: 'string' } } }, description, optional: true },
    secret: { type: 'string', description, optional: true, writeOnly: true },
  },
};
const empty = { text: null, count: null, on: null, tags: null, lines: null, secret: null };
const none = new Uint8Array();

const read = (value: Plain) => readObject(schema, { msgpack: pack(value), json: none });
const write = (value: ValueObject | null) => unpack(writeObject(schema, value).msgpack);
const both = (over: { [name: string]: Plain }) => [read(over), { ...empty, ...over }] as const;

describe('reading', () => {
  it('has every attribute, null where nothing came', () => {
    expect(read({})).toEqual(empty);
    expect(readObject(schema, undefined)).toBeNull();
    expect(readObject(schema, { msgpack: none, json: none })).toBeNull();
    expect(read(null)).toBeNull();
  });

  it('reads every type', () => {
    const value = {
      text: 'ñ 🔑',
      count: -7,
      on: false,
      tags: { 'a.b': 'c', '': '' },
      lines: [{ line: 1, label: null }],
    };
    const [found, expected] = both(value);
    expect(found).toEqual(expected);
  });

  it('takes every extension for unknown, with or without what is known about it', () => {
    const refined = Buffer.concat([Buffer.of(0xc7, 3, 12, 0x81, 1, 0xc2)]);
    const msgpack = Buffer.concat([
      Buffer.of(0x82, 0xa4),
      Buffer.from('text'),
      refined,
      pack('count'),
      pack(UNKNOWN),
    ]);
    expect(readObject(schema, { msgpack, json: none })).toEqual({ ...empty, text: unknown, count: unknown });
    expect(read({ lines: [{ line: UNKNOWN, label: 'a' }] })?.lines).toEqual([{ line: unknown, label: 'a' }]);
  });

  it('reads JSON where there is no MessagePack', () => {
    const json = Buffer.from(JSON.stringify({ text: 'a', count: 0.1, tags: { a: 'b' } }));
    expect(readObject(schema, { msgpack: none, json })).toEqual({
      ...empty,
      text: 'a',
      count: 0.1,
      tags: { a: 'b' },
    });
  });

  it.each([
    ['text', 5, 'string'],
    ['on', 'yes', 'bool'],
    ['count', 'many', 'digits'],
    ['tags', ['a'], 'object'],
    ['lines', { a: 'b' }, 'list'],
    ['lines', ['a'], 'object'],
  ] as const)('refuses a %s that is %j, by its path', (name, value, word) => {
    const refused = catching(() => read({ [name]: value as Plain }));
    expect(refused.remark.path?.[0]).toBe(name);
    expect(refused.remark.detail).toContain(word);
  });
});

function catching(work: () => unknown): RefusedRequest {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusedRequest) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('numbers', () => {
  it.each([0, -1, 2 ** 53 - 1, 0.1, 0.30000000000000004, 0.5, 1e100, -2.5e-7])(
    '%d comes back as it went',
    (number) => {
      expect(exactNumber(wireNumber(number))).toBe(number);
    },
  );

  it.each(['0.1', '-12.50', '1e+100', '0.30000000000000004', '9007199254740991', '0', '100'])(
    '%s is kept',
    (text) => {
      expect(exactNumber(text)).toBe(Number(text));
    },
  );

  it.each(['9007199254740993', '0.1234567890123456789', '3.14159265358979323846', 'x', 'Infinity'])(
    '%s is refused',
    (text) => expect(exactNumber(text)).toBeNull(),
  );

  it('refuses integers that a double only comes near', () => {
    expect(exactNumber(12345678901234567n)).toBeNull();
    expect(exactNumber(2 ** 70)).toBeNull();
    expect(exactNumber(10n)).toBe(10);
  });
});

describe('writing', () => {
  it('writes every attribute, unknown as extension 0, a fraction as text', () => {
    expect(write({ text: unknown, count: 0.1 })).toEqual({ ...empty, text: UNKNOWN, count: '0.1' });
    expect(Buffer.from(writeObject(schema, { text: unknown }).msgpack).includes(Buffer.of(0xd4, 0, 0))).toBe(
      true,
    );
    expect(write(null)).toBeNull();
  });

  it.each([
    [{ strange: 'canary-4711' }, 'strange is not in the schema'],
    [{ count: 'canary-4711' }, 'count is not a number'],
    [{ count: Number.NaN }, 'count is not a number'],
    [{ lines: [{ line: 1, label: 2 }] }, 'lines[0].label is not a string'],
    [{ lines: 'canary-4711' }, 'lines is not a list'],
    [{ tags: ['canary-4711'] }, 'tags is not an object'],
  ])('names the attribute of an answer that does not fit, never its value', (value, message) => {
    const { remark } = catching(() => writeObject(schema, value as ValueObject));
    expect(remark.detail).toContain(message);
    expect(JSON.stringify(remark)).not.toContain('canary');
  });

  it('replaces half of a surrogate pair, which has no UTF-8 form', () => {
    expect(write({ text: 'a\ud800b', tags: { a: '🔑' } })).toMatchObject({
      text: 'a\ufffdb',
      tags: { a: '🔑' },
    });
  });

  it('leaves write-only values out', () => {
    expect(withoutWriteOnly(schema, { text: 'a', secret: 'b' })).toEqual({ text: 'a', secret: null });
    expect(withoutWriteOnly(schema, null)).toBeNull();
  });
});

describe('types', () => {
  it('are JSON', () => {
    expect(typeJson('bool')).toBe('"bool"');
    expect(typeJson({ map: { list: { object: { a: 'string' } } } })).toBe(
      '["map",["list",["object",{"a":"string"}]]]',
    );
  });
});
