import { contactBook } from '../contacts.ts';
import type { LabExtensionSeed } from '../settings.ts';
import { didOf } from './dids.ts';
import { makeKey } from './keys.ts';
import { createInPanel } from './panel.ts';
import { MASTER, type Platform, type PlatformSettings, type Tenant } from './platform.ts';
import { subscribers } from './registrar.ts';
import * as seed from './seed.ts';
import type { LabMeetip, LabMeetipDoubts, LabMeetipTenant } from './settings.ts';

const DOUBTS: Required<LabMeetipDoubts> = {
  postQuery: 'merged',
  mediaType: 'application/json',
  unknownExtension: 'error',
  configurationWords: 'digits',
  allowStyle: 'array',
  departmentPlace: 'nowhere',
  listBlanks: 'missing',
  tenantNumbers: 'numbers',
  tenantByServer: false,
  uadAlias: false,
  flowLists: 'served',
  editByNumber: false,
  editNumber: 'ignored',
  blankOptional: 'invalid',
  callerIdEdit: 'partial',
  overLimit: 'refuse',
  unknownDepartment: 'refuse',
  asciiNames: false,
  suspendedRegisters: false,
  registeredStatus: 'Registered',
  unregisteredStatus: 'Unregistered',
  unregisteredIp: '',
  v2List: 'array',
  v2Secrets: 'shown',
  v2Batch: 'nested',
  v2Call: 'from',
};

const PACKAGE = { id: '2', name: 'Oficina' };

export function startPlatform(wanted: LabMeetip): Platform {
  const settings = settle(wanted);
  const tenants = tenantsOf(wanted);
  const platform: Platform = {
    settings,
    keys: (wanted.keys ?? [{}]).map((key, index) => makeKey(key, settings.name, index)),
    tenants: tenants.map((tenant, index) => makeTenant(tenant, String(FIRST_SERVER + STEP * index))),
    master: makeTenant({ code: '', name: 'Master', trunks: {}, departments: {}, objects: [] }, MASTER),
    packages: new Map([[PACKAGE.id, PACKAGE.name]]),
    logins: [],
    book: contactBook(settings.sip, () => subscribers(platform)),
    timers: new Set(),
    issued: { extension: 9, did: 0, call: 0 },
    calls: new Map(),
    window: { from: 0, requests: 0 },
    deletingUntil: 0,
  };
  for (const [index, tenant] of platform.tenants.entries()) fill(platform, tenant, tenants[index]);
  return platform;
}

/** Made-up ids of tenants: not their codes (C: they were mistaken for one another). */
const FIRST_SERVER = 169;
const STEP = 34;

function settle(wanted: LabMeetip): PlatformSettings {
  const recent = wanted.edition === 'v2';
  const { tenants: _tenants, keys: _keys, seed: _seed, ...rest } = wanted;
  return {
    edition: 'v1',
    version: recent ? '8.2 (b07d4e8)' : '8.1 (3f2a9c1)',
    later: recent,
    unlicensed: [],
    post: true,
    tls: true,
    keepAlive: true,
    slowWriteMs: 0,
    lateVisibilityMs: 0,
    registrationDelayMs: 0,
    busyDeleteMs: 0,
    ...rest,
    writeWarning: wanted.writeWarning,
    rateLimit: wanted.rateLimit,
    sip: { server: `${wanted.name}.example`, port: 5060, transport: 'udp', ...wanted.sip },
    doubts: { ...DOUBTS, ...wanted.doubts },
  };
}

function tenantsOf({ tenants = [...seed.DEFAULT_TENANTS], seed: more = [] }: LabMeetip): LabMeetipTenant[] {
  return tenants.map((tenant, index) =>
    index === 0 ? { ...tenant, seed: [...(tenant.seed ?? []), ...more] } : tenant,
  );
}

function makeTenant(wanted: LabMeetipTenant, id: string): Tenant {
  const { code, extLength = 3, uads = seed.DEFAULT_UADS } = wanted;
  const seeded = (wanted.extensions ?? 0) + (wanted.seed?.length ?? 0);
  return {
    id: wanted.id ?? id,
    code,
    name: wanted.name ?? `T${code}-H910000${code}-ACME`,
    extLength,
    packageId: PACKAGE.id,
    callerId: wanted.callerId ?? `910000${code}`,
    codecs: wanted.codecs ?? seed.DEFAULT_CODECS,
    departments: new Map(Object.entries(wanted.departments ?? seed.DEFAULT_DEPARTMENTS)),
    trunks: new Map(Object.entries(wanted.trunks ?? seed.DEFAULT_TRUNKS)),
    uads: new Map(uads.map((uad) => [uad.id, { enabled: true, ...uad }])),
    objects: wanted.objects ?? seed.defaultObjects(extLength),
    dids: new Map(),
    maxExtensions: wanted.maxExtensions ?? seeded + 500,
    building: wanted.building ?? 0,
    buildingAnswer: wanted.buildingAnswer ?? 'turns',
    saved: new Map(),
    shown: new Map(),
    pending: [],
  };
}

/** Extensions that were there long before anybody asks. */
function fill(platform: Platform, tenant: Tenant, wanted: LabMeetipTenant | undefined): void {
  const seeds: LabExtensionSeed[] = [...seed.seedExtensions(wanted ?? { code: '' }), ...(wanted?.seed ?? [])];
  for (const extension of seeds) createInPanel(platform, tenant, extension, 0);
  for (const { number, ext, name = '', type = '0', disabled } of wanted?.dids ?? []) {
    platform.issued.did += 1;
    const id = String(platform.issued.did);
    const [trunk = ''] = tenant.trunks.keys();
    const leads = { dest_type: type, destination: ext, disabled: disabled ? '1' : '0' };
    tenant.dids.set(id, didOf(id, { did: number, ...leads, name, trunk }));
  }
}
