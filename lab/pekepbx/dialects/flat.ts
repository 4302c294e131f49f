/** Dialect 'a': what a plain backend of its framework looks like. All of it is invented (U). */
import {
  choice,
  destinationObject,
  didId,
  extensionId,
  flag,
  integer,
  members,
  nullable,
  text,
} from '../codecs.ts';
import type { Dialect, Facts } from '../dialect.ts';
import { sipUserOf } from '../model.ts';
import { field } from './fields.ts';
import { laravelRefusals } from './laravel-refusals.ts';

const bool = flag(true, false);

const fields: Dialect['fields'] = {
  company: [field('name', 'name', text), field('quota', 'max_extensions', integer)],
  extension: [
    field('number', 'extension', text),
    field('name', 'full_name', text),
    field('email', 'email', text),
    field('role', 'role', choice({ user: 'user', admin: 'admin' })),
    field('password', 'password', text, 'write'),
    field('internalOnly', 'only_internal', bool),
    field('mobileExtension', 'mobile_extension', nullable),
    field('mobile', 'mobile_phone', nullable),
    field('sipPassword', 'sip_password', text),
    field('callerId', 'did_out_id', didId),
    field('voicemail', 'voicemail', bool),
    field('recording', 'record_calls', bool),
    field(
      'dialling',
      'call_permission',
      choice({ national: 'national', local: 'local', international: 'international' }),
    ),
  ],
  queue: [
    field('number', 'extension', text),
    field('name', 'name', text),
    field('strategy', 'strategy', text),
    field('members', 'members', members(extensionId)),
  ],
  did: [
    field('number', 'number', text),
    field('name', 'description', nullable),
    field('destination', 'destination', destinationObject),
  ],
  blacklist: [field('number', 'number', text), field('name', 'reason', nullable)],
  videoRoom: [field('name', 'name', text)],
  alias: [field('name', 'alias', text), field('target', 'target', text)],
  dialpin: [field('name', 'name', text)],
  event: [field('type', 'type', text), field('object', 'object', text)],
  banned: [
    field('address', 'ip', text),
    field('reason', 'reason', text),
    field('failures', 'attempts', integer, 'read'),
  ],
};

function added(facts: Facts): Record<string, unknown> {
  const { kind, entry, company } = facts;
  const times = { created_at: stamp(entry.createdAt), updated_at: stamp(entry.updatedAt) };
  if (kind === 'company') return { active: true, extensions_count: facts.extensions, ...times };
  if (kind === 'banned') return { banned_until: stamp(Number(entry.values.until)), ...times };
  const owned = { company_id: Number(company), ...times };
  if (kind !== 'extension') return owned;
  return {
    sip_user: sipUserOf(company, entry.values.number ?? ''),
    status: facts.registered ? 'online' : 'offline',
    did_out: entry.values.callerId || null,
    ...owned,
    deleted_at: null,
  };
}

/** As the framework writes times: microseconds, UTC. */
function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '000Z');
}

export const flat: Dialect = {
  edition: 'a',
  id: { key: 'id', is: 'serial' },
  scope: { by: 'query', name: 'companyId' },
  pager: 'page',
  query: { rows: 'per_page', search: 'search' },
  wrap: 'data',
  fields,
  added,
  update: 'replace',
  fixed: {},
  answers: { created: 'object', updated: 'object', removed: 'sentence' },
  login: {
    beside: (user) => ({ token_type: 'bearer', user }),
    factor: 'otp',
    renewed: (token, seconds) => ({ token, expires_in: seconds, token_type: 'bearer' }),
    renewalKills: true,
    goodbye: { status: 200, body: { message: 'Successfully logged out' } },
    magic: (link) => ({ data: { url: link } }),
  },
  metrics: (counts) => ({ data: counts }),
  refusals: laravelRefusals,
};

/** Dialect 'c': as 'a', but no list says whether it is whole, and a company is entered before anything in it is seen. */
export const bare: Dialect = {
  ...flat,
  edition: 'c',
  scope: { by: 'switch', action: 'enter' },
  pager: 'bare',
};
