import type { LabContact } from './contract.ts';
import type { Exchange, Holder, Offer, Verdict } from './registration.ts';
import type { LabSip } from './settings.ts';

/** An extension as registrations see it, of what runs now. */
export interface Subscriber {
  /** Unique on the whole exchange, tenants included. */
  id: string;
  /** The SIP user name that a phone authenticates with. */
  authName: string;
  secret: string;
  /** Registrations it has room for. */
  room: number;
}

/** Who is registered, on an exchange of any vendor. No SIP is spoken. */
export interface ContactBook {
  /** The exchange as the lab's phones meet it. */
  exchange: Exchange;
  /** The nameless phone of the lab's control registers: `accepted` only with the right secret and room. */
  register(id: string, secret: string): Verdict;
  /** Ends what {@link ContactBook.register} began; the lab's own phones stay. */
  unregister(id: string): void;
  /** Live registrations of one subscriber, without their secrets. */
  of(id: string): LabContact[];
  /** Ends every registration. */
  clear(): void;
  /** To be called whenever what runs has changed: phones try again. */
  ran(): void;
}

interface Contact extends LabContact {
  secret: string;
}

/**
 * A registration is bound to the secret it was made with: when that changes, or the subscriber goes, it ends. User name and
 * authentication name must be the same.
 *
 * @param subscribers what runs now; asked anew each time
 */
export function contactBook(sip: LabSip, subscribers: () => Iterable<Subscriber>): ContactBook {
  const contacts = new Map<string, Contact[]>();
  let listener = (): void => {};

  const find = (wanted: (one: Subscriber) => boolean): Subscriber | undefined =>
    [...subscribers()].find(wanted);
  const live = (id: string): Contact[] => {
    const known = contacts.get(id);
    if (known === undefined) return [];
    const running = find((one) => one.id === id);
    return known.filter(({ secret }) => secret === running?.secret);
  };
  const leave = (id: string, holder: Holder): void => {
    const others = (contacts.get(id) ?? []).filter((contact) => !isSame(contact, holder));
    if (others.length === 0) contacts.delete(id);
    else contacts.set(id, others);
  };
  const take = (one: Subscriber | undefined, contact: Contact): Verdict => {
    for (const id of [...contacts.keys()]) leave(id, contact);
    if (one === undefined) return 'unknown-user';
    if (one.secret !== contact.secret) return 'wrong-password';
    const others = live(one.id);
    if (others.length >= one.room) return 'too-many';
    contacts.set(one.id, [...others, contact]);
    return 'accepted';
  };
  const offered = ({ authName, userName }: Offer) =>
    authName === userName ? find((one) => one.authName === authName) : undefined;

  return {
    exchange: {
      sip,
      register: (offer) => take(offered(offer), contactOf(offer)),
      unregister(holder) {
        for (const id of [...contacts.keys()]) leave(id, holder);
      },
      holds: (holder) => [...contacts.keys()].some((id) => live(id).some((one) => isSame(one, holder))),
      onRun(told) {
        listener = told;
      },
    },
    register: (id, secret) =>
      take(
        find((one) => one.id === id),
        // One nameless phone for each subscriber.
        { holder: `control ${id}`, line: 0, userAgent: '', secret },
      ),
    unregister: (id) => leave(id, { holder: `control ${id}`, line: 0 }),
    of: (id) => live(id).map(({ secret: _kept, ...shown }) => shown),
    clear: () => contacts.clear(),
    ran: () => listener(),
  };
}

function contactOf({ holder, line, userAgent, secret }: Offer): Contact {
  return { holder, line, userAgent, secret };
}

function isSame(one: Holder, other: Holder): boolean {
  return one.holder === other.holder && one.line === other.line;
}
