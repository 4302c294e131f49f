import type { Capabilities, Facts, FieldFact } from '../contract.ts';

/** Longest name the box keeps, in characters. */
export const NAME_LIMIT = 20;
/** Most registrations one extension may hold. */
export const REGISTRATIONS_LIMIT = 5;
/** Digits of a native extension number: shorter ones are padded with zeros on the left. */
export const NUMBER_DIGITS = 5;
/** How long one request may take, ms; `options.timeLimitMs` of the target overrides it. */
export const TIME_LIMIT_MS = 10_000;

/** The simulated box is in this folder (`server.ts`): its code is the vendor's own word. */
function fact(native: string, rest: Partial<FieldFact> = {}): FieldFact {
  return { native, read: 'yes', write: 'yes', source: 'vendor-code', ...rest };
}

/** Canonical field → what it is here. Every quirk stands for one that real boxes have. */
const extensionFields: Readonly<Record<string, FieldFact>> = {
  number: fact('ext', { immutable: true, note: 'padded with zeros to five digits' }),
  name: fact('label', { requiredOnCreate: true, note: 'at most 20 characters; repeated spaces become one' }),
  email: fact('mail', { note: 'stored in lower case' }),
  callerId: fact('clid', { note: '00 instead of +; ANON and INT for anonymous and internal' }),
  role: fact('lvl', { immutable: true, note: '1 is user, 9 is admin' }),
  internalOnly: fact('intonly', { note: 'yes or no' }),
  concurrentRegistrations: fact('maxreg', { note: '1 to 5' }),
  nat: fact('nat', { note: 'on or off' }),
  department: fact('grp'),
  location: fact('loc', { read: 'sometimes', note: 'the basic edition never shows it' }),
  voicemail: fact('vm', { write: 'guided', note: 'only the panel switches it' }),
  registrationName: fact('regname', { write: 'no', computed: true, note: 'tenant code, a dash, number' }),
  sip: fact('sippw', { read: 'no', secret: true, requiredOnCreate: true, note: 'never shown again' }),
  portal: fact('webpw', { read: 'no', secret: true, note: 'never shown again' }),
  pin: fact('pin', { secret: true, note: 'shown in clear' }),
};

/** What the in-memory PBX can do. */
export const facts: Facts = {
  title: 'In-memory PBX (reference driver)',
  target: 'pbx',
  kinds: {
    extension: {
      unit: 'resource',
      create: 'yes',
      update: 'yes',
      delete: 'sometimes',
      fields: extensionFields,
    },
  },
  host: { concurrency: 4, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: null },
  commit: 'always',
  settleMs: 0,
  lateWriteMs: 0,
  credential: ['username', 'password'],
  verify: { registrations: { source: 'inference', note: 'Told by whoever made the world it lives in.' } },
  unconfirmed: [],
};

/** What one edition of the box can do; it says which it is when asked who it is. */
export function capabilitiesOf(edition: string): Capabilities {
  const basic = edition.startsWith('basic');
  return {
    guidedActions: basic ? { extension: ['delete'] } : {},
    guidedFields: { extension: ['voicemail'] },
    hiddenFields: { extension: basic ? ['location', 'sip', 'portal'] : ['sip', 'portal'] },
    commit: true,
  };
}
