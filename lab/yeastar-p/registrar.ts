import { type ContactBook, contactBook, type Subscriber } from '../contacts.ts';
import type { LabContact } from '../contract.ts';
import type { Exchange, Offer } from '../registration.ts';
import type { BoxSettings } from './box.ts';
import { numbered, type Store, type StoredExtension } from './store.ts';

/** Who is registered on one box. */
export interface Registrar {
  book: ContactBook;
  exchange: Exchange;
}

/** Phones register against the running configuration, not the stored one. */
export function startRegistrar(settings: BoxSettings, store: Store): Registrar {
  const book = contactBook(settings.sip, subscribersOf(store));
  store.onRun = book.ran;
  const { exchange } = book;
  return {
    book,
    exchange: {
      ...exchange,
      register(offer) {
        if (settings.doubts.phoneUser === 'reg-name') return exchange.register(offer);
        // The book takes one name; a pair that does not belong together is nobody's.
        const name = isOwn(store, offer) ? offer.authName : '';
        return exchange.register({ ...offer, authName: name, userName: name });
      },
    },
  };
}

/** Live registrations by number; the lab's nameless phone is called 'control'. */
export function contactsOf({ book }: Registrar, store: Store): Record<string, LabContact[]> {
  const all = [...store.running.values()].map(({ id, number }) => [number, book.of(id).map(shown)] as const);
  return Object.fromEntries(all.filter(([, contacts]) => contacts.length > 0));
}

export function isRegistered({ book }: Registrar, extension: StoredExtension): boolean {
  return book.of(extension.id).length > 0;
}

/** The control's phone registers; it offers the secret alone. */
export function register({ book }: Registrar, store: Store, number: string, secret: string): boolean {
  const extension = numbered(store.running, number);
  return extension !== undefined && book.register(extension.id, secret) === 'accepted';
}

export function unregister({ book }: Registrar, store: Store, number: string): void {
  const extension = numbered(store.running, number);
  if (extension !== undefined) book.unregister(extension.id);
}

/** A phone's user name is the number, its authentication name `reg_name` (C). */
function isOwn(store: Store, { userName, authName }: Offer): boolean {
  return numbered(store.running, userName)?.reg_name === authName;
}

/** Rebuilt only when what runs was replaced: a list of extensions asks for each of them. */
function subscribersOf(store: Store): () => Subscriber[] {
  let running: Store['running'] | undefined;
  let known: Subscriber[] = [];
  return () => {
    if (running !== store.running) {
      running = store.running;
      known = [...running.values()].filter(({ type }) => type === 'SIP').map(subscriber);
    }
    return known;
  };
}

function subscriber({ id, reg_name = '', reg_password = '', concurrent_registrations }: StoredExtension) {
  return { id, authName: reg_name, secret: reg_password, room: Number(concurrent_registrations) };
}

function shown({ holder, line, userAgent }: LabContact): LabContact {
  return { holder: line === 0 ? 'control' : holder, line, userAgent };
}
