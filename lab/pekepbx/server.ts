import { makeIdentity, secureContext } from '../certificate.ts';
import type { LabBoxControl, LabPekepbxService, LabPins } from '../contract.ts';
import { faultBoard } from '../faults.ts';
import { type Listener, listen } from '../listener.ts';
import type { BoxInService, Place } from '../pbx.ts';
import { requestLog } from '../requests.ts';
import { type ServiceParts, serviceControl } from '../service-control.ts';
import { expireTokens, liveTokens, loginLockouts, unlockLogins } from './access.ts';
import { banLockouts, lift } from './bans.ts';
import { type Box, startBox } from './box.ts';
import { idOf } from './dialect.ts';
import { failureFor, wordsFor } from './failures.ts';
import { type Company, codeOf, sipUserOf } from './model.ts';
import { createInPanel, editInPanel, emptyCompany, recordsOf, removeInPanel } from './panel.ts';
import { contactsOf, exchangeOf, register } from './registrar.ts';
import { respond } from './routes.ts';
import type { LabPekepbx } from './settings.ts';
import { refusalReply } from './wire.ts';

export async function servePekepbx(wanted: LabPekepbx, place: Place): Promise<BoxInService> {
  const box = startBox(wanted);
  const { name, tls, edition, keepAlive, sip } = box.settings;
  const faults = faultBoard();
  const log = requestLog();
  const identity = tls ? await makeIdentity(name, place.host, 'default') : undefined;
  const listener = await listen({
    ...place,
    ...(identity === undefined ? {} : { tls: secureContext(identity, 'default') }),
    keepAlive,
    faults,
    log,
    respond: (incoming) => respond(box, incoming),
    refuse: (errno) => refusalReply(wordsFor(box.dialect.refusals, failureFor(errno))),
  });
  const service: LabPekepbxService = {
    name,
    driver: 'pekepbx',
    url: `${tls ? 'https' : 'http'}://${place.host}:${listener.port}`,
    edition,
    credentials: box.access.credentials,
    tenants: [...box.companies.values()].map(({ entry }) => ({
      code: entry.values.number ?? '',
      id: String(idOf(box.dialect, entry)),
      name: entry.values.name ?? '',
    })),
    pins: identity?.pins ?? { spki: '', certificate: '' },
    certificatePem: identity?.certificate ?? '',
    sip,
  };
  const rotateCertificate = () => rotate(box, service, listener, place.host);
  const [first] = service.tenants;
  return {
    service,
    exchange: exchangeOf(box),
    control: controlOf({ box, faults, log, listener, rotateCertificate }, first?.code ?? ''),
    close: listener.close,
  };
}

interface Parts extends ServiceParts {
  box: Box;
  rotateCertificate(): Promise<LabPins>;
}

/** Powers over one company; faults, sessions, logins and lockouts are the platform's. */
function controlOf(parts: Parts, code: string): LabBoxControl {
  const { box, rotateCertificate } = parts;
  const company = (): Company => companyOf(box, code);
  return {
    ...serviceControl(parts),
    edit: (number, fields) => editInPanel(box, company(), number, fields),
    create: (seed) => createInPanel(box, company(), seed),
    remove: (number) => removeInPanel(box, company(), number),
    empty: () => emptyCompany(box, company()),
    applyNow: () => {},
    saved: () => recordsOf(company()),
    running: () => recordsOf(company()),
    register: (number, secret) => register(box, company(), number, secret),
    unregister: (number) => box.book.unregister(sipUserOf(codeOf(company()), number)),
    contacts: () => contactsOf(box, company()),
    tenant: (other) => controlOf(parts, codeOf(companyOf(box, other))),
    rotateCertificate,
    ...accessControl(box),
  };
}

function accessControl(
  box: Box,
): Pick<LabBoxControl, 'expireTokens' | 'unlock' | 'sessions' | 'lockouts' | 'logins'> {
  const { access, bans } = box;
  return {
    expireTokens: () => expireTokens(access),
    unlock(address) {
      unlockLogins(access, address);
      lift(bans, address);
    },
    sessions: () => liveTokens(access),
    lockouts: () => [...loginLockouts(access), ...banLockouts(bans)],
    logins: () => access.logins.map((entry) => ({ ...entry })),
  };
}

function companyOf(box: Box, code: string): Company {
  const company = box.companies.get(code);
  if (company === undefined) throw new Error(`${box.settings.name} has no company ${code}`);
  return company;
}

async function rotate(
  box: Box,
  service: LabPekepbxService,
  listener: Listener,
  host: string,
): Promise<LabPins> {
  const { name, tls } = box.settings;
  if (!tls) throw new Error(`${name} serves plain HTTP: it has no certificate`);
  const identity = await makeIdentity(name, host, 'default');
  listener.secure(secureContext(identity, 'default'));
  service.pins = identity.pins;
  service.certificatePem = identity.certificate;
  return identity.pins;
}
