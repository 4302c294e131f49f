import type { LabAsteriskContact, LabAsteriskPeer, LabQualify } from './settings.ts';

/** A registration with its defaults filled in. */
export type Contact = Required<LabAsteriskContact>;

export interface Place {
  readonly address: string;
  readonly port: number;
}

/** A peer as the daemon sees it at one moment. */
export interface PeerView {
  readonly peer: LabAsteriskPeer;
  /** Null while nobody is registered. */
  readonly place: Place | null;
  /** Registrations of now, oldest first. */
  readonly contacts: readonly Contact[];
  /** The newest of them, or the last one that there was. */
  readonly last: Contact | undefined;
  readonly qualify: 'off' | LabQualify;
}

/** The host, as far as its answers differ by it. */
export interface Front {
  /** All addresses are this one, where there is one. */
  readonly proxy: Place | undefined;
}

/** A contact with its defaults, behind the proxy where there is one. */
export function contactOf(peer: LabAsteriskPeer, contact: LabAsteriskContact, { proxy }: Front): Contact {
  const { address, port } = proxy ?? contact;
  const user = contact.user ?? peer.name;
  const uri = contact.uri ?? `sip:${user}@${contact.address}:${contact.port}`;
  return {
    userAgent: '',
    expires: 3600,
    callId: '',
    qualify: { ms: 1 },
    ...contact,
    address,
    port,
    user,
    uri: proxy === undefined ? uri : uri.replace(/(?<=[:@])[^:@;>]+(:\d+)?(?=[;>]|$)/, `${address}:${port}`),
  };
}
