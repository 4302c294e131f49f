import { Secret } from '../../engine/model/index.ts';
import type { PBX, Platform } from '../../engine/model/input.ts';
import type { LabBoxService } from '../../lab/contract.ts';
import type { LabSecret } from './secrets.ts';

/** What the YAML says of one simulated PBX. */
export interface PbxPlan {
  readonly service: LabBoxService;
  /** Its block in the client's file. */
  readonly pbx: PBX;
  /** Its block in alta.yaml, where many clients share it. The platform has the PBX's name. */
  readonly platform?: Platform;
  /** Its login: the workspace's where it is a platform, else the client's. */
  readonly logins: readonly LabSecret[];
}

export function pbxPlanOf(service: LabBoxService): PbxPlan {
  return 'tenants' in service ? onPlatform(service) : ownBox(service);
}

/** A box of the client's own. */
function ownBox(service: Exclude<LabBoxService, { tenants: unknown }>): PbxPlan {
  const { name, driver, serial } = service;
  const { credentials, logins } = loginOf(service, `pbx/${name}`);
  return { service, pbx: { driver, ...reachOf(service), serial, credentials }, logins };
}

/** A platform, with the client in its first tenant. What every extension there needs stands in the platform's policy. */
function onPlatform(service: Extract<LabBoxService, { tenants: unknown }>): PbxPlan {
  const { name, driver, tenants, edition } = service;
  const [tenant] = tenants;
  if (tenant === undefined) throw new Error(`${name} has no tenant`);
  const { credentials, logins } = loginOf(service, `platforms/${name}`);
  const platform: Platform = {
    driver,
    ...(driver === 'pekepbx' ? { profile: `pekepbx-lab-${edition}` } : {}),
    ...reachOf(service),
    credentials,
    policy: { emailPattern: 'ext{number}@{client}.example' },
  };
  return { service, platform, pbx: { platform: name, tenant: tenant.code, tenantName: tenant.name }, logins };
}

/** Where it is, why to trust it, and where phones register. */
function reachOf({ url, pins, sip }: LabBoxService) {
  return { url, ...(pins.spki === '' ? {} : { tls: { pins: [pins.spki] as [string] } }), sip: { ...sip } };
}

/** Parts of a login that are no secret. */
const publicParts = ['username', 'clientId'];

function loginOf({ credentials }: LabBoxService, place: string) {
  const parts = Object.entries(credentials);
  const hidden = parts.filter(([part]) => !publicParts.includes(part));
  const logins = hidden.map(([part, value]): LabSecret => {
    return { group: 'connect', name: `${place}/${part}`, value: new Secret(value) };
  });
  const declared = parts.map(([part, value]) => {
    return [part, publicParts.includes(part) ? value : { secret: `${place}/${part}` }] as const;
  });
  return { credentials: Object.fromEntries(declared), logins };
}
