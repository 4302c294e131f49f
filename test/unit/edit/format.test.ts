import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatFile } from '../../../engine/edit/index.ts';

describe('fmt', () => {
  test('sorts extensions by PBX and by the value of the number', () => {
    const text = client(['b/9', 'a/100', 'a/20', 'a/020', 'b/10']);
    expect(numbers(formatFile('client', text))).toEqual(['a/20', 'a/020', 'a/100', 'b/9', 'b/10']);
  });

  test('writes the keys in the order of the schema', () => {
    const text =
      'kind: Client\nextensions:\n  - name: A\n    number: "1"\n    pbx: main\napiVersion: alta/v1\n';
    expect(formatFile('client', text)).toBe(
      'apiVersion: alta/v1\nkind: Client\nextensions:\n  - pbx: main\n    number: "1"\n    name: A\n',
    );
  });

  test('keeps unknown keys, after the known ones', () => {
    const text = 'zeta: 1\nkind: Client\napiVersion: alta/v1\n';
    expect(formatFile('client', text)).toBe('apiVersion: alta/v1\nkind: Client\nzeta: 1\n');
  });

  test('puts numbers in double quotes and takes needless quotes away', () => {
    const text = `extensions:\n  - pbx: 'main'\n    number: '010'\n    name: "Recepción"\n`;
    expect(formatFile('client', text)).toBe(
      'extensions:\n  - pbx: main\n    number: "010"\n    name: Recepción\n',
    );
  });

  test('quotes a number that was written bare, with its zeros', () => {
    const text = 'extensions:\n  - pbx: main\n    number: 010\n    name: A\n    callerId: +34910000001\n';
    expect(formatFile('client', text)).toContain('number: "010"\n');
    expect(formatFile('client', text)).toContain('callerId: "+34910000001"\n');
  });

  test('leaves numbers that are quantities bare', () => {
    const text = 'extensions:\n  - pbx: main\n    concurrentRegistrations: 2\n';
    expect(formatFile('client', text)).toBe(text);
  });

  test('keeps quotes around words that other YAML readers take for something else', () => {
    const text = 'extensions:\n  - pbx: main\n    name: "no"\n    title: "true"\n';
    expect(formatFile('client', text)).toBe(text);
  });

  test('writes blocks, and references on one line', () => {
    const text =
      'pbx: { sede: { url: "https://192.0.2.1", driver: yeastar, credentials: { password: { secret: pbx/sede/password } } } }\n';
    expect(formatFile('client', text)).toBe(
      'pbx:\n  sede:\n    driver: yeastar\n    url: https://192.0.2.1\n    credentials:\n      password: { secret: pbx/sede/password }\n',
    );
  });

  test('moves a comment with what it stands above', () => {
    const text = `extensions:
  # about b
  - pbx: b
    number: "1"
  # about a
  - pbx: a
    number: "1" # behind
`;
    expect(formatFile('client', text)).toBe(`extensions:
  # about a
  - pbx: a
    number: "1" # behind
  # about b
  - pbx: b
    number: "1"
`);
  });

  test('keeps comments above keys that move', () => {
    const text = '# head\n\n# about devices\ndevices: []\n# about the kind\nkind: Client\n';
    const formatted = formatFile('client', text);
    expect(formatted).toContain('# about the kind\nkind: Client\n');
    expect(formatted).toContain('# about devices\ndevices: []\n');
    expect(formatted.indexOf('# head')).toBe(0);
  });

  test('keeps the line that names the schema first', () => {
    const line = '# yaml-language-server: $schema=../../schemas/client.schema.json\n';
    const text = `${line}kind: Client\napiVersion: alta/v1\n`;
    expect(formatFile('client', text)).toBe(`${line}apiVersion: alta/v1\nkind: Client\n`);
  });

  test('keeps a file of comments as it is', () => {
    expect(formatFile('client', '# nothing yet\n')).toBe('# nothing yet\n');
  });

  test('drops a byte order mark and Windows line ends', () => {
    expect(formatFile('client', '\uFEFFapiVersion: alta/v1\r\nkind: Client\r\n')).toBe(
      'apiVersion: alta/v1\nkind: Client\n',
    );
  });

  test('refuses a file that is not valid YAML', () => {
    expect(() => formatFile('client', 'a: [1\nb: 2\n')).toThrow(
      expect.objectContaining({ code: 'file-not-editable' }),
    );
  });

  test('keeps long values on one line', () => {
    const age = `YWdl${'A'.repeat(4000)}`;
    const text = `values:\n  a:\n    rev: X\n    age: ${age}\n`;
    expect(formatFile('secrets', text)).toBe(text);
  });
});

const golden = fileURLToPath(new URL('../../golden/load/', import.meta.url));
const valid = readdirSync(golden, { withFileTypes: true })
  .filter(
    (entry) =>
      entry.isDirectory() &&
      !/^(syntax|broken|utf16|several|unknown-tag|deep|empty|merge|alias-to|alias-un|secrets-file-broken)/.test(
        entry.name,
      ),
  )
  .flatMap(({ name }) =>
    readdirSync(`${golden}${name}/input`, { recursive: true }).map((file) => `${name}/input/${file}`),
  )
  .filter((file) => file.endsWith('.yaml'));

describe('formatting every valid golden file', () => {
  test.each(valid)('%s: twice equals once', (file) => {
    const once = formatFile(kindOf(file), readFileSync(golden + file, 'utf8'));
    expect(formatFile(kindOf(file), once)).toBe(once);
  });

  test.each(
    valid.filter(
      (file) => !/unquoted|crlf|reserved|alias|duplicate|in-clear|fifteen|secrets-file/.test(file),
    ),
  )('%s: says the same', (file) => {
    const text = readFileSync(golden + file, 'utf8');
    const sorted = (value: unknown): unknown => JSON.parse(JSON.stringify(value), bySort);
    expect(sorted(parse(formatFile(kindOf(file), text)))).toEqual(sorted(parse(text)));
  });
});

/** Lists in any order. */
function bySort(_key: string, value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
}

function kindOf(file: string): 'client' | 'secrets' | 'workspace' {
  if (file.endsWith('secrets.yaml')) return 'secrets';
  return file.endsWith('alta.yaml') ? 'workspace' : 'client';
}

function client(names: readonly string[]): string {
  const items = names.map((name) => {
    const [pbx, number] = name.split('/');
    return `  - { pbx: ${pbx}, number: "${number}", name: A }\n`;
  });
  return `extensions:\n${items.join('')}`;
}

function numbers(text: string): string[] {
  const data = parse(text) as { extensions: { pbx: string; number: string }[] };
  return data.extensions.map(({ pbx, number }) => `${pbx}/${number}`);
}
