/** What the server tells of itself and its tenants: licence, tenants, packages, departments, user agents. */
import { secretFor } from '../people.ts';
import { MASTER, type Tenant, tenantById } from './platform.ts';
import { INVALID_SERVER, invalid, missing } from './texts.ts';
import { type Answer, type Call, phpMap } from './wire.ts';

/** All strings (D). The numbers of licences are invented. */
export function licenseInfo({ platform }: Call): Answer {
  const { tenants, settings } = platform;
  return {
    Edition: 'Multi-Tenant',
    Version: settings.version,
    Channels: '256',
    Extensions: '5000',
    Tenants: String(tenants.length + 50),
    DIDs: '5000',
  };
}

/** Ids and codes are numbers, the tenant's own code a string (D, V, C); one sample has strings throughout (D). */
export function listTenants({ platform }: Call): Answer {
  const strings = platform.settings.doubts.tenantNumbers === 'strings';
  const number = (text: string) => (strings ? text : Number(text));
  const summary = (tenant: Tenant) => ({
    name: tenant.name,
    tenantcode: tenant.code,
    package_id: number(tenant.packageId),
    package: platform.packages.get(tenant.packageId) ?? '',
    ext_length: tenant.extLength,
    country_id: number('869'),
    country_code: number('34'),
  });
  return phpMap(platform.tenants.map((tenant) => [tenant.id, summary(tenant)]));
}

/**
 * Flat, and most of it under other names than a tenant is made with; flags come back in a mixture of words (V, C). Of some eighty keys
 * the documented ones are here.
 */
export function showTenant({ platform, params }: Call): Answer {
  const byServer = platform.settings.doubts.tenantByServer ? params.server : undefined;
  const id = params.id ?? byServer;
  if (id === undefined) return missing('id');
  const tenant = tenantById(platform, id);
  if (tenant === undefined || id === MASTER) return INVALID_SERVER;
  return {
    server_name: tenant.name,
    tenantcode: tenant.code,
    package_id: tenant.packageId,
    ext_length: String(tenant.extLength),
    status: 'active',
    country: '869',
    national: '0',
    international: '00',
    // Eight by default (C).
    incominglimit: '8',
    outgoinglimit: '8',
    conch: '8',
    quech: '8',
    ergch: '8',
    aach: '8',
    zapch: '8',
    local_codecs: tenant.codecs,
    tenantcid: tenant.callerId,
    cidmatchdid: '0',
    forceunknown: '0',
    glocom_dns_srv_lookup: 'yes',
    enabletcalls: 'no',
    hdautologout: '0',
    didsaveupdatecid: null,
    // Readable in clear (V).
    appassword: `${secretFor(`provisioning ${tenant.code}`)}_`,
  };
}

export function listPackages({ platform }: Call): Answer {
  return phpMap(platform.packages);
}

/** The provider's id D, its name I. */
export function listTrunks({ tenant }: Call): Answer {
  const provider = { protocol: 'sip', provider_id: '20', provider_name: 'Generic SIP', status: 'enabled' };
  return phpMap([...tenant.trunks].map(([id, name]) => [id, { name, ...provider }]));
}

/** Nothing in v1 makes, renames or deletes one (D). */
export function listDepartments({ tenant }: Call): Answer {
  return phpMap([...tenant.departments].map(([id, name]) => [id, { name }]));
}

/** `enabled` is a boolean (D). */
export function listUads({ tenant }: Call): Answer {
  return phpMap(
    [...tenant.uads.values()].map(({ id, name, fullname, enabled }) => [id, { name, fullname, enabled }]),
  );
}

export function switchUad(enabled: boolean): (call: Call) => Answer {
  return ({ tenant, params: { id = '' } }) => {
    const uad = tenant.uads.get(id);
    if (uad === undefined) return invalid('id', id, /^\d+$/);
    tenant.uads.set(id, { ...uad, enabled });
    return { success: `UAD ID: ${id}`, id };
  };
}
