import { json } from '../../support/serve.ts';
import { type Call, KEY, type Reply } from './support.ts';

/** What one extension holds, by the names of the arguments. */
export type Stored = Record<string, string>;

/** A server of a few lines for tests: one tenant, written from the vendor's documents. */
export interface Box {
  readonly tenants: Record<string, Record<string, unknown>>;
  readonly agents: Record<string, { name: string; fullname: string; enabled: boolean }>;
  readonly departments: Record<string, { name: string }>;
  /** By internal id. */
  readonly extensions: Map<string, Stored>;
  readonly callerIds: Map<string, { callerid: string; emergency: string; state: string }>;
  readonly monitor: Record<string, Record<string, unknown>>;
  readonly dids: Record<string, Record<string, unknown>>;
  /** Actions that the key may not use. */
  readonly denied: Set<string>;
  version: string;
  /** Takes no body. */
  queryOnly: boolean;
  /** A call for which this gives a reply is answered with it, unseen by the box. */
  disturb: (call: Call) => Reply | undefined;
}

export function newBox(...numbers: readonly string[]): Box {
  const box: Box = {
    tenants: {
      1: { name: 'System', tenantcode: '100', package_id: 1, ext_length: 3 },
      169: { name: 'Acme S.L.', tenantcode: '301', package_id: 1, ext_length: 3 },
    },
    agents: {
      50: { name: 'generic_sip', fullname: 'Generic SIP', enabled: true },
      127: { name: 'glocom', fullname: 'gloCOM', enabled: true },
      61: { name: 'yealink_t46', fullname: 'Yealink T46', enabled: false },
    },
    departments: { 4: { name: 'Ventas' }, 6: { name: 'Soporte' } },
    extensions: new Map(),
    callerIds: new Map(),
    monitor: {},
    dids: {},
    denied: new Set(),
    version: '8.1 (9f2c)',
    queryOnly: false,
    disturb: () => undefined,
  };
  for (const [index, number] of numbers.entries()) store(box, String(10 + index), extension(number));
  return box;
}

export const STORED_SECRET = 'Zt5kPm-Wq8sLc2vXn6bH';

export function extension(ext: string, more: Stored = {}): Stored {
  const name = ext === '118' ? 'Ana' : `Sala ${ext}`;
  const usual = { location: '2', ua: '50', prot: 'sip', status: '1', secret: STORED_SECRET, pin: '9081' };
  const limits = { incominglimit: '2', outgoinglimit: '2', voicemail: '1', nat: '1', dtmfmode: 'rfc2833' };
  return { ext, name, email: `ext${ext}@acme.example`, ...usual, ...limits, ...more };
}

export function store(box: Box, id: string, values: Stored): void {
  box.extensions.set(id, { ...box.extensions.get(id), ...values });
  if (!box.callerIds.has(id)) box.callerIds.set(id, { callerid: '', emergency: '', state: 'no' });
}

export const error = (text: string): Reply => json({ error: text });
/** PHP's label for what it prints. */
export const page = (text = '<html><body>Login</body></html>'): Reply => ({
  headers: { 'content-type': 'text/html' },
  text,
});

export function answerOf(box: Box): (call: Call) => Reply {
  return (call) => box.disturb(call) ?? take(box, call);
}

/** What the undisturbed box does and answers. */
export function take(box: Box, call: Call): Reply {
  if (call.action === '' || (box.queryOnly && call.method === 'POST')) return page();
  if (call.key !== KEY) return error('Invalid API key.');
  if (box.denied.has(call.action)) return error('Selected action not allowed');
  const answer = answers[call.action];
  if (answer === undefined) return error('Selected action not allowed');
  const server = call.params.server ?? '169';
  return server === '169' || call.action === 'tenant.configuration'
    ? answer(box, call.params, call)
    : error('Invalid server id');
}

type Params = Readonly<Record<string, string>>;

const answers: Readonly<Record<string, (box: Box, params: Params, call: Call) => Reply>> = {
  'license.info': (box) => json({ Edition: 'Multi-Tenant', Version: box.version, Channels: '100' }),
  'tenant.list': (box) => map(box.tenants),
  'tenant.configuration': (box, { id = '' }) => {
    const { name, tenantcode } = box.tenants[id] ?? {};
    return json({ server_name: name, tenantcode, appassword: 'App-Canary-77', incominglimit: '8' });
  },
  'uads.list': (box) => map(box.agents),
  'department.list': (box) => map(box.departments),
  'ext.list': (box) => map(Object.fromEntries([...box.extensions].map(([id, one]) => [id, line(one)]))),
  'ext.configuration': (box, { id = '' }) => {
    const one = box.extensions.get(id);
    return one === undefined ? error('nope') : json({ [id]: configuration(box, one) });
  },
  'ext.add': add,
  'ext.edit': edit,
  'ext.delete': (box, { id = '' }) =>
    box.extensions.delete(id) ? json({ success: `Deleted Extension ID ${id} successfully.` }) : error('nope'),
  'ext.es.callerid.configuration': (box, { id = '' }) => {
    const { callerid, emergency } = box.callerIds.get(id) ?? { callerid: '', emergency: '' };
    return json({
      callerid,
      emergency_callerid: emergency,
      default_callerid: '910000000',
      allowed_callerids: [],
    });
  },
  'ext.es.callerid.get': (box, { id = '' }) => json({ state: box.callerIds.get(id)?.state }),
  'ext.es.callerid.edit': (box, { id = '', callerid = '', emergencycid = '' }) => {
    const { state = 'no' } = box.callerIds.get(id) ?? {};
    box.callerIds.set(id, { callerid, emergency: emergencycid, state });
    return json({ success: `Caller ID: ${callerid}` });
  },
  'ext.es.callerid.set': (box, { id = '', state = '' }) => {
    const { callerid = '', emergency = '' } = box.callerIds.get(id) ?? {};
    box.callerIds.set(id, { callerid, emergency, state });
    return json({ success: 'Done', state });
  },
  'monitor.list': (box) => map(box.monitor),
  'did.list': (box) => map(box.dids),
};

/** PHP writes an empty map as a list. */
function map(entries: Record<string, unknown>): Reply {
  return json(Object.keys(entries).length === 0 ? [] : entries);
}

const required = 'name email location ua secret pin prot status incominglimit outgoinglimit voicemail'.split(
  ' ',
);

function add(box: Box, { server: _, ...values }: Params): Reply {
  const missing = required.find((name) => values[name] === undefined);
  if (missing !== undefined) return error(`Required field '${missing}' is missing`);
  const { ext = '' } = values;
  if (!/^\d{3}$/.test(ext))
    return error(`Required field 'ext=${ext}' contains invalid data (Regex: /^\\d{3}$/)`);
  if ([...box.extensions.values()].some((one) => one.ext === ext))
    return error(
      `Error creating extension: ua_id: extension is reserved - number ${ext} is reserved by (Extension) X`,
    );
  const id = String(10 + box.extensions.size);
  store(box, id, values);
  return json({ success: `Extension ID: ${id}`, id, ext: Number(ext) });
}

function edit(box: Box, { server: _, id = '', ...values }: Params): Reply {
  if (!box.extensions.has(id)) return error('nope');
  store(box, id, values);
  return json({ success: `Extension ID: ${id}`, id, ext: 118 });
}

function line(one: Stored): Record<string, unknown> {
  const { ext, name, email, prot, department } = one;
  const location = one.location === '1' ? 'local' : 'remote';
  const status = one.status === '1' ? 'enabled' : 'disabled';
  const usual = { name, email, ext, protocol: prot, location, ua_id: one.ua, status, linenum: '' };
  return department === undefined ? usual : { ...usual, department };
}

/** Where the vendor nests and renames. */
function configuration(box: Box, one: Stored): Record<string, unknown> {
  const { ext = '', ua = '', prot, title, user_language, password: _hidden, ...rest } = one;
  const { name, email, location, status, pin, department: _list, ...options } = rest;
  const agent = box.agents[ua];
  const top = { name, email, ext, pin, prot, protocol: prot, location, status, user_language: '' };
  const named = { ua_id: ua, ua_name: agent?.name, ua_fullname: agent?.fullname };
  const renamed = { user_title: title ?? '', user_language: user_language ?? '' };
  const unset = { max_contacts: '', ringtime: '', recordcalls: '2', encryption: '', dtmfmode: '' };
  const computed = { username: `301${ext}`, context: 't-301', callerid: `${name} <${ext}>`, type: 'friend' };
  return {
    ...top,
    ...named,
    options: { ...unset, ...options, ...renamed, ...computed, allow: ['ulaw', 'alaw'] },
  };
}
