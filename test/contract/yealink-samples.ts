import type { Desired } from '../../engine/model/index.ts';
import type { Mutation, Sample } from './harness.ts';

function sample(line: string, values: Desired['values'], password: string): Sample {
  const name = `extensions/sede/10${line}/sip`;
  const desired: Desired = {
    address: `acme/device:recepcion/account:${line}`,
    kind: 'account',
    key: line,
    values,
    secrets: { password: { name, source: 'declared', marker: '01JABCDEFGHJKMNPQRSTVWXYZ0' } },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['devices', 0, 'accounts', 0] },
  };
  return { desired, secrets: { password } };
}

/** Between them they meet every translation: words for codes, a host and a number beside their switches, accents, signs. */
export const samples: readonly Sample[] = [
  sample(
    '1',
    {
      active: true,
      label: 'Recepción',
      displayName: 'Recepción "Norte" & <Sur>',
      registerName: 'acme101',
      userName: 'acme101',
      server: 'sip.acme.example',
      port: 5061,
      transport: 'tls',
      expires: 180,
      retries: 5,
      outboundProxy: 'proxy.acme.example',
      retryInterval: 45,
      keepAlive: 20,
      mediaEncryption: 'optional',
      voicemailNumber: '*97',
    },
    'Canary-Sip-5Tk8wq2R-z',
  ),
  sample(
    '2',
    { active: true, userName: '102@acme.example', server: '192.0.2.10', transport: 'tcp', keepAlive: 0 },
    'Canary-Sip-"9Rb3x=kV#mQ',
  ),
  sample(
    '3',
    { active: false, label: 'Sala; [1] = %20', server: 'sip.acme.example', mediaEncryption: 'required' },
    'Canary-Sip-4Hf6&<j>Lw?p',
  ),
];

/** Another value for every field. */
export const mutations: readonly Mutation[] = [
  { field: 'active', value: false },
  { field: 'label', value: 'Recepción Sur' },
  { field: 'displayName', value: "L'Almacén = 2" },
  { field: 'registerName', value: 'acme101b' },
  { field: 'userName', value: '101@acme.example' },
  { field: 'server', value: 'sip2.acme.example' },
  { field: 'port', value: 0 },
  { field: 'transport', value: 'udp' },
  { field: 'expires', value: 3600 },
  { field: 'retries', value: 0 },
  { field: 'outboundProxy', value: '192.0.2.20' },
  { field: 'retryInterval', value: 30 },
  { field: 'keepAlive', value: 0 },
  { field: 'mediaEncryption', value: 'off' },
  { field: 'voicemailNumber', value: '*98' },
  { field: 'password', secret: 'Canary-Sip-6Hn2vTc_qB' },
];
