import { describe, expect, test } from 'vitest';
import { load, locate, originOf, type ParseCache } from '../../../engine/load/index.ts';
import { file, oneClient, pbxText, workspaceText } from './input.ts';

const extensions = 'extensions:\n  - { pbx: main, number: "110", name: A }\n';

function mapCache(): ParseCache & { readonly entries: Map<string, unknown> } {
  const entries = new Map<string, unknown>();
  return { entries, get: (key) => entries.get(key), set: (key, value) => void entries.set(key, value) };
}

describe('a client', () => {
  test('is the union of its files, in the order of their names', () => {
    const input = oneClient(pbxText);
    const [client] = input.clients;
    const more = file('clients/acme/a.yaml', `apiVersion: alta/v1\nkind: Client\n${extensions}`);
    const loaded = load({
      ...input,
      clients: [{ folder: 'clients/acme', secrets: null, files: [...(client?.files ?? []), more] }],
    });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.clients[0]?.data).toEqual({
      apiVersion: 'alta/v1',
      kind: 'Client',
      client: { id: 'acme', name: 'Acme S.L.' },
      pbx: { main: { platform: 'meetip-sip17', tenant: '301' } },
      extensions: [{ pbx: 'main', number: '110', name: 'A' }],
    });
  });

  test('knows the file and the place of each item', () => {
    const input = oneClient(pbxText + extensions);
    const [client] = input.clients;
    const first = file(
      'clients/acme/a.yaml',
      `apiVersion: alta/v1\nkind: Client\n${extensions.replace('110', '109')}`,
    );
    const loaded = load({
      ...input,
      clients: [{ folder: 'clients/acme', secrets: null, files: [...(client?.files ?? []), first] }],
    }).clients[0];
    expect(loaded && originOf(loaded.sources, ['extensions', 1, 'name'], '')).toEqual({
      filename: 'clients/acme/client.yaml',
      path: ['extensions', 0, 'name'],
    });
  });

  test('has a digest that changes with its files and with alta.yaml, and with nothing else', () => {
    const digest = (input: Parameters<typeof load>[0]) => load(input).clients[0]?.digest;
    const base = oneClient(pbxText);
    expect(digest(oneClient(pbxText))).toBe(digest(base));
    expect(digest(oneClient(`${pbxText}# x\n`))).not.toBe(digest(base));
    expect(digest({ ...base, workspace: file('alta.yaml', `${workspaceText}# x\n`) })).not.toBe(digest(base));
    expect(digest(oneClient(pbxText, 'apiVersion: alta/v1\nkind: Secrets\nclient: acme\n'))).not.toBe(
      digest(base),
    );
  });
});

describe('the cache', () => {
  test('gives the same result without parsing', () => {
    const cache = mapCache();
    const cold = load(oneClient(pbxText + extensions), { cache });
    expect(load(oneClient(pbxText + extensions), { cache })).toEqual(cold);
    expect(cache.entries.size).toBe(2);
  });

  test('survives being written as JSON', () => {
    const cache = mapCache();
    const cold = load(oneClient(pbxText + extensions), { cache });
    const back = JSON.parse(JSON.stringify([...cache.entries])) as [string, unknown][];
    const warm = new Map(back);
    expect(
      load(oneClient(pbxText + extensions), { cache: { get: (key) => warm.get(key), set: () => {} } }),
    ).toEqual(cold);
  });

  test('keeps no file that has a problem', () => {
    const cache = mapCache();
    load(oneClient(`${pbxText}extensions:\n  - { pbx: main, number: 110, name: A }\n`), { cache });
    expect([...cache.entries.keys()].map((key) => key.split(':')[0])).toEqual(['workspace']);
  });

  test('still places what only shows when files are compared', () => {
    const cache = mapCache();
    const twice = oneClient(
      `${pbxText}extensions:\n  - { pbx: main, number: "1", name: A }\n  - { pbx: main, number: "1", name: B }\n`,
    );
    const cold = load(twice, { cache });
    expect(cold.diagnostics[0]?.range?.start).toMatchObject({ line: 8, column: 26 });
    expect(load(twice, { cache }).diagnostics).toEqual(cold.diagnostics);
  });

  test('that returns nonsense is not believed', () => {
    const nonsense: ParseCache = { get: () => 'nonsense', set: () => {} };
    expect(load(oneClient(pbxText), { cache: nonsense }).diagnostics).toEqual([]);
  });
});

describe('locating', () => {
  const text = 'pbx:\n  main:\n    tenant: "301"\nextensions:\n  - pbx: main\n    number: "110"\n';
  const at = (path: (string | number)[]) => {
    const { range, snippet } = locate({ filename: 'a.yaml', path }, new TextEncoder().encode(text));
    return `${range.start.line}:${range.start.column} ${snippet.code.slice(snippet.highlightStart, snippet.highlightEnd)}`;
  };

  test('a value', () => expect(at(['pbx', 'main', 'tenant'])).toBe('3:13 "301"'));
  test('a block, by its key', () => expect(at(['pbx', 'main'])).toBe('2:3 main'));
  test('an item of a list, by its first key', () => expect(at(['extensions', 0])).toBe('5:5 pbx'));
  test('something absent, by the nearest that is there', () =>
    expect(at(['extensions', 0, 'email'])).toBe('5:5 pbx'));

  test('a file that no longer parses, at its start', () => {
    const { range } = locate({ filename: 'a.yaml', path: ['pbx'] }, new TextEncoder().encode('pbx: [\n'));
    expect(range.start.line).toBe(1);
  });

  test('a place in a long line, in a window of it', () => {
    const long = `x: [${'"aaaaaaaa", '.repeat(200)}"here"]\n`;
    const { snippet } = locate({ filename: 'a.yaml', path: ['x', 200] }, new TextEncoder().encode(long));
    expect(snippet.code.length).toBeLessThanOrEqual(200);
    expect(snippet.code.slice(snippet.highlightStart, snippet.highlightEnd)).toBe('"here"');
  });
});

test('drivers are not looked at where nobody says which are built', () => {
  expect(load(oneClient('devices:\n  - { id: a, driver: zoiper }\n')).diagnostics).toEqual([]);
});

test('diagnostics come in the order of file and line', () => {
  const input = oneClient(`${pbxText}extensions:\n  - { pbx: nope, number: 5, name: A, colour: x }\n`);
  const { diagnostics } = load({ ...input, workspace: file('alta.yaml', `${workspaceText}colour: red\n`) });
  expect(diagnostics.map(({ code, range }) => `${range?.filename} ${range?.start.line} ${code}`)).toEqual([
    'alta.yaml 5 unknown-key',
    'clients/acme/client.yaml 7 pbx-unknown',
    'clients/acme/client.yaml 7 number-unquoted',
    'clients/acme/client.yaml 7 unknown-key',
  ]);
});

test('an account of an extension whose secret is left alone is warned about', () => {
  const text = `${pbxText}extensions:\n  - { pbx: main, number: "10", name: A, secrets: { sip: { source: unmanaged } } }\ndevices:\n  - id: a\n    driver: zoiper\n    mode: guided\n    accounts: [{ line: 1, extension: main/10, server: sip.example.net }]\n`;
  const found = load(oneClient(text)).diagnostics;
  expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning account-without-password',
  ]);
});
