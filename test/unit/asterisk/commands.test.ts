import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandOf, commands, isAskable, lineOf } from '../../../providers/observer/asterisk/commands.ts';
import { programs } from '../../../providers/observer/asterisk/options.ts';

const plain = { command: 'asterisk', sudo: false } as const;

it('the list is closed, only looks, and shows no passwords', () => {
  expect(Object.values(commands)).toEqual([
    'core show version',
    'sip show peers',
    'sip show peers like {like}',
    'sip show peer {name} load',
    'pjsip show endpoints',
  ]);
});

it('a command is one quoted word to whatever shell the account has', () => {
  expect(lineOf(commandOf('sipPeer', 'ext9000110'), plain)).toBe(
    "asterisk -rx 'sip show peer ext9000110 load'",
  );
  const own = { command: '/usr/sbin/asterisk', sudo: true } as const;
  expect(lineOf(commandOf('sipPeersLike', '^ext90001'), own)).toBe(
    "sudo -n /usr/sbin/asterisk -rx 'sip show peers like ^ext90001'",
  );
});

/** Every character that a name may have, in places where shells look for meaning. */
const names = [
  '*',
  '#10',
  '+34910000010',
  '.',
  '..',
  '-rx',
  '--',
  '@',
  'a@b.example',
  '_._',
  '*#@+.-_',
  'load',
];

describe.each(['/bin/sh', '/bin/bash', '/bin/dash'].filter((shell) => existsSync(shell)))('%s', (shell) => {
  it.each(names)('hands on %s as it is', (name) => {
    const script = `asterisk() { printf '%s\\n' "$#" "$@"; }; ${lineOf(commandOf('sipPeer', name), plain)}`;
    const printed = execFileSync(shell, ['-c', script], { encoding: 'utf8', cwd: '/' });
    expect(printed).toBe(`2\n-rx\nsip show peer ${name} load\n`);
  });
});

const hostile = [
  "'",
  '"',
  '`',
  '$',
  '\\',
  ';',
  '|',
  '&',
  '<',
  '>',
  '(',
  ')',
  '{',
  '}',
  '!',
  '?',
  '~',
  '/',
  ' ',
  '\t',
  '\n',
  '\r',
  '\0',
  '=',
  '%',
  ',',
  ':',
  '^',
  '[',
  ']',
  'é',
  '\u202e',
  '１',
];

it.each(hostile)('no name has %j', (character) => {
  for (const name of [character, `10${character}`, `${character}10`, `1${character}0`]) {
    expect(isAskable(name)).toBe(false);
    expect(() => commandOf('sipPeer', name)).toThrow('internal');
    const isOurs = character === ' ' || character === '^';
    if (!isOurs) expect(() => lineOf(`sip show peer ${name} load`, plain)).toThrow('internal');
  }
});

it.each(['', 'a'.repeat(81)])('nor is %j one', (name) => {
  expect(isAskable(name)).toBe(false);
});

it.each(['^', '', "^10' load", '10 load', '^(10|11)$', '10*', `^${'1'.repeat(41)}`])(
  '%j is no beginning of names',
  (like) => {
    expect(() => commandOf('sipPeersLike', like)).toThrow('internal');
  },
);

it('only programs of a list are run', () => {
  expect(programs.every((program) => /^[a-z/]+$/.test(program))).toBe(true);
});
