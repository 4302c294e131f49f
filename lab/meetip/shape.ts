import { FIELDS } from './fields.ts';
import { type Extension, numberOf, type Platform, type Tenant, userNameOf } from './platform.ts';

/** Fields of a reply, in order. */
type Entry = readonly [string, unknown];

/** One element of `ext.list`: strings alone, no secret and no limits (D). The words of location and status D. */
export function listElement(
  platform: Platform,
  tenant: Tenant,
  extension: Extension,
): Record<string, string> {
  const { fields } = extension;
  const blanks = { macaddress: fields.macaddress, sn: fields.sn, department: fields.department };
  const shown = Object.entries(blanks).filter(
    ([, value]) => value || platform.settings.doubts.listBlanks === 'empty',
  );
  return {
    name: fields.name ?? '',
    email: fields.email ?? '',
    protocol: fields.prot ?? '',
    ext: numberOf(extension),
    location: locationWord(fields.location),
    ...uadOf(tenant, extension),
    status: statusWord(fields.status),
    linenum: '',
    user_location: fields.user_location ?? '',
    ...Object.fromEntries(shown.map(([key, value]) => [key, value ?? ''])),
  };
}

/** What `ext.configuration` has under the id: nested, and under other names than it was sent (V, D, C). */
export function configuration(platform: Platform, tenant: Tenant, extension: Extension): object {
  const { fields } = extension;
  const { configurationWords, departmentPlace } = platform.settings.doubts;
  const inWords = configurationWords === 'words';
  const prot = fields.prot ?? '';
  return {
    name: fields.name ?? '',
    email: fields.email ?? '',
    ext: numberOf(extension),
    pin: fields.pin ?? '',
    service_plan: fields.service_plan ?? '',
    prot,
    protocol: prot,
    location: inWords ? locationWord(fields.location) : (fields.location ?? ''),
    // At the top it stays blank, whatever is set (V).
    user_language: '',
    ...uadOf(tenant, extension),
    status: inWords ? statusWord(fields.status) : (fields.status ?? ''),
    linenum: '',
    smuser: '0',
    additional_macaddress: '',
    options_raw: '',
    ua_autoprov: '',
    additional_config: '',
    ...(departmentPlace === 'top' ? { department: fields.department ?? '' } : {}),
    options: optionsOf(platform, tenant, extension),
  };
}

/** Computed ones first; the secret in clear (V, D, C), the user password nowhere. */
function optionsOf(platform: Platform, tenant: Tenant, extension: Extension): object {
  const { fields } = extension;
  const { departmentPlace } = platform.settings.doubts;
  const renamed = FIELDS.filter((field) => field.later === undefined || platform.settings.later).flatMap(
    ({ key, read }) => read.map((name): Entry => [name, fields[key] ?? '']),
  );
  return {
    type: 'friend',
    context: `t-${tenant.code}`,
    host: 'dynamic',
    transport: 'udp',
    username: userNameOf(tenant, extension),
    callerid: `${fields.name ?? ''} <${numberOf(extension)}>`,
    allow: codecsOf(platform, extension),
    ...Object.fromEntries(renamed),
    ...(departmentPlace === 'options' ? { department: fields.department ?? '' } : {}),
  };
}

function codecsOf({ settings }: Platform, { fields }: Extension): readonly string[] | string {
  const codecs = (fields.acodecs ?? '').split(':').filter((codec) => codec !== '');
  return settings.doubts.allowStyle === 'text' ? codecs.map((codec) => `${codec},0`).join(' ') : codecs;
}

function uadOf(
  tenant: Tenant,
  { fields }: Extension,
): { ua_id: string; ua_name: string; ua_fullname: string } {
  const uad = tenant.uads.get(fields.ua ?? '');
  return { ua_id: fields.ua ?? '', ua_name: uad?.name ?? '', ua_fullname: uad?.fullname ?? '' };
}

function locationWord(location = ''): string {
  return { '1': 'local', '2': 'remote' }[location] ?? '';
}

/** 'suspended' I: the documents have the other two. */
function statusWord(status = ''): string {
  return { '0': 'disabled', '1': 'enabled', '2': 'suspended' }[status] ?? '';
}
