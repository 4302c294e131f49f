import * as sip from '../chan-sip/commands.ts';
import type { Daemon } from '../host.ts';
import * as pjsip from '../pjsip/commands.ts';
import { channelLines } from './channels.ts';
import { type Command, done } from './command.ts';

const core: readonly Command[] = [
  {
    words: 'core show version',
    run: ({ release, built }) => done(`Asterisk ${release.version} ${built}\n`),
  },
  { words: 'core show channels concise', run: ({ channels }) => done(channelLines(channels())) },
];

const all: readonly Command[] = [...core, ...sip.commands, ...pjsip.commands];

/** The commands that a daemon has, with the drivers that it has. */
export function commandsOf({ technologies }: Daemon): readonly Command[] {
  return all.filter(({ technology }) => technology === undefined || technologies.includes(technology));
}
