import { describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../engine/model/index.ts';
import { readConfiguration, readLines, readTenants } from '../../../providers/pbx/meetip/answers.ts';
import {
  bearer,
  compare,
  formBody,
  type Ids,
  secretProblems,
  toNative,
} from '../../../providers/pbx/meetip/dialect.ts';
import { complaintOf } from '../../../providers/pbx/meetip/errors.ts';
import { canonicalOf } from '../../../providers/pbx/meetip/fields.ts';
import { withoutNotices } from '../../../providers/pbx/meetip/notices.ts';
import { inParallel } from '../../../providers/pbx/meetip/parallel.ts';

const ids: Ids = { agent: (name) => `ua:${name}`, department: (name) => `dep:${name}` };
const key = new Secret('the-key');
const about = { host: 'h', target: 't', operation: 'o', object: 'x', write: false };

describe('what is sent', () => {
  it('has the flat names of the API', () => {
    const values = {
      title: 'Jefa',
      concurrentRegistrations: 2,
      nat: true,
      department: 'Ventas',
      userAgent: 'x',
    };
    expect(toNative(values, {}, ids)).toEqual({
      title: 'Jefa',
      max_contacts: '2',
      nat: '1',
      department: 'dep:Ventas',
      ua: 'ua:x',
    });
  });

  it('leaves out what is fixed, computed or sent apart', () => {
    const values = {
      number: '118',
      type: 'sip',
      registrationName: '301118',
      callerId: '91',
      emergencyCallerId: '112',
    };
    expect(toNative(values, {}, ids)).toEqual({});
  });

  it('keeps secrets wrapped under their own names', () => {
    const [sip, portal, pin] = [new Secret('a'), new Secret('b'), new Secret('c')];
    expect(toNative({}, { sip, portal, pin }, ids)).toEqual({ secret: sip, password: portal, pin });
  });

  it.each(['mobile', 'constructor', '__proto__x'])('refuses %s', (field) => {
    expect(() => toNative({ [field]: 'x' }, {}, ids)).toThrow('field-unsupported');
  });

  it('is a form with the key in it', () => {
    const body = formBody('pbxware.ext.add', { name: 'Señor & Co', secret: new Secret('a b') }, key);
    const form = new URLSearchParams(reveal(body));
    expect(Object.fromEntries(form)).toEqual({
      apikey: 'the-key',
      action: 'pbxware.ext.add',
      name: 'Señor & Co',
      secret: 'a b',
    });
    expect(String(body)).toBe('[secret]');
  });

  it('cannot have its action or its key replaced by an argument of that name', () => {
    const form = new URLSearchParams(reveal(formBody('a', { action: 'b', apikey: 'c' }, key)));
    expect([form.getAll('apikey'), form.getAll('action')]).toEqual([['the-key'], ['a']]);
  });

  it('is text: lone surrogates are not sent', () => {
    expect(() => formBody('a', { name: 'x\ud800' }, key)).toThrow('request-unsendable');
  });

  it('has the key in a header for API v2', () => {
    expect([reveal(bearer(key)), String(bearer(key))]).toEqual(['Bearer the-key', '[secret]']);
  });
});

describe('a look after a write', () => {
  it.each([
    ['the same words', { name: 'Ana' }, { name: 'Ana' }, 'same'],
    [
      'other words of the same meaning',
      { location: 'remote', status: 'enabled' },
      { location: '2', status: '1' },
      'same',
    ],
    ['yes for 1', { nat: 'yes' }, { nat: '1' }, 'same'],
    ['departments in another order', { department: '6,4' }, { department: '4,6' }, 'same'],
    ['another value', { name: 'Eva' }, { name: 'Ana' }, 'other'],
    ['one of two', { name: 'Ana', nat: '0' }, { name: 'Ana', nat: '1' }, 'other'],
    ['what is not shown beside what is', { name: 'Ana' }, { name: 'Ana', password: new Secret('x') }, 'same'],
    ['nothing of it', { name: 'Ana' }, { password: new Secret('x') }, 'hidden'],
    ['the same secret', { secret: new Secret('s') }, { secret: new Secret('s') }, 'same'],
    ['another secret', { secret: new Secret('s') }, { secret: new Secret('t') }, 'other'],
    ['unknown words', { nat: 'maybe' }, { nat: '1' }, 'other'],
  ])('at %s', (_what, shown, sent, expected) => {
    expect(compare(shown, sent)).toBe(expected);
  });
});

describe('rules of secrets', () => {
  const broken = (field: string, value: string) =>
    secretProblems({ [field]: new Secret(value) }).map(({ code }) => code);

  it.each(['Aa1-aaaa', 'Kw4mTz-Qp7rXb9sNd3hV', 'Aa1%*!_-$@', `Aa1-${'x'.repeat(124)}`])(
    'take %s',
    (value) => {
      expect(broken('sip', value)).toEqual([]);
    },
  );

  it.each([
    ['Aa1-aaa', 'secret-too-short'],
    [`Aa1-${'x'.repeat(125)}`, 'secret-too-long'],
    ['aa1-aaaa', 'secret-characters'],
    ['AA1-AAAA', 'secret-characters'],
    ['Aab-aaaa', 'secret-characters'],
    ['Aa1aaaaa', 'secret-characters'],
    ['Aa1$aaaa', 'secret-characters'],
    ['Aa1-aa aa', 'secret-characters'],
    ['Aa1-ñaaa', 'secret-characters'],
  ])('refuse %s: %s', (value, code) => {
    expect(broken('sip', value)).toEqual([code]);
  });

  it.each([
    ['portal', 'x', []],
    ['portal', '', ['secret-too-short']],
    ['pin', '0471', []],
    ['pin', '471', ['secret-too-short']],
    ['pin', '04711', ['secret-too-long']],
    ['constructor', 'x', []],
  ])('judge %s by its own', (field, value, expected) => {
    expect(broken(field, value)).toEqual(expected);
  });
});

describe('the words of the server', () => {
  it.each([
    ['Invalid API key.', 'wrong-credentials', 'nothing'],
    ['Selected action not allowed', 'forbidden', 'nothing'],
    ["Required field 'pin' is missing", 'field-refused', 'nothing'],
    ["Required field 'ext=100' contains invalid data (Regex: /^\\d{4}$/)", 'field-refused', 'nothing'],
    [
      'Error creating extension: number 1000 is reserved by (Extension) Operator',
      'already-exists',
      'nothing',
    ],
    ['Extension already exists', 'already-exists', 'nothing'],
    ['Invalid server id', 'wrong-identity', 'nothing'],
    ['Failed to generate configuration', 'target-busy', 'unknown'],
    ["Table 'x' doesn't exist", 'target-busy', 'unknown'],
    ['Unable to create extension', 'target-busy', 'unknown'],
    ['Extension limit exceeded', 'limit-reached', 'unknown'],
    ['Your API key was suspended', 'strange-answer', 'unknown'],
    ['number 118 is reserved by (Extension) Telefono IP', 'already-exists', 'nothing'],
    [
      "number 118 is reserved by (Ring Group) action not allowed, API key's limit",
      'already-exists',
      'nothing',
    ],
    ["Unable to create extension 'Invalid server IP'", 'target-busy', 'unknown'],
    ['Something about "reserved" and \'action not allowed\'', 'value-refused', 'unknown'],
    ['whatever', 'value-refused', 'unknown'],
    ['', 'value-refused', 'unknown'],
  ])('%j are %s', (text, code, written) => {
    expect(complaintOf(text)).toMatchObject({ code, written });
  });

  it('are never repeated: they hold what was sent', () => {
    const texts = [
      "Required field 'secret=Hunter-2x' contains invalid data",
      'Hunter-2x is weak',
      "Table Hunter-2x doesn't exist",
    ];
    expect(texts.map((text) => complaintOf(text).evidence).join()).not.toContain('Hunter');
  });
});

it('words of the server that JavaScript knows are no names of fields', () => {
  expect(['constructor', 'toString', '__proto__', 'ext'].map(canonicalOf)).toEqual([
    'constructor',
    'toString',
    '__proto__',
    'number',
  ]);
});

describe('notices of PHP', () => {
  const answer = (text: string) => ({ status: 200, headers: {}, body: Buffer.from(text) });
  const cleaned = (text: string) => {
    const { answer: rest, noticed } = withoutNotices(answer(text));
    return [rest.body.toString(), noticed];
  };

  it.each([
    ['<br />\n<b>Notice</b>:  a[0] in <b>/x.php</b> on line <b>1</b><br />\n{"a":1}', '{"a":1}'],
    ['PHP Warning:  x in /y.php on line 3\n[]', '[]'],
    ['Notice: {oops} on line 1\nDeprecated: y\n{"ñ":[1]}', '{"ñ":[1]}'],
  ])('are taken away where whole JSON follows', (text, rest) => {
    const [found, noticed] = cleaned(text);
    expect([String(found).trim(), noticed]).toEqual([rest, true]);
  });

  it.each([
    '<br />\n<b>Warning</b>: x\n{"half":',
    'Warning: x on line 1\n',
    'Notice: x\n{"a":1}\nWarning: y',
  ])('stay where none does: %j', (text) => {
    expect(cleaned(text)).toEqual([text, true]);
  });

  it.each(['{"Notice":1}', '<html>Warning {"a":1}</html>', 'hello\n{"a":1}', ''])(
    'are not seen in %j',
    (text) => {
      expect(cleaned(text)).toEqual([text, false]);
    },
  );
});

describe('answers', () => {
  it('takes numbers for text, as they come', () => {
    const body = {
      2: { name: 'A', tenantcode: '344', package_id: 1, ext_length: 3 },
      3: { tenantcode: 345, ext_length: '4' },
    };
    expect(readTenants(body, about)).toEqual([
      { id: '2', code: '344', name: 'A', numberLength: 3 },
      { id: '3', code: '345', name: '', numberLength: 4 },
    ]);
  });

  it('lives with options that PHP wrote as an empty list', () => {
    const found = readConfiguration(
      { 10: { ext: 118, name: 'Ana', protocol: 'SIP', options: [] } },
      '10',
      about,
    );
    expect(found).toMatchObject({ number: '118', protocol: 'sip', username: '', tenantCodes: [] });
  });

  it('knows two places where the code of the tenant stands', () => {
    const options = { username: '286118', context: 't-301' };
    expect(readConfiguration({ 10: { ext: '118', options } }, '10', about)?.tenantCodes).toEqual([
      '301',
      '286',
    ]);
  });

  it('knows an extension that the map does not hold', () => {
    expect([
      readConfiguration([], '10', about),
      readConfiguration({ 11: { ext: '1' } }, '10', about),
    ]).toEqual([null, null]);
  });

  it('has no use for a list with a number twice', () => {
    expect(() => readLines({ 10: { ext: '118' }, 11: { ext: 118 } }, about)).toThrow('strange-answer');
  });

  it('lives with lines that leave things out', () => {
    expect(readLines({ 10: { ext: '118' } }, about)).toEqual([
      { id: '10', number: '118', protocol: '', name: '', status: '', departments: '' },
    ]);
  });
});

describe('work in parallel', () => {
  it('keeps the order, and the width', async () => {
    let [now, most] = [0, 0];
    const work = async (item: number) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, item % 3));
      now -= 1;
      return item * 2;
    };
    const items = Array.from({ length: 20 }, (_, index) => index);
    expect(await inParallel(items, 4, work)).toEqual(items.map((item) => item * 2));
    expect(most).toBe(4);
  });

  it('starts nothing new after a failure', async () => {
    const started: number[] = [];
    const work = async (item: number) => {
      started.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('one');
    };
    await expect(inParallel([0, 1, 2, 3, 4, 5, 6, 7, 8], 2, work)).rejects.toThrow('one');
    expect(started.length).toBeLessThan(5);
  });

  it('is nothing for nothing', async () => {
    expect(await inParallel([], 5, async () => 1)).toEqual([]);
  });
});
