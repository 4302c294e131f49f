import type { Subscriber } from '../contacts.ts';
import type { LabContact } from '../contract.ts';
import type { Exchange, Offer } from '../registration.ts';
import { countFailure, isBanned } from './bans.ts';
import type { Box } from './box.ts';
import { type Company, codeOf, type Entry, sipUserOf } from './model.ts';

/** What the API shows of registrations: what a job saw at its last look (D). */
export interface Looks {
  at: number;
  registered: Set<string>;
  /** What each phone failed with, and when: see {@link isSameAttempt}. */
  failed: Map<string, { offer: string; at: number }>;
}

const SAME_ATTEMPT = 10_000;

export function noLooks(): Looks {
  return { at: 0, registered: new Set(), failed: new Map() };
}

/** Every extension of every company, as phones register to it. */
export function* subscribers(companies: Iterable<Company>, room: number): Iterable<Subscriber> {
  for (const company of companies) {
    const code = codeOf(company);
    for (const { values } of company.shelves.extension.values()) {
      const sipUser = sipUserOf(code, values.number ?? '');
      yield { id: sipUser, authName: sipUser, secret: values.sipPassword ?? '', room };
    }
  }
}

/** The platform as the lab's phones meet it: all of them from one address, which bad secrets get banned (D). */
export function exchangeOf(box: Box): Exchange {
  const { exchange } = box.book;
  return {
    ...exchange,
    register(offer) {
      if (isBanned(box, box.settings.phonesAddress)) {
        exchange.unregister(offer);
        return 'unknown-user';
      }
      const verdict = exchange.register(offer);
      const failed = verdict === 'unknown-user' || verdict === 'wrong-password';
      if (failed && !isSameAttempt(box.looks, offer)) countFailure(box, box.settings.phonesAddress);
      return verdict;
    },
  };
}

/** The nameless phone of the lab's control; every failure of it counts. */
export function register(box: Box, company: Company, number: string, secret: string): boolean {
  if (isBanned(box, box.settings.phonesAddress)) return false;
  const verdict = box.book.register(sipUserOf(codeOf(company), number), secret);
  if (verdict === 'unknown-user' || verdict === 'wrong-password')
    countFailure(box, box.settings.phonesAddress);
  return verdict === 'accepted';
}

/** Live registrations of a company by short number. */
export function contactsOf(box: Box, company: Company): Record<string, LabContact[]> {
  const numbers = [...company.shelves.extension.values()].map(({ values }) => values.number ?? '');
  const all = numbers.map((number) => [number, box.book.of(sipUserOf(codeOf(company), number))] as const);
  return Object.fromEntries(all.filter(([, contacts]) => contacts.length > 0));
}

/** Whether the API says that an extension is registered. */
export function seemsRegistered(box: Box, code: string, entry: Entry): boolean {
  const { looks, settings } = box;
  const sipUser = sipUserOf(code, entry.values.number ?? '');
  if (settings.stateLagMs === 0) return box.book.of(sipUser).length > 0;
  if (Date.now() - looks.at >= settings.stateLagMs) look(box);
  return looks.registered.has(sipUser);
}

function look(box: Box): void {
  const all = [...subscribers(box.companies.values(), 1)].map(({ id }) => id);
  box.looks.at = Date.now();
  box.looks.registered = new Set(all.filter((id) => box.book.of(id).length > 0));
}

/** The lab's phones try again at every change of the platform; a real one waits. The same offer soon after is no attempt of its own. */
function isSameAttempt({ failed }: Looks, { holder, line, authName, secret }: Offer): boolean {
  const phone = `${holder} ${line}`;
  const offer = `${authName} ${secret}`;
  const last = failed.get(phone);
  if (last?.offer === offer && Date.now() - last.at < SAME_ATTEMPT) return true;
  failed.set(phone, { offer, at: Date.now() });
  return false;
}
