/**
 * A server that lives in cookies: a session cookie with its XSRF twin, a call that switches the company, cursors, refusals under 200, fields
 * that only a single object shows, and a caller ID that is read as an object and written as an id.
 */
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { type Answer, type Heard, json, type Server, serve } from '../../support/serve.ts';
import { hire, newOffice, type Office, type Person, personAt, personBy } from './office.ts';
import { checked, PASSWORD } from './support.ts';

export interface Galletas {
  readonly office: Office;
  disturb: (heard: Heard) => Answer | undefined;
  /** Session cookie → the company that it switched to. */
  readonly sessions: Map<string, string>;
  switches: number;
}

export function newGalletas(): Galletas {
  return { office: newOffice(), disturb: () => undefined, sessions: new Map(), switches: 0 };
}

export function serveGalletas(box: Galletas): Promise<Server> {
  return serve(
    (heard) => heard,
    (heard) => box.disturb(heard) ?? answerOf(heard, box),
  );
}

export const galletasProfile: ProfileDocument = checked(
  'profiles/galletas.yaml',
  `
apiVersion: alta/v1
kind: Profile
name: galletas
driver: pekepbx
transport: { base: /rpc, minIntervalMs: 250, headers: { X-Client: alta } }
auth:
  login: { path: /in, body: { u: "{username}", p: "{password}" } }
  lifetimeSeconds: 600
  cookies: keep
  xsrf: { cookie: XSRF-TOKEN, header: X-XSRF-TOKEN }
  logout: { method: POST, path: /out }
tenant:
  resource: org
  id: { path: key }
  name: { path: label }
  scopes:
    - { by: switch-call, call: { method: PUT, path: /act-as, body: { org: "{companyId}" } } }
resources:
  org: { list: { path: /orgs } }
  extension:
    list: { path: /ext, query: { view: full } }
    get: { path: /ext/one, query: { id: "{id}" }, object: { path: item } }
    create: { path: /ext, object: { path: item } }
    update: { path: /ext/one, method: POST, query: { id: "{id}" } }
    delete: { path: /ext/one, query: { id: "{id}" } }
    company: { path: org }
  line: { list: { path: /lines } }
list:
  results: { path: items }
  pager: { style: cursor, parameter: after, sizeParameter: n, size: 2, next: more }
identity:
  id: { path: id }
  number: { path: no, codec: int }
  registrationName: "ext{companyId}{number}"
fields:
  name: { path: title, also: [display], required: true }
  email: { path: mail, required: true }
  role: { path: is_admin, codec: enum, values: { user: false, admin: true }, default: user }
  internalOnly: { path: flags.internal, codec: bool, detail: true }
  callerId:
    path: out.id
    writePath: out_id
    codec: lookup
    resource: line
    key: { path: id }
    shown: { path: e164, add: "+" }
    values: { anonymous: 0 }
  voicemail: { path: flags.vm, codec: bool, default: true }
  mobile: { path: gsm, add: "+" }
  sip: { path: secret, createOnly: true, writeOnly: true }
  portal: { path: pass, writeOnly: true, required: true }
update: { style: replace, omit: [touched] }
errors:
  failed: { path: ok, values: [false] }
  message: { path: reason }
  text: [{ match: duplicate, code: already-exists }]
callFlows:
  dids:
    resource: line
    number: { path: e164 }
    leads: { path: goes.kind }
    kinds: { USER: extension }
    to: { path: goes.id }
    as: id
`,
);

export function hireGalletas(
  box: Galletas,
  number: string,
  more: Record<string, unknown> = {},
  company = '90001',
): Person {
  const fields = {
    title: 'Almacén',
    display: 'Almacén',
    mail: 'almacen@acme.example',
    is_admin: false,
    flags: { vm: true, internal: false },
    out_id: 0,
    gsm: '',
    plan: 'gold',
    ...more,
  };
  return hire(box.office, number, fields, company);
}

function answerOf(heard: Heard, box: Galletas): Answer {
  const { method, path } = heard;
  const route = `${method} ${path.replace('/rpc', '')}`;
  if (route === 'POST /in') return login(heard, box);
  const cookies = new Map(
    String(heard.headers.cookie ?? '')
      .split('; ')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const session = cookies.get('sid') ?? '';
  const twin = heard.headers['x-xsrf-token'] === `tw in/${session}` && heard.headers['x-client'] === 'alta';
  if (!box.sessions.has(session) || !twin) return json({ ok: false, reason: 'who?' }, { status: 401 });
  if (route === 'POST /out') {
    box.office.logouts += 1;
    box.sessions.delete(session);
    return json({ ok: true });
  }
  if (route === 'GET /orgs')
    return page(
      box.office.companies.map(({ id, name }) => ({ key: id, label: name })),
      heard,
    );
  if (route === 'PUT /act-as') {
    box.switches += 1;
    box.sessions.set(session, (JSON.parse(heard.body) as { org: string }).org);
    return { status: 204, text: '' };
  }
  return inside(route, heard, box.sessions.get(session) ?? '', box);
}

function login({ body }: Heard, box: Galletas): Answer {
  box.office.logins += 1;
  const { u, p } = JSON.parse(body) as { u: string; p: string };
  if (u !== 'api@acme.example' || p !== PASSWORD) return json({ ok: false, reason: 'no' });
  const session = `canary-session-${box.office.logins}`;
  box.sessions.set(session, '');
  const cookies = [
    `sid=${session}; Path=/; HttpOnly; Secure`,
    `XSRF-TOKEN=${encodeURIComponent(`tw in/${session}`)}; Path=/`,
    'tracking=gone; Max-Age=0',
  ];
  return json({ ok: true }, { headers: { 'content-type': 'text/plain', 'set-cookie': cookies } });
}

function page(rows: readonly unknown[], { query }: Heard): Answer {
  const from = Number(query.get('after') ?? 0);
  const size = Number(query.get('n') ?? 50);
  const next = from + size;
  return json({ ok: true, items: rows.slice(from, next), more: next < rows.length ? next : null });
}

function inside(route: string, heard: Heard, org: string, box: Galletas): Answer {
  const { office } = box;
  const found = personBy(office, heard.query.get('id') ?? '');
  const own = found !== undefined && found.company === org ? found : undefined;
  switch (route) {
    case 'GET /ext': {
      const people = office.people.filter(({ company }) => company === org);
      return page(
        people.map((one) => wire(one, office, false)),
        heard,
      );
    }
    case 'GET /lines': {
      const lines = office.dids.filter(({ company }) => company === org);
      return page(
        lines.map(({ id, number, leads }) => ({
          id,
          e164: number,
          goes: { kind: leads?.[0] === 'extension' ? 'USER' : 'IVR', id: leads?.[1] ?? null },
        })),
        heard,
      );
    }
    case 'POST /ext':
      return create(heard, org, office);
    case 'GET /ext/one':
      return own === undefined
        ? json({ ok: false }, { status: 404 })
        : json({ ok: true, item: wire(own, office, true) });
    case 'POST /ext/one':
      return own === undefined ? json({ ok: false }, { status: 404 }) : replace(heard, own, office);
    case 'DELETE /ext/one':
      if (own === undefined) return json({ ok: false }, { status: 404 });
      office.people = office.people.filter((one) => one !== own);
      return json({ ok: true });
    default:
      return json({ ok: false }, { status: 404 });
  }
}

function wire({ id, company, number, fields }: Person, office: Office, whole: boolean) {
  const { secret: _secret, pass: _pass, out_id: out, flags, ...open } = fields;
  const { internal, ...listed } = flags as Record<string, unknown>;
  const line = office.dids.find((one) => one.id === out);
  return {
    id,
    org: company,
    no: Number(number),
    ...open,
    flags: whole ? { ...listed, internal } : listed,
    out: { id: out, e164: line?.number ?? 'hidden' },
    touched: office.next,
  };
}

function create({ body }: Heard, org: string, office: Office): Answer {
  const { no, ...sent } = JSON.parse(body) as Record<string, unknown> & { no: number };
  if (typeof no !== 'number') return json({ ok: false, reason: 'no must be a number' });
  if (personAt(office, String(no), org) !== undefined) return json({ ok: false, reason: 'Duplicate entry' });
  const flags = { vm: false, internal: false, ...(sent.flags as object) };
  const made = hire(office, String(no), { out_id: 0, gsm: '', plan: 'gold', ...sent, flags }, org);
  return json({ ok: true, item: wire(made, office, true) });
}

/** The whole object or nothing: what does not come back is lost, but for passwords. */
function replace({ body }: Heard, own: Person, office: Office): Answer {
  const sent = JSON.parse(body) as Record<string, unknown>;
  if ('touched' in sent) return json({ ok: false, reason: 'touched is ours' });
  const { id: _id, org: _org, no: _no, out: _out, ...fields } = sent;
  const { secret, pass } = own.fields;
  for (const key of Object.keys(own.fields)) delete own.fields[key];
  Object.assign(own.fields, { secret, pass, out_id: null }, fields);
  office.next += 1;
  return json({ ok: true });
}
