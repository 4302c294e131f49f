import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../../cli/parse.ts';
import { run } from '../../../cli/run.ts';
import { messages } from '../../../engine/model/messages/index.ts';
import { lineOf, commandOf as observerCommand } from '../../../providers/observer/asterisk/commands.ts';
import { actions } from '../../../providers/pbx/meetip/actions.ts';

/** The pages about one kind of PBX each, and where the codes of their tables come from. */
const subjects = [
  { page: 'meetip', sources: ['providers/pbx/meetip'] },
  {
    page: 'pekepbx',
    sources: [
      'providers/pbx/pekepbx',
      'engine/run/profile',
      'engine/run/workspace',
      'engine/load/har',
      'cli/commands',
    ],
  },
  { page: 'yeastar-s', sources: ['providers/pbx/yeastar'] },
  { page: 'yeastar-p', sources: ['providers/pbx/yeastar-p'] },
  { page: 'asterisk', sources: ['providers/observer/asterisk', 'engine/run/verify'] },
] as const;

/** What every driver shares. */
const shared = ['providers/transport', 'providers/identity.ts', 'providers/rules.ts'];

const pages = subjects.flatMap((subject) => [
  { ...subject, file: `docs/${subject.page}.md` },
  { ...subject, file: `docs/es/${subject.page}.md` },
]);

/** Fenced blocks of one language, in order. */
function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, body = '']) =>
    found === language ? [body] : [],
  );
}

/** Text without its fenced blocks. */
function prose(text: string): string {
  return text.replace(/^```\w*\n[\s\S]*?^```$/gm, '');
}

/** File → text, of the YAML blocks that begin with a comment that names one. */
function papersIn(text: string): ReadonlyMap<string, string> {
  const named = blocks(text, 'yaml').flatMap((body) => {
    const name = /^# ((?:clients\/|profiles\/)?[\w./-]+\.yaml)$/m.exec(body.split('\n')[0] ?? '')?.[1];
    return name === undefined ? [] : [[name, body] as const];
  });
  return new Map(named);
}

/** Every command line of the page: in blocks, behind a `$`, and within a sentence. */
function commandsIn(text: string): readonly string[] {
  const shown = blocks(text, 'sh').flatMap((body) => body.split('\n').filter((line) => /^alta /.test(line)));
  const asked = [...text.matchAll(/^\$ (alta .+)$/gm)].map(([, line = '']) => line);
  const named = [...prose(text).matchAll(/`(alta [^`]+)`/g)].map(([, line = '']) => line);
  return [...shown, ...asked, ...named].map((line) => line.replace(/ +[#<].*$/, ''));
}

/** The commands of the page that write secrets, without comments and files that are piped in. */
function secretsIn(text: string): readonly string[][] {
  return blocks(text, 'sh')
    .flatMap((body) => body.split('\n'))
    .filter((line) => line.startsWith('alta secrets '))
    .map((line) =>
      line
        .replace(/ +[#<].*$/, '')
        .split(' ')
        .slice(1),
    );
}

/** The first cells of a table whose head calls them codes. */
function codesIn(text: string): readonly string[] {
  const [, table = ''] = /^\| (?:code|código) \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text) ?? [];
  return table
    .split('\n')
    .map((row) => row.split(' | ')[0] ?? '')
    .flatMap((cell) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, code = '']) => code));
}

async function sourceText(place: string): Promise<string> {
  if (place.endsWith('.ts')) return readFile(place, 'utf8');
  const names = await readdir(place, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(place, name));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}

describe.each(pages)('$file', ({ file, sources }) => {
  let text = '';

  beforeAll(async () => {
    text = await readFile(file, 'utf8');
  });

  it('links to what exists', () => {
    const links = [...prose(text).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => to);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((to) => !/^https?:/.test(to) && !existsSync(join(dirname(file), to)))).toEqual([]);
  });

  it('names in its table only codes that exist, and come from this driver', async () => {
    const code = (await Promise.all([...sources, ...shared].map(sourceText))).join('\n');
    const found = codesIn(text);
    expect(found.length).toBeGreaterThan(5);
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((one) => !Object.hasOwn(messages, one))).toEqual([]);
    expect(found.filter((one) => !code.includes(`'${one}'`))).toEqual([]);
  });

  it('shows only command lines that can be given', () => {
    const silent = { out: () => undefined, err: () => undefined };
    const lines = commandsIn(text);
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.filter((line) => parse(line.split(' ').slice(1), 'en', silent) === null)).toEqual([]);
  });

  it('names no code beside those of its table that does not exist', () => {
    const told = [...prose(text).matchAll(/`((?:profile|har|secret|value|field|tls|canary)-[a-z-]+)`/g)];
    const known = told.map(([, code = '']) => code);
    expect(known.filter((one) => !Object.hasOwn(messages, one))).toEqual([]);
  });

  describe('laid out as a workspace', () => {
    let cwd = '';
    let valid: Awaited<ReturnType<typeof alta>>;

    beforeAll(async () => {
      cwd = await mkdtemp(join(tmpdir(), 'alta-page-'));
      const papers = papersIn(text);
      await writePaper(cwd, 'alta.yaml', papers.get('alta.yaml') ?? 'apiVersion: alta/v1\nkind: Workspace\n');
      await alta(['secrets', 'init'], cwd);
      for (const [name, body] of papers) if (name !== 'alta.yaml') await writePaper(cwd, name, body);
      for (const command of secretsIn(text)) await alta(command, cwd, 'Kf7mQ2xRt-p9WbL4');
      valid = await alta(['validate'], cwd);
    });
    afterAll(() => rm(cwd, { recursive: true, force: true }));

    it('is valid, without a warning', () => {
      expect(papersIn(text).size).toBeGreaterThan(0);
      expect(valid).toMatchObject({ code: 0, err: 'Reading the YAML\n' });
    });
  });
});

/** Runs a command in this process: nothing is contacted, and ten workspaces would be sixty processes. */
async function alta(
  argv: readonly string[],
  cwd: string,
  typed = '',
): Promise<{ code: number; err: string }> {
  let err = '';
  const code = await run(argv, {
    cwd,
    env: { LANG: 'C', HOME: join(cwd, 'home') },
    stdout: { write: () => undefined, isTTY: false },
    stderr: {
      write: (text) => {
        err += text;
      },
      isTTY: false,
    },
    stdin: { isTTY: false, text: async () => typed },
    onInterrupt: () => () => undefined,
    exit: () => undefined,
    user: () => 'ana',
    engine: () => import('../../../engine/run/index.ts'),
  });
  return { code, err };
}

async function writePaper(folder: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  // An alta.yaml that is there by now has the recipients too.
  await writeFile(join(folder, name), text, { flag: 'wx' });
}

describe.each(subjects)('both pages about $page', ({ page }) => {
  let texts: readonly string[] = [];

  beforeAll(async () => {
    texts = await Promise.all(
      [`docs/${page}.md`, `docs/es/${page}.md`].map((file) => readFile(file, 'utf8')),
    );
  });

  it.each([
    ['headings', (text: string) => prose(text).match(/^##? /gm)?.length],
    ['rows of tables', (text: string) => prose(text).match(/^\|/gm)?.length],
    ['blocks', (text: string) => text.match(/^```\w/gm)?.length],
  ])('have as many %s', (_what, count) => {
    const [english, spanish] = texts.map(count);
    expect(english).toBeGreaterThan(1);
    expect(spanish).toBe(english);
  });

  it('name the same codes in the same order', () => {
    const [english, spanish] = texts.map(codesIn);
    expect(spanish).toEqual(english);
  });

  it('say the same in YAML, but for comments', () => {
    const [english, spanish] = texts.map((text) => blocks(text, 'yaml').map((body) => bare(body)));
    expect(spanish).toEqual(english);
  });
});

function bare(yaml: string): string {
  return yaml.replace(/(^|\s)#.*$/gm, '').replace(/\s+$/gm, '');
}

describe('the mail to the administrators of MeetIP', () => {
  it.each(['docs/meetip.md', 'docs/es/meetip.md'])(
    'asks for every action that is used (%s)',
    async (file) => {
      const text = await readFile(file, 'utf8');
      const asked = [...text.matchAll(/`(pbxware\.[\w.]+)`/g)].map(([, action = '']) => action);
      expect([...asked].sort()).toEqual([...Object.values(actions)].sort());
    },
  );
});

describe.each(['docs/asterisk.md', 'docs/es/asterisk.md'])('the forced command of %s', (file) => {
  let folder = '';
  let gate = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alta-gate-'));
    gate = join(folder, 'gate');
    const program = join(folder, 'asterisk');
    const script = blocks(await readFile(file, 'utf8'), 'sh').find((body) => body.startsWith('#!/bin/sh'));
    await writeFile(gate, (script ?? '').replace('/usr/sbin/asterisk', program));
    await writeFile(program, '#!/bin/sh\nprintf "%s|" "$@"\n');
    await Promise.all([gate, program].map((path) => chmod(path, 0o755)));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const knock = (line: string) => {
    const env = { PATH: process.env.PATH, SSH_ORIGINAL_COMMAND: line };
    const { status, stdout } = spawnSync(gate, [], { env, encoding: 'utf8' });
    return [status, stdout];
  };

  const plain = { command: 'asterisk', sudo: false } as const;

  it.each([
    observerCommand('version'),
    observerCommand('sipPeers'),
    observerCommand('sipPeersLike', '^ext90001'),
    observerCommand('sipPeer', 'ext9000110'),
    observerCommand('pjsipEndpoints'),
  ])('lets %s through', (command) => {
    expect(knock(lineOf(command, plain))).toEqual([0, `-rx|${command}|`]);
  });

  it.each([
    '',
    'sh',
    'asterisk -r',
    "asterisk -rx 'core stop now'",
    "asterisk -rx 'sip show users'",
    "asterisk -rx 'sip show peer x; id load'",
    "asterisk -rx 'sip show peer $(id) load'",
    "asterisk -rx 'sip show peers like x y'",
    "asterisk -rx 'sip show peers'; id",
    "sudo -n asterisk -rx 'sip show peers'",
  ])('refuses %j', (line) => {
    expect(knock(line)).toEqual([126, '']);
  });
});
