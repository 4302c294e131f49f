import type { FieldFact } from '../../contract.ts';

function field(native: string, note?: string, rest: Partial<FieldFact> = {}): FieldFact {
  const said = note === undefined ? {} : { note };
  return { native, read: 'yes', write: 'yes', source: 'vendor-docs', ...said, ...rest };
}

const created = 'Where it is not declared, a new extension gets';

/** What an extension has. Native = the argument of `ext.add` and `ext.edit`; answers nest and rename many of them. */
export const extensionFields: Readonly<Record<string, FieldFact>> = {
  number: field('ext', 'Exactly as many digits as the tenant says (2 to 16); always sent on create.', {
    immutable: true,
  }),
  name: field('name', '`callerIdName` takes its place; blanks around it are left out.', {
    requiredOnCreate: true,
  }),
  email: field('email', 'Letters, digits and . _ % + - before the @.', { requiredOnCreate: true }),
  callerId: field(
    'ext.es.callerid',
    'Enhanced service: shown as the number where its state is on and a number is set. `anonymous` and `internal` are not documented there.',
    { read: 'sometimes' },
  ),
  emergencyCallerId: field(
    'ext.es.callerid emergencycid',
    'Enhanced service; needs `callerId` beside it, which the API asks for in the same call. Without one that counts it is only observed.',
    { read: 'sometimes' },
  ),
  department: field('department', 'By name; the API lists departments and cannot make one.', {
    read: 'sometimes',
    source: 'field',
  }),
  title: field('title', 'At most 60 characters.', { read: 'sometimes' }),
  language: field('user_language', 'At most 60 characters; which values it takes is not documented.', {
    read: 'sometimes',
  }),
  userAgent: field('ua', `\`generic-sip\`, or the full name that the server lists. ${created} Generic SIP.`),
  location: field('location', `${created} \`remote\`, as the procedure says.`),
  status: field('status', `${created} \`active\`. Not active (0) is shown as observed.`),
  type: field('prot', 'Always `sip`; other protocols are shown and never touched.', {
    write: 'no',
    immutable: true,
  }),
  registrationName: field('options.username', 'Tenant code and number. Can be declared as just that.', {
    write: 'no',
    computed: true,
  }),
  concurrentRegistrations: field('max_contacts', '1 to 99.', { read: 'sometimes' }),
  nat: field('nat', '2 (never) reads as off.'),
  voicemail: field('voicemail', `${created} it switched on.`),
  incomingLimit: field('incominglimit', `0 to 999 calls. ${created} 2.`),
  outgoingLimit: field('outgoinglimit', `0 to 999 calls. ${created} 2.`),
  ringTimeout: field('ringtime', '1 to 99 s.', { read: 'sometimes' }),
  dtmfMode: field('dtmfmode'),
  callRecording: field('recordcalls', 'Not set (2) is shown as nothing.', {
    read: 'sometimes',
    source: 'inference',
  }),
  mediaEncryption: field('encryption', '`optional` and `required`; no value for `off` is documented.', {
    read: 'sometimes',
  }),
  sip: field(
    'secret',
    '8 or more of letters, digits and % $ * ! @ _ -, with a capital, a small letter, a digit and one of % * ! _ -. Readable in clear; sent only where it changes.',
    { secret: true, requiredOnCreate: true, source: 'field' },
  ),
  portal: field('password', 'Letters, digits and % $ * ! @ _ -. The server makes one where none is sent.', {
    read: 'no',
    secret: true,
    source: 'inference',
  }),
  pin: field('pin', 'Exactly four digits. Readable in clear.', { secret: true, requiredOnCreate: true }),
};
