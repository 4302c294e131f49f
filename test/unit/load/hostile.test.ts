import { describe, expect, test } from 'vitest';
import { load, MAX_FILE_BYTES } from '../../../engine/load/index.ts';
import { file, oneClient, pbxText } from './input.ts';

const SIZE = 256 * 1024;
const fill = (unit: string, bytes = SIZE) => unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const codesOf = (body: string) => load(oneClient(bytesOf(body))).diagnostics.map(({ code }) => code);

const chains = Array.from(
  { length: 40 },
  (_, i) => `  a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]\n`,
).join('');

/** What would cost a careless parser minutes, gigabytes or its stack. */
const inputs: Readonly<Record<string, string>> = {
  'brackets that never close': fill('['),
  'braces in brackets': fill('[{'),
  'closed brackets': '['.repeat(100_000) + ']'.repeat(100_000),
  commas: `[${fill(',')}`,
  'a list in a list in a list': fill('- '),
  questions: fill('? '),
  'growing indentation': Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
  'keys without values': `{${fill(': ,')}`,
  'nested mappings on one line': fill('a: b: c\n'),
  'one long line': `a: ${fill('x')}`,
  'one long quoted line': `a: "${fill('\\"')}`,
  'a quote that never closes': `a: "${fill('x y\n ')}`,
  tabs: fill('\t\n'),
  'tabs before keys': fill('a:\n\tb: 1\n'),
  anchors: fill('&a '),
  'aliases to nothing': fill('*a '),
  tags: fill('!x '),
  directives: fill('%YAML 9.9\n'),
  'document starts': fill('---\n'),
  'document ends': fill('...\n'),
  'blank lines': fill('\n'),
  comments: fill('# x\n'),
  'many keys': Array.from({ length: 25_000 }, (_, i) => `k${i}: 1\n`).join(''),
  'the same key again and again': fill('a: 1\n'),
  'an alias chain': `x:\n  a0: &a0 [1]\n${chains}`,
  'one anchor, many aliases': `x: &a [1, 2, 3]\ny: [${fill('*a, ', 100_000)}*a]`,
  noise: Array.from({ length: SIZE }, (_, i) =>
    String.fromCharCode(32 + ((i * 7919 + (i >> 3) * 104729) % 95)),
  ).join(''),
};

const good = fill('- pbx: main\n  number: "110"\n  name: Recepción\n');

function millisecondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

describe('hostile files end in diagnostics, and cost no more than good ones', () => {
  const usual = Math.max(
    100,
    millisecondsOf(() => codesOf(good)),
  );

  test.each(Object.entries(inputs))('%s', (_name, body) => {
    let codes: readonly string[] = [];
    const taken = millisecondsOf(() => {
      codes = codesOf(body);
    });
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.length).toBeLessThan(110);
    expect(taken).toBeLessThan(10 * usual);
  });
});

test('a file of more words than anybody writes is refused', () => {
  expect(codesOf('\t\n'.repeat(1_000_000))).toEqual(['yaml-too-long']);
});

describe('limits', () => {
  test('a file over the limit is refused unread', () => {
    const input = oneClient('');
    const large = { filename: 'clients/acme/big.yaml', bytes: new Uint8Array(), size: MAX_FILE_BYTES + 1 };
    const [client] = input.clients;
    const { diagnostics } = load({
      ...input,
      clients: [{ folder: 'clients/acme', secrets: null, files: [...(client?.files ?? []), large] }],
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['file-too-large']);
  });

  test('32 levels are allowed, 33 are not', () => {
    const nested = (levels: number) => `x: ${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(codesOf(nested(31))).not.toContain('yaml-depth');
    expect(codesOf(nested(33))).toEqual(['yaml-depth']);
  });

  test('an alias that does not multiply is fine', () => {
    const body = `${pbxText}extensions:\n  - { pbx: main, number: "1", name: &n A }\n  - { pbx: main, number: "2", name: *n }\n`;
    expect(load(oneClient(body)).diagnostics).toEqual([]);
  });

  test('the message about aliases says how many there were', () => {
    const [diagnostic] = load(oneClient(`x: &a [1, 2, 3]\ny: [${'*a, '.repeat(400)}*a]\n`)).diagnostics;
    expect(diagnostic?.params).toEqual({ count: 251, limit: 1000 });
  });
});

describe('keys that would touch prototypes', () => {
  const loaded = load(
    oneClient(
      `pbx:\n  __proto__: { platform: meetip-sip17, tenant: "1" }\n  constructor: { platform: meetip-sip17, tenant: "2" }\n`,
    ),
  );

  test('are errors', () => {
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(['yaml-forbidden-key', 'yaml-forbidden-key']);
  });

  test('change no object', () => {
    expect(Reflect.get({}, 'platform')).toBeUndefined();
    expect(Object.keys(loaded.clients[0]?.data.pbx ?? {})).toEqual([]);
  });

  test('an extension cannot name a property that every object has', () => {
    const { diagnostics } = load(
      oneClient(`${pbxText}extensions:\n  - { pbx: toString, number: "1", name: A }\n`),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['pbx-unknown']);
  });

  test('a platform cannot be a property that every object has', () => {
    const { diagnostics } = load(oneClient('pbx:\n  main: { platform: toString, tenant: "1" }\n'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['platform-unknown']);
  });
});

test('many problems in one file are cut off, and counted', () => {
  const items = Array.from({ length: 300 }, (_, i) => `  - { pbx: main, number: ${i}, name: A }\n`).join('');
  const { diagnostics } = load(oneClient(`${pbxText}extensions:\n${items}`));
  expect(diagnostics.filter(({ code }) => code === 'number-unquoted')).toHaveLength(100);
  expect(diagnostics.find(({ code }) => code === 'more-problems')?.params).toEqual({ count: 200 });
});

test('a file where nearly everything is wrong is not looked at any further', () => {
  const items = Array.from({ length: 2000 }, (_, i) => `  - { pbx: mian, number: ${i}, name: A }\n`).join('');
  const { diagnostics, clients } = load(oneClient(`${pbxText}extensions:\n${items}`));
  expect(clients[0]?.complete).toBe(false);
  expect(diagnostics.map(({ code }) => code)).not.toContain('pbx-unknown');
});

test('text that is no text at all', () => {
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256);
  expect(load(oneClient(noise)).diagnostics.map(({ code }) => code)).toEqual(['file-not-utf8']);
});

test('an alta.yaml that is not readable does not make every platform unknown', () => {
  const input = oneClient(pbxText);
  const { diagnostics } = load({ ...input, workspace: file('alta.yaml', 'a: [\n') });
  expect(diagnostics.map(({ range }) => range?.filename)).toEqual(['alta.yaml']);
});
