import { makeIdentity, secureContext } from '../certificate.ts';
import type { LabBoxControl, LabPins, LabYeastarService } from '../contract.ts';
import { faultBoard } from '../faults.ts';
import { type Listener, listen } from '../listener.ts';
import type { BoxInService, Place } from '../pbx.ts';
import { requestLog } from '../requests.ts';
import { type ServiceParts, serviceControl } from '../service-control.ts';
import type { LabYeastar } from '../settings.ts';
import { type Box, startBox } from './box.ts';
import { activate, byNumber } from './config.ts';
import { expireTokens, liveTokens, lockouts } from './login.ts';
import { createInPanel, editInPanel, emptyBox, removeInPanel } from './panel.ts';
import { contactsOf, exchangeOf, register, unregister } from './registrar.ts';
import { respond } from './routes.ts';
import { failure, replyOf } from './wire.ts';

export async function serveYeastar(wanted: LabYeastar, place: Place): Promise<BoxInService> {
  const box = startBox(wanted);
  const { name, tls, cipher, edition, keepAlive } = box.settings;
  const faults = faultBoard();
  const log = requestLog();
  const identity = tls ? await makeIdentity(name, place.host, cipher) : undefined;
  const listener = await listen({
    ...place,
    ...(identity === undefined ? {} : { tls: secureContext(identity, cipher) }),
    keepAlive,
    faults,
    log,
    respond: (incoming) => respond(box, incoming),
    refuse: (errno) => replyOf(failure(errno)),
  });
  const service: LabYeastarService = {
    name,
    driver: 'yeastar',
    url: `${tls ? 'https' : 'http'}://${place.host}:${listener.port}`,
    edition,
    credentials: box.access.credentials,
    serial: box.serial,
    pins: identity?.pins ?? { spki: '', certificate: '' },
    certificatePem: identity?.certificate ?? '',
    sip: box.settings.sip,
  };
  const rotateCertificate = () => rotate(box, service, listener, place.host);
  return {
    service,
    exchange: exchangeOf(box),
    control: controlOf({ box, faults, log, listener, rotateCertificate }),
    close: listener.close,
  };
}

interface Parts extends ServiceParts {
  box: Box;
  rotateCertificate(): Promise<LabPins>;
}

function controlOf(parts: Parts): LabBoxControl {
  const { box, rotateCertificate } = parts;
  return {
    ...serviceControl(parts),
    edit: (number, fields, press) => editInPanel(box, number, fields, press),
    create: (seed, press) => createInPanel(box, seed, press),
    remove: (number, press) => removeInPanel(box, number, press),
    empty: () => emptyBox(box),
    applyNow: () => activate(box.config),
    saved: () => Object.fromEntries(byNumber(box.config.saved).map((entry) => [entry.number, entry])),
    running: () => Object.fromEntries(byNumber(box.config.running).map((entry) => [entry.number, entry])),
    register: (number, secret) => register(box, number, secret),
    unregister: (number) => unregister(box, number),
    contacts: () => contactsOf(box),
    tenant: () => {
      throw new Error(`${box.settings.name} has no tenants`);
    },
    rotateCertificate,
    ...accessControl(box),
  };
}

function accessControl(
  box: Box,
): Pick<LabBoxControl, 'expireTokens' | 'unlock' | 'sessions' | 'lockouts' | 'logins'> {
  const { access } = box;
  return {
    expireTokens: () => expireTokens(access),
    unlock(address) {
      for (const list of [access.lockedUntil, access.failures]) {
        if (address === undefined) list.clear();
        else list.delete(address);
      }
    },
    sessions: () => liveTokens(box),
    lockouts: () => lockouts(access),
    logins: () => access.logins.map((entry) => ({ ...entry })),
  };
}

async function rotate(
  box: Box,
  service: LabYeastarService,
  listener: Listener,
  host: string,
): Promise<LabPins> {
  const { name, tls, cipher } = box.settings;
  if (!tls) throw new Error(`${name} serves plain HTTP: it has no certificate`);
  const identity = await makeIdentity(name, host, cipher);
  listener.secure(secureContext(identity, cipher));
  service.pins = identity.pins;
  service.certificatePem = identity.certificate;
  return identity.pins;
}
