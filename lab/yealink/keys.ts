/**
 * The parameters a phone knows, by firmware. Names, ranges and factory values: vendor's tables (D), the split between
 * firmwares: provisioning systems' templates (C). A real phone has thousands; these are the ones the lab is about.
 */
import { accountKeys, lineKeys } from './account-keys.ts';
import { firmwareNumber, keyGeneration, modelNamed } from './models.ts';
import { numbered, type Parameter, parameter } from './parameter.ts';

/** The parameters of a model with a firmware, by key. */
export function parametersOf(model: string, firmware: string): ReadonlyMap<string, Parameter> {
  const { lines } = modelNamed(model);
  const all = [
    ...numbered(lines).flatMap((line) => accountKeys(line, firmware)),
    ...numbered(lines).map((line) => parameter(`voice_mail.number.${line}`, '')),
    ...numbered(LINE_KEYS).flatMap((key) => lineKeys(key, lines)),
    ...generalKeys(firmware),
  ];
  return new Map(all.map((entry) => [entry.key, entry]));
}

/** `static.` before the keys that have it on that firmware (D: from V81). */
export function staticKey(key: string, firmware: string): string {
  return keyGeneration(firmware) === 'V81' ? `static.${key}` : key;
}

/** The key that sets passwords of the web interface; it may repeat in a file (C). */
export function userPasswordKey(firmware: string): string {
  return staticKey('security.user_password', firmware);
}

const LINE_KEYS = 27;

function generalKeys(firmware: string): Parameter[] {
  const number = firmwareNumber(firmware);
  const language = number === 81 || number === 82 ? 'static.lang' : 'lang';
  return [
    ...Object.entries(GENERAL).map(([key, initial]) => parameter(key, initial)),
    ...Object.entries(INFRASTRUCTURE).map(([key, initial]) => {
      return parameter(staticKey(key, firmware), initial, { secret: SECRETS.has(key) });
    }),
    parameter(`${language}.gui`, 'English'),
    parameter(`${language}.wui`, 'English'),
    ...(number >= 80 ? [parameter('sip.trust_ctrl', '0')] : []),
  ];
}

const GENERAL: Readonly<Record<string, string>> = {
  'features.action_uri.enable': '1',
  'features.action_uri_limit_ip': '',
  'features.show_action_uri_option': '1',
  'features.action_uri_force_autop': '0',
  'sip.notify_reboot_enable': '1',
  'local_time.time_zone': '+8',
  'local_time.time_zone_name': 'China(Beijing)',
  // Two invented hosts: the vendor's are real ones.
  'local_time.ntp_server1': 'ntp1.example',
  'local_time.ntp_server2': 'ntp2.example',
  'phone_setting.contrast': '6',
  'phone_setting.phone_lock.unlock_pin': '',
  'action_url.registered': '',
  'action_url.unregistered': '',
  'action_url.register_failed': '',
  'action_url.setup_autop_finish': '',
  'dm.enable': '0',
  'dm.server.address': '',
};

/** Names up to V80; from V81 with `static.` (D, C). */
const INFRASTRUCTURE: Readonly<Record<string, string>> = {
  'auto_provision.server.url': '',
  'auto_provision.server.username': '',
  'auto_provision.server.password': '',
  'auto_provision.power_on': '1',
  'auto_provision.repeat.enable': '0',
  'auto_provision.repeat.minutes': '1440',
  'auto_provision.pnp_enable': '1',
  'auto_provision.dhcp_option.enable': '1',
  'auto_provision.attempt_expired_time': '5',
  'auto_provision.reboot_force.enable': '0',
  'auto_provision.update_file_mode': '0',
  'auto_provision.aes_key_in_file': '0',
  'auto_provision.aes_key_16.com': '',
  'auto_provision.aes_key_16.mac': '',
  'auto_provision.custom.protect': '0',
  'auto_provision.custom.sync': '0',
  'auto_provision.user_agent_mac.enable': '1',
  'network.internet_port.type': '0',
  'network.vlan.internet_port_enable': '0',
  'network.vlan.internet_port_vid': '1',
  'security.trust_certificates': '1',
  'security.dev_cert': '0',
  'security.ca_cert': '2',
  'security.cn_validation': '0',
  'zero_touch.enable': '0',
};

const SECRETS: ReadonlySet<string> = new Set([
  'auto_provision.server.password',
  'auto_provision.aes_key_16.com',
  'auto_provision.aes_key_16.mac',
]);
