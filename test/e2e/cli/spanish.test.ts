import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../cli/table/index.ts';
import type { Ended } from './alta.ts';
import type { Desk } from './desk.ts';
import { englishIn } from './english.ts';
import { busyDesk } from './scene.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await busyDesk();
});

afterAll(() => desk.close());

const spanish = (line: string, cwd = desk.root): Promise<Ended> =>
  desk.run([...line.split(' '), '--lang', 'es'], { cwd });

describe('the check for English', () => {
  it('finds it', () => {
    expect(englishIn('No se ha podido: nothing was written')).toEqual(['nothing', 'was', 'written']);
  });

  it('leaves names, codes and quotes alone', () => {
    expect(englishIn('error: Falta algo [missing-argument] `alta plan` "list says Idle" /the/file')).toEqual(
      [],
    );
  });
});

/** Each with something to say about the busy workspace; in an order in which each still finds it. */
const lines = [
  'validate',
  'fmt --check',
  'plan',
  'plan --format markdown',
  'plan --format github',
  'plan --no-read',
  'plan --client acme',
  'plan -o plan.json',
  'drift',
  'drift --format markdown',
  'verify --wait 0',
  'verify --wait 0 --format markdown',
  'doctor',
  'trust',
  'accept --dry-run',
  'accept',
  'import acme/pbx:sede --dry-run',
  'secrets check',
  'secrets generate --client acme',
  'secrets generate --client acme --rotate extensions/sede/2002/sip',
  'secrets rekey',
  'secrets init',
  'attest',
  'attest acme/pbx:vieja/extension:3000',
  'attest acme/pbx:vieja/extension:9999',
  'drivers',
  'drivers --format markdown',
  'apply',
  'apply plan.json',
  'apply --yes',
  'apply --yes --allow-delete 1 --format markdown',
];

/** What goes wrong before anything is looked at. */
const mistakes = [
  'plan --client nadie',
  'plan --since HEAD',
  'plan --recreate x',
  'plan --format yaml',
  'plan sobra',
  'validar',
  'import',
  'import acme/pbx:nada',
  'secrets set extensions/sede/2002/sip',
  'lab --fault nada',
  'init',
  'apply falta.json',
];

describe('Spanish without English', () => {
  it.each(lines)('alta %s', async (line) => {
    const { out, err } = await spanish(line);
    expect(out + err).not.toBe('');
    expect(englishIn(out + err)).toEqual([]);
  });

  it.concurrent.each(mistakes)('alta %s', async (line) => {
    const { code, out, err } = await spanish(line);
    expect([code, englishIn(out + err)]).toEqual([1, []]);
  });

  it.concurrent.each(commands.map(({ name }) => name))('alta %s --help', async (name) => {
    const { code, out } = await spanish(`${name} --help`);
    expect([code, englishIn(out.replaceAll(name, '').replace(/^Comandos:[\s\S]*/m, ''))]).toEqual([0, []]);
  });

  it.each([
    ['a certificate nobody knows', { tls: { pins: [`SHA256:${'A'.repeat(43)}=`] } }],
    ['a box that is away', { url: 'https://127.0.0.1:9' }],
    [
      'a wrong password',
      { credentials: { username: 'api', password: { secret: 'extensions/sede/2000/sip' } } },
    ],
  ])('%s', async (_, over) => {
    await desk.declare([], { pbx: { sede: desk.pbx('sede', over) } });
    const { code, out, err } = await spanish('plan');
    expect([code, englishIn(out + err)]).toEqual([1, []]);
  });

  it('a folder without a workspace', async () => {
    const { err } = await spanish('plan', '/');
    expect([err, englishIn(err)]).toEqual([expect.stringContaining('Aquí no hay espacio de trabajo'), []]);
  });
});

describe('the language', () => {
  const firstWord = async (env: Record<string, string>, ...args: string[]): Promise<string> =>
    (await desk.run([...args, 'validar'], { env })).err.split('\n')[0] ?? '';

  it.concurrent.each([
    ['LANG=es_ES.UTF-8', { LANG: 'es_ES.UTF-8' }],
    ['LC_ALL over LANG', { LC_ALL: 'es_MX', LANG: 'en_GB.UTF-8' }],
    ['LC_MESSAGES over LANG', { LC_MESSAGES: 'es', LANG: 'C' }],
  ])('is Spanish by %s', async (_, env) => {
    expect(await firstWord(env)).toContain('Comando desconocido');
  });

  it.concurrent.each([
    ['C', { LANG: 'C' }],
    ['another language', { LANG: 'de_DE.UTF-8' }],
    ['est, which is Estonian', { LANG: 'est' }],
    ['nothing', {}],
  ])('is English by %s', async (_, env) => {
    expect(await firstWord(env)).toContain('Unknown command');
  });

  it('asked for wins', async () => {
    expect(await firstWord({ LANG: 'es_ES.UTF-8' }, '--lang', 'en')).toContain('Unknown command');
  });
});
