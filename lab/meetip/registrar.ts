import type { Subscriber } from '../contacts.ts';
import type { LabContact } from '../contract.ts';
import { type Extension, type Platform, type Tenant, userNameOf } from './platform.ts';
import { visible } from './store.ts';

/** Who may register now, in every tenant. */
export function* subscribers(platform: Platform): Iterable<Subscriber> {
  const now = Date.now();
  for (const tenant of platform.tenants) {
    for (const extension of visible(tenant, now).values()) {
      if (!mayRegister(platform, extension, now)) continue;
      yield {
        id: subscriberOf(tenant, extension),
        authName: userNameOf(tenant, extension),
        secret: extension.fields.secret ?? '',
        room: Number(extension.fields.max_contacts ?? '1'),
      };
    }
  }
}

/** Refused with 403 for a while after a create or a new secret (C), and while the extension is not active (I). */
export function mayRegister({ settings }: Platform, extension: Extension, now: number): boolean {
  const words = settings.doubts.suspendedRegisters ? ['1', '2'] : ['1'];
  return now >= extension.registersFrom && words.includes(extension.fields.status ?? '');
}

/** Live registrations of one extension. */
export function contactsOf({ book }: Platform, tenant: Tenant, extension: Extension): LabContact[] {
  const found = book.of(subscriberOf(tenant, extension));
  return found.map((contact) =>
    contact.holder.startsWith('control ') ? { ...contact, holder: 'control' } : contact,
  );
}

/** Sending a secret, even the same one, ends what is registered (C): it is another subscriber from then on. */
export function subscriberOf(tenant: Tenant, extension: Extension): string {
  return `${tenant.id}/${extension.id}#${extension.knocks}`;
}
