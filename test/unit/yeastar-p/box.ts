import { type Answer, type Call, ok, type Reply, refusal } from './support.ts';

/** What one extension has, by the names of the box. */
export type Row = Record<string, unknown> & { id: number; number: string };

/** A box of a few lines for tests: keeps what it is sent, and lets each test disturb single calls. */
export interface Box {
  readonly rows: Row[];
  /** A call for which this gives an answer is answered with it, unseen by the box. */
  disturb: (call: Call) => Answer | undefined;
  /** The box takes no notice of these keys. */
  deaf: readonly string[];
  /** Native keys that it never shows. */
  hides: readonly string[];
  /** What a new extension also has. */
  defaults: Record<string, unknown>;
  /** Whether the firmware has `extension/getpassword`. */
  shows: boolean;
  firmware: string;
  roles: readonly unknown[];
  organisations: readonly unknown[];
  /** Most rows that one page holds. */
  pageSize: number;
  /** Live tokens. */
  readonly tokens: Set<string>;
  issued: number;
  nextId: number;
}

export const roles = [
  { text: 'Administrator', value: '1', type: '' },
  { text: 'Employee', value: '4', type: '' },
];

export const organisations = [
  {
    text: 'Acme',
    value: '1',
    item: [
      { text: 'Ventas', value: '2', item: [{ text: 'Norte', value: '5' }] },
      { text: 'Taller', value: '3', item: [{ text: 'Norte', value: '6' }] },
    ],
  },
];

export function newBox(...rows: Row[]): Box {
  return {
    rows: [...rows],
    disturb: () => undefined,
    deaf: [],
    hides: ['reg_password', 'user_password', 'vm_pin'],
    defaults: {},
    shows: true,
    firmware: '37.75.0.24',
    roles,
    organisations: [],
    pageSize: 100,
    tokens: new Set(),
    issued: 0,
    nextId: 70,
  };
}

export function row(number: string, more: Record<string, unknown> = {}): Row {
  return {
    id: 40 + Number(number),
    type: 'SIP',
    number,
    first_name: 'Ana',
    last_name: 'Lopez',
    email_addr: '',
    mobile_number: '',
    caller_id: number,
    reg_name: number,
    concurrent_registrations: 1,
    title: '',
    role_id: 0,
    role_name: '',
    enb_vm: 1,
    presence_status: 'available',
    online_status: { sip_phone: { status: 0, status_list: [] } },
    enb_nat: 0,
    disable_outb_call: 0,
    ...more,
  };
}

/** The tokens that a box hands out; tests use them as canaries. */
export const accessOf = (at: number) => `access-0f1e2d3c-${at}`;
export const refreshOf = (at: number) => `refresh-9a8b7c6d-${at}`;

export function answerOf(box: Box): (call: Call) => Answer {
  return (call) => box.disturb(call) ?? take(box, call);
}

/** What the undisturbed box does and answers. */
export function take(box: Box, call: Call): Answer {
  if (call.agent === '') return refusal(40002, 'PARAMETER ERROR');
  if (call.path === 'get_token') return issue(box);
  if (call.path === 'refresh_token') {
    return box.issued > 0 && call.body.refresh_token === refreshOf(box.issued)
      ? issue(box)
      : refusal(10004, 'TOKEN EXPIRED');
  }
  if (call.token === null || !box.tokens.has(call.token)) return refusal(10004, 'TOKEN EXPIRED');
  const [path = '', verb = ''] = call.path.split('/');
  if (call.path === 'del_token') return box.tokens.delete(call.token) ? ok : refusal(10004);
  if (path === 'system') return system(box, verb, call);
  return path === 'extension' ? extension(box, verb, call) : refusal(10001, 'INTERFACE NOT EXISTED');
}

function issue(box: Box): Reply {
  if (box.tokens.size >= 8) return refusal(60002, 'MAX LIMITATION EXCEEDED');
  box.issued += 1;
  box.tokens.add(accessOf(box.issued));
  return {
    ...ok,
    access_token: accessOf(box.issued),
    access_token_expire_time: 1800,
    refresh_token: refreshOf(box.issued),
    refresh_token_expire_time: 86400,
  };
}

function system(box: Box, verb: string, { query }: Call): Reply {
  if (verb === 'get_menuoptions')
    return { ...ok, data: query.menu === 'role' ? box.roles : box.organisations };
  const data = { model_name: 'P550', sn: '3691A0000001', firmware_version: box.firmware };
  return verb === 'information' ? { ...ok, data } : refusal(10001, 'INTERFACE NOT EXISTED');
}

function extension(box: Box, verb: string, { query, body }: Call): Reply {
  const found = box.rows.find(({ id }) => String(id) === String(query.id ?? body.id));
  const missing = refusal(60001, 'DATA NOT FOUND');
  switch (verb) {
    case 'list':
      return page(box, box.rows, query);
    case 'search':
      return page(
        box,
        box.rows.filter(({ number }) => number.includes(query.search_value ?? '')),
        query,
      );
    case 'query':
      return { ...ok, data: asked(box, query.ids ?? '').map((one) => detail(box, one)) };
    case 'get':
      return found === undefined ? missing : { ...ok, data: detail(box, found) };
    case 'getpassword':
      return found === undefined ? missing : password(box, found, query.type ?? '');
    case 'create':
      return create(box, body);
    case 'update':
      return found === undefined ? missing : change(box, found, body);
    case 'delete':
      return found === undefined ? missing : remove(box, found);
    default:
      return refusal(10001, 'INTERFACE NOT EXISTED');
  }
}

function page(
  box: Box,
  rows: readonly Row[],
  { page: at = '1', page_size: size = '20' }: Call['query'],
): Reply {
  const length = Math.min(Number(size), box.pageSize);
  const from = (Number(at) - 1) * length;
  const data = rows.slice(from, from + length).map((one) => ({
    id: one.id,
    number: one.number,
    caller_id_name: `${one.first_name} ${one.last_name}`.trim(),
    role_name: one.role_name,
    email_addr: one.email_addr,
    presence_status: one.presence_status,
    online_status: one.online_status,
  }));
  return { ...ok, total_number: rows.length, data };
}

function asked(box: Box, ids: string): readonly Row[] {
  const wanted = ids.split(',');
  return box.rows.filter(({ id }) => wanted.includes(String(id)));
}

function detail(box: Box, one: Row): Record<string, unknown> {
  const { role_name: _role, online_status: _status, presence_status: _presence, ...rest } = one;
  return Object.fromEntries(Object.entries(rest).filter(([key]) => !box.hides.includes(key)));
}

function password({ shows }: Box, one: Row, type: string): Reply {
  if (!shows) return refusal(10001, 'INTERFACE NOT EXISTED');
  return { ...ok, password: Buffer.from(String(one[type] ?? '')).toString('base64') };
}

function create(box: Box, body: Call['body']): Reply {
  if (box.rows.some(({ number }) => number === body.number)) return refusal(40003, 'DATA EXISTED');
  const { id: _id, ...template } = row(String(body.number), { first_name: '', last_name: '' });
  const fresh = { ...template, ...box.defaults, id: box.nextId, number: String(body.number) };
  box.nextId += 1;
  box.rows.push(fresh);
  store(box, fresh, body);
  return { ...ok, id: fresh.id };
}

function change(box: Box, found: Row, { id: _id, ...changes }: Call['body']): Reply {
  store(box, found, changes);
  return ok;
}

function remove(box: Box, found: Row): Reply {
  box.rows.splice(box.rows.indexOf(found), 1);
  return ok;
}

function store(box: Box, found: Row, changes: Call['body']): void {
  for (const [key, value] of Object.entries(changes)) {
    if (!box.deaf.includes(key)) found[key] = value;
  }
}
