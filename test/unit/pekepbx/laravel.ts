/** A server that happens to use every name that the shipped profile guesses. */
import { type Answer, type Heard, html, json, type Server, serve } from '../../support/serve.ts';
import { hire, issue, newOffice, type Office, type Person, personAt, personBy } from './office.ts';
import { PASSWORD } from './support.ts';

export interface Laravel {
  readonly office: Office;
  /** A call for which this gives an answer is answered with it, unseen by the office. */
  disturb: (call: Call) => Answer | undefined;
  /** Rows of a page at most, whatever is asked for. */
  most: number;
  /** What a login says the token's life is, s. */
  life: number;
  /** Added to each extension that is shown. */
  extra: Record<string, unknown>;
  /** Takes no notice of the company asked for. */
  deaf: boolean;
}

export interface Call extends Heard {
  /** Without `/api/v2`. */
  readonly route: string;
  readonly sent: Record<string, unknown>;
  readonly token: string;
}

export function newLaravel(): Laravel {
  return { office: newOffice(), disturb: () => undefined, most: 100, life: 3600, extra: {}, deaf: false };
}

export function serveLaravel(box: Laravel): Promise<Server<Call>> {
  return serve(callOf, (call) => box.disturb(call) ?? answerOf(call, box));
}

export function callOf(heard: Heard): Call {
  const sent = heard.body.startsWith('{') ? (JSON.parse(heard.body) as Record<string, unknown>) : {};
  const token = String(heard.headers.authorization ?? '').replace('Bearer ', '');
  return { ...heard, route: heard.path.replace('/api/v2', ''), sent, token };
}

/** Requests as `GET /extension`. */
export function said({ calls }: Server<Call>): readonly string[] {
  return calls.map(({ method, route }) => `${method} ${route}`);
}

export const writes = (server: Server<Call>): readonly Call[] =>
  server.calls.filter(({ method, route }) => method !== 'GET' && route !== '/login');

/** Someone who is there already. */
export function person(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Almacén',
    email: 'almacen@acme.example',
    role: 'user',
    internalOnly: false,
    callerId: null,
    mobile: '',
    mobileExtension: '',
    voicemail: true,
    callRecording: false,
    ...more,
  };
}

export function hireAt(box: Laravel, number: string, more: Record<string, unknown> = {}, company = '90001') {
  return hire(box.office, number, person(more), company);
}

export function answerOf(call: Call, box: Laravel): Answer {
  const polite =
    call.headers.accept === 'application/json' && call.headers['x-requested-with'] === 'XMLHttpRequest';
  if (!polite) return html('Redirecting', { status: 302, headers: { location: '/#!/login' } });
  if (call.route === '/login') return login(call, box);
  if (!box.office.tokens.has(call.token)) return json({ message: 'Unauthenticated.' }, { status: 401 });
  const [, kind = '', id] = call.route.split('/');
  switch (kind) {
    case 'logout':
      box.office.logouts += 1;
      box.office.tokens.delete(call.token);
      return json({ message: 'bye' });
    case 'refresh':
      box.office.refreshes += 1;
      box.office.tokens.delete(call.token);
      return json({ token: issue(box.office), expires_in: box.life });
    case 'company':
      return id === undefined ? page(box.office.companies.map(company), call, box) : companyAt(id, box);
    case 'did':
      return page(
        box.office.dids.filter((one) => box.deaf || one.company === asked(call)).map(did),
        call,
        box,
      );
    case 'queue':
      return page(box.office.queues.filter((one) => one.company === asked(call)).map(queue), call, box);
    case 'extension':
      return extensions(call, id, box);
    default:
      return json({ message: 'Not Found' }, { status: 404 });
  }
}

function login({ sent }: Call, { office, life }: Laravel): Answer {
  office.logins += 1;
  const right = sent.username === 'api@acme.example' && sent.password === PASSWORD;
  if (!right) return json({ message: 'These credentials do not match our records.' }, { status: 401 });
  return json({ token: issue(office), token_type: 'bearer', expires_in: life });
}

function asked({ query }: Call): string {
  return query.get('companyId') ?? '';
}

function company({ id, name }: Office['companies'][number]) {
  return { id: Number(id), name, maxExtensions: 500 };
}

function companyAt(id: string, { office }: Laravel): Answer {
  const found = office.companies.find((one) => one.id === id);
  return found === undefined ? json({ message: 'Not Found' }, { status: 404 }) : json(company(found));
}

function did({ id, company: owner, number, leads }: Office['dids'][number]) {
  const [destinationType = null, destinationId = null] = leads ?? [];
  return { id, companyId: Number(owner), number, destinationType, destinationId };
}

function queue({ id, company: owner, name, number, members }: Office['queues'][number]) {
  const listed = members.map((extension) => ({ extension, penalty: 0 }));
  return { id, companyId: Number(owner), name, extension: number, members: listed };
}

/** The usual envelope: `data`, `meta`, and links that nobody asked for. */
export function page(rows: readonly unknown[], { query }: Call, { most }: Laravel): Answer {
  const size = Math.min(most, Number(query.get('per_page') ?? 15));
  const at = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  return json({
    data: rows.slice((at - 1) * size, at * size),
    links: { next: at < last ? `http://elsewhere.example/?page=${at + 1}` : null },
    meta: { current_page: at, last_page: last, per_page: size, total: rows.length },
  });
}

/** As it is shown: without either password. */
export function shown({ id, company: owner, number, fields }: Person, { extra }: Laravel) {
  const { sipPassword: _sip, password: _portal, ...open } = fields;
  return { id, companyId: Number(owner), number, ...open, updated_at: `2026-05-12 ${id}`, ...extra };
}

function extensions(call: Call, id: string | undefined, box: Laravel): Answer {
  const { office } = box;
  if (call.method === 'POST') return create(call, box);
  if (id === undefined) {
    const own = office.people.filter((one) => box.deaf || one.company === asked(call));
    return page(
      own.map((one) => shown(one, box)),
      call,
      box,
    );
  }
  const found = personBy(office, id);
  if (found === undefined) return json({ message: 'Not Found' }, { status: 404 });
  if (call.method === 'GET') return json(shown(found, box));
  if (call.method === 'DELETE') {
    office.people = office.people.filter((one) => one !== found);
    return { status: 204, text: '' };
  }
  const missing = ['name', 'email', 'role'].filter((key) => !(key in call.sent));
  if (missing.length > 0) return invalid(missing, 'is required');
  const { id: _id, companyId: _company, number: _number, ...fields } = call.sent;
  // What is not sent is emptied, as a replacement does; passwords stay.
  const { sipPassword, password } = found.fields;
  for (const key of Object.keys(found.fields)) delete found.fields[key];
  Object.assign(found.fields, { sipPassword, password }, fields);
  return json(shown(found, box));
}

function create({ sent }: Call, box: Laravel): Answer {
  const { id: _id, companyId, number, ...fields } = sent;
  const owner = String(companyId);
  const missing = ['name', 'email', 'password', 'role', 'number'].filter((key) => sent[key] === undefined);
  if (missing.length > 0) return invalid(missing, 'is required');
  if (personAt(box.office, String(number), owner) !== undefined)
    return invalid(['number'], 'has already been taken');
  if (box.office.people.filter((one) => one.company === owner).length >= box.office.quota)
    return json({ message: 'Ha alcanzado el número de extensiones de la empresa' }, { status: 422 });
  const made = hire(box.office, String(number), person(fields), owner);
  return json(shown(made, box), { status: 201 });
}

function invalid(keys: readonly string[], why: string): Answer {
  const errors = Object.fromEntries(keys.map((key) => [key, [`The ${key} ${why}.`]]));
  return json({ message: 'The given data was invalid.', errors }, { status: 422 });
}
