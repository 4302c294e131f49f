import { digitsFor, personFor, secretFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';

export function seedExtensions(count: number, first = 1000): LabExtensionSeed[] {
  return Array.from({ length: count }, (_, index) => seedExtension(String(first + index)));
}

export function seedExtension(number: string): LabExtensionSeed {
  return {
    number,
    username: personFor(number),
    registername: number,
    registerpassword: secretFor(`extension ${number}`),
    email: `ext${number}@acme.example`,
  };
}

/** API account of a box: the user of the panel's API page, not a person's (D: guide H2). */
export function credentialsFor(box: string): { username: string; password: string } {
  return { username: 'api', password: secretFor(`credentials ${box}`) };
}

export function serialFor(box: string): string {
  return digitsFor(`serial ${box}`, 12);
}
