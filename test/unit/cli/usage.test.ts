import { describe, expect, it } from 'vitest';
import { placeholder } from '../../../cli/help.ts';
import { preferencesOf } from '../../../cli/preferences.ts';
import { commands } from '../../../cli/table/index.ts';
import { version } from '../../../cli/version.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { play } from './stage.ts';

describe('the version', () => {
  it('is the one of package.json', () => {
    expect(version).toBe(packageJson.version);
  });

  it.each(['--version', '-V'])('is printed for %s', async (flag) => {
    expect(await play([flag])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('help', () => {
  it('is in English', async () => {
    const { code, out } = await play(['--help']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: alta \[options\] <command>/)]);
  });

  // What both languages write alike.
  const alike = new Set(['n', 'id', 'url', 'mac', 'rev', 'yaml']);

  it('names every argument in Spanish', () => {
    const names = commands.flatMap(({ args = [] }) => args.map(({ name }) => name));
    const left = names.filter((name) => {
      const words = name.match(/[a-z]+/g) ?? [];
      return words.some((word) => !alike.has(word) && placeholder(`<${word}>`, 'es') === `<${word}>`);
    });
    expect(left).toEqual([]);
  });

  it('is in Spanish where the locale says so', async () => {
    const { out } = await play(['--help'], { env: { LANG: 'es_ES.UTF-8' } });
    expect(out).toMatch(/^Uso: alta \[opciones\] <comando>/);
  });

  it.each(commands.map(({ name }) => name))('exists for %s', async (name) => {
    const { code, out } = await play([...name.split(' '), '--help', '--lang', 'es']);
    expect([code, out]).toEqual([0, expect.stringContaining(`Uso: alta ${name} [opciones]`)]);
  });

  it('goes to standard error where nobody asked for it', async () => {
    const { code, out, err } = await play([]);
    expect([code, out, err.startsWith('Usage:')]).toEqual([1, '', true]);
  });

  it('of a group is no error when asked for', async () => {
    expect((await play(['help', 'secrets'])).code).toBe(0);
  });
});

describe('a wrong command line', () => {
  it.each<[string, string[], string]>([
    ['unknown command', ['plna'], 'unknown-command'],
    ['unknown command of a group', ['secrets', 'sett'], 'unknown-command'],
    ['unknown option', ['plan', '--alow-delete', '1'], 'unknown-option'],
    ['option without value', ['plan', '--client'], 'option-without-value'],
    ['missing argument', ['import'], 'missing-argument'],
    ['too many arguments', ['plan', 'x'], 'excess-arguments'],
    ['no number', ['plan', '--allow-delete', 'two'], 'option-value'],
    ['negative number', ['plan', '--allow-delete', '-1'], 'option-value'],
    ['unknown format', ['plan', '--format', 'html'], 'option-value'],
    ['unknown language', ['plan', '--lang', 'fr'], 'option-value'],
    ['no duration', ['apply', '--lock-timeout', 'soon'], 'option-value'],
    ['empty reason', ['plan', '--override-limits', ' '], 'option-value'],
    ['command missing', [], 'missing-argument'],
    ['no target to import', ['import', 'acme'], 'argument-value'],
    ['unknown fault', ['lab', '--fault', 'explode'], 'option-value'],
    ['unknown box', ['lab', '--boxes', 'sede:v9'], 'option-value'],
  ])('is named and exits with 1: %s', async (_, argv, code) => {
    const { code: exit, out } = await play(['--json', ...argv]);
    expect([exit, JSON.parse(out).diagnostics[0].code]).toEqual([1, code]);
  });

  it('names the formats that there are', async () => {
    const { code, err } = await play(['fmt', '--format', 'markdown']);
    expect([code, err]).toEqual([1, expect.stringContaining('it can as text, json.')]);
  });

  it('suggests the nearest word', async () => {
    expect((await play(['pln', '--lang', 'es'])).err).toContain('El más parecido es `plan`');
  });

  it('is told to people on standard error alone', async () => {
    const { out, err } = await play(['plan', '--x']);
    expect([out, err]).toEqual(['', expect.stringContaining('[unknown-option]')]);
  });

  it('is one document with --json', async () => {
    const { out, err } = await play(['plan', '--x', '--json']);
    expect([JSON.parse(out), err]).toMatchObject([{ errored: true, error_count: 1, command: '' }, '']);
  });

  it('is an annotation with --format github', async () => {
    const { out } = await play(['plan', '--format', 'github', '--workspace', '/nowhere/at/all']);
    expect(out).toMatch(/^::error title=Not a workspace/);
  });
});

describe('preferences', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    ['the flag first', ['--lang', 'en'], { LC_ALL: 'es_ES' }, 'en'],
    ['the flag with =', ['--lang=es'], {}, 'es'],
    ['LC_ALL before LANG', [], { LC_ALL: 'en_GB.UTF-8', LANG: 'es_ES.UTF-8' }, 'en'],
    ['an empty LC_ALL is none', [], { LC_ALL: '', LC_MESSAGES: 'es_MX' }, 'es'],
    ['English for any other', [], { LANG: 'de_DE.UTF-8' }, 'en'],
    ['no other language that begins alike', [], { LANG: 'est_EE' }, 'en'],
    ['not behind --', ['--', '--lang', 'es'], {}, 'en'],
  ])('take the language: %s', (_, argv, env, lang) => {
    expect(preferencesOf(argv, env).lang).toBe(lang);
  });

  it.each<[string[], Record<string, string>, boolean]>([
    [[], {}, true],
    [['--no-color'], {}, false],
    [[], { NO_COLOR: '1' }, false],
    [[], { NO_COLOR: '' }, true],
  ])('take colours: %j %j', (argv, env, color) => {
    expect(preferencesOf(argv, env).color).toBe(color);
  });

  it('know JSON before anything is understood', () => {
    expect(preferencesOf(['--format=json', '--nonsense'], {}).json).toBe(true);
  });
});
