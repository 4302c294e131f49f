import type { Box } from './box.ts';
import { FIELDS, type Field, isServed, organizationIds } from './fields.ts';
import type { Row } from './paging.ts';
import { isAppliance } from './ports.ts';
import { callerName, jsonOf } from './record.ts';
import type { StoredExtension } from './store.ts';

/** One row of the list calls, but for {@link onlineStatus} (D). */
export function listRow({ settings: { roles } }: Box, extension: StoredExtension): Row {
  return {
    id: Number(extension.id),
    presence_status: extension.presence_status,
    custom_presence_status: '',
    number: extension.number,
    caller_id_name: callerName(extension),
    role_name: roles[Number(extension.role_id) - 1] ?? '',
    email_addr: extension.email_addr,
    mobile_number: extension.mobile_number,
  };
}

const MASK = '********';
const PASSWORDS = ['user_password', 'reg_password', 'vm_pin'];

/** The detail of `extension/get` and `query`: the fields that the type of extension has (D; passwords are a doubt). */
export function detail(box: Box, extension: StoredExtension): Row {
  const { id, type, number, fxs_port } = extension;
  const shown: Row = { id: Number(id), type, ...(type === 'FXS' ? { fxs_port } : {}), number };
  for (const field of FIELDS) {
    if (isShown(box, field, type)) shown[field.key] = shownValue(box, field, extension[field.key] ?? '');
  }
  return shown;
}

function isShown({ settings }: Box, field: Field, type: string): boolean {
  if (!isServed(field, settings, type)) return false;
  if (field.key === 'organization_list') return settings.organizations.length > 0;
  if (!PASSWORDS.includes(field.key)) return true;
  const { detailPasswords } = settings.doubts;
  return detailPasswords === 'masked' || (detailPasswords === 'user' && field.key === 'user_password');
}

function shownValue({ settings }: Box, field: Field, value: string): unknown {
  if (PASSWORDS.includes(field.key)) return MASK;
  if (field.key !== 'organization_list') return jsonOf(field, value);
  const ids = organizationIds(value) ?? [];
  return settings.organizations
    .filter(({ id }) => ids.includes(id))
    .map(({ id, name }) => ({ text: name, value: id }));
}

/** `status` 1 is online (D). The lab has no Linkus clients. Analogue ports exist on appliances alone, and are always there (I). */
export function onlineStatus(box: Box, extension: StoredExtension): Record<string, unknown> {
  const port = { status: Number(extension.type === 'FXS'), ext_dev_type: 'fxs' };
  return {
    sip_phone: sipPhone(box, extension),
    ...(isAppliance(box.settings) ? { fxs_phone: port } : {}),
    linkus_desktop: { status: 0, ext_dev_type: 'linkusdesktop' },
    linkus_mobile: { status: 0, ext_dev_type: 'linkusmobile' },
    linkus_web: { status: 0, ext_dev_type: 'linkusweb' },
  };
}

/** `status_list` names each registered phone (D); where it registered from is made up. `status` beside it is a doubt. */
function sipPhone({ registrar, settings }: Box, extension: StoredExtension): Record<string, unknown> {
  const phones = registrar.book.of(extension.id).map((_, index) => ({
    status: 1,
    ip: `192.0.2.${(Number(extension.id) % 250) + 1}:${5060 + index}`,
  }));
  return {
    ...(settings.doubts.sipStatus === 'both' ? { status: Number(phones.length > 0) } : {}),
    ext_dev_type: 'sip',
    ...(phones.length > 0 ? { status_list: phones } : {}),
  };
}
