import { digitsFor, personFor, secretFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';
import type { Tenant } from './platform.ts';
import type { LabMeetipObject, LabMeetipTenant, LabMeetipUad } from './settings.ts';

/** Two tenants whose ids are not their codes, and whose numbers differ in length. */
export const DEFAULT_TENANTS: readonly LabMeetipTenant[] = [
  { code: '301', extLength: 3 },
  { code: '412', extLength: 4 },
];

export const DEFAULT_DEPARTMENTS = { '4': 'Ventas', '6': 'Soporte' };

export const DEFAULT_TRUNKS = { '12': 'Salida' };

export const DEFAULT_CODECS = ['ulaw', 'alaw', 'g722'];

/** Ids and names of the first two D, V. */
export const DEFAULT_UADS: readonly LabMeetipUad[] = [
  { id: '24', name: 'yealink_t46s', fullname: 'Yealink T46S', enabled: false },
  { id: '50', name: 'generic_sip', fullname: 'Generic SIP' },
  { id: '127', name: 'glocom', fullname: 'gloCOM' },
];

export function defaultObjects(extLength: number): LabMeetipObject[] {
  const ninety = `9${'0'.repeat(extLength - 2)}`;
  return [
    { kind: 'IVR', number: `${ninety}0`, name: 'Bienvenida' },
    { kind: 'Ring Group', number: `${ninety}1`, name: 'Recepción' },
  ];
}

export function seedExtensions({
  extensions = 0,
  firstNumber,
  extLength = 3,
}: LabMeetipTenant): LabExtensionSeed[] {
  const first = firstNumber ?? 10 ** (extLength - 1);
  return Array.from({ length: extensions }, (_, index) => ({
    number: String(first + index).padStart(extLength, '0'),
  }));
}

/** What the server would ask of whoever makes an extension. */
export function seedFields(tenant: Tenant, number: string): Record<string, string> {
  const generic = [...tenant.uads.values()].find(
    ({ fullname, enabled }) => enabled && fullname === 'Generic SIP',
  );
  return {
    name: personFor(`${tenant.code}${number}`),
    email: `ext${number}@acme.example`,
    ua: generic?.id ?? '',
    secret: `${secretFor(`extension ${tenant.code}${number}`)}_`,
    pin: digitsFor(`pin ${tenant.code}${number}`, 4),
  };
}
