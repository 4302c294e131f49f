import { type Command, done, type Printed } from '../cli/command.ts';
import { matcher } from '../text.ts';
import { peerSheet } from './peer.ts';
import { peersTable } from './peers.ts';

const peersUsage: Printed = {
  text: [
    'Usage: sip show peers [like <pattern>]',
    '       Lists all known SIP peers.',
    '       Optional regular expression pattern is used to filter the peer list.',
    '',
  ].join('\n'),
  ok: false,
};

const peerUsage: Printed = {
  text: [
    'Usage: sip show peer <name> [load]',
    '       Shows all details on one SIP peer and the current status.',
    '       Option "load" forces lookup of peer in realtime storage.',
    '',
  ].join('\n'),
  ok: false,
};

/** Commands that chan_sip brings (W, V). */
export const commands: readonly Command[] = [
  {
    words: 'sip show peers',
    technology: 'chan_sip',
    run({ memory }, [like, pattern, ...rest]) {
      const isMeant = pattern === undefined ? like === undefined : like?.toLowerCase() === 'like';
      const fits = matcher(pattern ?? '');
      if (!isMeant || rest.length > 0 || fits === null) return peersUsage;
      const views = memory.list('chan_sip').filter(({ peer }) => fits(peer.name));
      return done(peersTable(views, memory.hasRealtime()));
    },
  },
  {
    words: 'sip show peer',
    technology: 'chan_sip',
    run({ memory, release }, [name, load, ...rest]) {
      if (name === undefined) return peerUsage;
      const view = memory.find('chan_sip', name, load === 'load' && rest.length === 0);
      if (view === undefined) return done(`Peer ${name} not found.\n\n`);
      return done(peerSheet({ view, hasRealtime: memory.hasRealtime() }, release));
    },
  },
];
