import type { LabContact } from '../contract.ts';
import type { Exchange, Holder, Offer, Verdict } from '../registration.ts';
import type { LabExtension } from '../settings.ts';
import type { Box } from './box.ts';
import { inCall } from './calls.ts';

/** One registered phone: who it is, and the secret it last registered with. */
export interface Contact extends LabContact {
  secret: string;
}

/** The nameless phone of the lab's control registers. A refusal ends its registration. */
export function register(box: Box, number: string, secret: string): boolean {
  const extension = box.config.running.get(number);
  return take(box, extension, { holder: 'control', line: 0, userAgent: '', secret }) === 'accepted';
}

export function unregister(box: Box, number: string): void {
  leave(box, number, { holder: 'control', line: 0 });
}

export function isRegistered(box: Box, number: string): boolean {
  return live(box, number).length > 0;
}

/** Live registrations by number, without their secrets. */
export function contactsOf(box: Box): Record<string, LabContact[]> {
  const all = [...box.contacts.keys()].map((number) => [number, live(box, number).map(shown)] as const);
  return Object.fromEntries(all.filter(([, contacts]) => contacts.length > 0));
}

/** Status words of the list and query calls (D). Analogue ports are idle without registering. */
export function statusOf(box: Box, extension: LabExtension): string {
  const { doubts } = box.settings;
  if (inCall(box, extension.number)) return 'Busy';
  if (extension.type === 'FXS') return extension.port ? 'Idle' : 'Fxsnoport';
  return isRegistered(box, extension.number) ? doubts.registeredWord : doubts.unregisteredWord;
}

export function registeredCount(box: Box): number {
  return [...box.contacts.keys()].filter((number) => isRegistered(box, number)).length;
}

/** The box as the lab's phones meet it: they register against the running configuration, not the saved one. */
export function exchangeOf(box: Box): Exchange {
  return {
    sip: box.settings.sip,
    register(offer) {
      for (const [number, contacts] of box.contacts) {
        const elsewhere = contacts.some(
          (contact) => sameHolder(contact, offer) && registerName(box, number) !== offer.authName,
        );
        if (elsewhere) leave(box, number, offer);
      }
      return take(box, extensionFor(box, offer), offer);
    },
    unregister(holder) {
      for (const number of [...box.contacts.keys()]) leave(box, number, holder);
    },
    holds: (holder) =>
      [...box.contacts.keys()].some((number) =>
        live(box, number).some((contact) => sameHolder(contact, holder)),
      ),
    onRun(listener) {
      box.config.onRun = listener;
    },
  };
}

/** The user name must be the registration name too: the box knows no other (I). */
function extensionFor(box: Box, { authName, userName }: Offer): LabExtension | undefined {
  if (userName !== authName) return undefined;
  return [...box.config.running.values()].find(({ registername }) => registername === authName);
}

function registerName(box: Box, number: string): string | undefined {
  return box.config.running.get(number)?.registername;
}

/** An accepted registration replaces the holder's last one; each extension has room for `maxregistrations` (D). */
function take(box: Box, extension: LabExtension | undefined, contact: Contact): Verdict {
  if (extension === undefined) return 'unknown-user';
  const { number, registerpassword, maxregistrations } = extension;
  leave(box, number, contact);
  if (registerpassword !== contact.secret) return 'wrong-password';
  const others = live(box, number);
  if (others.length >= Number(maxregistrations ?? '1')) return 'too-many';
  const { holder, line, userAgent, secret } = contact;
  box.contacts.set(number, [...others, { holder, line, userAgent, secret }]);
  return 'accepted';
}

function leave(box: Box, number: string, holder: Holder): void {
  const others = (box.contacts.get(number) ?? []).filter((contact) => !sameHolder(contact, holder));
  if (others.length === 0) box.contacts.delete(number);
  else box.contacts.set(number, others);
}

function live(box: Box, number: string): Contact[] {
  const running = box.config.running.get(number);
  if (running === undefined) return [];
  const contacts = box.contacts.get(number) ?? [];
  if (box.settings.doubts.staleRegistrations) return contacts;
  return contacts.filter(({ secret }) => secret === running.registerpassword);
}

function sameHolder(one: Holder, other: Holder): boolean {
  return one.holder === other.holder && one.line === other.line;
}

function shown({ holder, line, userAgent }: Contact): LabContact {
  return { holder, line, userAgent };
}
