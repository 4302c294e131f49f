import type { Placed, Sighting } from '../sighting.ts';
import { fieldOf, type Packet } from './ami-packet.ts';
import { type SipAddress, sipAddress, sipBinding, sipWords, statusIn } from './sip-status.ts';

/** An event of `SIPpeers`. Names stand there in full. */
export function readPeerEntry(packet: Packet): readonly Sighting[] {
  const address = sipAddress(fieldOf(packet, 'IPaddress'), fieldOf(packet, 'IPport'));
  const sighting = peerOf(packet, address, fieldOf(packet, 'Dynamic') === 'yes');
  return sighting === null ? [] : [sighting];
}

/** The answer to `SIPshowpeer`; null for any other packet. It looks in memory only. [vendor-code] */
export function readPeer(packet: Packet): Pick<Placed, 'sightings' | 'unknown'> | null {
  const name = /^Peer (\S{1,80}) not found\.?$/.exec(fieldOf(packet, 'Message'))?.[1];
  if (name !== undefined) {
    return { sightings: [], unknown: [{ name, words: `Peer ${name} not found.`, everywhere: false }] };
  }
  if (!packet.fields.has('address-ip')) return null;
  const address = sipAddress(fieldOf(packet, 'Address-IP'), fieldOf(packet, 'Address-Port'));
  const sighting = peerOf(packet, address, fieldOf(packet, 'Dynamic') !== 'N');
  if (sighting === null) return null;
  const [contact, left] = [fieldOf(packet, 'Reg-Contact'), /^-?\d+/.exec(fieldOf(packet, 'RegExpire'))?.[0]];
  const told = {
    ...(contact === '' || address.at === null ? {} : { contact }),
    ...(left === undefined ? {} : { expires: Number(left) }),
  };
  return { sightings: [{ ...sighting, ...told }], unknown: [] };
}

function peerOf(packet: Packet, address: SipAddress, dynamic: boolean): Sighting | null {
  const status = statusIn(fieldOf(packet, 'Status'));
  const name = fieldOf(packet, 'ObjectName');
  if (status === null || name === '') return null;
  return {
    name,
    binding: sipBinding(address, dynamic),
    reach: status.reach,
    words: sipWords(status.words, address),
    ...(address.at === null ? {} : { at: address.at }),
  };
}
