import { createHash } from 'node:crypto';
import { personFor, secretFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';
import { sipUserOf } from './model.ts';

/** Somebody who does not exist, with an extension of that company. */
export function seedUser(code: string, number: string): LabExtensionSeed {
  const sipUser = sipUserOf(code, number);
  return {
    number,
    name: personFor(sipUser),
    email: `${sipUser}@acme.example`,
    role: 'user',
    password: secretFor(`portal ${sipUser}`),
    sipPassword: sixteenFor(sipUser),
  };
}

/** Sixteen letters and digits, as the panel's form generates SIP passwords (D): the same for the same text. */
export function sixteenFor(text: string): string {
  return secretFor(`sip ${text}`).slice(0, 16);
}

/** Login of the super-administrator: an e-mail (D). */
export function credentialsFor(box: string): { username: string; password: string } {
  return { username: `api@${box}.example`, password: secretFor(`credentials ${box}`) };
}

/** A UUID, the same for the same text. */
export function uuidFor(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

/** The platform keeps no panel password in clear. */
export function hashOf(password: string): string {
  return createHash('sha256').update(`pekepbx ${password}`).digest('hex');
}
