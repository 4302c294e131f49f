/**
 * A server that agrees with the guesses in nothing: Spanish names, nested objects, companies in the path, offsets, form logins, a header of
 * its own, S and N, numbers with their prefix, partial updates that want a version back, and empty answers to writes.
 */
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import { type Answer, type Heard, html, json, type Server, serve } from '../../support/serve.ts';
import { hire, issue, newOffice, type Office, type Person, personAt } from './office.ts';
import { checked, PASSWORD } from './support.ts';

export interface Llano {
  readonly office: Office;
  disturb: (heard: Heard) => Answer | undefined;
  /** Rows of a page at most, whatever is asked for. */
  most: number;
}

export function newLlano(): Llano {
  const office = newOffice();
  return { office, disturb: () => undefined, most: 2 };
}

export function serveLlano(box: Llano): Promise<Server> {
  return serve(
    (heard) => heard,
    (heard) => box.disturb(heard) ?? answerOf(heard, box),
  );
}

export const llanoProfile: ProfileDocument = checked(
  'profiles/llano.yaml',
  `
apiVersion: alta/v1
kind: Profile
name: llano
driver: pekepbx
auth:
  login: { path: /acceso, encoding: form, body: { "usuario.correo": "{username}", "usuario.clave": "{password}", recordar: false } }
  token: { path: sesion.jwt }
  expires: { path: sesion.caduca }
  header: { name: X-Sesion, value: "jwt={token}" }
  refresh: { method: POST, path: /sesion/renovar }
  logout: { method: DELETE, path: /sesion }
tenant:
  resource: empresa
  id: { path: codigo, strip: E }
  name: { path: razonSocial }
  digits: 5
  scopes: [{ by: path }]
resources:
  empresa: { list: { path: /empresas, results: { path: $ }, pager: { style: none } } }
  extension:
    list: { path: "/empresas/E{companyId}/usuarios" }
    get: { path: "/empresas/E{companyId}/usuarios/{id}", object: { path: usuario } }
    create: { path: "/empresas/E{companyId}/usuarios", wrap: usuario, body: { tipo: SIP, "cuenta.transporte": udp } }
    update: { path: "/empresas/E{companyId}/usuarios/{id}", method: PATCH, wrap: usuario }
    delete: { path: "/empresas/E{companyId}/usuarios/{id}" }
list:
  results: { path: resultado.filas }
  pager: { style: offset, parameter: desde, sizeParameter: tope, size: 50, total: resultado.cuantos }
identity:
  id: { path: ref }
  number: { path: cuenta.usuario, strip: "ext{companyId}" }
fields:
  name: { path: persona.nombre, required: true }
  email: { path: persona.correo, required: true }
  role: { path: rol, codec: enum, values: { user: 1, admin: 2 }, default: user }
  internalOnly: { path: soloInternas, codec: enum, values: { "true": S, "false": N } }
  callerId: { path: cuenta.emite, values: { anonymous: Anónimo }, add: "+" }
  mobile: { path: persona.movil, nullAs: "" }
  mobileExtension: { path: persona.atajo, codec: int }
  voicemail: { path: buzon, codec: 0-1 }
  callRecording: { path: grabar, codec: on-off }
  registrationName: { path: cuenta.usuario, readOnly: true }
  registered: { path: estado, codec: enum, values: { "true": conectado, "false": desconectado }, readOnly: true }
  sip: { path: cuenta.clave }
  portal: { path: persona.clave, writeOnly: true, required: true }
update: { style: patch, copy: [version] }
drift: { ignore: [version, estado] }
errors:
  status: { "409": target-busy }
  message: { path: error.texto }
  fields: { path: error.campos }
  text:
    - { match: ya existe, code: already-exists }
    - { match: cupo agotado, code: limit-reached }
    - { match: dirección bloqueada, code: locked-out }
canary: { from: "990", to: "999" }
`,
);

type Wire = Record<string, unknown>;

/** Someone who is there already, in the server's own words. */
export function usuario(more: Wire = {}): Wire {
  return {
    nombre: 'Almacén',
    correo: 'almacen@acme.example',
    rol: 1,
    soloInternas: 'N',
    emite: 'Anónimo',
    movil: null,
    atajo: null,
    buzon: 1,
    grabar: 'off',
    clave: 'Zt5kPm-Wq8sLc2vXn6bH',
    estado: 'desconectado',
    ...more,
  };
}

export function hireLlano(box: Llano, number: string, more: Wire = {}, company = '90001'): Person {
  return hire(box.office, number, { version: 1, ...usuario(more) }, company);
}

function answerOf(heard: Heard, box: Llano): Answer {
  const { office } = box;
  const { method, path } = heard;
  if (`${method} ${path}` === 'POST /acceso') return login(heard, office);
  const token = String(heard.headers['x-sesion'] ?? '').replace('jwt=', '');
  if (!office.tokens.has(token)) return refusal(401, 'sesión caducada');
  if (path === '/sesion') {
    office.logouts += 1;
    office.tokens.delete(token);
    return { status: 204, text: '' };
  }
  if (path === '/sesion/renovar') {
    office.refreshes += 1;
    office.tokens.delete(token);
    return json({ sesion: { jwt: issue(office), caduca: 120 } });
  }
  if (path === '/empresas') {
    return json(office.companies.map(({ id, name }) => ({ codigo: `E${id}`, razonSocial: name })));
  }
  const [, company, ref] = /^\/empresas\/E(\d+)\/usuarios(?:\/u-(\d+))?$/.exec(path) ?? [];
  if (company === undefined) return html('No encontrado', { status: 404 });
  return ref === undefined ? many(heard, company, box) : one(heard, company, ref, office);
}

function login({ body }: Heard, office: Office): Answer {
  office.logins += 1;
  const form = new URLSearchParams(body);
  const right =
    form.get('usuario[correo]') === 'api@acme.example' &&
    form.get('usuario[clave]') === PASSWORD &&
    form.get('recordar') === '0';
  return right
    ? json({ sesion: { jwt: issue(office), caduca: 120 } })
    : refusal(422, 'no es usted quien dice');
}

function refusal(status: number, texto: string, campos?: Record<string, string>): Answer {
  return json({ error: { texto, ...(campos === undefined ? {} : { campos }) } }, { status });
}

function many(heard: Heard, company: string, box: Llano): Answer {
  const { office, most } = box;
  if (heard.method === 'POST') return create(heard, company, office);
  const own = office.people.filter((person) => person.company === company);
  const from = Number(heard.query.get('desde') ?? 0);
  const size = Math.min(most, Number(heard.query.get('tope') ?? most));
  const filas = own.slice(from, from + size).map(wire);
  return json({ resultado: { filas, cuantos: own.length } });
}

function wire({ id, company, number, fields }: Person): Wire {
  const { nombre, correo, movil, atajo, emite, clave, version, rol, soloInternas, buzon, grabar, estado } =
    fields;
  return {
    ref: `u-${id}`,
    version,
    rol,
    soloInternas,
    buzon,
    grabar,
    estado,
    persona: { nombre, correo, movil, atajo },
    cuenta: { usuario: `ext${company}${number}`, emite, clave, transporte: 'udp' },
  };
}

function create({ body }: Heard, company: string, office: Office): Answer {
  const { usuario: sent } = JSON.parse(body) as {
    usuario: { tipo?: string; persona?: Wire; cuenta?: Wire } & Wire;
  };
  const { persona = {}, cuenta = {}, tipo, ...rest } = sent;
  if (tipo !== 'SIP' || cuenta.transporte !== 'udp') return refusal(400, 'falta el tipo');
  if (persona.clave === undefined)
    return refusal(400, 'datos incompletos', { 'persona.clave': 'obligatoria' });
  const number = String(cuenta.usuario).replace(`ext${company}`, '');
  if (personAt(office, number, company) !== undefined) return refusal(400, 'La extensión ya existe');
  if (office.people.length >= office.quota) return refusal(400, 'Cupo agotado');
  const { clave: portal, ...about } = persona;
  const { usuario: _name, transporte: _transport, ...account } = cuenta;
  hire(office, number, { ...usuario(), version: 1, ...rest, ...about, ...account, portal }, company);
  return { status: 201, text: '' };
}

function one({ method, body }: Heard, company: string, ref: string, office: Office): Answer {
  const found = office.people.find((person) => String(person.id) === ref && person.company === company);
  if (found === undefined) return refusal(404, 'no existe');
  if (method === 'GET') return json({ usuario: wire(found) });
  if (method === 'DELETE') {
    office.people = office.people.filter((person) => person !== found);
    return { status: 204, text: '' };
  }
  const { usuario: sent } = JSON.parse(body) as { usuario: { persona?: Wire; cuenta?: Wire } & Wire };
  const { persona = {}, cuenta = {}, version, ...rest } = sent;
  if (version !== found.fields.version) return refusal(409, 'versión antigua');
  const { clave: portal, ...about } = persona;
  Object.assign(found.fields, rest, about, cuenta, portal === undefined ? {} : { portal });
  found.fields.version = Number(version) + 1;
  return { status: 204, text: '' };
}
