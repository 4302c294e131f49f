/**
 * Parameters of `ext.add` and `ext.edit`, all flat. Names and patterns D; what V read them back as stands in `read`. Patterns that are
 * mine for want of a documented one are marked I; so are the initial values but where a sample shows them. The jitter (`jb…`) and mailbox
 * (`vmail…`) parameters are documented by their beginnings alone: they are left out, and so ignored like any unknown one.
 */

export interface Field {
  /** The name in requests, and in the store. */
  readonly key: string;
  /** As the server repeats it in its refusals. */
  readonly pattern: RegExp;
  readonly initial: string;
  /** Names in `options` of `ext.configuration`. */
  readonly read: readonly string[];
  /** Known to later builds alone. */
  readonly later?: true;
}

function field(key: string, pattern: RegExp, initial = '', read: readonly string[] = [key]): Field {
  return { key, pattern, initial, read };
}

/** Shown elsewhere than in `options`, or nowhere. */
function apart(key: string, pattern: RegExp, initial = ''): Field {
  return field(key, pattern, initial, []);
}

const FLAG = /^[01]$/;
const TRISTATE = /^[012]$/;
/** "Not set" of a tri-state (D). */
const UNSET = '2';
/** PHP's dot: anything but a line feed. */
const SHORT = /^[^\n]{0,60}$/u;
const TEXT = /^[^\n]{0,255}$/u;
/** As the vendor writes it, its needless backslash too: the server repeats it. */
const SECRET_CHARACTERS = String.raw`[a-zA-Z0-9%$*!@_\-]`;
const SECRET = new RegExp(`^${SECRET_CHARACTERS}+$`);
const ADDRESS = /^[\d.]{7,15}$/;
const ID = /^\d+$/;

const same = (pattern: RegExp, ...keys: readonly string[]): Field[] => keys.map((key) => field(key, pattern));

/** Printable, blank not (D); the pattern I. */
export const NAME = /^[^\p{Cc}]+$/u;
export const ASCII_NAME = /^[\x20-\x7e]+$/;

/** All but `server` and the number, whose pattern is the tenant's, in the order they are judged in (I). */
export const FIELDS: readonly Field[] = [
  apart('name', NAME),
  apart('email', /^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]+$/),
  field('location', /^[12]$/, '2', ['uloc']),
  field('ua', ID),
  apart('prot', /^(sip|iax)$/, 'sip'),
  apart('status', TRISTATE, '1'),
  field('secret', SECRET),
  apart('password', SECRET),
  apart('pin', /^\d{4,4}$/),
  field('incominglimit', /^\d{1,4}$/, '2'),
  field('outgoinglimit', /^\d{1,4}$/, '2'),
  field('voicemail', FLAG, '1'),
  apart('department', /^[\d,]+$/),
  field('title', SHORT, '', ['user_title']),
  field('label', SHORT, '', ['user_label']),
  field('user_location', SHORT),
  field('user_language', SHORT),
  field('authname', /^\w+$/),
  field('auth', TEXT, '', ['__auth']),
  field('nat', TRISTATE, '1'),
  field('canreinvite', FLAG, '0'),
  field('qualify', /^\d{1,4}$/, '8000'),
  field('ringtime', /^\d{1,2}$/, '32'),
  field('dtmfmode', /^(auto|inband|rfc2833|info)$/, 'rfc2833'),
  apart('acodecs', /^[\w.-]+(:[\w.-]+)*$/),
  field('max_contacts', /^\d{1,2}$/, '1'),
  field('encryption', /^(yes|offer)$/),
  field('webrtc', TRISTATE, '0'),
  field('macaddress', /^[0-9a-fA-F]{12}$/, '', ['mac']),
  { ...field('sn', /^[a-zA-Z0-9]{1,50}$/), later: true },
  field('autoprovisiong', FLAG, '0'),
  field('dhcp', FLAG, '1'),
  ...same(ADDRESS, 'staticip', 'netmask', 'gateway', 'dns1', 'dns2'),
  field('setcallerid', FLAG, '1'),
  field('incoming_dialoptions', /^[0tTr]+$/),
  field('outgoing_dialoptions', /^[tTr]+$/, '', ['dialoptions']),
  field('page_custom', TEXT, '', ['page_header_custom']),
  field('pai_header', TEXT, '', ['pai_var']),
  field('pbd_pin', /^\d+$/, '', ['pin_based_dialling_pin']),
  field('voicemail_timezone', TEXT, '', ['voice_tz']),
  field('disable_fax_for_app', FLAG, '0', ['disable_fax_for_app', 'disable_fax_for_glocom']),
  field('disable_my_dialer_for_app', FLAG, '0', ['disable_my_dialer']),
  ...same(TEXT, 'primary_trunk', 'secondary_trunk', 'tertiary_trunk'),
  ...same(TEXT, 'primary_emerg_trunk', 'secondary_emerg_trunk', 'tertiary_emerg_trunk'),
  ...same(TEXT, 'force_codec', 'callgroup', 'pickupgroup'),
  field('busylevel', /^\d{1,4}$/),
  field('recordcalls', TRISTATE, UNSET),
  field('videosupport', TRISTATE, UNSET),
  field('show_in_dir', TRISTATE, UNSET),
  field('show_in_app', TRISTATE, UNSET),
  field('sso_enabled', FLAG, '0'),
  // Cannot be read back (D).
  apart('send_email', FLAG, '0'),
  apart('service_plan', ID, '0'),
  ...same(TEXT, 'call_rating', 'creditlimit', 'reminderbalance'),
];

/** What `ext.add` demands, in the documented order (D, C). */
export const REQUIRED = [
  'server',
  'name',
  'email',
  'location',
  'ua',
  'secret',
  'pin',
  'prot',
  'status',
  'incominglimit',
  'outgoinglimit',
  'voicemail',
] as const;

/** Exactly as many digits as the tenant's numbers have (D, C). */
export function numberPattern(extLength: number): RegExp {
  return new RegExp(`^\\d{${extLength}}$`);
}

/** Highest call limit in effect, whatever the pattern lets through (C). */
export const HIGHEST_LIMIT = 999;

/**
 * The rule in effect, which no document has: eight characters, upper and lower case, a digit and one of these signs (C: two
 * clients).
 */
export function isStrong(secret: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[%*!_-]/];
  return secret.length >= 8 && kinds.every((kind) => kind.test(secret));
}
