import { type Identity, makeIdentity, secureContext } from '../certificate.ts';
import type { LabBoxControl, LabPins, LabYeastarPService } from '../contract.ts';
import { faultBoard } from '../faults.ts';
import { type Listener, listen } from '../listener.ts';
import type { BoxInService, Place } from '../pbx.ts';
import { requestLog } from '../requests.ts';
import { type ServiceParts, serviceControl } from '../service-control.ts';
import { type Box, startBox } from './box.ts';
import { expireTokens, liveTokens, lockouts, unlock } from './login.ts';
import { createInPanel, editInPanel, emptyBox, removeInPanel } from './panel.ts';
import { contactsOf, register, unregister } from './registrar.ts';
import { respond } from './routes.ts';
import type { LabYeastarP } from './settings.ts';
import { activate, byNumber } from './store.ts';
import { failure, replyOf } from './wire.ts';

export async function serveYeastarP(wanted: LabYeastarP, place: Place): Promise<BoxInService> {
  const box = startBox(wanted);
  const { name, tls, keepAlive } = box.settings;
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
    refuse: (errcode) => replyOf(failure(Number(errcode))),
  });
  const service = serviceOf(box, identity, `${tls ? 'https' : 'http'}://${place.host}:${listener.port}`);
  const rotateCertificate = () => rotate(box, service, listener, place.host);
  return {
    service,
    exchange: box.registrar.exchange,
    control: controlOf({ box, faults, log, listener, rotateCertificate }),
    close: listener.close,
  };
}

function serviceOf(
  { settings, access }: Box,
  identity: Identity | undefined,
  url: string,
): LabYeastarPService {
  return {
    name: settings.name,
    driver: 'yeastar-p',
    url,
    edition: settings.edition,
    credentials: access.credentials,
    serial: settings.serial,
    pins: identity?.pins ?? { spki: '', certificate: '' },
    certificatePem: identity?.certificate ?? '',
    sip: settings.sip,
  };
}

interface Parts extends ServiceParts {
  box: Box;
  rotateCertificate(): Promise<LabPins>;
}

/** Extensions are told by number, as everywhere in the lab; each record holds its `id`. */
function controlOf(parts: Parts): LabBoxControl {
  const { box, rotateCertificate } = parts;
  const { registrar, store } = box;
  return {
    ...serviceControl(parts),
    edit: (number, fields, press) => editInPanel(box, number, fields, press),
    create: (seed, press) => createInPanel(box, seed, press),
    remove: (number, press) => removeInPanel(box, number, press),
    empty: () => emptyBox(box),
    applyNow: () => activate(store),
    saved: () => byNumber(store.saved),
    running: () => byNumber(store.running),
    register: (number, secret) => register(registrar, store, number, secret),
    unregister: (number) => unregister(registrar, store, number),
    contacts: () => contactsOf(registrar, store),
    tenant: () => {
      throw new Error(`${box.settings.name} has no tenants`);
    },
    rotateCertificate,
    ...accessControl(box),
  };
}

function accessControl({
  access,
}: Box): Pick<LabBoxControl, 'expireTokens' | 'unlock' | 'sessions' | 'lockouts' | 'logins'> {
  return {
    expireTokens: () => expireTokens(access),
    unlock: (address) => unlock(access, address),
    sessions: () => liveTokens(access),
    lockouts: () => lockouts(access),
    logins: () => access.logins.map((entry) => ({ ...entry })),
  };
}

async function rotate(
  { settings }: Box,
  service: LabYeastarPService,
  listener: Listener,
  host: string,
): Promise<LabPins> {
  if (!settings.tls) throw new Error(`${settings.name} serves plain HTTP: it has no certificate`);
  const identity = await makeIdentity(settings.name, host, 'default');
  listener.secure(secureContext(identity, 'default'));
  service.pins = identity.pins;
  service.certificatePem = identity.certificate;
  return identity.pins;
}
