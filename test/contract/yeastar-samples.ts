import type { Desired } from '../../engine/model/index.ts';
import type { LabExtensionSeed } from '../../lab/index.ts';
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

/** The sample for a box that leaves NAT to a person. */
export function withoutNat({ desired, secrets }: Sample): Sample {
  const { nat: _byHand, ...values } = desired.values;
  return { desired: { ...desired, values }, secrets };
}

/** Between them they meet every translation: plus signs, the own number, switches, counts, another name shown. */
export const samples: readonly Sample[] = [
  sample(
    '110',
    {
      name: 'Recepción Norte',
      email: 'Recepcion@acme.example',
      callerId: '+34910000001',
      registrationName: 'acme110',
      concurrentRegistrations: 2,
      internalOnly: true,
      mobile: '+34600000001',
      voicemail: false,
      nat: false,
    },
    { sip: 'Canary-Sip-5Tk8wq2R-z', portal: 'Canary-Portal-2Wm4', pin: '918273' },
  ),
  sample('7', { name: 'Almacén', callerId: 'internal', nat: true }, { sip: 'Canary-Sip-9Rb3xkV_mQ' }),
  sample(
    '99999',
    { name: 'Sala', callerIdName: 'Sala Sur', voicemail: true },
    { sip: 'Canary^Sip*4Hf6jLw?p' },
  ),
];

/** Another value for every field that an update can set. */
export const mutations: readonly Mutation[] = [
  { field: 'name', value: 'Recepción Sur' },
  { field: 'email', value: 'Sur@acme.example' },
  { field: 'callerId', value: 'internal' },
  { field: 'registrationName', value: 'acme110b' },
  { field: 'concurrentRegistrations', value: 4 },
  { field: 'internalOnly', value: false },
  { field: 'mobile', value: '+34600000002' },
  { field: 'voicemail', value: true },
  { field: 'nat', value: true },
  { field: 'sip', secret: 'Canary-Sip-6Hn2vTc_qB' },
  { field: 'portal', secret: 'Canary-Portal-8Qd7' },
  { field: 'pin', secret: '564738' },
];

/** What the person types: the sample with the names that the simulator stores it under. */
export function seedOf(key: string): LabExtensionSeed | undefined {
  const found = samples.find(({ desired }) => desired.key === key);
  if (found === undefined) return undefined;
  const { name, callerIdName, email, callerId, registrationName, mobile } = found.desired.values;
  const { concurrentRegistrations, internalOnly, voicemail } = found.desired.values;
  const { sip = '', portal, pin = key } = found.secrets;
  const plain = (value: unknown) => String(value ?? '').replace('+', '');
  return {
    number: key,
    username: String(callerIdName ?? name),
    email: String(email ?? ''),
    callerid: callerId === 'internal' ? key : plain(callerId),
    registername: String(registrationName ?? key),
    registerpassword: sip,
    maxregistrations: String(concurrentRegistrations ?? 1),
    callrestriction: internalOnly === true ? 'on' : 'off',
    mobile: plain(mobile),
    hasvoicemail: voicemail === false ? 'off' : 'on',
    vmsecret: pin,
    ...(portal === undefined ? {} : { loginpassword: portal }),
  };
}
