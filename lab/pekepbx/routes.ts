import type { Incoming } from '../listener.ts';
import type { Reply } from '../sabotage.ts';
import { type Session, sessionOf } from './access.ts';
import { bannedNow } from './bans.ts';
import type { Box } from './box.ts';
import { type Outcome, refused } from './failures.ts';
import { isKind, isShared, KINDS, type Verb } from './kinds.ts';
import { login, logout, magicLogin, refresh } from './login.ts';
import type { Company, Kind } from './model.ts';
import { assetFor } from './pages.ts';
import { seemsRegistered } from './registrar.ts';
import { create, list, readOne, remove, update } from './resources.ts';
import { companiesFor, companyWith, enter } from './scope.ts';
import { type Call, callOf, replyTo } from './wire.ts';

/** Answers one HTTP request to the platform: below /api/v2 the API, elsewhere the panel's files. */
export function respond(box: Box, incoming: Incoming): Reply {
  const { pathname } = incoming.url;
  if (!/^\/api\/v2(\/|$)/.test(pathname)) return assetFor(incoming);
  const { host = 'pbx.example' } = incoming.headers;
  const origin = `${box.settings.tls ? 'https' : 'http'}://${host}`;
  const call = callOf(incoming);
  const outcome = 'kind' in call ? refused(call) : outcomeOf(box, call, origin);
  return replyTo(box.dialect, incoming, outcome, origin);
}

function outcomeOf(box: Box, call: Call, origin: string): Outcome {
  const [resource = '', item] = call.path;
  if (resource === 'login') return only(call, 'POST', () => login(box, call));
  const found = sessionOf(box, call.header('authorization'));
  if ('kind' in found) return refused(found);
  const { token, session } = found;
  if (resource === 'refresh') return only(call, 'GET', () => refresh(box, token, session));
  if (resource === 'logout') return only(call, 'GET', () => logout(box, token));
  if (isForbidden(box, resource, session)) return refused({ kind: 'forbidden' });
  if (resource === 'magicLogin') return only(call, 'GET', () => magicLogin(box, item ?? '', origin));
  if (resource === 'metrics') return only(call, 'GET', () => metrics(box));
  if (!isKind(resource)) return refused({ kind: 'missing', what: 'path' });
  return call.path.length > 2 ? beyond(box, call, session) : act(box, resource, call, session);
}

/** A user of a company sees nothing; who administers it sees what is in it (I). */
function isForbidden(box: Box, resource: string, { role }: Session): boolean {
  const { apiForbidden } = box.settings;
  if (Array.isArray(apiForbidden) ? apiForbidden.includes(resource) : apiForbidden) return true;
  if (role === 'admin') return !isKind(resource) || isShared(resource);
  return role === 'user';
}

function act(box: Box, kind: Kind, call: Call, session: Session): Outcome {
  const [, id] = call.path;
  const verb = verbOf(call.method, id);
  if (verb === undefined || !KINDS[kind].verbs.includes(verb)) return refused({ kind: 'method' });
  const companies = isShared(kind) ? [...box.companies.values()] : companiesFor(box, call, session);
  return Array.isArray(companies) ? carriedOut(box, verb, kind, companies, call) : refused(companies);
}

function carriedOut(box: Box, verb: Verb, kind: Kind, companies: Company[], call: Call): Outcome {
  const id = call.path[1] ?? '';
  switch (verb) {
    case 'list':
      return list(box, kind, companies, call);
    case 'read':
      return readOne(box, kind, companies, id);
    case 'create':
      return create(box, kind, companies, call);
    case 'update':
      return update(box, kind, companies, id, call);
    case 'remove':
      return remove(box, kind, companies, id);
  }
}

function verbOf(method: string, id: string | undefined): Verb | undefined {
  if (id === undefined || id === '')
    return method === 'GET' ? 'list' : method === 'POST' ? 'create' : undefined;
  return method === 'GET' ? 'read' : method === 'PUT' ? 'update' : method === 'DELETE' ? 'remove' : undefined;
}

/** `POST /api/v2/company/{id}/<action>`, in a dialect where a company is entered by a call. */
function beyond(box: Box, call: Call, session: Session): Outcome {
  const { scope } = box.dialect;
  const [resource, id = '', action] = call.path;
  if (scope.by !== 'switch' || resource !== 'company' || action !== scope.action || call.path.length > 3) {
    return refused({ kind: 'missing', what: 'path' });
  }
  const company = companyWith(box, id);
  if (company === undefined) return refused({ kind: 'missing', what: 'company' });
  return only(call, 'POST', () => {
    enter(session, company);
    return { status: 200, body: { message: 'Company entered' } };
  });
}

function metrics(box: Box): Outcome {
  const companies = [...box.companies];
  const users = companies.flatMap(([code, { shelves }]) =>
    [...shelves.extension.values()].map((entry) => seemsRegistered(box, code, entry)),
  );
  const counts = {
    companies: companies.length,
    extensions: users.length,
    registered: users.filter((registered) => registered).length,
    banned: bannedNow(box.bans).length,
  };
  return { status: 200, body: box.dialect.metrics(counts) };
}

function only(call: Call, method: string, then: () => Outcome): Outcome {
  return call.method === method ? then() : refused({ kind: 'method' });
}
