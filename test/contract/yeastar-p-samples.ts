import type { Desired } from '../../engine/model/index.ts';
import type { LabYeastarPOrganization } from '../../lab/index.ts';
import type { Mutation, Sample } from './harness.ts';

function sample(key: string, values: Desired['values'], secrets: Sample['secrets']): Sample {
  const names = Object.keys(secrets).map((field) => {
    const name = `extensions/sede/${key}/${field}`;
    return [field, { name, source: 'declared', marker: '01JABCDEFGHJKMNPQRSTVWXYZ0' }] as const;
  });
  const desired: Desired = {
    address: `acme/pbx:sede/extension:${key}`,
    kind: 'extension',
    key,
    values: { number: key, ...values },
    secrets: Object.fromEntries(names),
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
  };
  return { desired, secrets };
}

/** Organisations of one company, two of them with the same name. */
export const organizations: LabYeastarPOrganization[] = [
  { id: '1', name: 'Acme' },
  { id: '2', name: 'Ventas' },
  { id: '3', name: 'Taller' },
  { id: '4', name: 'Norte', parent: '2' },
  { id: '5', name: 'Norte', parent: '3' },
];

/** Between them they meet every translation: names in parts, plus signs, the own number, switches, counts, another name shown. */
const samples: readonly Sample[] = [
  sample(
    '110',
    {
      name: 'Recepción de Norte',
      email: 'Recepcion@acme.example',
      callerId: '+34910000001',
      registrationName: 'acme110',
      concurrentRegistrations: 2,
      mobile: '+34600000001',
      title: 'Jefa de sala',
      voicemail: false,
      role: 'admin',
      department: 'Acme/Ventas/Norte',
      nat: false,
      internalOnly: true,
    },
    { sip: 'Canary-Sip-5Tk8wq2R-z', portal: 'Canary-Portal-2Wm4', pin: '918273' },
  ),
  sample(
    '7',
    { name: 'Almacén', callerId: 'internal', role: 'user', nat: true },
    { sip: 'Canary-Sip-9Rb3xkV_mQ', portal: 'Canary-Portal-6Tb8' },
  ),
  sample(
    '99999',
    { name: 'Sala', callerIdName: 'Sala Sur', voicemail: true },
    { sip: 'Canary^Sip*4Hf6jLw?p', portal: 'Canary-Portal-9Kx3' },
  ),
];

/** The samples for a box that leaves these fields to a person. */
export function without(fields: readonly string[]): readonly Sample[] {
  return samples.map(({ desired, secrets }) => {
    const values = Object.entries(desired.values).filter(([field]) => !fields.includes(field));
    return { desired: { ...desired, values: Object.fromEntries(values) }, secrets };
  });
}

/** Another value for every field that an update can set. */
export const mutations: readonly Mutation[] = [
  { field: 'name', value: 'Sur' },
  { field: 'email', value: 'Sur@acme.example' },
  { field: 'callerId', value: 'internal' },
  { field: 'registrationName', value: 'acme110b' },
  { field: 'concurrentRegistrations', value: 3 },
  { field: 'mobile', value: '+34600000002' },
  { field: 'title', value: 'Encargada' },
  { field: 'voicemail', value: true },
  { field: 'role', value: 'user' },
  { field: 'department', value: 'Taller' },
  { field: 'nat', value: true },
  { field: 'internalOnly', value: false },
  { field: 'sip', secret: 'Canary-Sip-6Hn2vTc_qB' },
  { field: 'portal', secret: 'Canary-Portal-8Qd7' },
  { field: 'pin', secret: '564738' },
];
