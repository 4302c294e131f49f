import { digitsFor, personFor, secretFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';

export function seedExtensions(count: number, first: number): LabExtensionSeed[] {
  return Array.from({ length: count }, (_, index) => seedExtension(String(first + index)));
}

function seedExtension(number: string): LabExtensionSeed {
  const [first = number, ...rest] = personFor(number).split(' ');
  return {
    number,
    first_name: first,
    last_name: rest.join(' '),
    email_addr: `ext${number}@acme.example`,
    reg_password: secretFor(`extension ${number}`),
  };
}

/** What the panel generates when the API is switched on (D: HP). Length of the id C, of the secret I. */
export function credentialsFor(box: string): { clientId: string; clientSecret: string } {
  const id = `${secretFor(`client id ${box}`)}${digitsFor(`client id ${box}`, 12)}`;
  return { clientId: id, clientSecret: secretFor(`client secret ${box}`) };
}

export function serialFor(box: string): string {
  return digitsFor(`serial ${box}`, 12);
}
