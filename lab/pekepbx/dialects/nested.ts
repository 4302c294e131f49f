/** Dialect 'b': as far from 'a' as the documented part allows. All of it is invented (U). */
import {
  choice,
  destinationText,
  didNumber,
  flag,
  integer,
  memberName,
  members,
  queueName,
  sipName,
  text,
} from '../codecs.ts';
import type { Dialect, Facts } from '../dialect.ts';
import { codedRefusals } from './coded-refusals.ts';
import { field } from './fields.ts';

const bit = flag(1, 0);
const onOff = flag('on', 'off');

const fields: Dialect['fields'] = {
  company: [
    field('number', 'code', text, 'read'),
    field('name', 'legalName', text),
    field('quota', 'limits.extensions', integer),
  ],
  extension: [
    field('number', 'sip.name', sipName),
    field('sipPassword', 'sip.secret', text, 'write'),
    field('callerId', 'sip.callerId', didNumber('anonymous')),
    field('name', 'user.fullName', text),
    field('email', 'user.mail', text),
    field('role', 'user.roleId', choice({ user: 2, admin: 1 })),
    field('password', 'user.password', text, 'write'),
    field('internalOnly', 'limits.internalOnly', bit),
    field('dialling', 'limits.outbound', choice({ national: 2, local: 1, international: 3 })),
    field('mobileExtension', 'mobile.ext', text),
    field('mobile', 'mobile.msisdn', text),
    field('voicemail', 'services.voicemail', onOff),
    field('recording', 'services.recording', onOff),
  ],
  queue: [
    field('number', 'queueName', queueName),
    field('name', 'displayName', text),
    field('strategy', 'policy', text),
    field('members', 'agents', members(memberName)),
  ],
  did: [
    field('number', 'e164', text),
    field('name', 'label', text),
    field('destination', 'route', destinationText),
  ],
  blacklist: [field('number', 'caller', text), field('name', 'note', text)],
  videoRoom: [field('name', 'roomName', text)],
  alias: [field('name', 'from', text), field('target', 'to', text)],
  dialpin: [field('name', 'label', text)],
  event: [field('type', 'action', text), field('object', 'subject', text)],
  banned: [
    field('address', 'address', text),
    field('reason', 'cause', text),
    field('failures', 'failures', integer, 'read'),
  ],
};

function added({ kind, entry, company, registered, extensions }: Facts): Record<string, unknown> {
  const times = { createdAt: entry.createdAt, updatedAt: entry.updatedAt };
  const common = { ...times, rev: entry.version, _links: { self: `/api/v2/${kind}/${entry.uuid}` } };
  if (kind === 'company') return { extensionsInUse: extensions, ...common };
  if (kind === 'banned') return { until: Number(entry.values.until), ...common };
  if (kind !== 'extension') return { companyCode: company, ...common };
  return { companyCode: company, state: registered ? 'REGISTERED' : 'UNREGISTERED', ...common };
}

export const nested: Dialect = {
  edition: 'b',
  id: { key: 'uuid', is: 'uuid' },
  scope: { by: 'header', name: 'X-Company-Id' },
  pager: 'cursor',
  query: { rows: 'limit', search: 'q' },
  wrap: '',
  fields,
  added,
  update: 'merge',
  fixed: { extension: ['number'], queue: ['number'], did: ['number'] },
  answers: { created: 'id', updated: 'nothing', removed: 'nothing' },
  login: {
    beside: () => ({}),
    factor: 'twoFactorCode',
    renewed: (token, seconds) => ({ session: { accessToken: token, validSeconds: seconds } }),
    renewalKills: false,
    goodbye: { status: 204 },
    magic: (link) => ({ magicLink: link }),
  },
  metrics: (counts) => ({ metrics: Object.entries(counts).map(([name, value]) => ({ name, value })) }),
  refusals: codedRefusals,
};
