import type { Passage, Placed, Sighting } from '../sighting.ts';
import { fieldOf, type Packet, packetsIn } from './ami-packet.ts';
import { readPeer, readPeerEntry } from './ami-peer.ts';
import { type Contact, sightingOf } from './pjsip-contact.ts';

/** Answers of the manager interface in pasted text. */
export function readAmi({ lines }: Passage): readonly Placed[] {
  return answersIn(packetsIn(lines));
}

/** A list of the manager interface: events of one name, and another that ends it. */
interface EventList {
  readonly event: string;
  readonly end: string;
  readonly base: Pick<Placed, 'from' | 'technology' | 'lists'>;
  readonly read: (events: readonly Packet[]) => readonly Sighting[];
}

const eventLists: readonly EventList[] = [
  {
    event: 'PeerEntry',
    end: 'PeerlistComplete',
    base: { from: 'SIPpeers', technology: 'sip', lists: 'all' },
    read: (events) => events.flatMap(readPeerEntry),
  },
  {
    event: 'EndpointList',
    end: 'EndpointListComplete',
    base: { from: 'PJSIPShowEndpoints', technology: 'pjsip', lists: 'all' },
    read: (events) => events.flatMap(endpointEntry),
  },
  {
    event: 'ContactList',
    end: 'ContactListComplete',
    base: { from: 'PJSIPShowContacts', technology: 'pjsip', lists: 'contacts' },
    read: (events) =>
      contactEntries(events, (one) => [
        fieldOf(one, 'ObjectName').replace(/;@.*$/, ''),
        fieldOf(one, 'Endpoint'),
      ]),
  },
  {
    event: 'ContactStatusDetail',
    end: 'ContactStatusDetailComplete',
    base: { from: 'PJSIPShowRegistrationInboundContactStatuses', technology: 'pjsip', lists: 'contacts' },
    read: (events) => contactEntries(events, (one) => [fieldOf(one, 'AOR'), fieldOf(one, 'EndpointName')]),
  },
];

/** What packets say, in their order. Whatever else is in them is left alone: some hold passwords. */
export function answersIn(packets: readonly (Packet & { readonly line?: number })[]): readonly Placed[] {
  const placed = packets.map((packet, index) => ({ ...packet, line: packet.line ?? index }));
  const lists = eventLists.flatMap((list) => runsOf(list, placed));
  const peers = placed.flatMap((packet): Placed[] => {
    const found = readPeer(packet);
    const base = { from: 'SIPshowpeer', technology: 'sip', lists: 'one', complete: true } as const;
    return found === null ? [] : [{ ...base, ...found, line: packet.line }];
  });
  return [...lists, ...peers];
}

/** One answer for each time the list is there: two of them are two looks. */
function runsOf({ event, end, base, read }: EventList, packets: readonly PlacedPacket[]): readonly Placed[] {
  const own = packets.filter((packet) => [event, end].includes(fieldOf(packet, 'Event')));
  const isEnd = (packet: PlacedPacket | undefined) =>
    packet !== undefined && fieldOf(packet, 'Event') === end;
  const starts = own.flatMap((_, index) => (index === 0 || isEnd(own[index - 1]) ? [index] : []));
  return starts.map((start, index) => {
    const run = own.slice(start, starts[index + 1]);
    const complete = isEnd(run.at(-1));
    const sightings = read(run.filter((packet) => !isEnd(packet)));
    return { ...base, complete, line: run.at(-1)?.line ?? 0, sightings, unknown: [] };
  });
}

type PlacedPacket = Packet & { readonly line: number };

/** Says which contacts there are, those of the configuration too, but not whether they answer. */
function endpointEntry(packet: Packet): readonly Sighting[] {
  const words = fieldOf(packet, 'DeviceState');
  const names = [fieldOf(packet, 'ObjectName'), ...fieldOf(packet, 'Aor').split(',')];
  const isBare = /^[\s,]*$/.test(fieldOf(packet, 'Contacts'));
  return unique(names).map((name) => {
    if (isBare) return { name, binding: 'none', reach: 'unsaid', words: `${words}, no contact` };
    return { name, binding: 'unsaid', reach: words === 'Unavailable' ? 'unreachable' : 'unsaid', words };
  });
}

/** Contacts that phones left: those of the configuration are not among them. [wire: 22.10] */
function contactEntries(
  events: readonly Packet[],
  namesOf: (packet: Packet) => readonly string[],
): readonly Sighting[] {
  const contacts = events.map((packet) => ({ names: unique(namesOf(packet)), contact: contactOf(packet) }));
  return unique(contacts.flatMap(({ names }) => names)).map((name) => {
    const own = contacts.filter(({ names }) => names.includes(name)).map(({ contact }) => contact);
    return sightingOf(name, own, 'held');
  });
}

function contactOf(packet: Packet): Contact {
  const [uri, spent] = [fieldOf(packet, 'Uri'), fieldOf(packet, 'RoundtripUsec')];
  const time = /^\d+$/.test(spent) ? `${Number(spent) / 1000} ms` : '';
  return { aor: '', shown: uri, uri: uri === '' ? null : uri, status: fieldOf(packet, 'Status'), time };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '');
}
