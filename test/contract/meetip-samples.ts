import type { Desired } from '../../engine/model/index.ts';
import type { Mutation, Sample } from './harness.ts';

function sample(key: string, values: Desired['values'], secrets: Sample['secrets']): Sample {
  const names = Object.keys(secrets).map((field) => {
    const name = `extensions/centralita/${key}/${field}`;
    return [field, { name, source: 'declared', marker: '01JABCDEFGHJKMNPQRSTVWXYZ0' }] as const;
  });
  const desired: Desired = {
    address: `acme/pbx:centralita/extension:${key}`,
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

/**
 * Between them they meet every translation: fields that are nested, renamed or a service of their own, ids behind names, a number that is
 * answered as a number, another name shown, and what forms and JSON escape.
 */
export const samples: readonly Sample[] = [
  sample(
    '110',
    {
      name: 'Recepción Norte',
      email: 'Recepcion.norte+110@acme.example',
      callerId: '+34910000001',
      emergencyCallerId: '+34910000112',
      department: 'Ventas',
      title: 'Jefa de "Recepción" & más',
      language: 'es',
      userAgent: 'Generic SIP',
      location: 'remote',
      status: 'active',
      concurrentRegistrations: 2,
      nat: true,
      voicemail: false,
      incomingLimit: 4,
      outgoingLimit: 0,
      ringTimeout: 25,
      dtmfMode: 'rfc2833',
      callRecording: true,
      mediaEncryption: 'optional',
      registrationName: '301110',
    },
    { sip: 'Canary-Sip-5Tk8wq2R%*', portal: 'Canary-Portal$2Wm4!', pin: '9182' },
  ),
  sample(
    '007',
    { name: '  Almacén / Muelle 7 ', email: 'almacen@acme.example', nat: false },
    { sip: 'Canary_Sip!9Rb3xkV@mQ', pin: '0073' },
  ),
  sample(
    '999',
    { name: 'Sala', callerIdName: "Sala d'Actes 100% + <Sur>", email: 'sala@acme.example', voicemail: true },
    { sip: 'Canary-Sip-4Hf6jLw$p', pin: '0000' },
  ),
];

/** Another value for every field that an update can set. */
export const mutations: readonly Mutation[] = [
  { field: 'name', value: 'Recepción Sur' },
  { field: 'email', value: 'Sur@acme.example' },
  { field: 'callerId', value: '34910000002' },
  { field: 'emergencyCallerId', value: '112' },
  { field: 'department', value: 'Soporte' },
  { field: 'title', value: 'Ñandú; a=b&c=d' },
  { field: 'language', value: 'en-GB' },
  { field: 'userAgent', value: 'gloCOM' },
  { field: 'location', value: 'local' },
  { field: 'status', value: 'suspended' },
  { field: 'concurrentRegistrations', value: 9 },
  { field: 'nat', value: false },
  { field: 'voicemail', value: true },
  { field: 'incomingLimit', value: 999 },
  { field: 'outgoingLimit', value: 1 },
  { field: 'ringTimeout', value: 99 },
  { field: 'dtmfMode', value: 'info' },
  { field: 'callRecording', value: false },
  { field: 'mediaEncryption', value: 'required' },
  { field: 'sip', secret: 'Canary-Sip-6Hn2vTc_qB' },
  { field: 'portal', secret: 'Canary-Portal-8Qd7' },
  { field: 'pin', secret: '5647' },
];
