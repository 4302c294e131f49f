import { AltaError } from '../../../engine/model/index.ts';
import type { Options } from './options.ts';

/**
 * Everything that is ever run on a host: a closed list, and all of it only looks. `{name}` and `{like}` are the only parts that vary. A
 * forced command on the host need let through no more than these. `sip show users` and the like print passwords: not here.
 */
export const commands = {
  version: 'core show version',
  sipPeers: 'sip show peers',
  sipPeersLike: 'sip show peers like {like}',
  /**
   * `load` looks in the database for a peer that is not in memory, and may put it there. Where the PBX keeps none of them there
   * (`rtcachefriends=no`), the list is empty, and this is the only way to see a peer. [wire: 16.28]
   */
  sipPeer: 'sip show peer {name} load',
  pjsipEndpoints: 'pjsip show endpoints',
} as const;

export type CommandName = keyof typeof commands;

/** What may stand for a part. No shell and no command line of Asterisk sees a meaning in any of these within single quotes. */
const parts: Readonly<Record<string, RegExp>> = {
  name: /^[A-Za-z0-9_+*#@.-]{1,80}$/,
  like: /^\^?[A-Za-z0-9_.-]{1,40}$/,
};

/** Whether a name can be asked for by itself. */
export function isAskable(name: string): boolean {
  return parts.name?.test(name) === true;
}

/** A command of the list with its part filled in. A part that is not allowed is a defect: nothing is run then. */
export function commandOf(name: CommandName, part = ''): string {
  return commands[name].replace(/\{(\w+)\}/, (_, kind: string) => {
    if (parts[kind]?.test(part) !== true) throw new AltaError('internal', { message: `${kind} of ${name}` });
    return part;
  });
}

/**
 * The line for the account's login shell: `asterisk -rx 'sip show peers'`. SSH knows no list of arguments, so the whole of it is text to a
 * shell; the quotes and the closed set of characters make it the same text to sh, bash, csh and fish.
 */
export function lineOf(
  command: string,
  { command: program, sudo }: Pick<Options, 'command' | 'sudo'>,
): string {
  if (!/^[A-Za-z0-9_+*#@.^ -]{1,160}$/.test(command)) throw new AltaError('internal', { message: 'command' });
  return `${sudo ? 'sudo -n ' : ''}${program} -rx '${command}'`;
}
