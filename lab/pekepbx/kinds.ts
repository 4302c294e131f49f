/** What the platform demands of each kind of object, in no dialect. */
import type { Kind, Values } from './model.ts';

export type Verb = 'list' | 'read' | 'create' | 'update' | 'remove';

export interface KindRules {
  verbs: readonly Verb[];
  required: readonly string[];
  defaults: Values;
  /** What a value that is not blank must look like. */
  patterns: Readonly<Record<string, RegExp>>;
  /** Values that no other may have, and among whom. */
  unique: ReadonlyArray<{ key: string; among: 'company' | 'platform' }>;
  /** What an update that replaces keeps all the same: it is never read back. */
  kept: readonly string[];
}

const CRUD: readonly Verb[] = ['list', 'read', 'create', 'update', 'remove'];
const NUMBER = /^\d{1,6}$/;
const FLAG = /^(true|false)$/;

function rules(verbs: readonly Verb[], more: Partial<KindRules> = {}): KindRules {
  return { verbs, required: [], defaults: {}, patterns: {}, unique: [], kept: [], ...more };
}

export const KINDS: Readonly<Record<Kind, KindRules>> = {
  /** D: resources and verbs. A company's number is given by the platform (I). */
  company: rules(CRUD, {
    required: ['name'],
    defaults: { quota: '50' },
    patterns: { name: /\S/, quota: /^\d{1,5}$/ },
    kept: ['number'],
  }),
  /**
   * D: the form "Nuevo usuario", where role, e-mail, full name and password are required, SIP password and CallerID are not. I: the
   * number is, an e-mail is a login and so exists once on the platform; what each value may look like.
   */
  extension: rules(CRUD, {
    required: ['number', 'name', 'email', 'role', 'password'],
    defaults: {
      internalOnly: 'false',
      mobileExtension: '',
      mobile: '',
      sipPassword: '',
      callerId: '',
      voicemail: 'false',
      recording: 'false',
      dialling: 'national',
    },
    patterns: {
      number: NUMBER,
      name: /^(?=.*\S).{1,100}$/u,
      email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
      role: /^(user|admin)$/,
      internalOnly: FLAG,
      mobileExtension: /^\d{0,10}$/,
      mobile: /^\+?\d{0,15}$/,
      sipPassword: /^[\x21-\x7e]{8,64}$/,
      password: /^.{8,}$/,
      voicemail: FLAG,
      recording: FLAG,
      dialling: /^(local|national|international)$/,
    },
    unique: [
      { key: 'number', among: 'company' },
      { key: 'email', among: 'platform' },
    ],
    kept: ['password'],
  }),
  queue: rules(CRUD, {
    required: ['number', 'name'],
    defaults: { strategy: 'ringall', members: '' },
    patterns: { number: NUMBER, name: /\S/ },
    unique: [{ key: 'number', among: 'company' }],
  }),
  did: rules(CRUD, {
    required: ['number'],
    defaults: { name: '', destination: '' },
    patterns: { number: /^\+?\d{3,15}$/ },
    unique: [{ key: 'number', among: 'platform' }],
  }),
  blacklist: rules(['list', 'create', 'remove'], {
    required: ['number'],
    defaults: { name: '' },
    patterns: { number: /^\+?\d{3,15}$/ },
    unique: [{ key: 'number', among: 'company' }],
  }),
  videoRoom: rules(['list', 'create', 'remove'], { required: ['name'] }),
  alias: rules(['list']),
  dialpin: rules(['list']),
  event: rules(['list']),
  banned: rules(['list', 'create'], {
    required: ['address'],
    defaults: { reason: 'manual', failures: '0' },
    patterns: { address: /^[\d.:a-f]{2,45}$/ },
  }),
};

/** Kinds that belong to no company. */
export function isShared(kind: Kind): kind is 'company' | 'banned' {
  return kind === 'company' || kind === 'banned';
}

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}
