import type { Passage, Placed } from '../sighting.ts';
import { readAmi } from './ami-events.ts';
import { passagesOf } from './passages.ts';
import { readPjsip } from './pjsip.ts';
import { readSipPeer } from './sip-peer.ts';
import { readSipPeers } from './sip-peers.ts';

/** One reader for each format. Each takes what is its own out of a text, and leaves the rest. */
const readers: readonly ((passage: Passage) => readonly Placed[])[] = [
  readSipPeers,
  readSipPeer,
  readPjsip,
  readAmi,
];

/**
 * Every answer in a text that tells who is registered, in the order in which they stand there; none where it holds nothing known. `command`:
 * what the text answers to, where that is known. Pure.
 */
export function answersOf(text: string, command = ''): readonly Placed[] {
  return passagesOf(text, command)
    .flatMap((passage) => readers.flatMap((read) => read(passage)))
    .sort((one, other) => one.line - other.line);
}
