import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alta, type Ended } from './alta.ts';
import { type Desk, extension, openDesk, sede } from './desk.ts';

const golden = 'test/golden/load/fifteen-mistakes';

describe('the file with fifteen mistakes', () => {
  let cwd = '';
  let expected: { code: string; file: string; line: number; column: number }[];

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'alta-fifteen-'));
    await cp(join(golden, 'input'), cwd, { recursive: true });
    expected = JSON.parse(await readFile(join(golden, 'expected.json'), 'utf8'));
  });

  afterAll(() => rm(cwd, { recursive: true, force: true }));

  const validate = (...args: string[]): Promise<Ended> => alta(['validate', ...args], { cwd });

  it.concurrent.each([
    ['en', 'Not valid: 15 errors'],
    ['es', 'No es válido: 15 errores'],
  ])('is told in full (%s), and ends with 1', async (lang, summary) => {
    const { code, out } = await validate('--lang', lang);
    expect([code, out]).toEqual([1, expect.stringContaining(summary)]);
  });

  it.concurrent.each(['en', 'es'])(
    'has every mistake located, with the line and a caret (%s)',
    async (lang) => {
      const { err } = await validate('--lang', lang);
      const places = [
        ...err.matchAll(
          /^error: .* \[([\w-]+)\]\n {2}--> (\S+?):(\d+):(\d+).*\n +\|\n *\d+ \| .*\n +\| +\^+$/gm,
        ),
      ];
      expect(
        places.map(([, code, file, line, column]) => ({
          code,
          file,
          line: Number(line),
          column: Number(column),
        })),
      ).toEqual(expected.map(({ code, file, line, column }) => ({ code, file, line, column })));
    },
  );

  it.concurrent('says as much in JSON', async () => {
    const { code, out } = await validate('--json');
    const { diagnostics, ...head } = JSON.parse(out) as {
      diagnostics: { severity: string; detail: string }[];
    };
    expect([code, head]).toMatchObject([1, { valid: false, error_count: 15, warning_count: 0 }]);
    expect(diagnostics.filter(({ severity, detail }) => severity === 'error' && detail !== '')).toHaveLength(
      15,
    );
  });

  it.concurrent('is fifteen annotations on GitHub', async () => {
    const { code, out } = await validate('--format', 'github', '--lang', 'es');
    expect([code, out.match(/^::error file=/gm)?.length]).toEqual([1, 15]);
    expect(out).toMatch(/^::error file=clients\/acme\/client\.yaml,line=3,[^:]*title=[^:]*::/m);
  });

  it.concurrent('is a code quality report on GitLab', async () => {
    const { code, out } = await validate('--format', 'gitlab');
    const report = JSON.parse(out) as object[];
    expect([code, report.length]).toEqual([1, 15]);
    expect(report).toContainEqual(
      expect.objectContaining({
        fingerprint: expect.any(String),
        location: { path: 'clients/acme/client.yaml', lines: expect.objectContaining({ begin: 3 }) },
      }),
    );
  });
});

describe('a file', () => {
  let desk: Desk;
  const client = 'clients/acme/client.yaml';

  beforeAll(async () => {
    desk = await openDesk([sede]);
    await desk.passwords(['2000']);
  });

  afterEach(() => rm(join(desk.root, 'clients/acme/more.yaml'), { force: true }));
  afterAll(() => desk.close());

  it('with Windows line ends is valid', async () => {
    await desk.declare([extension('2000')]);
    await desk.write(client, (await desk.read(client)).replaceAll('\n', '\r\n'));
    expect(await desk.run(['validate'])).toMatchObject({ code: 0, err: 'Reading the YAML\n' });
  });

  it('with Windows line ends never gets a mixture of both', async () => {
    await desk.declare([extension('2000')]);
    await desk.write(client, (await desk.read(client)).replaceAll('\n', '\r\n'));
    expect((await desk.run(['import', 'acme/pbx:sede'])).code).toBe(0);
    expect(await desk.read(client)).toEqual(expect.not.stringContaining('\r'));
  });

  it('with Windows line ends has its mistakes at the right place', async () => {
    await desk.declare([extension('2000', { nmae: 'x' })]);
    const text = await desk.read(client);
    const line = text.slice(0, text.indexOf('nmae')).split('\n').length;
    await desk.write(client, text.replaceAll('\n', '\r\n'));
    expect((await desk.run(['validate'])).err).toContain(`${client}:${line}:5`);
  });

  it('of nine megabytes is refused unread', async () => {
    await desk.declare([extension('2000')]);
    await desk.write('clients/acme/more.yaml', '# '.repeat(4_500_000));
    const { code, err } = await desk.run(['validate', '--lang', 'es']);
    expect([code, err]).toEqual([1, expect.stringContaining('clients/acme/more.yaml')]);
  });

  it('of random bytes is an error, and no crash', async () => {
    await desk.declare([extension('2000')]);
    const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + (i >> 3) * 31) % 256);
    await desk.write('clients/acme/more.yaml', bytes);
    const { code, err } = await desk.run(['validate']);
    expect([code, err]).toEqual([1, expect.stringContaining('clients/acme/more.yaml')]);
    expect(err).not.toContain('[internal]');
  });

  it.each([
    ['in another encoding', Buffer.from('extensions: [] # Recepción', 'latin1')],
    ['of nine megabytes', Buffer.from('# '.repeat(4_500_000))],
  ])('%s is left alone by fmt', async (_, bytes) => {
    await desk.declare([extension('2000')]);
    await desk.write('clients/acme/more.yaml', bytes);
    const { code, err } = await desk.run(['fmt']);
    expect([code, err]).toEqual([1, expect.stringContaining('clients/acme/more.yaml')]);
    expect(bytes.equals(await readFile(join(desk.root, 'clients/acme/more.yaml')))).toBe(true);
  });

  it('that begins with an invisible mark loses it to fmt, and nothing else', async () => {
    await desk.declare([extension('2000')]);
    await desk.run(['fmt']);
    const text = await desk.read(client);
    await desk.write(client, `\uFEFF${text}`);
    expect((await desk.run(['fmt'])).code).toBe(0);
    expect(await desk.read(client)).toBe(text);
  });

  it('in another encoding is not rewritten by a command that adds to it', async () => {
    const bytes = Buffer.from('apiVersion: alta/v1\nkind: Secrets\nclient: acme # Recepción\n', 'latin1');
    const before = await readFile(join(desk.root, 'clients/acme/secrets.yaml'));
    await desk.write('clients/acme/secrets.yaml', bytes);
    expect((await desk.run(['secrets', 'set', 'x', '--client', 'acme'], { stdin: 'y' })).code).toBe(1);
    expect(bytes.equals(await readFile(join(desk.root, 'clients/acme/secrets.yaml')))).toBe(true);
    await desk.write('clients/acme/secrets.yaml', before);
  });
});
