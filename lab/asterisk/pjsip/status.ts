import type { Release } from '../releases.ts';
import type { LabQualify } from '../settings.ts';
import type { Contact, PeerView, Place } from '../view.ts';

/** A contact of an AOR: registered, or written down in the configuration. */
export interface Binding {
  readonly uri: string;
  readonly place: Place;
  readonly qualify: 'off' | LabQualify;
  /** Null where nobody registered. */
  readonly contact: Contact | null;
}

export function bindingsOf({ peer, contacts }: PeerView): readonly Binding[] {
  const isQualified = peer.qualified !== false;
  if (peer.fixed !== undefined) {
    const { address, port, qualify = { ms: 1 } } = peer.fixed;
    const uri = `sip:${address}:${port}`;
    return [{ uri, place: peer.fixed, qualify: isQualified ? qualify : 'off', contact: null }];
  }
  return contacts.map((contact) => ({
    uri: contact.uri,
    place: contact,
    qualify: isQualified ? contact.qualify : 'off',
    contact,
  }));
}

/** At most seven letters. */
export function shortStatus({ qualify }: Binding, { unqualified }: Release): string {
  if (qualify === 'off') return unqualified;
  if (qualify === 'unknown') return 'Unknown';
  return qualify === 'unreachable' ? 'Unavail' : 'Avail';
}

/** As the manager interface has it. */
export function longStatus({ qualify }: Binding): string {
  if (qualify === 'off') return 'NonQualified';
  if (qualify === 'unknown') return 'Unknown';
  return qualify === 'unreachable' ? 'Unreachable' : 'Reachable';
}

/** Microseconds of the last answer; null without one. */
export function roundTrip({ qualify }: Binding): number | null {
  return typeof qualify === 'object' ? Math.round(qualify.ms * 1000) : null;
}

/** State of the endpoint while it has no call: a contact without qualify counts as one that answers (W). */
export function deviceState(view: PeerView): string {
  const answers = ({ qualify }: Binding): boolean => qualify === 'off' || typeof qualify === 'object';
  return bindingsOf(view).some(answers) ? 'Not in use' : 'Unavailable';
}
