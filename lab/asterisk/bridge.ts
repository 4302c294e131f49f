/** Shows the registrations of the lab's simulated PBXs on its Asterisk. */
import { createHash } from 'node:crypto';
import type { LabBoxControl, LabContact } from '../contract.ts';
import type { LabExtension } from '../settings.ts';
import type { LabAsteriskContact, LabAsteriskPeer } from './settings.ts';

/** What a box, or one tenant of a platform, tells of itself. */
export type Registrations = Pick<LabBoxControl, 'contacts' | 'saved'>;

export interface Naming {
  /** The peer of an extension: `ext9000110` of 10. Null: it has none here. */
  name(number: string, saved: LabExtension): string | null;
  /** What else the peer has. Default: nothing. */
  details?(saved: LabExtension): Omit<Partial<LabAsteriskPeer>, 'name' | 'contacts'>;
  /** Where a phone is. Default: an address of 192.0.2.0/24 made from its name, and 5060 on, a port for each line. */
  place?(contact: LabContact): { address: string; port: number };
}

/** Peers with the registrations of now; for `peers` of the Asterisk, which asks anew each time. */
export function peersOf(box: Registrations, { name, details, place = placeOf }: Naming): LabAsteriskPeer[] {
  const live = box.contacts();
  return Object.entries(box.saved()).flatMap(([number, saved]) => {
    const peer = name(number, saved);
    if (peer === null) return [];
    const contacts = (live[number] ?? []).map(
      (contact): LabAsteriskContact => ({ ...place(contact), userAgent: contact.userAgent }),
    );
    return [{ ...details?.(saved), name: peer, contacts }];
  });
}

function placeOf({ holder, line }: LabContact): { address: string; port: number } {
  const [byte = 0] = createHash('sha256').update(holder).digest();
  return { address: `192.0.2.${1 + (byte % 250)}`, port: 5060 + Math.max(0, line - 1) };
}
