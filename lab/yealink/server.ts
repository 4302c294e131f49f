import { makeIdentity, secureContext } from '../certificate.ts';
import type { LabPhoneControl, LabPhoneService, LabPins } from '../contract.ts';
import { faultBoard } from '../faults.ts';
import { type Listener, listen } from '../listener.ts';
import type { Exchange } from '../registration.ts';
import { requestLog } from '../requests.ts';
import type { Reply } from '../sabotage.ts';
import { type ServiceParts, serviceControl } from '../service-control.ts';
import type { LabPhone } from '../settings.ts';
import { beginSession, currentSession, lockouts, unlock } from './access.ts';
import { byKey } from './config.ts';
import { json } from './http.ts';
import { accountsOf, refreshLines } from './lines.ts';
import { listenForNotify } from './notify.ts';
import { change, colons, newVisitor, type Phone, queue, unknownTo } from './phone.ts';
import { lifeOf, reboot, resetToFactory, setPower, settled, wake } from './power.ts';
import { fetchConfiguration } from './provisioning.ts';
import { respond } from './routes.ts';
import { makePhone } from './start.ts';

export interface Place {
  host: string;
  /** 0: a free one. */
  port: number;
  latencyMs: number;
}

/** One simulated phone in service. */
export interface PhoneInService {
  service: LabPhoneService;
  control: LabPhoneControl;
  /** Registers anew what no longer holds: the exchanges' configuration has changed. */
  refresh(): void;
  close(): Promise<void>;
}

export async function servePhone(
  wanted: LabPhone,
  exchanges: readonly Exchange[],
  place: Place,
): Promise<PhoneInService> {
  const phone = await makePhone(wanted, exchanges);
  const { name, tls, keepAlive } = phone.settings;
  const faults = faultBoard();
  const log = requestLog();
  const identity = tls ? await makeIdentity(name, place.host, 'default') : undefined;
  const listener = await listen({
    ...place,
    ...(identity === undefined ? {} : { tls: secureContext(identity, 'default') }),
    keepAlive,
    faults,
    log,
    arrive: () => lifeOf(phone),
    respond: (incoming) => respond(phone, incoming),
    refuse,
  });
  phone.network = listener;
  const notify = await listenForNotify(phone, place.host).catch(async (error) => {
    await listener.close();
    throw error;
  });
  const service: LabPhoneService = {
    ...describe(phone),
    url: `${tls ? 'https' : 'http'}://${place.host}:${listener.port}`,
    pins: identity?.pins ?? { spki: '', certificate: '' },
    certificatePem: identity?.certificate ?? '',
    sipPort: notify.port,
  };
  refreshLines(phone, 'boot');
  void queue(phone, () => wake(phone));
  const rotateCertificate = () => rotate(phone, service, listener, place.host);
  return {
    service,
    control: controlOf({ phone, faults, log, listener, rotateCertificate }),
    refresh: () => refreshLines(phone, 'changed'),
    close: () => close(phone, listener, notify.close),
  };
}

/** A vendor's failure, for faults that ask for one. */
function refuse(word: string): Reply {
  return { ...json({ ret: 'failed', data: false, error: { msg: word } }), errno: word };
}

function describe({ settings, access }: Phone) {
  const { name, generation, model, firmware, mac } = settings;
  const { credentials } = access;
  return { name, driver: 'yealink', generation, model, firmware, mac: colons(mac), credentials } as const;
}

interface Parts extends ServiceParts {
  phone: Phone;
  rotateCertificate(): Promise<LabPins>;
}

function controlOf(parts: Parts): LabPhoneControl {
  const { phone, rotateCertificate } = parts;
  return {
    ...serviceControl(parts),
    rotateCertificate,
    ...accessControl(phone),
    ...deviceControl(phone),
  };
}

type AccessPowers =
  | 'unlock'
  | 'sessions'
  | 'lockouts'
  | 'logins'
  | 'occupy'
  | 'vacate'
  | 'expireSessions'
  | 'prompts'
  | 'allowRemoteControl';

function accessControl(phone: Phone): Pick<LabPhoneControl, AccessPowers> {
  const { access, remote } = phone;
  const end = () => {
    access.session = undefined;
  };
  return {
    unlock: (address) => unlock(access, address),
    sessions: () => (currentSession(access) === undefined ? 0 : 1),
    lockouts: () => lockouts(access),
    logins: () => access.logins.map((entry) => ({ ...entry })),
    occupy: (address = '192.0.2.77') => void beginSession(access, newVisitor(phone), address),
    vacate: end,
    expireSessions: end,
    prompts: () => [...remote.prompts],
    allowRemoteControl(address) {
      for (const waiting of address === undefined ? [...remote.prompts] : [address]) {
        remote.prompts.delete(waiting);
        remote.allowed.add(waiting);
      }
    },
  };
}

type DevicePowers = Exclude<
  keyof LabPhoneControl,
  AccessPowers | 'addFault' | 'faults' | 'clearFaults' | 'rotateCertificate' | 'requests' | 'resetRequests'
>;

function deviceControl(phone: Phone): Pick<LabPhoneControl, DevicePowers> {
  return {
    settings: () => Object.fromEntries(byKey(phone.config.running)),
    edit(changes) {
      const entries = Object.entries(changes);
      const unknown = unknownTo(phone, entries);
      if (unknown.length > 0) throw new Error(`${phone.settings.name} does not take ${unknown.join(', ')}`);
      change(phone, entries, 'hand');
    },
    accounts: () => accountsOf(phone),
    call(active) {
      phone.talking = active;
    },
    reboot: () => reboot(phone).then(() => settled(phone)),
    factoryReset: () => resetToFactory(phone).then(() => settled(phone)),
    power: (on) => setPower(phone, on).then(() => settled(phone)),
    fetchNow: () => fetchConfiguration(phone),
    settled: () => settled(phone),
    reboots: () => phone.reboots,
    fetches: () => phone.fetches.map((entry) => ({ ...entry })),
  };
}

async function rotate(
  phone: Phone,
  service: LabPhoneService,
  listener: Listener,
  host: string,
): Promise<LabPins> {
  const { name, tls } = phone.settings;
  if (!tls) throw new Error(`${name} serves plain HTTP: it has no certificate`);
  const identity = await makeIdentity(name, host, 'default');
  listener.secure(secureContext(identity, 'default'));
  service.pins = identity.pins;
  service.certificatePem = identity.certificate;
  return identity.pins;
}

async function close(phone: Phone, listener: Listener, closeNotify: () => Promise<void>): Promise<void> {
  phone.closing.abort();
  clearTimeout(phone.timer);
  await settled(phone);
  await Promise.all([listener.close(), closeNotify()]);
}
