import type { LabBox } from '../../../lab/index.ts';

/** A PBX of a kind, named `sede`, and how to speak of an extension there. */
export interface PbxKind {
  /** With two extensions of others, over plain HTTP: a handshake for each command takes its time, and is tested elsewhere. */
  readonly box: LabBox;
  /** More of its block in the YAML. */
  readonly pbx: object;
  /** A number that is free, and another one. */
  readonly number: string;
  readonly other: string;
  /** What a new extension needs beside number and name. */
  readonly extension: (number: string) => object;
  /** Secrets that it needs beside `sip`, by field. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the simulator calls the name and the SIP secret. */
  readonly native: { readonly name: string; readonly sip: string };
}

const portal = { portal: 'Tz4kWq8mHs-r6VbN2xJd' };

const tenants = [{ code: '301', name: 'Acme S.L.', extensions: 2 }];

const email = (number: string) => ({ email: `ext${number}@acme.example` });

const meetip = {
  pbx: { tenant: '301' },
  number: '160',
  other: '161',
  extension: email,
  secrets: { pin: '4071' },
  native: { name: 'name', sip: 'secret' },
};

const companies = [{ code: '90001', name: 'Acme S.L.', extensions: 2 }];

const pekepbx = (edition: 'a' | 'b' | 'c'): PbxKind => ({
  box: { driver: 'pekepbx', name: 'sede', edition, companies, tls: false },
  pbx: {
    tenant: '90001',
    profile: `pekepbx-lab-${edition}`,
    options: { writeIntervalMs: 0, readIntervalMs: 0 },
  },
  number: '30',
  other: '31',
  extension: email,
  secrets: portal,
  native: { name: 'name', sip: 'sipPassword' },
});

/** Every kind of PBX whose driver creates extensions. */
export const pbxKinds: Readonly<Record<string, PbxKind>> = {
  'Yeastar S, API v2.0.0': {
    box: { name: 'sede', edition: 'v2.0.0', extensions: 2, tls: false },
    pbx: {},
    number: '2000',
    other: '2001',
    extension: () => ({}),
    secrets: {},
    native: { name: 'username', sip: 'registerpassword' },
  },
  'Yeastar P': {
    box: { driver: 'yeastar-p', name: 'sede', extensions: 2, tls: false },
    pbx: {},
    number: '2000',
    other: '2001',
    extension: () => ({}),
    secrets: portal,
    native: { name: 'first_name', sip: 'reg_password' },
  },
  'MeetIP, API v1': { box: { driver: 'meetip', name: 'sede', tenants, tls: false }, ...meetip },
  'MeetIP, API v2': {
    box: { driver: 'meetip', name: 'sede', edition: 'v2', tenants, tls: false },
    ...meetip,
  },
  'PekePBX, dialect a': pekepbx('a'),
  'PekePBX, dialect b': pekepbx('b'),
  'PekePBX, dialect c': pekepbx('c'),
};

/** The kind of that name. Throws where there is none. */
export function kindOf(name: string): PbxKind {
  const found = pbxKinds[name];
  if (found === undefined) throw new Error(`no kind ${name}`);
  return found;
}
