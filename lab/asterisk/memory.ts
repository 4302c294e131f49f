import type { LabAsteriskOptions, LabAsteriskPeer, LabAsteriskTechnology, LabQualify } from './settings.ts';
import { byBytes } from './text.ts';
import { type Contact, contactOf, type PeerView } from './view.ts';

/** What the daemon knows of who is registered, and what it has not forgotten. */
export interface Memory {
  /** Peers that the daemon has in mind, by name. */
  list(technology: LabAsteriskTechnology): readonly PeerView[];
  /** One of them. `load` also looks into the database. chan_sip does not tell capitals from small letters (V). */
  find(technology: LabAsteriskTechnology, name: string, load: boolean): PeerView | undefined;
  /** Whether any peer of chan_sip is kept in a database. */
  hasRealtime(): boolean;
  /** Notices what began and what ended. */
  look(): void;
  forget(): void;
}

/** The last registration that was seen of one peer. */
interface Trace {
  readonly contact: Contact;
  readonly endedAt: number | null;
}

export interface MemoryOptions
  extends Pick<LabAsteriskOptions, 'peers' | 'ending' | 'staleMs' | 'fronted' | 'realtimeCache'> {
  readonly technologies: readonly LabAsteriskTechnology[];
  readonly now: () => number;
}

export function memory(options: MemoryOptions): Memory {
  const { peers, technologies, now, fronted: proxy, realtimeCache = true } = options;
  const traces = new Map<string, Trace>();
  const loaded = new Set<string>();
  const technologyOf = (peer: LabAsteriskPeer) =>
    peer.technology ?? (technologies.includes('chan_sip') ? 'chan_sip' : 'pjsip');
  const keyOf = (peer: LabAsteriskPeer) => `${technologyOf(peer)}/${peer.name}`;

  const seen = (peer: LabAsteriskPeer): PeerView => {
    const key = keyOf(peer);
    const contacts = peer.contacts.map((contact) => contactOf(peer, contact, { proxy }));
    const newest = contacts.at(-1);
    const trace = traces.get(key);
    if (newest !== undefined) {
      traces.set(key, { contact: newest, endedAt: null });
      loaded.add(key);
    } else if (trace?.endedAt === null) traces.set(key, { ...trace, endedAt: now() });
    const ended = newest === undefined ? traces.get(key) : undefined;
    return viewOf(peer, contacts, ended ?? pastOf(peer, proxy), options);
  };
  const look = (technology: LabAsteriskTechnology): PeerView[] =>
    technologies.includes(technology)
      ? [...peers()].filter((peer) => technologyOf(peer) === technology).map(seen)
      : [];
  const isInMind = ({ peer }: PeerView): boolean =>
    technologyOf(peer) === 'pjsip' || peer.realtime !== true || (realtimeCache && loaded.has(keyOf(peer)));

  return {
    list: (technology) =>
      look(technology)
        .filter(isInMind)
        .sort((one, other) => byBytes(one.peer.name, other.peer.name)),
    find(technology, name, load) {
      const is = technology === 'pjsip' ? sameName : sameLetters;
      const found = look(technology).find(({ peer }) => is(peer.name, name));
      if (found !== undefined && load) loaded.add(keyOf(found.peer));
      return found !== undefined && (load || isInMind(found)) ? found : undefined;
    },
    hasRealtime: () =>
      [...peers()].some((peer) => peer.realtime === true && technologyOf(peer) === 'chan_sip'),
    look() {
      for (const technology of technologies) look(technology);
    },
    forget() {
      traces.clear();
      loaded.clear();
    },
  };
}

const sameName = (one: string, other: string): boolean => one === other;
const sameLetters = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function pastOf(peer: LabAsteriskPeer, proxy: LabAsteriskOptions['fronted']): Trace | undefined {
  if (peer.past === undefined) return undefined;
  return { contact: contactOf(peer, peer.past, { proxy }), endedAt: Number.NEGATIVE_INFINITY };
}

/** @param ended the last registration, where there is none now */
function viewOf(
  peer: LabAsteriskPeer,
  contacts: readonly Contact[],
  ended: Trace | undefined,
  { ending = 'unregistered', staleMs = 0, now }: MemoryOptions,
): PeerView {
  const view = (live: readonly Contact[], qualify: LabQualify): PeerView => ({
    peer,
    place: peer.fixed ?? live.at(-1) ?? null,
    contacts: live,
    last: live.at(-1) ?? ended?.contact,
    qualify: peer.qualified === false ? 'off' : qualify,
  });
  const newest = contacts.at(-1);
  if (peer.fixed !== undefined) return view([], peer.fixed.qualify ?? { ms: 1 });
  if (newest !== undefined) return view(contacts, newest.qualify);
  // One that was read from the database and never registered is shown as unreachable (W).
  if (ended === undefined) return view([], peer.realtime === true ? 'unreachable' : 'unknown');
  const age = now() - (ended.endedAt ?? now());
  const isStale = age < staleMs;
  if (ending === 'unregistered') return view([], isStale ? ended.contact.qualify : 'unknown');
  if (isStale) return view([ended.contact], ended.contact.qualify);
  if (age >= ended.contact.expires * 1000) return view([], 'unknown');
  return view([{ ...ended.contact, qualify: 'unreachable' }], 'unreachable');
}
