import { readFileSync } from 'node:fs';
import { loadProfile } from '../../engine/load/index.ts';
import type { Desired } from '../../engine/model/index.ts';
import type { ProfileDocument } from '../../engine/model/profile.ts';
import type { Mutation, Sample } from './harness.ts';

/** The profile of a dialect, as it comes with the package. */
export function profileOf(edition: string): ProfileDocument {
  const filename = `profiles/pekepbx-lab-${edition}.yaml`;
  const { profile } = loadProfile(
    filename,
    readFileSync(new URL(`../../${filename}`, import.meta.url), 'utf8'),
  );
  if (profile === null) throw new Error(`${filename} is no profile`);
  return profile;
}

function sample(key: string, values: Desired['values'], secrets: Sample['secrets']): Sample {
  const names = Object.keys(secrets).map((field) => {
    const name = `extensions/nube/${key}/${field}`;
    return [field, { name, source: 'declared', marker: '01JABCDEFGHJKMNPQRSTVWXYZ0' }] as const;
  });
  const desired: Desired = {
    address: `acme/pbx:nube/extension:${key}`,
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

/** Numbers that the company may show outside, and where they lead. */
export const dids: Readonly<Record<string, string>> = { '+34910000001': '', '+34910000002': '' };

/**
 * Between them they meet every translation: words, bits and switches, a DID and none, what is empty there, a number that begins like the
 * SIP name, another name shown, and what JSON escapes.
 */
export const samples: readonly Sample[] = [
  sample(
    '110',
    {
      name: 'Recepción Norte',
      email: 'Recepcion.norte+110@acme.example',
      role: 'admin',
      internalOnly: true,
      callerId: '+34910000001',
      mobile: '+34600000001',
      mobileExtension: '0610',
      voicemail: true,
      callRecording: false,
    },
    { sip: 'Canary-Sip-5Tk8wq2R%*"', portal: 'Canary-Portal $2Wm4 ñ' },
  ),
  sample(
    '007',
    { name: '  Almacén \\ "Muelle" 7 ', email: 'almacen@acme.example', callerId: 'anonymous' },
    { sip: 'Canary_Sip!9Rb3xkV@mQ', portal: 'Canary-Portal-6Tb8' },
  ),
  sample(
    '90001',
    { name: 'Sala', callerIdName: 'Sala Sur 📞', email: 'sala@acme.example', voicemail: false },
    { sip: 'Canary^Sip*4Hf6jLw?p', portal: 'Canary-Portal-9Kx3' },
  ),
];

/** Another value for every field that an update can set. */
export const mutations: readonly Mutation[] = [
  { field: 'name', value: 'Recepción Sur' },
  { field: 'email', value: 'Sur@acme.example' },
  { field: 'role', value: 'user' },
  { field: 'internalOnly', value: false },
  { field: 'callerId', value: 'anonymous' },
  { field: 'mobile', value: '600000002' },
  { field: 'mobileExtension', value: '611' },
  { field: 'voicemail', value: false },
  { field: 'callRecording', value: true },
  { field: 'sip', secret: 'Canary-Sip-6Hn2vTc_qB' },
  { field: 'portal', secret: 'Canary-Portal-8Qd7' },
];
